#pragma once

#include "transcode/work_folder.h"

#include <nlohmann/json.hpp>

namespace leedswatch::transcode {

[[nodiscard]] nlohmann::json toJson(const WorkState& state);
/// Nothing if it is not what toJson() of this version made of a state: it has been on a disk.
[[nodiscard]] std::optional<WorkState> workStateFrom(const std::string& text);

}  // namespace leedswatch::transcode
