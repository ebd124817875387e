#pragma once

#include "base/time.h"
#include "estate/premises.h"

#include <optional>
#include <string_view>
#include <vector>

namespace leedswatch::response {

/// The same instant on both clocks: the steady one judges, the other is for people.
struct Moment {
    base::SteadyTime steady{};
    base::UtcTime utc{};
};

/// How a path of a panel stands. Unknown: never heard, and not for so long that it has failed. Late: polls are missing.
enum class PathState { Unknown, Up, Late, Failed };

[[nodiscard]] std::string_view nameOf(PathState state);  ///< "unknown", "up", "late", "failed"
[[nodiscard]] std::optional<PathState> pathStateFrom(std::string_view name);

/// Whether a panel sends its tests. Overdue: "fail to test".
enum class TestState { Ok, Overdue };

[[nodiscard]] std::string_view nameOf(TestState state);  ///< "ok", "overdue"
[[nodiscard]] std::optional<TestState> testStateFrom(std::string_view name);

struct PathChange {
    estate::PanelId panel;
    estate::SignallingPath path = estate::SignallingPath::Primary;
    PathState from = PathState::Unknown;
    PathState to = PathState::Unknown;  ///< Unknown: it is supervised no longer
    base::UtcTime when{};
    /// Both paths of the panel are failed by it; of a path that no longer is: they were until now. Never of a panel
    /// with one.
    bool isCatastrophic = false;
    bool operator==(const PathChange&) const = default;
};

struct TestChange {
    estate::PanelId panel;
    TestState from = TestState::Ok;
    TestState to = TestState::Ok;
    base::UtcTime when{};
    bool operator==(const TestChange&) const = default;
};

/// What became otherwise, each list in its order.
struct SupervisionChanges {
    std::vector<PathChange> paths = {};
    std::vector<TestChange> tests = {};
    [[nodiscard]] bool empty() const { return paths.empty() && tests.empty(); }
    [[nodiscard]] std::size_t size() const { return paths.size() + tests.size(); }
};

}  // namespace leedswatch::response
