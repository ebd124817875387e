#include "response/step_gates.h"

#include "response/police_rule.h"

namespace leedswatch::response {

namespace {

std::string factsOf(const PoliceDecision& decision) {
    if (decision.route == PoliceDecision::Route::Emergency) {
        return decision.reasons.empty()
                   ? "An emergency call: 999, without a reference."
                   : "An emergency call: 999, without a reference. Say that somebody sees it happening.";
    }
    if (!decision.system) {
        return {};
    }
    std::string text = "Reference: " + decision.system->reference;
    text += decision.system->force.empty() ? "" : ", " + decision.system->force;
    text += ", level " + std::to_string(decision.system->level);
    return decision.warning.empty() ? text : text + ". " + decision.warning;
}

StepGate policeGate(soci::session& sql, const GatedAlarm& of, base::UtcTime now, int position) {
    const PoliceDecision decision = decidePolice(sql, of.alarm, of.entries, now);
    return {position, decision.route == PoliceDecision::Route::Blocked, decision.reasons, factsOf(decision)};
}

/// The fire services that want it so come only for a fire that somebody has seen.
std::vector<StepGate> fireGate(const Alarm& alarm, int position) {
    if (alarm.fireHandling != FireHandling::Confirm || alarm.isConfirmed) {
        return {};
    }
    return {{position,
             true,
             {"This fire service comes only when somebody at the premises, or a second detector, confirms a fire."},
             {}}};
}

}  // namespace

std::vector<StepGate> readGates(soci::session& sql, const GatedAlarm& of, base::UtcTime now) {
    std::vector<StepGate> gates;
    for (const AlarmStep& step : of.steps) {
        if (step.state != StepState::Open) {
            continue;
        }
        if (step.step.kind == StepKind::Police) {
            gates.push_back(policeGate(sql, of, now, step.position));
        } else if (step.step.kind == StepKind::FireService) {
            const auto closed = fireGate(of.alarm, step.position);
            gates.insert(gates.end(), closed.begin(), closed.end());
        }
    }
    return gates;
}

}  // namespace leedswatch::response
