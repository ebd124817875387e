#pragma once

#include "base/clock.h"

namespace leedswatch::tests {

/// For tests whose times come from real servers.
inline const base::SystemClock kClock;

}  // namespace leedswatch::tests
