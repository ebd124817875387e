#pragma once

#include "access/person.h"
#include "analytics/motion_plan.h"
#include "estate/camera.h"
#include "store/database.h"

#include <map>
#include <optional>
#include <vector>

namespace leedswatch::analytics {

/// How the estate's cameras are watched for motion. Thread-safe. Topic of the change feed: "motion_plans".
class MotionPlans {
public:
    explicit MotionPlans(store::Database& database) : m_database{database} {}

    /// Of the cameras that have one; the others are not watched. A plan that is damaged is logged and left out.
    [[nodiscard]] base::Result<std::map<estate::CameraId, MotionPlan>> all();
    /// Nothing: the camera is not watched. Error: Damaged.
    [[nodiscard]] base::Result<std::optional<MotionPlan>> of(estate::CameraId camera);

    /// All cameras or none; audited. Errors: NotPermitted (the right ManageCameras), InvalidInput (checkMotionPlan),
    /// NotFound (a camera that is not in the estate any more).
    [[nodiscard]] base::Result<void> set(const access::Acting& acting, const std::vector<estate::Camera>& cameras,
                                         const MotionPlan& plan);

    /// What the audit log vouches for of each plan; for AuditLog::verify.
    [[nodiscard]] static const store::AuditWitness& witness();

private:
    store::Database& m_database;
};

}  // namespace leedswatch::analytics
