#pragma once

#include "access/person.h"
#include "base/id.h"
#include "base/result.h"
#include "estate/camera.h"
#include "estate/camera_registry.h"
#include "store/database.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::estate {

using WardId = base::Id<struct WardTag>;

/// A ward of the city. Cameras stand in wards, and each ward belongs to one of the community committees, to which the
/// room reports.
struct Ward {
    WardId id;
    std::string name;
    std::string committee;
};

/// Which wards and committees there are, and in which ward each camera stands. Thread-safe. Topic of the change feed:
/// "wards". Errors of imports: InvalidInput names the line, the column and what to do; NotPermitted (ManageCameras).
class Wards {
public:
    explicit Wards(store::Database& database) : m_database{database} {}

    /// By committee, then by name.
    [[nodiscard]] base::Result<std::vector<Ward>> list();
    /// Columns ward, committee. A ward that is there may go to another committee; none is removed.
    [[nodiscard]] base::Result<ImportReport> importWards(const access::Acting& acting, std::string_view csv);
    /// Columns camera (its number), ward (its name; empty: it stands in none).
    [[nodiscard]] base::Result<ImportReport> importCameras(const access::Acting& acting, std::string_view csv);

    /// What the audit log vouches for: the wards with their committees, and where cameras stand.
    [[nodiscard]] static const store::AuditWitness& witness();
    [[nodiscard]] static const store::AuditWitness& cameraWitness();

private:
    store::Database& m_database;
};

/// In a transaction or a read of somebody else's; throw soci::soci_error.
[[nodiscard]] std::optional<Ward> selectWardOfCamera(soci::session& sql, CameraId camera);
[[nodiscard]] std::optional<Ward> selectWard(soci::session& sql, WardId id);

}  // namespace leedswatch::estate
