#pragma once

#include <chrono>
#include <cstdint>

namespace leedswatch::base {

using Microseconds = std::chrono::microseconds;

/// An instant, UTC, to the microsecond. This is the only kind of time that is stored or sent.
using UtcTime = std::chrono::sys_time<Microseconds>;

/// An instant on the steady clock: for durations and deadlines only; a step of the wall clock does not move it.
using SteadyTime = std::chrono::steady_clock::time_point;

/// As stored: microseconds since 1970-01-01T00:00Z.
[[nodiscard]] constexpr std::int64_t toStored(UtcTime time) {
    return time.time_since_epoch().count();
}
[[nodiscard]] constexpr UtcTime fromStored(std::int64_t microseconds) {
    return UtcTime{Microseconds{microseconds}};
}

}  // namespace leedswatch::base
