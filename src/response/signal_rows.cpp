#include "response/signal_rows.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace leedswatch::response {

namespace {

using Integer = long long;
using nlohmann::json;

// Bytes of strangers: what is no text would be cut or refused by the store.
std::string storedText(std::string_view bytes) {
    std::string text = alarm::panelText(bytes);
    std::replace(text.begin(), text.end(), '\0', ' ');
    return text;
}

constexpr std::string_view nameOf(alarm::CodeScheme scheme) {
    switch (scheme) {
        case alarm::CodeScheme::ContactId: return "contact-id";
        case alarm::CodeScheme::Sia: return "sia";
        case alarm::CodeScheme::FastFormat: return "fast-format";
    }
    return "sia";
}

alarm::CodeScheme schemeFrom(std::string_view name) {
    for (const auto scheme : {alarm::CodeScheme::ContactId, alarm::CodeScheme::FastFormat}) {
        if (nameOf(scheme) == name) {
            return scheme;
        }
    }
    return alarm::CodeScheme::Sia;
}

constexpr std::string_view nameOf(alarm::Qualifier qualifier) {
    switch (qualifier) {
        case alarm::Qualifier::New: return "new";
        case alarm::Qualifier::Restore: return "restore";
        case alarm::Qualifier::Previous: return "previous";
    }
    return "new";
}

alarm::Qualifier qualifierFrom(std::string_view name) {
    for (const auto qualifier : {alarm::Qualifier::Restore, alarm::Qualifier::Previous}) {
        if (nameOf(qualifier) == name) {
            return qualifier;
        }
    }
    return alarm::Qualifier::New;
}

std::string textOf(const std::vector<SignalEvent>& events) {
    auto all = json::array();
    for (const SignalEvent& event : events) {
        all.push_back({{"scheme", nameOf(event.code.scheme)},
                       {"qualifier", nameOf(event.code.qualifier)},
                       {"code", event.code.code},
                       {"area", event.code.area},
                       {"address", event.code.address},
                       {"address_kind", alarm::nameOf(event.meaning.address)},
                       {"user", event.code.user},
                       {"text", event.code.text},
                       {"time", event.code.panelTime},
                       {"category", alarm::nameOf(event.meaning.category)},
                       {"event", event.meaning.event}});
    }
    return all.dump(-1, ' ', false, json::error_handler_t::replace);
}

// What cannot be read of a row is left out: the signal is there all the same, with its raw bytes.
std::vector<SignalEvent> eventsFrom(const std::string& text) {
    std::vector<SignalEvent> events;
    const json all = json::parse(text, nullptr, false);
    for (const json& one : all.is_array() ? all : json::array()) {
        const auto field = [&](const char* name) {
            return one.is_object() && one.contains(name) && one[name].is_string() ? one[name].get<std::string>()
                                                                                  : std::string{};
        };
        SignalEvent event;
        event.code = {schemeFrom(field("scheme")),
                      qualifierFrom(field("qualifier")),
                      field("code"),
                      field("area"),
                      field("address"),
                      field("user"),
                      field("text"),
                      field("time")};
        event.meaning.category = alarm::signalCategoryFrom(field("category")).value_or(alarm::SignalCategory::Unmapped);
        event.meaning.event = field("event");
        event.meaning.address = alarm::addressKindFrom(field("address_kind")).value_or(alarm::AddressKind::Other);
        events.push_back(std::move(event));
    }
    return events;
}

std::string textOf(const std::vector<alarm::ExtendedDatum>& extended) {
    auto all = json::array();
    for (const alarm::ExtendedDatum& one : extended) {
        all.push_back({storedText({&one.id, 1}), storedText(one.value)});
    }
    return all.dump();
}

std::vector<alarm::ExtendedDatum> extendedFrom(const std::string& text) {
    std::vector<alarm::ExtendedDatum> extended;
    const json all = json::parse(text, nullptr, false);
    for (const json& one : all.is_array() ? all : json::array()) {
        if (one.is_array() && one.size() == 2 && one[0].is_string() && one[1].is_string()) {
            const std::string id = one[0];
            extended.push_back({id.empty() ? '?' : id.front(), one[1]});
        }
    }
    return extended;
}

/// The variables that a row goes through, in both directions.
struct Row {
    Row() = default;
    explicit Row(const JudgedSignal& signal)
        : received{base::toStored(signal.received.received)},
          panel{signal.panel ? signal.panel->value() : 0},
          panelIndicator{signal.panel ? soci::i_ok : soci::i_null},
          account{storedText(signal.received.account)},
          protocol{signal.received.protocol},
          source{signal.received.source},
          token{signal.received.token},
          sequence{signal.received.sequence},
          receiver{signal.received.receiver},
          line{signal.received.line},
          headerAccount{signal.received.headerAccount},
          encrypted{signal.received.wasEncrypted ? 1 : 0},
          lacksEncryption{signal.received.lacksEncryption ? 1 : 0},
          data{storedText(signal.received.data)},
          events{textOf(signal.events)},
          extended{textOf(signal.received.extended)},
          panelTime{signal.received.panelTimestamp},
          drift{signal.received.drift ? signal.received.drift->count() : 0},
          driftIndicator{signal.received.drift ? soci::i_ok : soci::i_null},
          raw{signal.received.raw} {}

