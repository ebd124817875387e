#pragma once

#include "base/result.h"
#include "simulator/picture_loop.h"

#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

namespace leedswatch::simulator {

/// A file's pictures, ready to be sent as a camera's two streams.
struct Clip {
    std::string name;  ///< for the camera's label: the file's name without its extension
    SharedLoop main;   ///< at most 1280x720
    SharedLoop sub;    ///< at most 480 wide
};

/// Decodes, scales and encodes the file; H.264 that already is as a camera's (no B-frames, a key picture at least every
/// four seconds, not too large) is taken as it is. Of a longer file the first five minutes. Errors: Damaged,
/// Unsupported and NotFound say what is wrong with it, without its name; Cancelled.
[[nodiscard]] base::Result<Clip> loadClip(const std::filesystem::path& file, const std::stop_token& stop);

/// All files below the folder, in the order of their names. Errors: NotFound, StorageFailed.
[[nodiscard]] base::Result<std::vector<std::filesystem::path>> findFiles(const std::filesystem::path& folder);

}  // namespace leedswatch::simulator
