#pragma once

#include "video/fragment_head.h"

namespace leedswatch::video {

/// Whether a sample can be what its track holds, and not what a power cut left of it: zeros in the place of pages that
/// never reached the disk. Of sound that cannot be told, because a microphone may give zeros; a hole in it costs no
/// picture.
[[nodiscard]] bool isSample(std::span<const std::byte> sample, SampleForm form);

}  // namespace leedswatch::video
