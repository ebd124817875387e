#pragma once

#include "base/result.h"
#include "estate/camera.h"
#include "store/database.h"
#include "video/segment.h"

#include <vector>

namespace leedswatch::analytics {

/// A time in which a camera's pictures were looked at for motion without a break. Its begin is its name.
struct WatchedTime {
    estate::CameraId camera;
    video::TimeRange range;
};

/// When cameras were watched for motion: without it, "nothing moved" cannot be told from "nobody looked". Thread-safe.
class WatchedTimes {
public:
    explicit WatchedTimes(store::Database& database) : m_database{database} {}

    /// A time that is known by its camera and begin gets its new end. All or none, in one commit.
    [[nodiscard]] base::Result<void> note(const std::vector<WatchedTime>& times);
    /// What of the period a camera was watched, in the order of time; what touches is one.
    [[nodiscard]] base::Result<std::vector<video::TimeRange>> of(estate::CameraId camera, video::TimeRange period);
    /// What ended before that, of a camera.
    [[nodiscard]] base::Result<void> forget(estate::CameraId camera, base::UtcTime before);

private:
    store::Database& m_database;
};

/// How long they are together.
[[nodiscard]] base::Microseconds lengthOf(const std::vector<video::TimeRange>& ranges);

}  // namespace leedswatch::analytics
