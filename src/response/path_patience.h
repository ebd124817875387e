#pragma once

#include <chrono>
#include <optional>

namespace leedswatch::response {

// How much silence of a path is too much; pure arithmetic. `fails` is after how much it has failed, `interval` how
// often it polls, if that is known.

/// After how much it is late: when two polls were missed and a third is half due, or halfway between the time at which
/// a poll was due and `fails`, what comes first; after two thirds of `fails` if its interval is not known.
[[nodiscard]] std::chrono::microseconds lateAfter(std::chrono::seconds fails,
                                                  const std::optional<std::chrono::seconds>& interval);

/// How long a path has from when we began to watch it, whatever was before: the polls that it sent meanwhile nobody
/// heard. Two polls, or its full time if its interval is not known.
[[nodiscard]] std::chrono::seconds graceAfterStart(std::chrono::seconds fails,
                                                   const std::optional<std::chrono::seconds>& interval);

/// By how much two messages must be apart to be two signs of life, and not one that was sent again.
[[nodiscard]] std::chrono::milliseconds leastApart(const std::optional<std::chrono::seconds>& interval);

}  // namespace leedswatch::response
