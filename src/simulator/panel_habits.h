#pragma once

#include "simulator/drawn_premises.h"

#include <chrono>

namespace leedswatch::simulator {

/// How long a panel waits for what, and how often it tries (reference 1.10: 11 s and 12 s of some makers, 5 s over TCP
/// and five times 1 s over UDP of others).
struct PanelHabits {
    using Duration = std::chrono::nanoseconds;

    Duration answerTime{0};
    int triesInARound = 0;
    Duration pauseBetweenRounds{0};
    int mostTries = 0;         ///< of a signal; then it is given up
    Duration pollInterval{0};  ///< 0: it does not poll
    Duration testInterval{0};
    Duration firstPause{0};  ///< before it dials again; doubled each time
    Duration longestPause{0};
    Duration dialTime{0};  ///< for a connection to be made
    double hurry = 1;

    [[nodiscard]] Duration scaled(Duration time) const {
        return std::chrono::duration_cast<Duration>(std::chrono::duration<double, std::nano>{time} / hurry);
    }
};

/// What happens by itself belongs to a programme and ends with it; what was commanded does not.
enum class EventOrigin { Command, Programme, Storm };

[[nodiscard]] PanelHabits habitsOf(const DrawnPremises& premises, double hurry);

}  // namespace leedswatch::simulator
