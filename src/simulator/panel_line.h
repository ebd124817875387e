#pragma once

#include "base/result.h"
#include "simulator/panel_event.h"

#include <chrono>
#include <string_view>

namespace leedswatch::simulator {

/// What panels may be commanded while the simulator runs.
struct PanelCommand {
    enum class Kind {
        Event,
        Confirm,
        Restore,
        Runaway,
        WrongCheck,
        Deaf,
        Silent,
        LateTest,
        WrongKey,
        Clock,
        Clear,
        Storm,
        Day,
        Stop
    };

    Kind kind = Kind::Stop;
    int first = 0;                 ///< of the panels, 1 to mostPanels; 0 of Storm, Day and Stop
    int last = 0;                  ///< at least `first`
    PanelEvent event = {};         ///< of Event; zone and user 0 to 999
    int perMinute = 0;             ///< of Runaway, 1 to 600
    int count = 0;                 ///< of Runaway, 1 to 1,000; of Storm, panels; of WrongCheck, messages, 1 to 1,000
    int speed = 0;                 ///< of Day: how many times faster than the clock, 1 to 3,600
    std::chrono::seconds time{0};  ///< of Confirm, Deaf, Silent, LateTest, Storm up to a day; of Clock up to ten years

    bool operator==(const PanelCommand&) const = default;
};

/// Whether a line is for the panels; else it is for cameras, or for both ("status").
[[nodiscard]] bool isPanelLine(std::string_view line);

/// A line as "panel 3 intruder zone 2", "panels 1-50 holdup", "storm 10000" or "day 60". Error: InvalidInput, with what
/// would be right.
[[nodiscard]] base::Result<PanelCommand> parsePanelLine(std::string_view line);

}  // namespace leedswatch::simulator
