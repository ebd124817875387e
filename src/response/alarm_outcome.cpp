#include "response/alarm_outcome.h"

#include <algorithm>
#include <array>

namespace leedswatch::response {

namespace {

constexpr std::array<AlarmOutcome, 11> outcomes{{
    {"false-user", "False: a user's mistake", true},
    {"false-equipment", "False: equipment", true},
    {"false-surroundings", "False: weather, animals, surroundings", true},
    {"false-unknown", "False: no cause found", true},
    {"genuine", "Genuine", false},
    {"genuine-attended", "Genuine, police or fire service attended", false},
    {"help-given", "Help given", false},
    {"test", "Test, drill or engineer", false},
    {"duplicate", "Part of another alarm", false},
    {"fault", "Fault, passed on", false},
    {"no-action", "No action needed", false},
}};

}  // namespace

std::span<const AlarmOutcome> alarmOutcomes() {
    return outcomes;
}

const AlarmOutcome* findOutcome(std::string_view code) {
    const auto* found = std::ranges::find(outcomes, code, &AlarmOutcome::code);
    return found == outcomes.end() ? nullptr : found;
}

}  // namespace leedswatch::response
