#pragma once

#include "estate/camera_registry.h"

#include <map>
#include <vector>

namespace leedswatch::ctl {

/// Numbers of the cameras by their rows, for what is stored by row.
[[nodiscard]] base::Result<std::map<estate::CameraId, int>> cameraNumbers(store::Database& database);

/// Error: NotFound names the first number that no camera has.
[[nodiscard]] base::Result<std::vector<estate::Camera>> camerasNamed(store::Database& database,
                                                                     const std::vector<int>& numbers);

}  // namespace leedswatch::ctl
