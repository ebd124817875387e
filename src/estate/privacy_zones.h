#pragma once

#include "access/person.h"
#include "estate/camera.h"
#include "estate/privacy_zone.h"
#include "store/database.h"

#include <unordered_map>
#include <vector>

namespace leedswatch::estate {

/// The privacy zones of the estate's cameras. Thread-safe. Topic of the change feed: "privacy_zones".
///
/// A camera whose zones cannot be read must not be shown: whoever asks gets the error and has no picture.
class PrivacyZones {
public:
    using OfCamera = base::Result<std::vector<PrivacyZone>>;

    explicit PrivacyZones(store::Database& database) : m_database{database} {}

    /// Of every camera that has or had some; any other has none. One that is damaged does not hide the others.
    [[nodiscard]] base::Result<std::unordered_map<CameraId, OfCamera>> all();
    [[nodiscard]] OfCamera of(CameraId camera);

    /// All zones of the camera in place of those there are; audited, with the numbers of zones before and after.
    /// Errors: NotPermitted (the right ManagePrivacyZones), InvalidInput (checkPrivacyZones), NotFound (no such
    /// camera).
    [[nodiscard]] base::Result<void> set(const access::Acting& acting, const Camera& camera,
                                         const std::vector<PrivacyZone>& zones);

    /// What the audit log vouches for of each camera's zones; for AuditLog::verify.
    [[nodiscard]] static const store::AuditWitness& witness();

private:
    store::Database& m_database;
};

}  // namespace leedswatch::estate
