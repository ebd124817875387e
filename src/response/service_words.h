#pragma once

#include "response/service_figures.h"

#include <string>
#include <string_view>

// How figures read, on the command line, on the screen and in files.

namespace leedswatch::response {

/// "0.4", "34": in seconds.
[[nodiscard]] std::string secondsText(base::Microseconds length);
/// "93.2 %" of `of`, cut and not rounded up to a target that was missed; "9 of 10" where `of` is smaller than `fewest`.
[[nodiscard]] std::string shareOf(std::int64_t part, std::int64_t of, std::int64_t fewest);
/// "met", "not met", "too few".
[[nodiscard]] std::string_view nameOf(Verdict verdict);
/// An operator's alarms in ten minutes, on average: "0.42".
[[nodiscard]] std::string loadText(std::int64_t taken, std::int64_t windows);
/// "First action, 98.5 % in 60 s".
[[nodiscard]] std::string targetText(const ServiceTarget& target);
/// What is not in the shares and why: "2 tests, 1 called off while held". Empty: nothing.
[[nodiscard]] std::string leftOutText(const ServiceCounts& counts);

}  // namespace leedswatch::response
