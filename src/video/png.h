#pragma once

#include "base/result.h"
#include "video/full_picture.h"

#include <cstddef>
#include <vector>

namespace leedswatch::video {

/// A PNG file of exactly these pixels, with the shape of its pixels noted (libavcodec). Errors: Unsupported, Internal.
[[nodiscard]] base::Result<std::vector<std::byte>> pngOf(const FullPicture& picture);

/// One byte a pixel, rows of `width` without anything between them.
struct GreyPicture {
    int width = 0;
    int height = 0;
    const std::uint8_t* pixels = nullptr;  ///< the caller's
};

/// The same of a picture without colours.
[[nodiscard]] base::Result<std::vector<std::byte>> pngOf(const GreyPicture& picture);

}  // namespace leedswatch::video
