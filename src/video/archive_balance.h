#pragma once

#include "store/database.h"
#include "video/segment.h"

#include <optional>
#include <string>
#include <vector>

namespace leedswatch::video {

/// A camera's time since the first thing that is left of it: it lies in files, in gaps or in what a rule deleted, and
/// nothing is left out and nothing is told twice.
struct ArchiveBalance {
    estate::CameraId camera;
    TimeRange whole{};  ///< from its first file or gap until now
    base::Microseconds recorded{};
    base::Microseconds gaps{};
    base::Microseconds deleted{};        ///< between what is left, for example between two holds
    std::vector<TimeRange> leftOut{};    ///< neither file nor gap nor deleted
    std::vector<TimeRange> toldTwice{};  ///< a file and a gap at once; steps of the clock back do not count
};

/// Nothing if nothing is known of the camera. Reads its rows once, oldest first. Errors: those of the store.
[[nodiscard]] base::Result<std::optional<ArchiveBalance>> balanceOf(store::Database& database, estate::CameraId camera);

}  // namespace leedswatch::video
