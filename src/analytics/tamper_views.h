#pragma once

#include "access/person.h"
#include "base/time.h"
#include "estate/camera.h"
#include "store/database.h"

#include <map>
#include <optional>
#include <string>

namespace leedswatch::analytics {

/// What people have said of a camera's view.
struct TamperView {
    bool isWatched = true;
    base::UtcTime acceptedAt{};  ///< 1970: nobody has
    std::string acceptedBy;      ///< a user name
    bool operator==(const TamperView&) const = default;
};

/// Which cameras are watched for tamper (all, unless somebody says otherwise), and which views people have said to be
/// right. Thread-safe. Topic of the change feed: "tamper_views".
class TamperViews {
public:
    explicit TamperViews(store::Database& database) : m_database{database} {}

    /// Of the cameras of which somebody has said anything.
    [[nodiscard]] base::Result<std::map<estate::CameraId, TamperView>> all();

    /// The present view is right: what lasts of tamper is over in the same commit, and the station, now or when it
    /// starts, learns the view anew. Audited. Errors: NotPermitted (the right ManageCameras), NotFound (the camera is
    /// not in the estate any more).
    [[nodiscard]] base::Result<void> accept(const access::Acting& acting, const estate::Camera& camera);
    /// For a camera that is turned by hand or on a tour. What lasts of tamper is over once it is not watched. Audited.
    /// Errors: as of `accept`.
    [[nodiscard]] base::Result<void> setWatched(const access::Acting& acting, const estate::Camera& camera,
                                                bool isWatched);

    /// What the audit log vouches for of each view; for AuditLog::verify.
    [[nodiscard]] static const store::AuditWitness& witness();

private:
    [[nodiscard]] base::Result<void> change(const access::Acting& acting, const estate::Camera& camera, bool isAccepted,
                                            std::optional<bool> isWatched);

    store::Database& m_database;
};

}  // namespace leedswatch::analytics
