#include "response/alarm.h"

#include <algorithm>
#include <array>

namespace leedswatch::response {

namespace {

constexpr std::array<std::pair<AlarmState, std::string_view>, 5> stateNames{{
    {AlarmState::Held, "held"},
    {AlarmState::Waiting, "waiting"},
    {AlarmState::InHand, "in-hand"},
    {AlarmState::Parked, "parked"},
    {AlarmState::Closed, "closed"},
}};

constexpr std::array<std::pair<EntryKind, std::string_view>, 16> kindNames{{
    {EntryKind::Raised, "raised"},
    {EntryKind::Joined, "joined"},
    {EntryKind::Restored, "restored"},
    {EntryKind::Cancelled, "cancelled"},
    {EntryKind::Confirmed, "confirmed"},
    {EntryKind::Lowered, "lowered"},
    {EntryKind::Presented, "presented"},
    {EntryKind::Accepted, "accepted"},
    {EntryKind::TakenOver, "taken-over"},
    {EntryKind::Step, "step"},
    {EntryKind::Note, "note"},
    {EntryKind::Parked, "parked"},
    {EntryKind::Woke, "woke"},
    {EntryKind::Forwarded, "forwarded"},
    {EntryKind::Released, "released"},
    {EntryKind::Closed, "closed"},
}};

constexpr std::array<std::pair<FireHandling, std::string_view>, 3> handlingNames{{
    {FireHandling::Pass, "pass"},
    {FireHandling::Challenge, "challenge"},
    {FireHandling::Confirm, "confirm"},
}};

template <typename Value, std::size_t count>
std::string_view nameIn(const std::array<std::pair<Value, std::string_view>, count>& names, Value value) {
    return names.at(static_cast<std::size_t>(value)).second;
}

template <typename Value, std::size_t count>
std::optional<Value> valueIn(const std::array<std::pair<Value, std::string_view>, count>& names,
                             std::string_view name) {
    const auto* found = std::ranges::find(names, name, &std::pair<Value, std::string_view>::second);
    return found == names.end() ? std::nullopt : std::optional{found->first};
}

}  // namespace

std::string_view nameOf(AlarmState state) {
    return nameIn(stateNames, state);
}

std::optional<AlarmState> alarmStateFrom(std::string_view name) {
    return valueIn(stateNames, name);
}

std::string_view nameOf(FireHandling handling) {
    return nameIn(handlingNames, handling);
}

std::optional<FireHandling> fireHandlingFrom(std::string_view name) {
    return valueIn(handlingNames, name);
}

std::string_view nameOf(EntryKind kind) {
    return nameIn(kindNames, kind);
}

std::optional<EntryKind> entryKindFrom(std::string_view name) {
    return valueIn(kindNames, name);
}

}  // namespace leedswatch::response
