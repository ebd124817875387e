#pragma once

#include "transcode/luma.h"
#include "video/ffmpeg_handles.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace leedswatch::tests {

/// A scene of its own at any moment, brightness only: what moves is striped and goes sideways.
struct MadeScene {
    int width = 320;
    int height = 192;
    int movers = 2;  ///< 0: nothing moves
    int speed = 3;   ///< columns in a fiftieth of a second
    int noise = 0;   ///< levels each way, anew in each picture
    unsigned seed = 1;

    [[nodiscard]] int at(int x, int y, int moment) const;
};

enum class Fields { Progressive, TopFirst, BottomFirst };

/// Picture `number` of 25 a second: its fields of one moment, or of two.
[[nodiscard]] video::FrameHandle drawPicture(const MadeScene& scene, Fields fields, int number);
[[nodiscard]] transcode::Luma drawLuma(const MadeScene& scene, Fields fields, int number);

/// How a recording is made for a test.
struct MadeFilm {
    std::string format = "matroska";
    std::string codec = "ffv1";
    int pictures = 60;
    bool isFlaggedInterlaced = false;
    bool hasSound = false;  ///< a tone, as PCM
    std::function<video::FrameHandle(int)> draw = {};
};

/// Throws if this FFmpeg cannot.
void writeFilm(const std::filesystem::path& file, const MadeFilm& film);

/// All pictures of a file, decoded.
[[nodiscard]] std::vector<video::FrameHandle> readFilm(const std::filesystem::path& file);

}  // namespace leedswatch::tests
