#pragma once

#include "analytics/tamper_kind.h"
#include "base/time.h"
#include "estate/camera.h"
#include "store/database.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::analytics {

/// Why tamper does not last any more.
enum class TamperEnd {
    ViewBack,
    OtherKind,   ///< another event of the same camera goes on from there
    Accepted,    ///< a person said that the view is right
    NotWatched,  ///< the camera is switched off, gone, or not to be watched
};

/// As stored: "view-back".
[[nodiscard]] std::string_view nameOf(TamperEnd end);

/// A tamper event as it is written down.
struct RecordedTamper {
    std::int64_t id = 0;  ///< 0: not written yet
    estate::CameraId camera;
    TamperKind kind{};
    base::UtcTime from;
    std::optional<base::UtcTime> until;  ///< none: it lasts
    TamperEnd endedBy{};                 ///< where it is over
    std::string before;                  ///< a PNG file below the data folder; empty: there is none
    std::string after;
};

/// What kept the cameras from seeing, and when. Thread-safe. Topic of the change feed: "tamper_events", its key the
/// camera's id.
class TamperJournal {
public:
    explicit TamperJournal(store::Database& database) : m_database{database} {}

    /// Its row, which it gets. If it is over already, that is written with it.
    [[nodiscard]] base::Result<std::int64_t> add(const RecordedTamper& event);
    /// Not before it began. Nothing if it is over, whoever said so.
    [[nodiscard]] base::Result<void> end(std::int64_t id, base::UtcTime until, TamperEnd why);
    /// All that last of that camera.
    [[nodiscard]] base::Result<void> endAll(estate::CameraId camera, base::UtcTime until, TamperEnd why);

    /// Those that last, of that camera or of all, oldest first.
    [[nodiscard]] base::Result<std::vector<RecordedTamper>> lasting(std::optional<estate::CameraId> camera = {});
    /// That touch the period, of that camera or of all, by their beginning. At most `most`, the newest.
    [[nodiscard]] base::Result<std::vector<RecordedTamper>> events(std::optional<estate::CameraId> camera,
                                                                   base::UtcTime from, base::UtcTime until,
                                                                   std::size_t most = 1'000);
    /// The events of a camera that were over before that time; their stills are to be removed before `forget`.
    [[nodiscard]] base::Result<std::vector<RecordedTamper>> overBefore(estate::CameraId camera, base::UtcTime before);
    [[nodiscard]] base::Result<void> forget(const std::vector<RecordedTamper>& events);
    /// The files that an event names.
    [[nodiscard]] base::Result<std::vector<std::string>> stills();

private:
    store::Database& m_database;
};

}  // namespace leedswatch::analytics
