#pragma once

#include "video/segment_index.h"

#include <string>
#include <vector>

namespace leedswatch::video {

enum class CheckDepth {
    Quick,  ///< names and sizes
    Full,   ///< every byte is hashed
};

struct ArchiveCheck {
    std::int64_t files = 0;
    std::int64_t bytes = 0;
    std::int64_t inHand = 0;            ///< files that a station has open at present
    std::vector<std::string> problems;  ///< each a sentence that names the file; empty: all is well
};

/// Compares the archive with its rows in both directions: each row's file is there with its size and its hash, each
/// file has a row. It may run beside a recording station. Errors: those of the store, StorageFailed if the folder
/// cannot be read.
[[nodiscard]] base::Result<ArchiveCheck> checkArchive(SegmentIndex& index, CheckDepth depth);

}  // namespace leedswatch::video
