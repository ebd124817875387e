#pragma once

#include "access/person.h"
#include "estate/camera_registry.h"
#include "estate/premises.h"
#include "store/database.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::estate {

/// The premises whose alarms are answered here, and their panels. Thread-safe.
/// Topics of the change feed: "premises", "panels_heard".
class PremisesRegistry {
public:
    explicit PremisesRegistry(store::Database& database) : m_database{database} {}

    [[nodiscard]] base::Result<std::vector<Premises>> list();  ///< by reference
    /// Error: NotFound.
    [[nodiscard]] base::Result<Premises> find(const std::string& reference);
    [[nodiscard]] base::Result<std::vector<Panel>> panels();  ///< by account and line

    /// CSV with a header line; columns account and name must be there, key with key_format (hex or text), premises (a
    /// reference that several accounts may share; else each account is premises of its own), line, transmitter,
    /// address, ward, committee, latitude, longitude, class, police_reference, test_hours, path_category,
    /// alternative_line, primary_source, alternative_source, poll_seconds, alternative_poll_seconds and protocol may.
    /// All rows or none: the error names the line, the column and what to do. A row whose account and line exist
    /// changes that panel and its premises; without a key it keeps the one that it has. Counts are of panels. Errors:
    /// InvalidInput, NotPermitted.
    [[nodiscard]] base::Result<ImportReport> importCsv(const access::Acting& acting, std::string_view csv);
    /// The same columns, without keys.
    [[nodiscard]] base::Result<std::string> exportCsv(const access::Acting& acting);

    /// For the station only: the bytes of every key, by panel. One that cannot be opened is left out and named in the
    /// log.
    [[nodiscard]] base::Result<std::map<PanelId, std::string>> keys();

    /// When each panel was heard last, by a signal or a poll.
    [[nodiscard]] base::Result<std::map<PanelId, base::UtcTime>> heard();
    /// Written by the station, many in one commit; nothing of a panel that is not there.
    [[nodiscard]] base::Result<void> setHeard(const std::map<PanelId, base::UtcTime>& heard);

    /// What the audit log vouches for; for AuditLog::verify.
    [[nodiscard]] static const store::AuditWitness& witness();
    [[nodiscard]] static const store::AuditWitness& panelWitness();
    [[nodiscard]] static const store::AuditWitness& signallingWitness();

private:
    store::Database& m_database;
};

}  // namespace leedswatch::estate
