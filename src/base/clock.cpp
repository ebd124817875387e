#include "base/clock.h"

namespace leedswatch::base {

UtcTime SystemClock::now() const {
    return std::chrono::time_point_cast<Microseconds>(std::chrono::system_clock::now());
}

SteadyTime SystemClock::steadyNow() const {
    return std::chrono::steady_clock::now();
}

}  // namespace leedswatch::base
