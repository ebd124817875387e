#include "response/signal_journal.h"

#include "response/signal_rows.h"
#include "store/audit_witness.h"

#include <algorithm>

namespace leedswatch::response {

namespace {

store::AuditEvent eventOf(const std::vector<WrittenSignal>& written) {
    store::AuditEvent event;
    event.who = access::Acting::station().username;
    event.workstation = access::Acting::station().workstation;
    event.action = "signals.received";
    event.object = "signals";
    int count = 0;
    for (const WrittenSignal& one : written) {
        if (!one.isNew) {
            continue;
        }
        ++count;
        store::vouchForAdded(event.witnesses, SignalJournal::witness(), one.id.value());
    }
    event.details = {{"count", count}};
    return event;
}

}  // namespace

base::Result<std::vector<WrittenSignal>> SignalJournal::add(const std::vector<JudgedSignal>& signals) {
    std::vector<std::string> keys;
    keys.reserve(signals.size());
    for (const JudgedSignal& signal : signals) {
        keys.push_back(signal.received.repetitionKey());
    }
    return m_database.write([&](store::Transaction& transaction) -> base::Result<std::vector<WrittenSignal>> {
        std::vector<WrittenSignal> written;
        written.reserve(signals.size());
        SignalWriter writer{transaction.sql()};
        for (std::size_t index = 0; index < signals.size(); ++index) {
            const alarm::ReceivedSignal& received = signals[index].received;
            if (const auto first = writer.findRepeated(keys[index], received.received)) {
                writer.insertRepetition(*first, received);
                written.push_back({*first, false});
            } else {
                const SignalId id = writer.insert(signals[index], keys[index]);
                writer.intoInbox(id, isLifeSafety(signals[index].events));
                written.push_back({id, true});
            }
        }
        if (const auto event = eventOf(written); !event.witnesses.empty()) {
            transaction.audit(event);
            transaction.notify("signals", std::to_string(written.back().id.value()));
        }
        return written;
    });
}

base::Result<std::vector<StoredSignal>> SignalJournal::list(const access::Acting& acting, const SignalQuery& query) {
    TRY(access::require(acting, access::Right::ReadLog));
    return m_database.read(
        [&](soci::session& sql) -> base::Result<std::vector<StoredSignal>> { return selectSignals(sql, query); });
}

const store::AuditWitness& SignalJournal::witness() {
    static const store::AuditWitness witness{
        "signal",
        "signal",
        "id",
        "account",
        {"received", "panel_id", "account", "protocol", "source", "token", "sequence", "receiver", "line",
         "header_account", "encrypted", "lacks_encryption", "data", "events", "extended", "panel_time", "drift",
         "hex(raw)", "repetition_key"},
        store::AuditWitness::Rows::OnlyAdded};
    return witness;
}

std::vector<SignalEvent> judge(const alarm::ReceivedSignal& signal, std::string_view transmitter,
                               const std::optional<estate::PremisesId>& premises, const OverrideTable& overrides) {
    std::vector<SignalEvent> events;
    for (const alarm::SignalCode& code : signal.codes.codes) {
        const alarm::CodeOverride* const own = overrides.find(code, premises, transmitter);
        events.push_back({code, own != nullptr ? alarm::CodeTable::meaningOf(code, *own)
                                               : alarm::CodeTable::standard().meaningOf(code, transmitter)});
    }
    if (events.empty()) {
        events.emplace_back();
    }
    return events;
}

bool isLifeSafety(const std::vector<SignalEvent>& events) {
    return std::any_of(events.begin(), events.end(),
                       [](const SignalEvent& event) { return alarm::isLifeSafety(event.meaning.category); });
}

}  // namespace leedswatch::response
