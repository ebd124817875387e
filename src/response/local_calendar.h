#pragma once

#include "base/local_time.h"

namespace leedswatch::response {

// Days, hours and months by the clock on the wall in Europe/London, as moments.

/// When the wall's clock first shows so many minutes past midnight on that day; where it skips that time in spring,
/// when it skips it.
[[nodiscard]] base::UtcTime localTimeOn(const base::LocalDay& day, std::chrono::minutes pastMidnight);

struct LocalMonth {
    base::UtcTime begin;
    base::UtcTime end;
};
[[nodiscard]] LocalMonth localMonthOf(base::UtcTime time);
/// The midnight that began the same day so many months before; of a day that month lacks, its last day.
[[nodiscard]] base::UtcTime localMonthsBefore(base::UtcTime time, int months);
/// 1 to 12.
[[nodiscard]] int localMonthNumber(base::UtcTime time);
/// 0 to 23.
[[nodiscard]] int localHourOf(base::UtcTime time);

}  // namespace leedswatch::response
