#pragma once

#include "base/result.h"

#include <string>
#include <utility>
#include <vector>

namespace leedswatch::ctl {

/// The corners of a zone as a command line gives them, "10,20 200,20 200,90": x and y of each. Error: InvalidInput
/// names the one that cannot be read and says how corners are written: `unit`, as in "pixels".
[[nodiscard]] base::Result<std::vector<std::pair<int, int>>> cornersFrom(const std::string& text,
                                                                         const std::string& unit);

}  // namespace leedswatch::ctl
