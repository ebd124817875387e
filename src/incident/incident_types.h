#pragma once

#include "access/person.h"
#include "store/database.h"

#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::incident {

/// What an incident can be. Types make a tree of two levels or more; a line or an incident has any one of it.
struct IncidentType {
    std::string code;        ///< as typed behind #: "asb"; small letters, digits and hyphens; never used again
    std::string name;        ///< "Anti-social behaviour"
    std::string parent;      ///< the code of the type that it is a kind of; empty: none
    bool isRetired = false;  ///< kept for what was written with it; nothing new gets it
};

/// The tree of types, which supervisors edit. Thread-safe. Topic of the change feed: "incident_types".
/// Errors: NotPermitted (EditIncidentTypes), InvalidInput, NotFound, AlreadyExists.
class IncidentTypes {
public:
    explicit IncidentTypes(store::Database& database) : m_database{database} {}

    /// As a tree is read: each type before those that are kinds of it.
    [[nodiscard]] base::Result<std::vector<IncidentType>> list();
    /// At the end of those of its parent.
    [[nodiscard]] base::Result<void> add(const access::Acting& acting, const IncidentType& type);
    /// Another name, another parent (never one below itself), retired or in use again. The code stays.
    [[nodiscard]] base::Result<void> change(const access::Acting& acting, const IncidentType& type);
    /// One place up or down among those of its parent.
    [[nodiscard]] base::Result<void> move(const access::Acting& acting, const std::string& code, int places);

    [[nodiscard]] static const store::AuditWitness& witness();

private:
    store::Database& m_database;
};

/// As IncidentTypes::list(), in a read of somebody else's. Throws soci::soci_error.
[[nodiscard]] std::vector<IncidentType> selectIncidentTypes(soci::session& sql);
/// Those that the program comes with, as IncidentTypes::list() gives them before anybody edited one.
[[nodiscard]] std::vector<IncidentType> standardIncidentTypes();
/// The type and all below it.
[[nodiscard]] std::vector<std::string> typesBelow(const std::vector<IncidentType>& types, std::string_view code);
/// "Violence, Fight"; the code itself if there is no such type.
[[nodiscard]] std::string fullNameOf(const std::vector<IncidentType>& types, std::string_view code);
/// Error: InvalidInput: there is no such type, or it is retired.
[[nodiscard]] base::Result<void> requireType(soci::session& sql, const std::string& code);

}  // namespace leedswatch::incident
