#pragma once

#include "simulator/panel_event.h"

#include <chrono>
#include <cstdint>
#include <vector>

namespace leedswatch::simulator {

/// Something of an ordinary day.
struct DayEvent {
    std::chrono::seconds at{0};  ///< since midnight by the clock on the wall
    PanelEvent event;
};

/// What happens at some premises on an ordinary day: shops and offices open between seven and nine and close between
/// five and seven, houses the other way round, every panel tests itself once, and a few have an alarm or a fault that
/// is over some minutes later. The same for the same seed.
[[nodiscard]] std::vector<DayEvent> ordinaryDayOf(const DrawnPremises& premises, std::uint64_t seed);

/// What a panel has to say in a storm: mains lost for most, one in twenty a life-safety alarm.
[[nodiscard]] PanelEvent stormEventOf(const DrawnPremises& premises, std::uint64_t seed);

}  // namespace leedswatch::simulator
