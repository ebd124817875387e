#pragma once

#include "rtsp/server.h"

#include <vector>

namespace leedswatch::tests {

/// Encoded pictures for a server to send: moving bars, H.264 without B-frames, a key frame every `gop` pictures.
struct TestPictures {
    rtsp::VideoFormat format;
    std::vector<rtsp::AccessUnit> units;  ///< 25 a second, from time 0
};

[[nodiscard]] TestPictures encodeTestPictures(int width, int height, int count, int gop);

/// The unit as it would be `loops` rounds later.
[[nodiscard]] rtsp::AccessUnit at(const rtsp::AccessUnit& unit, std::int64_t time);

constexpr std::int64_t ticksAPicture = 3600;

}  // namespace leedswatch::tests
