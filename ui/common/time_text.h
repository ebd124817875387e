#pragma once

#include "base/time.h"

#include <QString>

// How times and lengths of time read.

namespace leedswatch::ui {

/// "2 min 05 s", "1 h 20 min", "3.2 s": how long something lasts.
[[nodiscard]] QString durationText(base::Microseconds duration);

/// "13:00:00.040 BST": local, with its zone, for in autumn an hour is there twice.
[[nodiscard]] QString instantText(base::UtcTime time);

/// "14:05:30 GMT", with milliseconds if so: the clock of a timeline, whose day stands at its edge.
[[nodiscard]] QString timelineTime(base::UtcTime time, bool milliseconds);

}  // namespace leedswatch::ui
