#pragma once

#include "base/time.h"
#include "video/presentation.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace leedswatch::video {

/// A picture ready to be painted: rows of 32-bit pixels, blue, green, red, unused (Qt's Format_RGB32 on little-endian).
/// Never changed once published; shared by pointer to const.
struct Frame {
    int width = 0;
    int height = 0;
    int stride = 0;  ///< bytes from row to row
    std::vector<std::byte> pixels;

    int sourceWidth = 0;  ///< as the camera sent it, before scaling
    int sourceHeight = 0;
    base::UtcTime wallTime{};      ///< live: when it arrived; recorded: when it was recorded
    base::SteadyTime arrivedAt{};  ///< live: when its last byte was here
    base::SteadyTime decodedAt{};
    std::int64_t number = 0;    ///< counts the frames decoded by this view
    Presentation presentation;  ///< how it was asked for: what of it is hidden, and what part of it this is
};

}  // namespace leedswatch::video
