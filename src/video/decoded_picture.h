#pragma once

#include "video/ffmpeg_handles.h"

#include <memory>

namespace leedswatch::video {

/// A picture as the decoder made it, shared and never changed: the decoder may still refer to it.
using DecodedPicture = std::shared_ptr<const AVFrame>;

/// Shares the picture's memory; copies no pixel.
[[nodiscard]] inline DecodedPicture referenceTo(const AVFrame& picture) {
    return {av_frame_clone(&picture), [](const AVFrame* held) {
                auto* frame = const_cast<AVFrame*>(held);
                av_frame_free(&frame);
            }};
}

}  // namespace leedswatch::video
