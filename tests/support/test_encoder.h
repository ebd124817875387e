#pragma once

#include "video/ffmpeg_handles.h"
#include "video/video_codec.h"

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace leedswatch::tests {

/// How the tests' cameras encode: on one thread, no key frame but the GOP's first, the same bytes every time.
struct EncoderSettings {
    video::VideoCodec codec = video::VideoCodec::H264;
    int width = 176;
    int height = 144;
    int picturesPerSecond = 25;
    int gop = 10;
    int bFrames = 0;
    std::string x264 = {};  ///< further parameters of x264 or x265: "qp=18:b-adapt=0"
    /// Further options of the encoder, by FFmpeg's names.
    std::vector<std::pair<std::string, std::string>> options = {};
};

/// Throws if this FFmpeg cannot.
[[nodiscard]] video::CodecContextHandle openEncoder(const EncoderSettings& settings);

/// Draws pictures 0, 1, ... and gives each packet to `take`, in the order of decoding, its time stamp the picture's
/// number. At the end nothing is left in the encoder, which can take no more.
void encodePictures(AVCodecContext& encoder, int count, const std::function<void(AVFrame&, int)>& draw,
                    const std::function<void(AVPacket&)>& take);

[[nodiscard]] std::span<const std::byte> bytesOf(const AVPacket& packet);

}  // namespace leedswatch::tests
