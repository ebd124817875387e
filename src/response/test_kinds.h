#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace leedswatch::response {

/// What is tested of an alarm system, and by that what is expected to come.
enum class TestKind {
    WalkTest,       ///< each zone
    Fire,           ///< one fire signal: a call point a week
    HoldUp,         ///< each hold-up zone
    Path,           ///< a test signal
    AnnualService,  ///< each zone, and a test signal
    Other,          ///< nothing that we know
};

struct TestKindInfo {
    TestKind kind;
    std::string_view code;   ///< as stored and typed: "walk-test"
    std::string_view title;  ///< as shown: "Walk test"
};
/// All, in the order of the enumeration.
[[nodiscard]] std::span<const TestKindInfo> testKinds();
[[nodiscard]] std::string_view nameOf(TestKind kind);
[[nodiscard]] std::string_view titleOf(TestKind kind);
[[nodiscard]] std::optional<TestKind> testKindFrom(std::string_view code);

/// How often a planned test comes round.
enum class Recurrence { Once, Weekly, Monthly, Quarterly, Yearly };

[[nodiscard]] std::string_view nameOf(Recurrence every);  ///< "weekly", ...: as stored, typed and shown
[[nodiscard]] std::optional<Recurrence> recurrenceFrom(std::string_view name);

enum class TestOutcome { Passed, Failed, Partly, NotCarriedOut };

[[nodiscard]] std::string_view nameOf(TestOutcome outcome);   ///< "passed", "not-carried-out"
[[nodiscard]] std::string_view titleOf(TestOutcome outcome);  ///< "Passed", "Not carried out"
[[nodiscard]] std::optional<TestOutcome> testOutcomeFrom(std::string_view name);

}  // namespace leedswatch::response
