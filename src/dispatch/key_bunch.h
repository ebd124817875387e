#pragma once

#include "base/time.h"
#include "dispatch/ids.h"
#include "estate/premises.h"

#include <optional>
#include <string>
#include <string_view>

namespace leedswatch::dispatch {

enum class KeyState {
    Held,  ///< on its hook
    Out,
    Lost,
    Withdrawn,  ///< given back to whom they belong to, or destroyed: it comes back no more
};

[[nodiscard]] std::string_view nameOf(KeyState state);
[[nodiscard]] std::optional<KeyState> keyStateFrom(std::string_view name);

/// Keys that are held for premises, on one ring with one tag. The tag is all that is on them, so that whoever finds
/// them does not know what they open; and what a system is unset with is kept elsewhere.
struct KeyBunch {
    BunchId id;
    std::string tag;  ///< upper case; never used again
    estate::PremisesId premises;
    std::string premisesReference = {};
    std::string premisesName = {};
    std::string opens = {};  ///< "front door, till room"
    int keys = 1;            ///< how many are on it
    std::string hook = {};   ///< "cabinet 2, 114"
    KeyState state = KeyState::Held;
    std::string holder = {};                ///< Out, Lost: who had it last, as called then
    std::optional<UnitId> unit = {};        ///< if that is one of ours
    std::optional<JobId> job = {};          ///< that it is out for
    base::UtcTime since{};                  ///< in that state
    std::optional<base::UtcTime> due = {};  ///< Out: back by then
};

[[nodiscard]] inline bool isOverdue(const KeyBunch& bunch, base::UtcTime now) {
    return bunch.state == KeyState::Out && bunch.due && *bunch.due < now;
}

enum class KeyMovementKind { Added, Issued, Extended, Returned, Lost, Found, Moved, Withdrawn };

[[nodiscard]] std::string_view nameOf(KeyMovementKind kind);
[[nodiscard]] std::optional<KeyMovementKind> keyMovementKindFrom(std::string_view name);

/// A line of the history of a bunch. Never changed.
struct KeyMovement {
    std::int64_t id = 0;
    BunchId bunch;
    std::string tag = {};
    base::UtcTime at{};
    KeyMovementKind kind = KeyMovementKind::Added;
    std::string holder = {};
    std::optional<UnitId> unit = {};
    std::optional<JobId> job = {};
    std::optional<base::UtcTime> due = {};
    std::string who = {};
    std::string workstation = {};
    std::string text = {};
};

}  // namespace leedswatch::dispatch
