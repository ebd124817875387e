#pragma once

#include "estate/camera_registry.h"

#include <map>
#include <string_view>
#include <vector>

namespace leedswatch::ctl {

/// Numbers of the cameras by their rows, for what is stored by row.
[[nodiscard]] base::Result<std::map<estate::CameraId, int>> cameraNumbers(store::Database& database);

/// Error: NotFound names the first number that no camera has.
[[nodiscard]] base::Result<std::vector<estate::Camera>> camerasNamed(store::Database& database,
                                                                     const std::vector<int>& numbers);

/// The cameras of a list such as "7,12,100-120", each once, in its order. Of a range those that there are. Errors:
/// InvalidInput names the part that cannot be read; NotFound the first number, or range, that no camera has.
[[nodiscard]] base::Result<std::vector<estate::Camera>> camerasNamed(store::Database& database, std::string_view list);

}  // namespace leedswatch::ctl
