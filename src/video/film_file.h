#pragma once

#include "base/result.h"
#include "video/ffmpeg_handles.h"

#include <filesystem>

namespace leedswatch::video {

/// A film of any container, its streams looked at. A file alone: a play list leads nowhere else, and a % in a name is a
/// %. Errors: those of errorFromFfmpeg, naming the file.
[[nodiscard]] base::Result<InputHandle> openFilm(const std::filesystem::path& file);

}  // namespace leedswatch::video
