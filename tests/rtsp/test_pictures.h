#pragma once

#include "rtsp/server.h"

#include <vector>

namespace leedswatch::tests {

struct TestCoding {
    rtsp::Coding coding = rtsp::Coding::H264;
    int bFrames = 0;
    bool ownHuffmanTables = false;  ///< of JPEG
};

/// Encoded pictures for a server to send: moving bars, a key frame every `gop` pictures.
struct TestPictures {
    rtsp::VideoFormat format;
    std::vector<rtsp::AccessUnit> units;  ///< 25 a second, from time 0, in the order of decoding
};

[[nodiscard]] TestPictures encodeTestPictures(int width, int height, int count, int gop, const TestCoding& how = {});

/// The unit as it would be `loops` rounds later.
[[nodiscard]] rtsp::AccessUnit at(const rtsp::AccessUnit& unit, std::int64_t time);

constexpr std::int64_t ticksAPicture = 3600;

}  // namespace leedswatch::tests
