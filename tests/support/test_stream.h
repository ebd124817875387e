#pragma once

#include "video/packet.h"

#include <cstdint>
#include <vector>

namespace leedswatch::tests {

/// What a small camera sends: made by x264 from moving gradients with some noise, no B-frames, the same every time.
struct TestStream {
    int width = 176;
    int height = 144;
    int framesPerSecond = 25;
    int gop = 10;
    std::int64_t firstTime = 0;     ///< 90 kHz
    bool reordersPictures = false;  ///< B-frames, as a camera should not send
};

/// `frames` packets, arriving in real time from `arrival` on both clocks.
[[nodiscard]] std::vector<video::Packet> makePackets(const TestStream& stream, int frames, base::UtcTime arrival,
                                                     base::SteadyTime arrivedAt);

/// The same as one Annex B byte stream a picture.
[[nodiscard]] std::vector<std::vector<std::byte>> makeAnnexB(const TestStream& stream, int frames);

}  // namespace leedswatch::tests
