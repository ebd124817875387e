#pragma once

#include "base/result.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>

namespace leedswatch::evidence {

/// What a recipient's program finds in an MP4.
struct ClipContents {
    std::int64_t stored = 0;   ///< pictures in the file
    std::int64_t shown = 0;    ///< pictures that the edit list leaves
    std::int64_t decoded = 0;  ///< of those, how many a decoder gave
    std::uint64_t soundBytes = 0;
};

/// Opens the file as any player would and decodes all of it. `advanced` is called with the part done, 0 to 1.
/// Errors: Damaged, StorageFailed, Cancelled.
[[nodiscard]] base::Result<ClipContents> contentsOf(const std::filesystem::path& file, const std::stop_token& stop,
                                                    const std::function<void(double)>& advanced = {});

}  // namespace leedswatch::evidence
