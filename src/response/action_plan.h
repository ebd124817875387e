#pragma once

#include "base/id.h"
#include "base/result.h"
#include "base/weekly_schedule.h"
#include "estate/premises.h"
#include "response/alarm_class.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::response {

using PlanId = base::Id<struct PlanTag>;

/// What somebody does about an alarm.
enum class StepKind {
    Call,      ///< the premises or the person
    Password,  ///< have the word said and compare it
    Camera,    ///< look at the pictures; seeing an offence confirms the alarm
    Wait,      ///< for a second signal
    Police,    ///< with the reference of the premises, where the rules let it
    FireService,
    Ambulance,
    Keyholders,  ///< in their order until one comes
    Dispatch,    ///< mobile response or a guard
    Note,
    Outcome,  ///< what it was; the last
};

[[nodiscard]] std::string_view nameOf(StepKind kind);  ///< "fire-service": as stored and typed
[[nodiscard]] std::optional<StepKind> stepKindFrom(std::string_view name);

enum class StepApplies {
    Always,
    IfConfirmed,
    IfNotConfirmed,
    IfChallenged,  ///< of a fire that is not confirmed, where the premises are called first
};

[[nodiscard]] std::string_view nameOf(StepApplies applies);
[[nodiscard]] std::optional<StepApplies> stepAppliesFrom(std::string_view name);

struct PlanStep {
    StepKind kind = StepKind::Note;
    std::string text = {};  ///< what to do, to the operator
    bool isRequired = true;
    StepApplies applies = StepApplies::Always;
    bool operator==(const PlanStep&) const = default;
};

/// What is to be done about alarms of a class: everywhere, at premises of a kind, or at some premises; always, or at
/// hours of the week.
struct ActionPlan {
    PlanId id;  ///< not valid: the standard plan of the class
    std::string name = {};
    AlarmClass alarmClass = AlarmClass::Intruder;
    std::optional<estate::PremisesId> premises = {};
    std::string premisesKind = {};
    base::WeeklySchedule hours = {};
    std::vector<PlanStep> steps = {};
};

inline constexpr std::size_t mostPlanSteps = 30;

/// Errors: InvalidInput, naming the step: no name, no steps or too many, a step without words, no outcome at the end.
[[nodiscard]] base::Result<void> checkPlan(const ActionPlan& plan);

/// As stored: a JSON array.
[[nodiscard]] std::string textOfSteps(const std::vector<PlanStep>& steps);
/// Error: Damaged.
[[nodiscard]] base::Result<std::vector<PlanStep>> stepsFromText(std::string_view text);

/// The plan that the program carries for a class.
[[nodiscard]] const ActionPlan& standardPlan(AlarmClass alarmClass);

}  // namespace leedswatch::response
