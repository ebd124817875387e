#pragma once

#include "base/result.h"
#include "estate/opening_hours.h"
#include "response/alarm_change.h"
#include "response/event_rules.h"
#include "store/database.h"

#include <optional>

namespace leedswatch::response {

/// What becomes of a system that is set or unset: an alarm if it is outside the hours of its premises; an end of the
/// one that waited for it, unless somebody has that. Nothing: it is as it should be, or nobody watches. Throws
/// soci::soci_error.
[[nodiscard]] std::optional<Decision> judgeSetting(AlarmChange& change, const NewAlarm& wanted, bool isSet);

/// By the station, every minute: systems that are not set at the end of their hours, and still set after they began.
/// Once a day for each premises. How many alarms there were.
[[nodiscard]] base::Result<int> watchOpening(store::Database& database, base::UtcTime now);

}  // namespace leedswatch::response
