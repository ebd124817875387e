#include "estate/path_times.h"

#include <algorithm>
#include <array>

namespace leedswatch::estate {

namespace {

using namespace std::chrono_literals;
using std::chrono::seconds;

struct ReportingTimes {
    seconds primary;
    seconds alternative = 0s;  ///< 0: there is none
    seconds alternativeWhilePrimaryIsDown = 0s;
};

// Reference 3.4, in the order of PathCategory. From general knowledge: BS EN 50136-1 must be bought and decides.
constexpr std::array<ReportingTimes, 10> reportingTimes = {{
    {32 * 24h},
    {25h},
    {30min},
    {3min},
    {90s},
    {20s},
    {25h, 50h, 25h},
    {30min, 25h, 30min},
    {3min, 25h, 3min},
    {90s, 5h, 90s},
}};

constexpr seconds longestOnAConnection = 30min;

}  // namespace

std::optional<seconds> reportingTime(PathCategory category, SignallingPath path, bool primaryIsDown) {
    const ReportingTimes& times = reportingTimes.at(static_cast<std::size_t>(category));
    if (path == SignallingPath::Primary) {
        return times.primary;
    }
    const seconds time = primaryIsDown ? times.alternativeWhilePrimaryIsDown : times.alternative;
    return time == 0s ? std::nullopt : std::optional{time};
}

std::optional<seconds> failsAfter(PathCategory category, SignallingPath path, bool primaryIsDown) {
    const auto time = reportingTime(category, path, primaryIsDown);
    return time ? std::optional{*time - std::clamp(*time / 30, seconds{2s}, seconds{30s})} : std::nullopt;
}

bool hasTwoPaths(PathCategory category) {
    return category >= PathCategory::Dp1;
}

std::optional<seconds> connectionPollInterval(const Panel& panel) {
    std::optional<seconds> interval = panel.signalling.pollInterval;
    if (!interval && panel.path) {
        interval = reportingTime(*panel.path, SignallingPath::Primary, false);
    }
    return interval && *interval <= longestOnAConnection ? interval : std::nullopt;
}

}  // namespace leedswatch::estate
