#pragma once

#include "base/result.h"
#include "base/time.h"

#include <QString>

namespace leedswatch::ui {

/// A time as people type it: "14:05", "14:05:30", "1405", "14:05 21/11/2026", "21 Nov 14:05", "yesterday 22:10", ISO
/// 8601; with BST or GMT behind it where the hour is there twice. Without a date it is on the day of `shown`, "today"
/// and "yesterday" count from `now`. Error: InvalidInput, a sentence; for an hour that is there twice it names both.
[[nodiscard]] base::Result<base::UtcTime> readTypedTime(const QString& text, base::UtcTime shown, base::UtcTime now);

}  // namespace leedswatch::ui
