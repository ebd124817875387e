#pragma once

#include "base/time.h"

#include <filesystem>

namespace leedswatch::video {

/// Where a segment is kept below the archive folder: camera, UTC day, UTC start to the millisecond, as in
/// 0042/2026-11-21/0042-20261121T225312.345Z.mp4. Nothing of local time, so no hour is there twice.
[[nodiscard]] std::filesystem::path segmentPath(int cameraNumber, base::UtcTime begin);

}  // namespace leedswatch::video
