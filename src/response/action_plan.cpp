#include "response/action_plan.h"

#include "base/utf8.h"
#include "response/standard_plans.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace leedswatch::response {

namespace {

using nlohmann::json;

constexpr std::size_t longestStep = 500;

constexpr std::array<std::pair<StepKind, std::string_view>, 11> stepKinds{{
    {StepKind::Call, "call"},
    {StepKind::Password, "password"},
    {StepKind::Camera, "camera"},
    {StepKind::Wait, "wait"},
    {StepKind::Police, "police"},
    {StepKind::FireService, "fire-service"},
    {StepKind::Ambulance, "ambulance"},
    {StepKind::Keyholders, "keyholders"},
    {StepKind::Dispatch, "dispatch"},
    {StepKind::Note, "note"},
    {StepKind::Outcome, "outcome"},
}};

constexpr std::array<std::pair<StepApplies, std::string_view>, 4> stepApplies{{
    {StepApplies::Always, "always"},
    {StepApplies::IfConfirmed, "if-confirmed"},
    {StepApplies::IfNotConfirmed, "if-not-confirmed"},
    {StepApplies::IfChallenged, "if-challenged"},
}};

base::Result<void> wrongPlan(const std::string& why) {
    return base::fail(base::ErrorCode::InvalidInput, why);
}

bool isPlanWords(const std::string& text, std::size_t longest) {
    return text.find_first_not_of(" \t\r\n") != std::string::npos && text.size() <= longest && base::isPlainText(text);
}

std::optional<PlanStep> stepFrom(const json& one) {
    if (!one.is_object() || !one.contains("kind") || !one["kind"].is_string() || !one.contains("text") ||
        !one["text"].is_string()) {
        return std::nullopt;
    }
    const auto kind = stepKindFrom(one["kind"].get<std::string>());
    const auto applies = stepAppliesFrom(one.value("when", std::string{"always"}));
    if (!kind || !applies) {
        return std::nullopt;
    }
    return PlanStep{*kind, one["text"].get<std::string>(), one.value("required", true), *applies};
}

std::vector<ActionPlan> readStandardPlans() {
    const json all = json::parse(standardPlansText());
    std::vector<ActionPlan> plans;
    for (const AlarmClassInfo& info : alarmClasses()) {
        const auto found = std::find_if(
            all.begin(), all.end(), [&](const json& one) { return one.at("class").get<std::string>() == info.code; });
        if (found == all.end()) {
            throw std::logic_error{"resources/plans/standard.json has no plan for " + std::string{info.code}};
        }
        ActionPlan plan;
        plan.name = found->at("name").get<std::string>();
        plan.alarmClass = info.alarmClass;
        plan.steps = stepsFromText(found->at("steps").dump()).value();
        plans.push_back(std::move(plan));
    }
    return plans;
}

}  // namespace

std::string_view nameOf(StepKind kind) {
    return stepKinds.at(static_cast<std::size_t>(kind)).second;
}

std::optional<StepKind> stepKindFrom(std::string_view name) {
    const auto* found = std::ranges::find(stepKinds, name, &decltype(stepKinds)::value_type::second);
    return found == stepKinds.end() ? std::nullopt : std::optional{found->first};
}

std::string_view nameOf(StepApplies applies) {
    return stepApplies.at(static_cast<std::size_t>(applies)).second;
}

std::optional<StepApplies> stepAppliesFrom(std::string_view name) {
    const auto* found = std::ranges::find(stepApplies, name, &decltype(stepApplies)::value_type::second);
    return found == stepApplies.end() ? std::nullopt : std::optional{found->first};
}

base::Result<void> checkPlan(const ActionPlan& plan) {
    if (!isPlanWords(plan.name, 100)) {
        return wrongPlan("a plan has a name of at most 100 letters");
    }
    if (plan.steps.empty() || plan.steps.size() > mostPlanSteps) {
        return wrongPlan("a plan has between 1 and 30 steps");
    }
    for (std::size_t step = 0; step < plan.steps.size(); ++step) {
        if (!isPlanWords(plan.steps[step].text, longestStep)) {
            return wrongPlan("step " + std::to_string(step + 1) + " says nothing, or more than 500 letters");
        }
        const bool isLast = step + 1 == plan.steps.size();
        if ((plan.steps[step].kind == StepKind::Outcome) != isLast) {
            return wrongPlan("the outcome is the last step, and there is one: see step " + std::to_string(step + 1));
        }
    }
    if (!plan.steps.back().isRequired || plan.steps.back().applies != StepApplies::Always) {
        return wrongPlan("the outcome is required of every alarm");
    }
    return {};
}

std::string textOfSteps(const std::vector<PlanStep>& steps) {
    auto all = json::array();
    for (const PlanStep& step : steps) {
        all.push_back({{"kind", nameOf(step.kind)},
                       {"text", step.text},
                       {"required", step.isRequired},
                       {"when", nameOf(step.applies)}});
    }
    return all.dump(-1, ' ', false, json::error_handler_t::replace);
}

base::Result<std::vector<PlanStep>> stepsFromText(std::string_view text) {
    const json all = json::parse(text, nullptr, false);
    if (!all.is_array() || all.size() > mostPlanSteps) {
        return base::fail(base::ErrorCode::Damaged, "the steps of an action plan cannot be read");
    }
    std::vector<PlanStep> steps;
    for (const json& one : all) {
        auto step = stepFrom(one);
        if (!step) {
            return base::fail(base::ErrorCode::Damaged, "a step of an action plan cannot be read");
        }
        steps.push_back(*std::move(step));
    }
    return base::Result<std::vector<PlanStep>>{tl::in_place, std::move(steps)};
}

const ActionPlan& standardPlan(AlarmClass alarmClass) {
    static const std::vector<ActionPlan> plans = readStandardPlans();
    return plans.at(static_cast<std::size_t>(alarmClass));
}

}  // namespace leedswatch::response
