#pragma once

#include <string_view>
#include <vector>

namespace leedswatch::incident {

/// A type of incident that the program comes with.
struct StandardType {
    std::string_view code;
    std::string_view name;
    std::string_view parent;
    int position;
};

[[nodiscard]] const std::vector<StandardType>& standardTypes();

}  // namespace leedswatch::incident
