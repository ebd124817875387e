#pragma once

#include "simulator/drawn_premises.h"

#include <array>
#include <span>
#include <string_view>

namespace leedswatch::simulator {

struct ZoneSketch {
    ZoneUse use;
    std::string_view name;
};

/// What premises of a kind have in common.
struct PremisesKind {
    std::string_view name;
    int share;                                ///< of a hundred premises
    std::array<std::string_view, 3> endings;  ///< of their names: "St Aidan's" and "Primary School"
    std::array<std::string_view, 3> paths;    ///< categories of signalling that they have
    std::span<const ZoneSketch> zones;
    bool hasPolice;
};

[[nodiscard]] std::span<const PremisesKind> premisesKinds();

}  // namespace leedswatch::simulator
