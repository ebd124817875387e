#pragma once

#include <optional>
#include <string_view>

namespace leedswatch::alarm {

/// What a signal is about, whatever the panel's code for it: the room's own catalogue (reference 2).
enum class SignalCategory {
    // Somebody is, or may be, in danger. Never held back by any rule.
    HoldUp,
    Panic,
    Fire,
    Sprinkler,
    Heat,
    Gas,
    Medical,
    Emergency,
    ConfirmedHoldUp,
    // Alarms that need an answer.
    Intruder,
    ConfirmedIntruder,
    Water,
    Freeze,
    Technical,
    Tamper,
    Access,   ///< forced or held doors
    Untyped,  ///< an alarm of which the panel does not say what
    Welfare,  ///< somebody did not report
    // What tells how the system is.
    Trouble,
    PowerFault,
    CommunicationFault,
    Supervisory,
    TroubleRestored,
    PowerRestored,
    CommunicationRestored,
    Restored,  ///< an alarm or a fault is over
    Bypassed,
    Unbypassed,
    Cancelled,  ///< the alarm before it was none
    // What people did.
    Opened,              ///< unset
    Closed,              ///< set
    OpenOrClose,         ///< which, the qualifier says
    OpenCloseException,  ///< late, early, failed
    AccessNote,          ///< granted, refused
    Test,
    Configuration,
    System,
    // Not in any table. Kept raw, answered, and shown as such.
    Unmapped,
};

/// "alarm_holdup", ...: as the code tables and overrides write it.
[[nodiscard]] std::string_view nameOf(SignalCategory category);
[[nodiscard]] std::optional<SignalCategory> signalCategoryFrom(std::string_view name);

/// Never held back, merged away or limited without a person who decides it.
[[nodiscard]] bool isLifeSafety(SignalCategory category);
/// Needs somebody's answer by itself; all else is written down and may become an incident by a rule.
[[nodiscard]] bool isAlarm(SignalCategory category);

}  // namespace leedswatch::alarm
