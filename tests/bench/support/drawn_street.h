#pragma once

#include "live_support/camera_loop.h"

namespace leedswatch::bench {

/// How a measured camera sends, 25 pictures a second.
struct StreetFormat {
    int width = 704;
    int height = 576;
    int gop = 50;
    int bitsPerSecond = 1'000'000;
};
inline constexpr StreetFormat fullHd{1920, 1080, 100, 4'000'000};

/// A drawn street of 16:9 shape as camera `number` sends it, each number a street of its own.
[[nodiscard]] tests::CameraLoop drawStreet(int number, const StreetFormat& format = {});

}  // namespace leedswatch::bench
