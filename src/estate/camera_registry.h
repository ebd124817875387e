#pragma once

#include "access/person.h"
#include "estate/camera.h"
#include "store/database.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::estate {

struct ImportReport {
    int added = 0;
    int changed = 0;
    int unchanged = 0;
};

/// The cameras of the estate and what is known of their streams. Thread-safe.
/// Topics of the change feed: "cameras" (the list), "camera_status".
class CameraRegistry {
public:
    explicit CameraRegistry(store::Database& database) : m_database{database} {}

    /// By number.
    [[nodiscard]] base::Result<std::vector<Camera>> list();
    [[nodiscard]] base::Result<Camera> find(int number);  ///< NotFound names the number

    /// CSV with a header line; columns number, name and main_url must be there, site, sub_url, username, password,
    /// enabled, retention_days, transport and audio may. RFC 4180 quoting, UTF-8 with or without a byte order mark. All
    /// rows or none: the error names the line, the column and what to do. A row whose number exists changes that
    /// camera. Credentials inside an address are taken out of it and kept sealed. Errors: InvalidInput, NotPermitted.
    [[nodiscard]] base::Result<ImportReport> importCsv(const access::Acting& acting, std::string_view csv);
    /// The same columns, without passwords.
    [[nodiscard]] base::Result<std::string> exportCsv(const access::Acting& acting);

    /// For the station only: the password in the clear. Empty if there is none.
    [[nodiscard]] base::Result<std::string> passwordOf(CameraId camera);

    [[nodiscard]] base::Result<std::vector<CameraStatus>> statuses();
    /// Written by the station on a change of state, many cameras in one commit.
    [[nodiscard]] base::Result<void> setStatuses(const std::vector<CameraStatus>& statuses);

    /// What the audit log vouches for of each camera; for AuditLog::verify.
    [[nodiscard]] static const store::AuditWitness& witness();
    [[nodiscard]] static const store::AuditWitness& connectionWitness();  ///< of transport and audio

private:
    store::Database& m_database;
};

}  // namespace leedswatch::estate
