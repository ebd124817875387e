#pragma once

#include "analytics/activity_grid.h"
#include "analytics/motion_event.h"
#include "base/time.h"
#include "estate/camera.h"
#include "store/database.h"
#include "video/segment.h"

#include <map>
#include <optional>
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

/// Events as a timeline shows them: those that stand closer than a step of it are one.
struct MotionMark {
    base::UtcTime from;
    base::UtcTime until;
    bool isAlarm = false;  ///< one of them was seen while the camera was armed
    int peakShare = 0;     ///< ten-thousandths of the picture
    bool operator==(const MotionMark&) const = default;
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

    /// All that touch the period, by their begin. Reads what an index holds: a month of a busy street is quick.
    [[nodiscard]] base::Result<std::vector<MotionMark>> marks(estate::CameraId camera, video::TimeRange period,
                                                              base::Microseconds step);
    /// When the next event behind that time begins, or the nearest one before it; none: there is none.
    [[nodiscard]] base::Result<std::optional<base::UtcTime>> beginAfter(estate::CameraId camera, base::UtcTime time);
    [[nodiscard]] base::Result<std::optional<base::UtcTime>> beginBefore(estate::CameraId camera, base::UtcTime time);
    /// What is older than that, of a camera.
    [[nodiscard]] base::Result<void> forget(estate::CameraId camera, base::UtcTime before);

private:
    store::Database& m_database;
};

}  // namespace leedswatch::analytics
