#pragma once

#include "video/packet.h"

#include <cstdint>
#include <string>
#include <vector>

namespace leedswatch::tests {

/// What a small camera sends: made from moving gradients with some noise, no B-frames, the same every time.
struct TestStream {
    video::VideoCodec codec = video::VideoCodec::H264;
    int width = 176;
    int height = 144;
    int framesPerSecond = 25;
    int gop = 10;
    std::int64_t firstTime = 0;     ///< 90 kHz
    bool reordersPictures = false;  ///< B-frames, as a camera should not send
    std::string encoder = {};       ///< further parameters of x264 or x265
};

/// `frames` packets, arriving in real time from `arrival` on both clocks.
[[nodiscard]] std::vector<video::Packet> makePackets(const TestStream& stream, int frames, base::UtcTime arrival,
                                                     base::SteadyTime arrivedAt);

/// The same as a source gives them: of H.264 and H.265 one Annex B byte stream a picture.
[[nodiscard]] std::vector<std::vector<std::byte>> makePictures(const TestStream& stream, int frames);

}  // namespace leedswatch::tests
