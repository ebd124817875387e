#pragma once

#include <cmath>

namespace leedswatch::ctl {

/// Seconds into a film as the commands print them: to the millisecond.
[[nodiscard]] inline double toMilliseconds(double seconds) {
    return std::round(seconds * 1000) / 1000;
}

}  // namespace leedswatch::ctl
