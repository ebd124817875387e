#pragma once

#include "base/time.h"
#include "dispatch/ids.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::dispatch {

enum class UnitStatus {
    OffDuty,
    Available,
    Unavailable,  ///< on duty, and not to be sent: a break, the vehicle
    Assigned,     ///< it has a job and has not set out
    EnRoute,      ///< it has accepted the job and is on its way
    OnScene,
    Returning,  ///< clear of its job; it can be sent
};

[[nodiscard]] std::string_view nameOf(UnitStatus status);  ///< "en-route": as stored and typed
[[nodiscard]] std::optional<UnitStatus> unitStatusFrom(std::string_view name);
/// On duty, and not unavailable.
[[nodiscard]] bool canBeSent(UnitStatus status);

/// Somebody who may be sent. In the private security industry nobody may without a licence of the Security Industry
/// Authority that has not run out.
struct Officer {
    OfficerId id;
    std::string name;
    std::string licence = {};         ///< 16 digits; empty: none is entered
    std::string licenceExpires = {};  ///< the last day on which it holds, "2027-03-31"; with the licence alone
    std::string phone = {};
    bool operator==(const Officer&) const = default;
};

enum class LicenceState {
    None,
    Expired,
    RunsOut,  ///< within 30 days
    Holds,
};

/// Of the local day of `now`.
[[nodiscard]] LicenceState licenceOf(const Officer& officer, base::UtcTime now);
/// "Pat Jones has no licence entered", "the licence of Pat Jones ran out on 2026-10-31"; empty while it holds.
[[nodiscard]] std::string licenceProblem(const Officer& officer, base::UtcTime now);
/// "2027-02-29" is none.
[[nodiscard]] bool isDay(std::string_view text);

/// What can be sent: a vehicle with an officer or several.
struct Unit {
    UnitId id;
    std::string callSign;  ///< unique among those that are not retired
    std::string vehicle = {};
    std::chrono::minutes checkInEvery{15};  ///< on scene it must be heard of within that; 0: it is not watched
    UnitStatus status = UnitStatus::OffDuty;
    base::UtcTime since{};                         ///< when it got that status
    std::optional<base::UtcTime> checkInDue = {};  ///< on scene, if it is watched
    bool isLate = false;                           ///< it did not check in, and the room has been told
    std::vector<Officer> crew = {};                ///< of one off duty: who was in it last
};

/// "M1 (Pat Jones 07700 900123)": by which a unit is called.
[[nodiscard]] std::string unitText(const Unit& unit);

/// A line of a unit's record. Never changed.
struct UnitEntry {
    std::int64_t id = 0;
    UnitId unit;
    base::UtcTime at{};
    UnitStatus status = UnitStatus::OffDuty;
    std::optional<JobId> job = {};
    std::string who = {};
    std::string workstation = {};
    std::string text = {};
};

}  // namespace leedswatch::dispatch
