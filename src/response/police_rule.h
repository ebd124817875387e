#pragma once

#include "estate/police_systems.h"
#include "response/alarm.h"
#include "response/police_calls.h"

#include <soci/soci.h>

#include <optional>
#include <string>
#include <vector>

namespace leedswatch::response {

/// Whether the police are called for an alarm, and how (reference 4.3).
struct PoliceDecision {
    enum class Route {
        ByReference,  ///< with the reference of the system
        Emergency,    ///< as anybody would: somebody is in danger, or a person sees a crime; no reference is given
        Blocked,
    };
    Route route = Route::Blocked;
    std::optional<estate::PoliceSystem> system = {};
    std::vector<std::string> reasons = {};  ///< why not by reference: sentences
    std::string warning = {};               ///< how many false calls there were; empty: none
};

/// The kind of system whose reference is for such alarms; none: the police need no reference for them.
[[nodiscard]] std::optional<estate::PoliceSystemKind> policeSystemKindOf(AlarmClass alarmClass);

/// As the alarm and its premises stand at `now`. Blocked without a reference, at level 3, if it is not confirmed and
/// has to be, on test, with an engineer on site, or called off; a crime that a person has seen is an emergency call all
/// the same. Throws soci::soci_error.
[[nodiscard]] PoliceDecision decidePolice(soci::session& sql, const Alarm& alarm,
                                          const std::vector<AlarmEntry>& entries, base::UtcTime now);

}  // namespace leedswatch::response
