#pragma once

#include "video/archive_files.h"
#include "video/segment_index.h"
#include "video/unfinished_files.h"

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace leedswatch::video {

struct RecoveryReport {
    int recovered = 0;  ///< files cut back to their last whole fragment and given their rows
    int removed = 0;    ///< rows whose file was missing or held nothing whole
    std::int64_t cutBytes = 0;
    std::vector<std::string> problems;  ///< each a sentence that names the file; its row stays open
    std::vector<OpenSegment> left;      ///< the files of the problems, and those that the patience was too short for
};

struct RecoveryOrder {
    /// Whether a volume is mounted: what is on one that is not stays as it is, and is `left`.
    std::function<base::Result<void>(VolumeId)> isThere = [](VolumeId) { return base::Result<void>{}; };
    /// No file is begun after so long, by the steady clock; what is `left` then is no problem. Nothing: all are done.
    std::optional<std::chrono::milliseconds> patience = {};
};

/// Finishes what a station that did not stop properly left in hand: looks at each open row's file and at no other,
/// several at once, so its cost is a minute of video for each camera. `files` is used on several threads. To be called
/// before anything is recorded. A file that cannot be read is a problem in the report and holds up no other. Then each
/// camera that was recorded has a gap that lasts; it reaches over what is `left`. Errors: those of the store.
[[nodiscard]] base::Result<RecoveryReport> recoverArchive(SegmentIndex& index, ArchiveFiles& files,
                                                          const RecoveryOrder& order = {});

/// The same for files of one volume that were given up or left while the station runs, once their disk can be read.
/// What cannot be finished yet goes back to `files`. Errors: those of the store.
[[nodiscard]] base::Result<RecoveryReport> finishUnfinished(SegmentIndex& index, ArchiveFiles& disk,
                                                            UnfinishedFiles& files, VolumeId volume);

}  // namespace leedswatch::video
