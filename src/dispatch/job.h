#pragma once

#include "base/time.h"
#include "dispatch/ids.h"
#include "estate/premises.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::dispatch {

enum class JobState {
    Created,   ///< nobody has it
    Assigned,  ///< a unit has it and has not set out
    EnRoute,   ///< the unit has accepted it and is on its way
    OnScene,
    Finished,
    Cancelled,
};

[[nodiscard]] std::string_view nameOf(JobState state);  ///< "en-route": as stored and typed
[[nodiscard]] std::optional<JobState> jobStateFrom(std::string_view name);
[[nodiscard]] inline bool isOpen(JobState state) {
    return state != JobState::Finished && state != JobState::Cancelled;
}

/// What a unit found and did, told at the end.
struct JobReport {
    std::string found = {};
    std::string actions = {};
    std::optional<bool> leftSecure = {};
    std::string handedTo = {};  ///< "police, PC 431"; empty: to nobody
};

/// What a unit is sent for. Its number is that of its sheet.
struct Job {
    JobId id;
    std::optional<estate::PremisesId> premises = {};  ///< none: a place that is in no list
    std::optional<std::int64_t> alarm = {};           ///< the number of the alarm that it answers
    std::string place = {};                           ///< as it was called then
    std::string reason = {};
    int priority = 3;  ///< 1 first
    std::string instructions = {};
    std::chrono::minutes target{20};  ///< from created to on scene
    base::UtcTime created{};
    std::string createdBy = {};
    JobState state = JobState::Created;
    std::optional<UnitId> unit = {};             ///< that has it, or had it at its end
    std::string callSign = {};                   ///< of that unit
    std::optional<base::UtcTime> assigned = {};  ///< first
    std::optional<base::UtcTime> enRoute = {};   ///< of the unit that has it
    std::optional<base::UtcTime> onScene = {};   ///< first
    std::optional<base::UtcTime> ended = {};
    JobReport report = {};
};

enum class TargetState {
    Open,    ///< there is time left
    Met,     ///< somebody was there in time
    Missed,  ///< nobody was, or is
    None,    ///< called off while there was time left
};

[[nodiscard]] TargetState targetOf(const Job& job, base::UtcTime now);

/// What a line of a job's record is about.
enum class JobLine { Created, Assigned, StoodDown, EnRoute, OnScene, Finished, Cancelled, Note, Keys };

[[nodiscard]] std::string_view nameOf(JobLine line);
[[nodiscard]] std::optional<JobLine> jobLineFrom(std::string_view name);

/// A line of a job's record. Never changed.
struct JobEntry {
    std::int64_t id = 0;
    JobId job;
    base::UtcTime at{};
    JobLine kind = JobLine::Note;
    std::optional<UnitId> unit = {};
    std::string who = {};
    std::string workstation = {};
    std::string text = {};
};

/// What somebody wants done.
struct NewJob {
    std::optional<estate::PremisesId> premises = {};
    std::optional<std::int64_t> alarm = {};
    std::string place = {};  ///< empty: the name and address of the premises
    std::string reason = {};
    int priority = 3;  ///< 1 to 5
    std::string instructions = {};
    std::chrono::minutes target{20};  ///< 1 minute to a day
    std::vector<BunchId> keys = {};   ///< that it needs, of the premises
    std::optional<UnitId> unit = {};  ///< that gets it at once
};

}  // namespace leedswatch::dispatch
