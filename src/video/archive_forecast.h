#pragma once

#include "store/database.h"
#include "video/archive_volumes.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace leedswatch::video {

/// What a volume's cameras need, by what they took on the last whole days, and whether its disk can keep what is
/// promised.
struct ArchiveForecast {
    std::int64_t bytesADay = 0;      ///< of all its cameras
    std::int64_t bytesPromised = 0;  ///< when every camera's retention is full
    std::int64_t bytesHeld = 0;      ///< of what is here now, roughly: what is older than its retention
    /// When the reserve is touched; none: never at this rate.
    std::optional<base::UtcTime> fullAt;
    /// The retention in whole days that the disk could keep for all its cameras.
    int daysPossible = 0;
    std::map<estate::CameraId, std::int64_t> byCamera;  ///< bytes a day
};

struct DiskSpace {
    std::int64_t total = 0;
    std::int64_t free = 0;
};

/// Reads the sums of days, about 31 rows a camera. Days are simulated from now on: each adds what its cameras write and
/// takes away what their retention ends. The rate of a camera is its highest of the last three whole days, so a weekend
/// does not hide a Monday; one that is new counts with what it has written until now.
[[nodiscard]] base::Result<ArchiveForecast> forecastOf(store::Database& database, const ArchiveVolume& volume,
                                                       DiskSpace disk, base::UtcTime now);

}  // namespace leedswatch::video
