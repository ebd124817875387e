#pragma once

#include "response/action_plan.h"
#include "response/alarm.h"

#include <soci/soci.h>

#include <optional>
#include <string>
#include <vector>

namespace leedswatch::response {

enum class StepState { Open, Done, Skipped };

/// A step of an alarm, copied from the plan that it follows.
struct AlarmStep {
    int position = 0;  ///< from 1
    PlanStep step;
    StepState state = StepState::Open;
    std::optional<base::UtcTime> doneAt = {};
    std::string doneBy = {};
    std::string result = {};  ///< what came of it, in words
};

/// Whether a step is for an alarm as it stands.
[[nodiscard]] bool appliesTo(const AlarmStep& step, const Alarm& alarm);
/// Why a step may not be done as the plan says, though it may be left out; and what to know of it first.
struct StepGate {
    int position = 0;
    bool isClosed = false;                  ///< it must not be done
    std::vector<std::string> reasons = {};  ///< sentences
    std::string facts = {};                 ///< "Reference WY 12345, West Yorkshire Police"
};

/// The first that is open and applies; nothing: all is done.
[[nodiscard]] const AlarmStep* nextStep(const std::vector<AlarmStep>& steps, const Alarm& alarm);
/// Those that must be done before the alarm may be closed, and are not; the outcome apart.
[[nodiscard]] std::vector<const AlarmStep*> missingSteps(const std::vector<AlarmStep>& steps, const Alarm& alarm);

// Each throws soci::soci_error.

void insertSteps(soci::session& sql, AlarmId alarm, const std::vector<PlanStep>& steps);
[[nodiscard]] std::vector<AlarmStep> selectSteps(soci::session& sql, AlarmId alarm);
void updateStep(soci::session& sql, AlarmId alarm, const AlarmStep& step);

}  // namespace leedswatch::response
