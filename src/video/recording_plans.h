#pragma once

#include "access/person.h"
#include "estate/camera.h"
#include "store/database.h"
#include "video/recording_plan.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::video {

/// Why a camera is recorded for a time.
enum class TriggerKind { Motion, Alarm, Manual };

[[nodiscard]] std::string_view nameOf(TriggerKind kind);  ///< "motion", "alarm", "manual": as stored

/// When cameras are recorded, and what makes them be recorded at other times. Thread-safe.
/// Topic of the change feed: "recording_plans".
class RecordingPlans {
public:
    explicit RecordingPlans(store::Database& database) : m_database{database} {}

    /// Right::ManageArchive; audited. Error: InvalidInput (the times, or a schedule without periods).
    [[nodiscard]] base::Result<void> set(const access::Acting& acting, const std::vector<estate::Camera>& cameras,
                                         const RecordingPlan& plan);
    /// Of the cameras that have one; the others are always recorded.
    [[nodiscard]] base::Result<std::map<estate::CameraId, RecordingPlan>> plans();

    /// A person has a camera recorded from now on, whatever its plan. Right::RecordNow; audited. At most four hours.
    /// Returns until when.
    [[nodiscard]] base::Result<base::UtcTime> recordNow(const access::Acting& acting, const estate::Camera& camera,
                                                        std::chrono::seconds length);
    /// Ends what anybody asked for by hand of that camera; what its plan records goes on. The same right; audited.
    /// False: nothing was.
    [[nodiscard]] base::Result<bool> stopNow(const access::Acting& acting, const estate::Camera& camera);
    /// For detectors and alarms: something begins; the row's id. `who` says what found it.
    [[nodiscard]] base::Result<std::int64_t> begin(TriggerKind kind, estate::CameraId camera, base::UtcTime from,
                                                   const std::string& who);
    [[nodiscard]] base::Result<void> end(std::int64_t trigger, base::UtcTime until);
    /// All of a kind that have no end: whoever was to end them is gone.
    [[nodiscard]] base::Result<void> endAll(TriggerKind kind, base::UtcTime until);

    /// What lasts, or ended after that time.
    [[nodiscard]] base::Result<std::map<estate::CameraId, std::vector<RecordingEvent>>> eventsSince(base::UtcTime time);
    /// Triggers that ended before that time.
    [[nodiscard]] base::Result<void> forget(base::UtcTime before);

    [[nodiscard]] static const store::AuditWitness& witness();

private:
    store::Database& m_database;
};

}  // namespace leedswatch::video
