#pragma once

#include "access/person.h"
#include "incident/incident.h"
#include "store/database.h"

#include <string>
#include <vector>

namespace leedswatch::incident {

/// Changes of one incident in one transaction: rows, a line of the log for each, and with `finish` one audit event that
/// vouches for all of them. What throws is soci::soci_error.
class IncidentChange {
public:
    IncidentChange(store::Transaction& transaction, const access::Acting& acting)
        : m_transaction{transaction}, m_acting{acting} {}

    /// Fills in what the camera gives, checks the rest. Errors: InvalidInput.
    [[nodiscard]] base::Result<Said> checked(Said said);
    /// Gives it its number. `text` becomes its first line.
    [[nodiscard]] Incident open(const Said& said, const std::string& text);
    /// Writes it as another version, with the line that says what is other.
    void save(Incident& incident, LineKind kind, const std::string& text);
    void enter(const Incident& incident, LineKind kind, const std::string& text);
    void describe(const Incident& incident, const Person& person);
    void link(const Incident& incident, Link link, bool isRemoved, const std::string& why);
    void finish(const char* action, const Incident& incident);

    [[nodiscard]] soci::session& sql() { return m_transaction.sql(); }
    [[nodiscard]] base::UtcTime now() const { return m_transaction.now(); }

private:
    store::Transaction& m_transaction;
    const access::Acting& m_acting;
    std::vector<store::WitnessedChange> m_witnesses;
};

/// Errors: NotFound.
[[nodiscard]] base::Result<Incident> findIncident(soci::session& sql, IncidentId id);
/// What is other in `after`, for people: "Priority 3 → 1. Police log: WYP-412."; empty if nothing is.
[[nodiscard]] std::string differences(soci::session& sql, const Said& before, const Said& after);

}  // namespace leedswatch::incident
