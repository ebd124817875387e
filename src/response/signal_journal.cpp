#include "response/signal_journal.h"

#include "response/signal_rows.h"
#include "store/audit_witness.h"

#include <algorithm>

namespace leedswatch::response {

base::Result<std::vector<WrittenSignal>> SignalJournal::add(const std::vector<JudgedSignal>& signals) {
    return m_database.write([&](store::Transaction& transaction) -> base::Result<std::vector<WrittenSignal>> {
        std::vector<WrittenSignal> written;
        store::AuditEvent event;
        event.who = access::Acting::station().username;
        event.workstation = access::Acting::station().workstation;
        event.action = "signals.received";
        event.object = "signals";
        for (const JudgedSignal& signal : signals) {
            const std::string key = signal.received.repetitionKey();
            if (const auto first = findRepeated(transaction.sql(), key, signal.received.received)) {
                insertRepetition(transaction.sql(), *first, signal.received);
                written.push_back({*first, false});
                continue;
            }
            const SignalId id = insertSignal(transaction.sql(), signal, key);
            event.witnesses.push_back({&witness(), id.value()});
            written.push_back({id, true});
        }
        if (!event.witnesses.empty()) {
            event.details = {{"count", static_cast<int>(event.witnesses.size())}};
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

std::vector<SignalEvent> judge(const alarm::ReceivedSignal& signal, std::string_view transmitter) {
    std::vector<SignalEvent> events;
    for (const alarm::SignalCode& code : signal.codes.codes) {
        events.push_back({code, alarm::CodeTable::standard().meaningOf(code, transmitter)});
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