    [[nodiscard]] StoredSignal signal() const {
        StoredSignal stored;
        stored.id = SignalId{id};
        stored.repetitions = repetitions;
        alarm::ReceivedSignal& to = stored.signal.received;
        to.received = base::fromStored(received);
        to.account = account;
        to.protocol = protocol;
        to.source = source;
        to.token = token;
        to.sequence = sequence;
        to.receiver = receiver;
        to.line = line;
        to.headerAccount = headerAccount;
        to.wasEncrypted = encrypted != 0;
        to.lacksEncryption = lacksEncryption != 0;
        to.data = data;
        to.extended = extendedFrom(extended);
        to.panelTimestamp = panelTime;
        to.drift = driftIndicator == soci::i_ok ? std::optional{std::chrono::seconds{drift}} : std::nullopt;
        stored.signal.panel = panelIndicator == soci::i_ok ? std::optional{estate::PanelId{panel}} : std::nullopt;
        stored.signal.events = eventsFrom(events);
        return stored;
    }

    Integer id = 0;
    Integer received = 0;
    Integer panel = 0;
    soci::indicator panelIndicator = soci::i_null;
    std::string account;
    std::string protocol;
    std::string source;
    std::string token;
    std::string sequence;
    std::string receiver;
    std::string line;
    std::string headerAccount;
    int encrypted = 0;
    int lacksEncryption = 0;
    std::string data;
    std::string events;
    std::string extended;
    std::string panelTime;
    Integer drift = 0;
    soci::indicator driftIndicator = soci::i_null;
    std::string raw;
    int repetitions = 0;
};

}  // namespace

std::optional<SignalId> findRepeated(soci::session& sql, const std::string& repetitionKey, base::UtcTime when) {
    // Both ways, as the clock may have been set back since.
    const Integer from = base::toStored(when - alarm::repetitionWindow);
    const Integer until = base::toStored(when + alarm::repetitionWindow);
    Integer id = 0;
    sql << "SELECT id FROM signal WHERE repetition_key = :key AND received BETWEEN :from AND :until ORDER BY received "
           "DESC LIMIT 1",
        soci::use(repetitionKey, "key"), soci::use(from, "from"), soci::use(until, "until"), soci::into(id);
    return sql.got_data() ? std::optional{SignalId{id}} : std::nullopt;
}

SignalId insertSignal(soci::session& sql, const JudgedSignal& signal, const std::string& repetitionKey) {
    Row row{signal};
    sql << "INSERT INTO signal (received, panel_id, account, protocol, source, token, sequence, receiver, line, "
           "header_account, encrypted, lacks_encryption, data, events, "
           "extended, panel_time, drift, raw, repetition_key) VALUES (:received, :panel, :account, :protocol, :source, "
           ":token, :sequence, :receiver, :line, :header, "
           ":encrypted, :lacks, :data, :events, :extended, :time, :drift, CAST(:raw AS BLOB), :key) RETURNING id",
        soci::use(row.received, "received"), soci::use(row.panel, row.panelIndicator, "panel"),
        soci::use(row.account, "account"), soci::use(row.protocol, "protocol"), soci::use(row.source, "source"),
        soci::use(row.token, "token"), soci::use(row.sequence, "sequence"), soci::use(row.receiver, "receiver"),
        soci::use(row.line, "line"), soci::use(row.headerAccount, "header"), soci::use(row.encrypted, "encrypted"),
        soci::use(row.lacksEncryption, "lacks"), soci::use(row.data, "data"), soci::use(row.events, "events"),
        soci::use(row.extended, "extended"), soci::use(row.panelTime, "time"),
        soci::use(row.drift, row.driftIndicator, "drift"), soci::use(row.raw, "raw"), soci::use(repetitionKey, "key"),
        soci::into(row.id);
    return SignalId{row.id};
}

void insertRepetition(soci::session& sql, SignalId of, const alarm::ReceivedSignal& again) {
    const Integer signal = of.value();
    const Integer received = base::toStored(again.received);
    sql << "INSERT INTO signal_repetition (signal_id, received, source, raw) VALUES (:signal, :received, :source, "
           "CAST(:raw AS BLOB))",
        soci::use(signal, "signal"), soci::use(received, "received"), soci::use(again.source, "source"),
        soci::use(again.raw, "raw");
}

std::vector<StoredSignal> selectSignals(soci::session& sql, const SignalQuery& query) {
    std::vector<StoredSignal> signals;
    Row row;
    const Integer from = base::toStored(query.from);
    const Integer until = base::toStored(query.until);
    // A condition for each kind of question, so that each has its index.
    const std::string condition = !query.account.empty() ? "account = :account AND "
                                  : query.onlyOfNobody   ? "panel_id IS NULL AND :account = '' AND "
                                                         : ":account = '' AND ";
    soci::statement statement =
        (sql.prepare << "SELECT id, received, panel_id, account, protocol, source, token, sequence, receiver, line, "
                        "header_account, encrypted, lacks_encryption, data, events, "
                        "extended, panel_time, drift, (SELECT count(*) FROM signal_repetition WHERE signal_id = "
                        "signal.id) FROM signal WHERE " +
                            condition + "received BETWEEN :from AND :until ORDER BY received DESC, id DESC LIMIT :most",
         soci::use(query.account, "account"), soci::use(from, "from"), soci::use(until, "until"),
         soci::use(query.most, "most"), soci::into(row.id), soci::into(row.received),
         soci::into(row.panel, row.panelIndicator), soci::into(row.account), soci::into(row.protocol),
         soci::into(row.source), soci::into(row.token), soci::into(row.sequence), soci::into(row.receiver),
         soci::into(row.line), soci::into(row.headerAccount), soci::into(row.encrypted),
         soci::into(row.lacksEncryption), soci::into(row.data), soci::into(row.events), soci::into(row.extended),
         soci::into(row.panelTime), soci::into(row.drift, row.driftIndicator), soci::into(row.repetitions));
    statement.execute();
    while (statement.fetch()) {
        signals.push_back(row.signal());
    }
    return signals;
}

}  // namespace leedswatch::response
