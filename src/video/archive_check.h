#pragma once

#include "video/archive_balance.h"
#include "video/segment_index.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace leedswatch::video {

enum class CheckDepth {
    Quick,  ///< names and sizes
    Full,   ///< every byte is hashed
};

struct CheckOrder {
    CheckDepth depth = CheckDepth::Full;
    std::optional<estate::CameraId> camera = {};  ///< only this one
    std::optional<TimeRange> range = {};          ///< only UTC days that touch it
    /// Called as it goes on, a camera's day at a time: what has been looked at of how much.
    std::function<void(std::int64_t done, std::int64_t all, estate::CameraId camera, std::int64_t day)> progress = {};
};

struct ArchiveCheck {
    std::int64_t files = 0;
    std::int64_t bytes = 0;
    std::int64_t inHand = 0;               ///< files that a station has open at present
    std::int64_t beingDeleted = 0;         ///< marked by a rule
    std::vector<std::string> problems;     ///< each a sentence that names the file; empty: all is well
    std::vector<ArchiveBalance> balances;  ///< of each camera that was looked at
};

/// Proves that each row's file is there with its size and its hash, that each file has a row, that the sums of days are
/// right, and that files, gaps and deletions leave out no instant of a camera. A camera's day at a time, so that it
/// costs little memory at 75 million files; a check that was broken off goes on with a later range. It may run beside a
/// recording station. Errors: those of the store, StorageFailed if a volume cannot be read.
[[nodiscard]] base::Result<ArchiveCheck> checkArchive(store::Database& database, const CheckOrder& order);

}  // namespace leedswatch::video
