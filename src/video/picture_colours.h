#pragma once

#include "base/error.h"
#include "video/ffmpeg_handles.h"

namespace leedswatch::video {

/// What a decoded picture's numbers mean, as the scaler wants to be told.
struct PictureColours {
    AVPixelFormat format = AV_PIX_FMT_NONE;  ///< never one of the deprecated "J" formats
    bool isFullRange = false;
    int matrix = SWS_CS_ITU601;
    bool operator==(const PictureColours&) const = default;
};

[[nodiscard]] PictureColours coloursOf(const AVFrame& picture);
/// For a scaler whose target is RGB.
void setColours(SwsContext& scaler, const PictureColours& colours);
/// Unsupported, with the name of the pixel format.
[[nodiscard]] base::Error cannotBeShown(const AVFrame& picture);

}  // namespace leedswatch::video
