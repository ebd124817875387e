#pragma once

#include "base/result.h"
#include "video/full_picture.h"

#include <cstddef>
#include <vector>

namespace leedswatch::evidence {

/// A PNG file of exactly these pixels, with the shape of its pixels noted (libavcodec). Errors: Unsupported, Internal.
[[nodiscard]] base::Result<std::vector<std::byte>> pngOf(const video::FullPicture& picture);

}  // namespace leedswatch::evidence
