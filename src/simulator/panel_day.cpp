#include "simulator/panel_day.h"

#include "simulator/scene_random.h"

#include <array>

namespace leedswatch::simulator {
namespace {

using namespace std::chrono_literals;
using Kind = PanelEvent::Kind;

/// Of one panel's day.
class Dice {
public:
    Dice(std::uint64_t seed, const DrawnPremises& premises)
        : m_random{seed + 77}, m_number{static_cast<std::uint64_t>(premises.number)} {}
    [[nodiscard]] int below(int count) { return m_random.below(count, m_number, ++m_throws); }
    [[nodiscard]] std::chrono::seconds between(std::chrono::seconds from, std::chrono::seconds to) {
        return from + std::chrono::seconds{below(static_cast<int>((to - from).count()))};
    }

private:
    SceneRandom m_random;
    std::uint64_t m_number;
    std::uint64_t m_throws = 0;
};

void addDoors(std::vector<DayEvent>& day, const DrawnPremises& premises, Dice& dice) {
    if (premises.kind == "care home" || premises.kind == "tower block") {
        return;  // always somebody there
    }
    const bool isHome = premises.kind == "house";
    const int user = 1 + dice.below(4);
    day.push_back({dice.between(7h, 9h), {.kind = isHome ? Kind::Closed : Kind::Opened, .zone = user}});
    day.push_back({dice.between(17h, 19h), {.kind = isHome ? Kind::Opened : Kind::Closed, .zone = user}});
}

void addTrouble(std::vector<DayEvent>& day, Dice& dice, int oneIn, Kind kind, std::chrono::seconds lasts) {
    if (dice.below(oneIn) != 0) {
        return;
    }
    const auto at = dice.between(0h, 23h);
    day.push_back({at, {.kind = kind}});
    day.push_back({at + lasts, {.kind = kind, .isRestore = true}});
}

void addFalseAlarm(std::vector<DayEvent>& day, Dice& dice) {
    if (dice.below(40) != 0) {
        return;
    }
    const auto at = dice.between(19h, 23h);
    day.push_back({at, {.kind = Kind::Intruder}});
    day.push_back({at + 90s, {.kind = Kind::Aborted}});
    day.push_back({at + 150s, {.kind = Kind::Intruder, .isRestore = true}});
}

}  // namespace

std::vector<DayEvent> ordinaryDayOf(const DrawnPremises& premises, std::uint64_t seed) {
    Dice dice{seed, premises};
    std::vector<DayEvent> day;
    addDoors(day, premises, dice);
    day.push_back({dice.between(0h, 24h), {.kind = Kind::Test}});
    addFalseAlarm(day, dice);
    addTrouble(day, dice, 60, Kind::MainsLost, 10min);
    addTrouble(day, dice, 150, Kind::LowBattery, 40min);
    addTrouble(day, dice, 200, Kind::Tamper, 5min);
    addTrouble(day, dice, 700, Kind::Fire, 15min);
    addTrouble(day, dice, 1'000, Kind::HoldUp, 20min);
    return day;
}

PanelEvent stormEventOf(const DrawnPremises& premises, std::uint64_t seed) {
    const int drawn = SceneRandom{seed + 78}.below(100, static_cast<std::uint64_t>(premises.number));
    const auto of = [](Kind kind, bool isRestore = false) { return PanelEvent{.kind = kind, .isRestore = isRestore}; };
    if (drawn < 5) {
        static constexpr std::array<Kind, 5> urgent{Kind::HoldUp, Kind::Fire, Kind::Panic, Kind::Medical, Kind::Fire};
        return of(urgent.at(static_cast<std::size_t>(drawn)));
    }
    if (drawn < 50) {
        return of(Kind::MainsLost);
    }
    if (drawn < 70) {
        return of(Kind::Intruder);
    }
    if (drawn < 80) {
        return of(Kind::Tamper);
    }
    return drawn < 90 ? of(Kind::LowBattery) : of(Kind::MainsLost, true);
}

}  // namespace leedswatch::simulator
