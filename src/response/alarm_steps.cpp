#include "response/alarm_steps.h"

#include <algorithm>
#include <array>

namespace leedswatch::response {

namespace {

using Key = long long;

constexpr std::array<std::string_view, 3> stepStates{"open", "done", "skipped"};

StepState stepStateFrom(std::string_view name) {
    const auto* found = std::ranges::find(stepStates, name);
    return found == stepStates.end() ? StepState::Open : static_cast<StepState>(found - stepStates.begin());
}

}  // namespace

bool appliesTo(const AlarmStep& step, const Alarm& alarm) {
    switch (step.step.applies) {
        case StepApplies::Always: return true;
        case StepApplies::IfConfirmed: return alarm.isConfirmed;
        case StepApplies::IfNotConfirmed: return !alarm.isConfirmed;
        case StepApplies::IfChallenged:
            return alarm.fireHandling && *alarm.fireHandling != FireHandling::Pass && !alarm.isConfirmed;
    }
    return true;
}

const AlarmStep* nextStep(const std::vector<AlarmStep>& steps, const Alarm& alarm) {
    const auto found = std::ranges::find_if(
        steps, [&](const AlarmStep& step) { return step.state == StepState::Open && appliesTo(step, alarm); });
    return found == steps.end() ? nullptr : &*found;
}

std::vector<const AlarmStep*> missingSteps(const std::vector<AlarmStep>& steps, const Alarm& alarm) {
    std::vector<const AlarmStep*> missing;
    for (const AlarmStep& step : steps) {
        const bool isWanted = step.step.isRequired && step.step.kind != StepKind::Outcome && appliesTo(step, alarm);
        if (isWanted && step.state == StepState::Open) {
            missing.push_back(&step);
        }
    }
    return missing;
}

void insertSteps(soci::session& sql, AlarmId alarm, const std::vector<PlanStep>& steps) {
    const Key key = alarm.value();
    int position = 0;
    for (const PlanStep& step : steps) {
        ++position;
        const std::string kind{nameOf(step.kind)};
        const int required = step.isRequired ? 1 : 0;
        const std::string applies{nameOf(step.applies)};
        sql << "INSERT INTO alarm_step (alarm_id, position, kind, text, required, applies, state) VALUES (:alarm, "
               ":position, :kind, :text, :required, :applies, 'open')",
            soci::use(key, "alarm"), soci::use(position, "position"), soci::use(kind, "kind"),
            soci::use(step.text, "text"), soci::use(required, "required"), soci::use(applies, "applies");
    }
}

std::vector<AlarmStep> selectSteps(soci::session& sql, AlarmId alarm) {
    std::vector<AlarmStep> steps;
    const Key key = alarm.value();
    AlarmStep step;
    std::string kind;
    int required = 0;
    std::string applies;
    std::string state;
    Key doneAt = 0;
    soci::indicator isDone = soci::i_null;
    soci::statement statement =
        (sql.prepare << "SELECT position, kind, text, required, applies, state, done_at, done_by, result FROM "
                        "alarm_step WHERE alarm_id = :alarm ORDER BY position",
         soci::use(key, "alarm"), soci::into(step.position), soci::into(kind), soci::into(step.step.text),
         soci::into(required), soci::into(applies), soci::into(state), soci::into(doneAt, isDone),
         soci::into(step.doneBy), soci::into(step.result));
    statement.execute();
    while (statement.fetch()) {
        step.step.kind = stepKindFrom(kind).value_or(StepKind::Note);
        step.step.isRequired = required != 0;
        step.step.applies = stepAppliesFrom(applies).value_or(StepApplies::Always);
        step.state = stepStateFrom(state);
        step.doneAt = isDone == soci::i_ok ? std::optional{base::fromStored(doneAt)} : std::nullopt;
        steps.push_back(step);
    }
    return steps;
}

void updateStep(soci::session& sql, AlarmId alarm, const AlarmStep& step) {
    const Key key = alarm.value();
    const std::string state{stepStates.at(static_cast<std::size_t>(step.state))};
    const Key doneAt = step.doneAt ? base::toStored(*step.doneAt) : 0;
    soci::indicator isDone = step.doneAt ? soci::i_ok : soci::i_null;
    sql << "UPDATE alarm_step SET state = :state, done_at = :at, done_by = :who, result = :result WHERE alarm_id = "
           ":alarm AND position = :position",
        soci::use(state, "state"), soci::use(doneAt, isDone, "at"), soci::use(step.doneBy, "who"),
        soci::use(step.result, "result"), soci::use(key, "alarm"), soci::use(step.position, "position");
}

}  // namespace leedswatch::response
