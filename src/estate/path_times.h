#pragma once

#include "estate/premises.h"

#include <chrono>
#include <optional>

namespace leedswatch::estate {

/// Within how long a failed path must be known (reference 3.4). The alternative one stands in for the primary: while
/// that is down, it has less time. Nothing: the category has no such path.
[[nodiscard]] std::optional<std::chrono::seconds> reportingTime(PathCategory category, SignallingPath path,
                                                                bool primaryIsDown);

/// After how much silence a path has failed: its reporting time without what we need ourselves to find it out, write it
/// down and show it: a thirtieth, of 2 s at least and 30 s at most. No more, as there are panels that poll every 85 s
/// and must be known within 90 (reference 1.10).
[[nodiscard]] std::optional<std::chrono::seconds> failsAfter(PathCategory category, SignallingPath path,
                                                             bool primaryIsDown);

[[nodiscard]] bool hasTwoPaths(PathCategory category);

/// How long a panel that keeps its connection may be silent on it between two polls. Nothing: it is not known, or so
/// long that it had better connect anew for each.
[[nodiscard]] std::optional<std::chrono::seconds> connectionPollInterval(const Panel& panel);

}  // namespace leedswatch::estate
