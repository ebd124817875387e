#pragma once

#include "base/result.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>

namespace leedswatch::video {

/// How far a fragmented MP4 file is whole: its head and then whole fragments.
struct FragmentScan {
    std::uint64_t wholeBytes = 0;  ///< 0 if there is not one whole fragment
    std::int64_t frames = 0;
    std::int64_t lastTime = 0;  ///< 90 kHz from the first frame, a key frame: of the frame that is shown last
    std::int64_t endTime = 0;   ///< when that frame stops being shown
};

/// Fills `bytes` from `offset`; fewer only at the end.
using ReadAt = std::function<base::Result<std::size_t>(std::uint64_t offset, std::span<std::byte> bytes)>;

/// Reads what SegmentWriter writes, trusting nothing of it: a power cut can leave a name with zeros behind it, or
/// lengths that point anywhere. A fragment counts if its boxes are complete, its samples fill its data and each of them
/// is what its codec makes: NAL units that fill it, an MPEG-4 picture, a JPEG. Errors are those of `readAt` only;
/// whatever the bytes are, there is an answer.
[[nodiscard]] base::Result<FragmentScan> scanFragments(const ReadAt& readAt);

}  // namespace leedswatch::video
