#include "programs/ctl/signals_command.h"

#include "alarm/dc09_reader.h"
#include "base/local_time.h"
#include "response/event_words.h"

namespace leedswatch::ctl {
namespace {

using response::StoredSignal;

struct SignalsOptions {
    std::string from;
    std::string to;
    std::string account;
    bool unknown = false;
    int most = 50;
};

base::Result<response::SignalQuery> queryOf(const SignalsOptions& options) {
    response::SignalQuery query;
    query.account = alarm::normalAccount(options.account);
    query.onlyOfNobody = options.unknown;
    query.most = options.most;
    if (!options.from.empty()) {
        TRY_ASSIGN(query.from, base::parseTime(options.from));
    }
    if (!options.to.empty()) {
        TRY_ASSIGN(query.until, base::parseTime(options.to));
    }
    if (query.from > query.until) {
        return base::fail(base::ErrorCode::InvalidInput, "--from is not before --to");
    }
    return query;
}

nlohmann::json jsonOfEvent(const response::SignalEvent& event) {
    return {{"code", event.code.code},
            {"category", alarm::nameOf(event.meaning.category)},
            {"event", event.meaning.event},
            {"area", event.code.area},
            {"address", event.code.address},
            {"address_kind", alarm::nameOf(event.meaning.address)},
            {"user", event.code.user},
            {"text", event.code.text},
            {"scheme", alarm::nameOf(event.code.scheme)},
            {"overridden", event.meaning.isOverridden}};
}

nlohmann::json jsonOfSignal(const StoredSignal& stored) {
    const alarm::ReceivedSignal& received = stored.signal.received;
    auto events = nlohmann::json::array();
    for (const response::SignalEvent& event : stored.signal.events) {
        events.push_back(jsonOfEvent(event));
    }
    auto extended = nlohmann::json::array();
    for (const alarm::ExtendedDatum& datum : received.extended) {
        extended.push_back({std::string{datum.id}, datum.value});
    }
    return {{"signal", stored.id.value()},
            {"received", base::formatUtc(received.received)},
            {"account", received.account},
            {"known", stored.signal.panel.has_value()},
            {"protocol", received.protocol},
            {"source", received.source},
            {"token", received.token},
            {"sequence", received.sequence},
            {"receiver", received.receiver},
            {"line", received.line},
            {"encrypted", received.wasEncrypted},
            {"lacks_encryption", received.lacksEncryption},
            {"data", received.data},
            {"events", events},
            {"extended", extended},
            {"panel_time", received.panelTimestamp},
            {"drift_s", received.drift ? nlohmann::json(received.drift->count()) : nlohmann::json(nullptr)},
            {"repetitions", stored.repetitions}};
}

base::Result<ExitCode> listSignals(Session& session, const SignalsOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto query, queryOf(options));
    TRY_ASSIGN(const auto signals, response::SignalJournal{*database}.list(acting, query));
    auto document = nlohmann::json::array();
    Table table{{"RECEIVED", "ACCOUNT", "CODE", "AGAIN", "WHAT"}};
    for (const StoredSignal& stored : signals) {
        document.push_back(jsonOfSignal(stored));
        for (const response::SignalEvent& event : stored.signal.events) {
            table.add({base::formatLocal(stored.signal.received.received), stored.signal.received.account,
                       event.code.code.empty() ? "-" : event.code.code, std::to_string(stored.repetitions),
                       response::wordsOf(event)});
        }
    }
    session.show(document, signals.empty() ? "There are no such signals." : table.text());
    return ExitCode::Good;
}

}  // namespace

void addSignalsCommands(CLI::App& root, Session& session, Command& chosen) {
    auto* signals = root.add_subcommand("signals", "What alarm panels reported");
    signals->require_subcommand(1);
    auto options = std::make_shared<SignalsOptions>();
    auto* list = signals->add_subcommand("list", "Show signals, the newest first");
    list->add_option("--from", options->from, "Received since")->type_name("TIME");
    list->add_option("--to", options->to, "Received until")->type_name("TIME");
    list->add_option("--account", options->account, "Of this account");
    list->add_flag("--unknown", options->unknown, "Of accounts that nobody knows");
    list->add_option("--most", options->most, "How many")->check(CLI::Range(1, 100'000))->capture_default_str();
    onCommand(*list, chosen, [&session, options] { return listSignals(session, *options); });
}

}  // namespace leedswatch::ctl
