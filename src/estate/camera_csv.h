#pragma once

#include "base/result.h"
#include "estate/camera.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::estate {

/// One line of an imported file. What the file has no column for is empty and stays as it is.
struct ImportedCamera {
    int line = 0;
    int number = 0;
    std::string name;
    std::string mainUrl;  ///< without credentials
    std::optional<std::string> site;
    std::optional<std::string> subUrl;
    std::optional<std::string> username;
    std::optional<std::string> password;
    std::optional<bool> enabled;
    std::optional<int> retentionDays;
    std::optional<Transport> transport;
    std::optional<bool> audioAllowed;
};

/// Checks every line; the first that is wrong is named with its line, its column and what to do. Error: InvalidInput.
[[nodiscard]] base::Result<std::vector<ImportedCamera>> readCameraCsv(std::string_view csv);

[[nodiscard]] std::string writeCameraCsv(const std::vector<Camera>& cameras);

}  // namespace leedswatch::estate
