#pragma once

#include "base/result.h"
#include "base/time.h"

#include <string>
#include <string_view>

// Europe/London, the only place where a local time is made or read. Everything else is UTC.

namespace leedswatch::base {

/// "2026-10-25 01:30:05 BST": what people read. Both 01:30s of the autumn night differ by BST and GMT.
[[nodiscard]] std::string formatLocal(UtcTime time);

/// "25 Oct 2026", "01:30:05", "01:30:05.040" and "BST" for places that show the parts apart.
[[nodiscard]] std::string formatLocalDate(UtcTime time);
[[nodiscard]] std::string formatLocalTimeOfDay(UtcTime time);
[[nodiscard]] std::string formatLocalTimeOfDayWithMilliseconds(UtcTime time);
[[nodiscard]] std::string localZoneAbbreviation(UtcTime time);

/// "2026-10-25T00:30:05.000000Z".
[[nodiscard]] std::string formatUtc(UtcTime time);

/// ISO 8601 as typed by a person: date, 'T' or a space, hours and minutes, optional seconds and fraction, optional Z or
/// offset; or as formatLocal writes it, with BST or GMT behind. Without either it is Europe/London; an hour that the
/// clocks pass twice is refused with both readings named, an hour that they skip is refused too (DESIGN section 9), and
/// so is BST in winter and GMT in summer. Error: InvalidInput.
[[nodiscard]] Result<UtcTime> parseTime(std::string_view text);

/// Midnight that began the local day of `time`, and the one that ends it (23, 24 or 25 hours later).
struct LocalDay {
    UtcTime begin;
    UtcTime end;
};
[[nodiscard]] LocalDay localDayOf(UtcTime time);

/// Minutes since Monday 00:00 by the clock on the wall, 0 to 10,079; both 01:30s of the autumn night give the same.
[[nodiscard]] int localMinuteOfWeek(UtcTime time);

}  // namespace leedswatch::base
