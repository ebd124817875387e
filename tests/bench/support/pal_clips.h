#pragma once

#include "analytics/motion_zone.h"
#include "base/result.h"
#include "video/packet.h"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace leedswatch::bench {

/// A clip of the real footage as an analogue recorder would send it: 704x576, 25 pictures a second, H.264 Main without
/// B-frames, a key frame every two seconds, 1 Mbit/s. Made by ffmpeg; it must not leave the machine.
struct PalClip {
    std::string name;
    std::filesystem::path once;    ///< MP4
    std::filesystem::path looped;  ///< the same again and again, about a minute; empty: only events are of interest
    std::vector<analytics::MotionZone> zones;
    std::vector<std::pair<double, double>> truth;  ///< seconds in which something moves
    bool isTruthAll = true;                        ///< nothing else does
};

/// All of them, made in `folder`. `footage`: the folder with truth.json. Errors: NotFound, Internal (ffmpeg).
[[nodiscard]] base::Result<std::vector<PalClip>> makePalClips(const std::filesystem::path& footage,
                                                              const std::filesystem::path& folder);

/// The coded pictures of an MP4 file with H.264 in it. Errors: NotFound, Damaged.
[[nodiscard]] base::Result<std::vector<video::Packet>> packetsOf(const std::filesystem::path& file);

}  // namespace leedswatch::bench
