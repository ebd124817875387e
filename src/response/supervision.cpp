#include "response/supervision.h"

namespace leedswatch::response {

std::string_view nameOf(PathState state) {
    switch (state) {
        case PathState::Unknown: return "unknown";
        case PathState::Up: return "up";
        case PathState::Late: return "late";
        case PathState::Failed: return "failed";
    }
    return "unknown";
}

std::optional<PathState> pathStateFrom(std::string_view name) {
    for (const auto state : {PathState::Unknown, PathState::Up, PathState::Late, PathState::Failed}) {
        if (nameOf(state) == name) {
            return state;
        }
    }
    return std::nullopt;
}

std::string_view nameOf(TestState state) {
    switch (state) {
        case TestState::Ok: return "ok";
        case TestState::Overdue: return "overdue";
    }
    return "ok";
}

std::optional<TestState> testStateFrom(std::string_view name) {
    for (const auto state : {TestState::Ok, TestState::Overdue}) {
        if (nameOf(state) == name) {
            return state;
        }
    }
    return std::nullopt;
}

}  // namespace leedswatch::response
