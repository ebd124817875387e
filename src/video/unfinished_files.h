#pragma once

#include "video/segment_index.h"

#include <mutex>
#include <optional>
#include <vector>

namespace leedswatch::video {

/// A file with an open row that nobody writes any more.
struct UnfinishedFile {
    OpenSegment open;
    std::optional<base::UtcTime> knownEnd;  ///< when its last picture ended, if the one who wrote it still knows
};

/// Files whose disk refused when they were to be made durable, or was not there when the station started. They keep
/// their open rows, and whoever sees the disk again finishes them (`finishUnfinished`); a station that ends first
/// leaves them to the next start. Thread-safe.
class UnfinishedFiles {
public:
    void add(UnfinishedFile file);
    /// Those of a volume; they are no longer in here.
    [[nodiscard]] std::vector<UnfinishedFile> take(VolumeId volume);

private:
    std::mutex m_mutex;
    std::vector<UnfinishedFile> m_files;  // guarded by m_mutex
};

}  // namespace leedswatch::video
