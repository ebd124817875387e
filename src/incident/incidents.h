#pragma once

#include "access/person.h"
#include "incident/incident.h"
#include "incident/incident_rows.h"
#include "incident/spine.h"
#include "store/database.h"

#include <string>
#include <vector>

namespace leedswatch::incident {

/// All that stands on an incident's page.
struct IncidentSheet {
    Incident incident;
    std::vector<Person> persons = {};
    std::vector<Link> links = {};
    std::vector<SpineLine> spine = {};
};

/// Which version of an incident somebody saw when he changed it.
using IncidentVersion = int;

/// The incidents of the room. Every change is a version of its own and a line of the log, and is vouched for. Thread-
/// safe. Topics of the change feed: "incidents", "incident_log".
/// Errors of all: NotPermitted (WriteLog; to see: ReadLog), NotFound, InvalidInput. Of those that take `seen`, the
/// version that the acting person saw: Busy, with who changed what since; nothing is changed then.
class Incidents {
public:
    explicit Incidents(store::Database& database) : m_database{database} {}

    /// `text`: the first line.
    [[nodiscard]] base::Result<Incident> open(const access::Acting& acting, const Said& said, const std::string& text);
    [[nodiscard]] base::Result<Incident> change(const access::Acting& acting, IncidentId id, IncidentVersion seen,
                                                const Said& said);
    /// `outcome`: a code of outcomes(). `text` may be empty.
    [[nodiscard]] base::Result<Incident> close(const access::Acting& acting, IncidentId id, IncidentVersion seen,
                                               const std::string& outcome, const std::string& text);
    [[nodiscard]] base::Result<Incident> reopen(const access::Acting& acting, IncidentId id, const std::string& why);

    /// Another person, or (`number`) one of them described anew. Returns the person with their number.
    [[nodiscard]] base::Result<Person> describe(const access::Acting& acting, IncidentId id, int number,
                                                const Description& description);
    /// Does nothing if it belongs to it already. `link.label` is what people call the thing.
    [[nodiscard]] base::Result<void> link(const access::Acting& acting, IncidentId id, const Link& link);
    [[nodiscard]] base::Result<void> unlink(const access::Acting& acting, IncidentId id, const Link& link,
                                            const std::string& why);

    [[nodiscard]] base::Result<std::vector<Incident>> list(const access::Acting& acting, const IncidentFilter& filter);
    /// Those that a thing belongs to, the newest first.
    [[nodiscard]] base::Result<std::vector<Incident>> listOf(const access::Acting& acting, const std::string& kind,
                                                             std::int64_t key);
    [[nodiscard]] base::Result<Incident> find(const access::Acting& acting, const std::string& reference);
    [[nodiscard]] base::Result<IncidentSheet> sheet(const access::Acting& acting, IncidentId id,
                                                    const SpineSources& sources = {});

private:
    store::Database& m_database;
};

}  // namespace leedswatch::incident
