#pragma once

#include "incident/incident.h"
#include "store/audit_witness.h"

#include <soci/soci.h>

#include <optional>
#include <vector>

namespace leedswatch::incident {

// The rows of incidents as they go in and out. Each throws soci::soci_error.

/// The next number of the local year: "2026-000123". Never given twice, and without gaps, as it is part of the commit.
[[nodiscard]] std::string nextReference(soci::session& sql, base::UtcTime now);

/// Writes the incident's row and its first version; gives it its id. Returns the version's row.
[[nodiscard]] std::int64_t insertIncident(soci::session& sql, Incident& incident);
/// Writes what is said of it now as another version. Returns the version's row.
[[nodiscard]] std::int64_t insertVersion(soci::session& sql, const Incident& incident);

[[nodiscard]] std::optional<Incident> selectIncident(soci::session& sql, IncidentId id);
[[nodiscard]] std::optional<Incident> selectIncident(soci::session& sql, const std::string& reference);
/// All that was said of it, the oldest first.
[[nodiscard]] std::vector<Incident> selectVersions(soci::session& sql, IncidentId id);

/// Which incidents are wanted; all of it must fit.
struct IncidentFilter {
    bool onlyOpen = false;  ///< the most urgent first, then the newest; else the newest first
    bool onlyClosed = false;
    std::string words = {};  ///< that stand in a line of it, as Search::words
    std::optional<base::UtcTime> from = {};
    std::optional<base::UtcTime> until = {};
    std::optional<std::string> type = {};  ///< or one below it
    std::optional<estate::WardId> ward = {};
    int most = 200;
};
[[nodiscard]] std::vector<Incident> selectIncidents(soci::session& sql, const IncidentFilter& filter);

/// Returns its row.
[[nodiscard]] std::int64_t insertPerson(soci::session& sql, IncidentId incident, const Person& person);
/// Each as described last, by number.
[[nodiscard]] std::vector<Person> selectPersons(soci::session& sql, IncidentId incident);

/// Returns its row. `isRemoved`: it belongs to the incident no more.
[[nodiscard]] std::int64_t insertLink(soci::session& sql, IncidentId incident, const Link& link, bool isRemoved);
/// Those that belong to it, in the order in which they came.
[[nodiscard]] std::vector<Link> selectLinks(soci::session& sql, IncidentId incident);
/// The incidents that a thing belongs to, the newest first.
[[nodiscard]] std::vector<Incident> selectIncidentsOf(soci::session& sql, const std::string& kind, std::int64_t key);

[[nodiscard]] const store::AuditWitness& incidentWitness();
[[nodiscard]] const store::AuditWitness& versionWitness();
[[nodiscard]] const store::AuditWitness& personWitness();
[[nodiscard]] const store::AuditWitness& personErasureWitness();
[[nodiscard]] const store::AuditWitness& linkWitness();

}  // namespace leedswatch::incident
