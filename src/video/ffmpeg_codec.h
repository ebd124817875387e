#pragma once

#include "video/ffmpeg_handles.h"
#include "video/packet.h"
#include "video/sound.h"

#include <optional>

namespace leedswatch::video {

[[nodiscard]] AVCodecID ffmpegIdOf(VideoCodec codec);
/// Nothing if it is not one that is carried.
[[nodiscard]] std::optional<VideoCodec> codecFromFfmpeg(AVCodecID id);

/// The format as libavformat and libavcodec are told of it. The caller frees what was in `parameters` before.
void describeTo(AVCodecParameters& parameters, const StreamFormat& format);
void describeTo(AVCodecParameters& parameters, const SoundFormat& format);
/// Of a stream that libavformat has opened; null if it is no sound that is carried.
[[nodiscard]] std::shared_ptr<const SoundFormat> soundFormatOf(const AVCodecParameters& parameters);

}  // namespace leedswatch::video
