#pragma once

#include "response/alarm.h"

#include <soci/soci.h>

#include <string>

namespace leedswatch::response {

// What a change of an alarm leaves for the service figures, in its transaction. Each throws soci::soci_error.

/// A new alarm; `isOnTest`: it is shown although its system is on test.
void markRaised(soci::session& sql, const Alarm& alarm, bool isOnTest);
/// A line of its record by `who`, of `now`.
void markEntered(soci::session& sql, const Alarm& alarm, EntryKind kind, const std::string& who, base::UtcTime now);

}  // namespace leedswatch::response
