#pragma once

#include "base/result.h"
#include "base/time.h"
#include "video/ffmpeg_handles.h"
#include "video/presentation.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace leedswatch::video {

/// A picture at the size at which it was decoded, neither cut nor scaled: what a snapshot keeps.
struct FullPicture {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> pixels;  ///< red, green, blue; rows of 3 * width bytes, top to bottom
    // How much wider than high a pixel is to be shown; 1:1 if the stream does not say.
    int pixelAspectNumerator = 1;
    int pixelAspectDenominator = 1;
    base::UtcTime time{};  ///< live: when it arrived; recorded: when it was recorded
};

/// Each pixel is the decoder's, converted to RGB by the stream's own colour matrix; what `mask` hides is a solid block.
/// Errors: NotPermitted (null: the zones are not known), Unsupported (the pixel format), Internal.
[[nodiscard]] base::Result<FullPicture> fullPictureOf(const AVFrame& picture,
                                                      const std::shared_ptr<const PrivacyMask>& mask,
                                                      base::UtcTime time);

}  // namespace leedswatch::video
