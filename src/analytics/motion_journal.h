#pragma once

#include "analytics/activity_grid.h"
#include "analytics/motion_event.h"
#include "base/time.h"
#include "estate/camera.h"
#include "store/database.h"

#include <map>
#include <vector>

namespace leedswatch::analytics {

/// A motion event of a camera as it is written down. `sightings` count their seconds from `from`.
struct RecordedMotion {
    std::int64_t id = 0;  ///< 0: not written yet
    estate::CameraId camera;
    base::UtcTime from;
    base::UtcTime until;  ///< when a thing was seen last, so far
    bool isOver = false;
    bool isAlarm = false;  ///< the camera was armed when it began
    base::UtcTime peak;
    int peakShare = 0;  ///< ten-thousandths of the picture
    std::vector<MotionSighting> sightings;
};

/// A moment in which something moved in the region that is searched.
struct MotionMoment {
    base::UtcTime from;
    base::UtcTime until;    ///< the end of its last second
    int mostCells = 0;      ///< of the region in which something moved in one second
    base::UtcTime busiest;  ///< that second
};

/// What was seen to move, by camera and time: events, and where in the picture for each second. Thread-safe. Topic of
/// the change feed: "motion_events", its key the camera's id.
class MotionJournal {
public:
    using ActivityKey = std::pair<estate::CameraId, std::int64_t>;  ///< a camera and a span

    explicit MotionJournal(store::Database& database) : m_database{database} {}

    /// Rows for those without an id (which they get), the others as they are now; all or none, in one commit.
    [[nodiscard]] base::Result<void> write(std::vector<RecordedMotion>& events,
                                           const std::map<ActivityKey, ActivitySpan>& activity);
    /// Events that were going on when a station died end with what was seen of them. How many.
    [[nodiscard]] base::Result<int> closeAll();

    /// That touch the period, by their begin. At most `most`, the newest.
    [[nodiscard]] base::Result<std::vector<RecordedMotion>> events(estate::CameraId camera, base::UtcTime from,
                                                                   base::UtcTime until, std::size_t most = 10'000);
    /// Of all cameras, those that raised an alarm.
    [[nodiscard]] base::Result<std::vector<RecordedMotion>> alarms(base::UtcTime from, base::UtcTime until,
                                                                   std::size_t most = 1'000);
    /// What there is of a span; empty if nothing moved.
    [[nodiscard]] base::Result<ActivitySpan> activity(estate::CameraId camera, std::int64_t span);

    /// When something moved in these cells: seconds less than `apart` from each other are one moment. At most `most`,
    /// the first ones. A span that is damaged is passed over.
    [[nodiscard]] base::Result<std::vector<MotionMoment>> search(estate::CameraId camera, const ActivityGrid& region,
                                                                 base::UtcTime from, base::UtcTime until,
                                                                 std::chrono::seconds apart = std::chrono::seconds{3},
                                                                 std::size_t most = 5'000);
    /// What is older than that, of a camera.
    [[nodiscard]] base::Result<void> forget(estate::CameraId camera, base::UtcTime before);

private:
    store::Database& m_database;
};

}  // namespace leedswatch::analytics
