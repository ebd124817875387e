#include "response/supervision_journal.h"

#include "response/supervision_rows.h"
#include "store/audit_witness.h"

namespace leedswatch::response {

namespace {

constexpr const char* supervisionTopic = "supervision";

}  // namespace

base::Result<void> SupervisionJournal::add(const SupervisionChanges& changes, const HeardPaths& heard) {
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        store::AuditEvent event;
        event.who = access::Acting::station().username;
        event.workstation = access::Acting::station().workstation;
        event.action = "supervision.changed";
        event.object = "alarm panels";
        {
            ChangeWriter writer{transaction.sql()};
            const auto addAll = [&](const auto& list) {
                for (const auto& change : list) {
                    event.witnesses.push_back({&witness(), writer.write(change).value()});
                }
            };
            addAll(changes.paths);
            addAll(changes.tests);
        }
        saveHeard(transaction.sql(), heard, transaction.now());
        if (!event.witnesses.empty()) {
            event.details = {{"count", static_cast<int>(event.witnesses.size())}};
            const std::string last = std::to_string(event.witnesses.back().key);
            transaction.audit(event);
            transaction.notify(supervisionTopic, last);
        }
        return {};
    });
}

base::Result<void> SupervisionJournal::setHeard(const HeardPaths& heard) {
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        saveHeard(transaction.sql(), heard, transaction.now());
        return {};
    });
}

base::Result<SupervisionMemory> SupervisionJournal::memory() {
    return m_database.read([](soci::session& sql) -> base::Result<SupervisionMemory> { return selectMemory(sql); });
}

base::Result<std::vector<StoredSupervisionChange>> SupervisionJournal::changes(const access::Acting& acting,
                                                                               const SupervisionQuery& query) {
    TRY(access::require(acting, access::Right::ReadLog));
    return m_database.read([&](soci::session& sql) -> base::Result<std::vector<StoredSupervisionChange>> {
        return selectChanges(sql, {.query = query});
    });
}

base::Result<std::vector<StoredSupervisionChange>> SupervisionJournal::changesAfter(SupervisionChangeId last,
                                                                                    int most) {
    return m_database.read([&](soci::session& sql) -> base::Result<std::vector<StoredSupervisionChange>> {
        return selectChanges(sql, {.query = {.most = most}, .after = last, .newestFirst = false});
    });
}

const store::AuditWitness& SupervisionJournal::witness() {
    static const store::AuditWitness witness{"supervision_change",
                                             "supervision_change",
                                             "id",
                                             "(SELECT account FROM panel WHERE panel.id = panel_id)",
                                             {"panel_id", "subject", "before", "after", "changed", "both_failed"},
                                             store::AuditWitness::Rows::OnlyAdded};
    return witness;
}

}  // namespace leedswatch::response
