#include "response/test_kinds.h"

#include <algorithm>
#include <array>

namespace leedswatch::response {

namespace {

constexpr std::array<TestKindInfo, 6> testKindList{{
    {TestKind::WalkTest, "walk-test", "Walk test"},
    {TestKind::Fire, "fire", "Fire test"},
    {TestKind::HoldUp, "hold-up", "Hold-up devices"},
    {TestKind::Path, "path", "Path and communicator"},
    {TestKind::AnnualService, "annual-service", "Annual service"},
    {TestKind::Other, "other", "Other test"},
}};

constexpr std::array<std::string_view, 5> recurrenceNames{"once", "weekly", "monthly", "quarterly", "yearly"};

struct TestOutcomeNames {
    TestOutcome outcome;
    std::string_view name;
    std::string_view title;
};
constexpr std::array<TestOutcomeNames, 4> testOutcomes{{
    {TestOutcome::Passed, "passed", "Passed"},
    {TestOutcome::Failed, "failed", "Failed"},
    {TestOutcome::Partly, "partly", "Partly"},
    {TestOutcome::NotCarriedOut, "not-carried-out", "Not carried out"},
}};

}  // namespace

std::span<const TestKindInfo> testKinds() {
    return testKindList;
}

std::string_view nameOf(TestKind kind) {
    return testKindList.at(static_cast<std::size_t>(kind)).code;
}

std::string_view titleOf(TestKind kind) {
    return testKindList.at(static_cast<std::size_t>(kind)).title;
}

std::optional<TestKind> testKindFrom(std::string_view code) {
    const auto* found = std::ranges::find(testKindList, code, &TestKindInfo::code);
    return found == testKindList.end() ? std::nullopt : std::optional{found->kind};
}

std::string_view nameOf(Recurrence every) {
    return recurrenceNames.at(static_cast<std::size_t>(every));
}

std::optional<Recurrence> recurrenceFrom(std::string_view name) {
    const auto* found = std::ranges::find(recurrenceNames, name);
    return found == recurrenceNames.end() ? std::nullopt
                                          : std::optional{static_cast<Recurrence>(found - recurrenceNames.begin())};
}

std::string_view nameOf(TestOutcome outcome) {
    return testOutcomes.at(static_cast<std::size_t>(outcome)).name;
}

std::string_view titleOf(TestOutcome outcome) {
    return testOutcomes.at(static_cast<std::size_t>(outcome)).title;
}

std::optional<TestOutcome> testOutcomeFrom(std::string_view name) {
    const auto* found = std::ranges::find(testOutcomes, name, &TestOutcomeNames::name);
    return found == testOutcomes.end() ? std::nullopt : std::optional{found->outcome};
}

}  // namespace leedswatch::response
