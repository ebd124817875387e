#pragma once

#include "base/result.h"
#include "rtsp/server.h"

#include <memory>
#include <vector>

namespace leedswatch::simulator {

/// A tone of 440 Hz, encoded, in pieces that are sent over and over. Never changed once made, and shared by all cameras
/// that send it.
struct Tone {
    rtsp::SoundFormat format;
    std::vector<std::shared_ptr<const std::vector<std::byte>>> pieces;
    std::int64_t samples = 0;  ///< in each piece
};

using SharedTone = std::shared_ptr<const Tone>;

/// Error: Unsupported if this FFmpeg has no encoder for it.
[[nodiscard]] base::Result<SharedTone> makeTone(rtsp::SoundCoding coding);

}  // namespace leedswatch::simulator
