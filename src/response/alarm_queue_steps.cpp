#include "base/utf8.h"
#include "dispatch/jobs.h"
#include "response/alarm_outcome.h"
#include "response/owned_alarm.h"
#include "response/police_rule.h"
#include "response/step_gates.h"

#include <algorithm>

// How an alarm is worked off: its steps, whom they send, and its end.

namespace leedswatch::response {

namespace {

using base::ErrorCode;

std::string textOfMissing(const std::vector<const AlarmStep*>& missing) {
    std::string text;
    for (const AlarmStep* step : missing) {
        text += (text.empty() ? "" : "; ") + std::to_string(step->position) + ". " + step->step.text;
    }
    return text;
}

/// Sends whom a step sends: the job's number; nothing if it sends nobody.
base::Result<std::optional<dispatch::JobId>> sendFor(AlarmChange& changes, const access::Acting& acting,
                                                     const Alarm& alarm, const StepResult& result) {
    if (!result.sending || result.isSkipped) {
        return std::nullopt;
    }
    dispatch::NewJob wanted = *result.sending;
    wanted.premises = alarm.premises;
    wanted.alarm = alarm.id.value();
    // What a panel said may be anything, and must keep nobody from being sent.
    const auto isUsable = [](const std::string& text) { return text.size() <= 1'000 && base::isPlainText(text); };
    wanted.place = isUsable(alarm.place) ? alarm.place : "The place of " + objectOf(alarm.id);
    if (wanted.reason.empty()) {
        wanted.reason = std::string{infoOf(alarm.alarmClass).title} + (isUsable(alarm.what) ? ": " + alarm.what : "");
    }
    TRY_ASSIGN(const dispatch::Job job, dispatch::Jobs::createIn(changes.transaction(), acting, wanted));
    return std::optional{job.id};
}

std::string resultText(const AlarmStep& step, const StepResult& result) {
    return std::to_string(step.position) + ". " + step.step.text + (result.isSkipped ? " — not needed: " : " — ") +
           step.result;
}

/// Whether the step may be done, and what is written of it beside the alarm's record.
base::Result<void> passGate(AlarmChange& changes, const Alarm& alarm, const AlarmStep& step, const std::string& words) {
    const auto gates = readGates(changes.sql(), {alarm, selectEntries(changes.sql(), alarm.id), {step}}, changes.now());
    if (!gates.empty() && gates.front().isClosed) {
        std::string why;
        for (const std::string& reason : gates.front().reasons) {
            why += " " + reason;
        }
        return base::fail(ErrorCode::InvalidInput, "this is not to be done:" + why);
    }
    if (step.step.kind == StepKind::Police) {
        const auto decision = decidePolice(changes.sql(), alarm, selectEntries(changes.sql(), alarm.id), changes.now());
        if (decision.route == PoliceDecision::Route::ByReference) {
            PoliceCalls::enterCall(changes, alarm, *decision.system, words);
        }
    }
    return {};
}

}  // namespace

base::Result<AlarmRecord> AlarmQueue::completeStep(const access::Acting& acting, AlarmId id, const StepResult& result) {
    TRY(checkAlarmWords(result.words, "say what came of it"));
    AlarmRecord record;
    TRY(changeAlarm(
        m_database, acting, "alarm.step", id, [&](AlarmChange& changes, Alarm& alarm) -> base::Result<void> {
            TRY(requireOwner(acting, alarm));
            auto steps = selectSteps(changes.sql(), id);
            const auto step = std::ranges::find(steps, result.position, &AlarmStep::position);
            if (step == steps.end() || step->step.kind == StepKind::Outcome || step->state != StepState::Open) {
                return base::fail(ErrorCode::InvalidInput,
                                  "step " + std::to_string(result.position) + " is none that can be done now");
            }
            if (!result.isSkipped) {
                TRY(passGate(changes, alarm, *step, result.words));
            }
            if (result.sending && step->step.kind != StepKind::Dispatch) {
                return base::fail(ErrorCode::InvalidInput, "step " + std::to_string(result.position) + " sends nobody");
            }
            TRY_ASSIGN(const auto job, sendFor(changes, acting, alarm, result));
            step->state = result.isSkipped ? StepState::Skipped : StepState::Done;
            step->doneAt = changes.now();
            step->doneBy = acting.username;
            step->result = result.words + (job ? " (job " + std::to_string(job->value()) + ")" : "");
            updateStep(changes.sql(), id, *step);
            alarm.acted = alarm.acted.value_or(changes.now());
            nlohmann::json details{{"step", step->position}, {"skipped", result.isSkipped}};
            if (job) {
                details["job"] = job->value();
            }
            changes.enter(alarm, EntryKind::Step, resultText(*step, result), std::move(details));
            const bool mayConfirm = step->step.kind == StepKind::Camera || step->step.kind == StepKind::Call;
            if (result.confirms && mayConfirm && !alarm.isConfirmed) {
                alarm.isConfirmed = true;
                alarm.priority = std::max(1, alarm.priority - 2);
                changes.enter(alarm, EntryKind::Confirmed, "By " + acting.username + ": " + result.words);
            }
            record = readRecord(changes.sql(), alarm, changes.now());
            return {};
        }));
    return base::Result<AlarmRecord>{tl::in_place, std::move(record)};
}

base::Result<void> AlarmQueue::close(const access::Acting& acting, AlarmId id, const Closing& closing) {
    const AlarmOutcome* outcome = findOutcome(closing.outcome);
    if (outcome == nullptr) {
        return base::fail(ErrorCode::InvalidInput, "choose what the alarm was");
    }
    if (!closing.whyStepsAreSkipped.empty()) {
        TRY(access::require(acting, access::Right::SkipAlarmSteps));
    }
    TRY(changeAlarm(
        m_database, acting, "alarm.closed", id, [&](AlarmChange& changes, Alarm& alarm) -> base::Result<void> {
            TRY(requireOwner(acting, alarm));
            auto steps = selectSteps(changes.sql(), id);
            const auto missing = missingSteps(steps, alarm);
            if (!missing.empty() && closing.whyStepsAreSkipped.empty()) {
                return base::fail(ErrorCode::InvalidInput, "not done yet: " + textOfMissing(missing));
            }
            if (!missing.empty()) {
                changes.enter(alarm, EntryKind::Note,
                              "Closed with open steps (" + textOfMissing(missing) + "): " + closing.whyStepsAreSkipped);
            }
            if (!steps.empty() && steps.back().step.kind == StepKind::Outcome) {
                steps.back().state = StepState::Done;
                steps.back().doneAt = changes.now();
                steps.back().doneBy = acting.username;
                steps.back().result = outcome->title;
                updateStep(changes.sql(), id, steps.back());
            }
            alarm.state = AlarmState::Closed;
            alarm.until.reset();
            alarm.acted = alarm.acted.value_or(changes.now());
            alarm.closed = changes.now();
            alarm.outcome = closing.outcome;
            PoliceCalls::judgeByOutcome(changes, alarm, *outcome);
            changes.enter(alarm, EntryKind::Closed,
                          std::string{outcome->title} + (closing.words.empty() ? "." : ": " + closing.words),
                          {{"outcome", closing.outcome}});
            return {};
        }));
    return {};
}

}  // namespace leedswatch::response
