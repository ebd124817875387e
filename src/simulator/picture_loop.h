#pragma once

#include "rtsp/server.h"

#include <cstdint>
#include <memory>
#include <vector>

namespace leedswatch::simulator {

/// Encoded pictures that are sent over and over. Never changed once made, and shared by all cameras that show it.
struct PictureLoop {
    struct Picture {
        std::shared_ptr<const std::vector<std::byte>> bytes;  ///< AVC form
        std::int64_t time = 0;                                ///< 90 kHz, from the loop's begin
        bool isKey = false;
    };

    rtsp::VideoFormat format;
    std::vector<Picture> pictures;  ///< the first is a key picture
    std::int64_t duration = 0;      ///< 90 kHz; later than the last picture
};

using SharedLoop = std::shared_ptr<const PictureLoop>;

constexpr std::int64_t ticksASecond = 90000;

}  // namespace leedswatch::simulator
