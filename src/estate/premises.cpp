#include "estate/premises.h"

#include <algorithm>
#include <array>

namespace leedswatch::estate {

namespace {

constexpr std::array<std::string_view, 10> categoryNames = {"SP1", "SP2", "SP3", "SP4", "SP5",
                                                            "SP6", "DP1", "DP2", "DP3", "DP4"};

}  // namespace

std::string_view nameOf(PathCategory category) {
    return categoryNames.at(static_cast<std::size_t>(category));
}

std::optional<PathCategory> pathCategoryFrom(std::string_view name) {
    const auto* found = std::find(categoryNames.begin(), categoryNames.end(), name);
    return found == categoryNames.end() ? std::nullopt
                                        : std::optional{static_cast<PathCategory>(found - categoryNames.begin())};
}

std::string_view nameOf(SignallingPath path) {
    switch (path) {
        case SignallingPath::Primary: return "primary";
        case SignallingPath::Alternative: return "alternative";
    }
    return "primary";
}

std::optional<SignallingPath> signallingPathFrom(std::string_view name) {
    for (const auto path : {SignallingPath::Primary, SignallingPath::Alternative}) {
        if (nameOf(path) == name) {
            return path;
        }
    }
    return std::nullopt;
}

}  // namespace leedswatch::estate
