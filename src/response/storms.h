#pragma once

#include "response/alarm_change.h"
#include "response/event_rules.h"
#include "response/response_policy.h"

#include <optional>

namespace leedswatch::response {

/// The systems themselves: each fault is over by itself, and very many at once have one cause.
[[nodiscard]] bool isOfTheSystem(AlarmClass alarmClass);

// Faults of very many premises at once are one incident: a power cut, a network. Each throws soci::soci_error.

/// For what is no detector's: it counts towards a storm.
void noteForStorm(soci::session& sql, const NewAlarm& wanted);
/// Joins it to the storm that goes on, or to one that begins with it, which takes in those before it that nobody has
/// taken. Nothing: there is no storm. It must have been noted, or be an activation, before.
[[nodiscard]] std::optional<Decision> joinStorm(AlarmChange& change, const ResponsePolicy& policy,
                                                const NewAlarm& wanted);

}  // namespace leedswatch::response
