#include "dispatch/key_bunch.h"

#include <algorithm>
#include <array>

namespace leedswatch::dispatch {

namespace {

constexpr std::array<std::string_view, 4> keyStateNames{"held", "out", "lost", "withdrawn"};
constexpr std::array<std::string_view, 8> movementNames{"added", "issued", "extended", "returned",
                                                        "lost",  "found",  "moved",    "withdrawn"};

template <typename Value, std::size_t count>
std::optional<Value> valueAt(const std::array<std::string_view, count>& names, std::string_view name) {
    const auto* found = std::ranges::find(names, name);
    return found == names.end() ? std::nullopt : std::optional{static_cast<Value>(found - names.begin())};
}

}  // namespace

std::string_view nameOf(KeyState state) {
    return keyStateNames.at(static_cast<std::size_t>(state));
}

std::optional<KeyState> keyStateFrom(std::string_view name) {
    return valueAt<KeyState>(keyStateNames, name);
}

std::string_view nameOf(KeyMovementKind kind) {
    return movementNames.at(static_cast<std::size_t>(kind));
}

std::optional<KeyMovementKind> keyMovementKindFrom(std::string_view name) {
    return valueAt<KeyMovementKind>(movementNames, name);
}

}  // namespace leedswatch::dispatch
