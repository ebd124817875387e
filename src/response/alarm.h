#pragma once

#include "base/id.h"
#include "base/time.h"
#include "estate/camera.h"
#include "estate/premises.h"
#include "response/alarm_class.h"
#include "response/signal_journal.h"

#include <nlohmann/json.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::response {

using AlarmId = base::Id<struct AlarmTag>;

enum class AlarmState {
    Held,     ///< kept back until a time, in case it is called off
    Waiting,  ///< for somebody to take it
    InHand,   ///< somebody has it
    Parked,   ///< put off until a time by whoever had it
    Closed,
};

[[nodiscard]] std::string_view nameOf(AlarmState state);  ///< "in-hand": as stored and typed
[[nodiscard]] std::optional<AlarmState> alarmStateFrom(std::string_view name);

/// What comes first when there may be a fire (reference 4.5).
enum class FireHandling {
    Pass,       ///< the fire service, at once
    Challenge,  ///< a call to the premises; the fire service unless they say that there is no fire
    Confirm,    ///< a call; the fire service only comes if somebody says that there is a fire
};

[[nodiscard]] std::string_view nameOf(FireHandling handling);  ///< as stored and typed
[[nodiscard]] std::optional<FireHandling> fireHandlingFrom(std::string_view name);

/// One thing that needs an answer, as it stands.
struct Alarm {
    AlarmId id;
    AlarmClass alarmClass = AlarmClass::Unknown;
    base::UtcTime raised{};  ///< when the first signal arrived
    std::string joinKey = {};
    std::optional<estate::PremisesId> premises = {};
    std::optional<estate::PanelId> panel = {};
    std::optional<estate::CameraId> camera = {};
    std::string place = {};  ///< as it was called then
    std::string what = {};   ///< the first signal, in the room's words
    bool isLifeSafety = false;
    int priority = 5;  ///< 1 first
    AlarmState state = AlarmState::Waiting;
    std::optional<base::UtcTime> until = {};  ///< Held, Parked
    std::string owner = {};                   ///< user name; empty: nobody has it
    std::string ownerDesk = {};
    std::optional<base::UtcTime> ownedSince = {};
    std::string forwardedTo = {};  ///< a desk
    int signals = 0;               ///< that joined it, the first too
    base::UtcTime latest{};        ///< when the newest arrived
    bool isConfirmed = false;
    bool isRunaway = false;  ///< it comes so often that it is shown once, lower
    std::optional<base::UtcTime> presented = {};
    std::optional<base::UtcTime> accepted = {};
    std::optional<base::UtcTime> acted = {};
    std::optional<base::UtcTime> closed = {};
    std::string outcome = {};
    std::optional<FireHandling> fireHandling = {};  ///< of a fire alarm of premises, as it was decided
};

/// What a line of an alarm's record is about.
enum class EntryKind {
    Raised,
    Joined,     ///< a further signal
    Restored,   ///< what was in alarm is no more
    Cancelled,  ///< its user called it off
    Confirmed,
    Lowered,  ///< its priority
    Presented,
    Accepted,
    TakenOver,
    Step,
    Note,
    Parked,
    Woke,  ///< what was held or parked is shown
    Forwarded,
    Released,  ///< its owner gave it back to the queue
    Closed,
};

[[nodiscard]] std::string_view nameOf(EntryKind kind);
[[nodiscard]] std::optional<EntryKind> entryKindFrom(std::string_view name);

/// A line of an alarm's record: what came, what was decided, what was done, by whom. Never changed.
struct AlarmEntry {
    std::int64_t id = 0;
    AlarmId alarm = {};
    base::UtcTime at{};
    EntryKind kind = EntryKind::Note;
    std::string who = {};
    std::string workstation = {};
    std::string text = {};
    std::optional<SignalId> signal = {};
    nlohmann::json details = nlohmann::json::object();
};

}  // namespace leedswatch::response
