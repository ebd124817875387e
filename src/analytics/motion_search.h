#pragma once

#include "access/people.h"
#include "analytics/activity_grid.h"
#include "base/result.h"
#include "estate/camera.h"
#include "store/database.h"
#include "video/segment.h"

#include <chrono>
#include <stop_token>
#include <vector>

namespace leedswatch::analytics {

/// Where and when something is looked for.
struct MotionQuery {
    estate::CameraId camera;
    ActivityGrid region;
    video::TimeRange period;
    std::chrono::seconds apart{3};  ///< seconds that are closer to each other are one moment
    std::size_t most = 5'000;
};

/// A moment in which something moved in the region.
struct MotionMoment {
    base::UtcTime from;
    base::UtcTime until;    ///< the end of its last second
    int mostCells = 0;      ///< of the region in which something moved in one second
    base::UtcTime busiest;  ///< that second
};

struct MotionFound {
    std::vector<MotionMoment> moments;      ///< in the order of time
    bool isCut = false;                     ///< there are more than were asked for; these are the first
    std::vector<video::TimeRange> watched;  ///< what of the period the camera was watched: of the rest nothing is known
};

/// Looks through what was saved while the camera was watched; no picture is decoded. Five minutes whose bytes are
/// damaged are passed over and logged. Any thread. Errors: NotPermitted (it asks for PlayRecorded); Cancelled.
[[nodiscard]] base::Result<MotionFound> searchMotion(store::Database& database, const access::Acting& acting,
                                                     const MotionQuery& query, const std::stop_token& stop = {});

}  // namespace leedswatch::analytics
