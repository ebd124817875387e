#pragma once

#include "alarm/signal_category.h"

#include <chrono>
#include <optional>
#include <span>
#include <string_view>

namespace leedswatch::response {

/// What an alarm is to the people who answer it: by it they choose the plan, hear the sound and are measured.
enum class AlarmClass {
    // Somebody is, or may be, in danger.
    HoldUp,  ///< hold-up, panic, duress
    Fire,
    Medical,  ///< medical, care and emergency calls
    Gas,
    HelpPoint,
    Welfare,  ///< a guard or lone worker did not report
    // Property.
    Intruder,
    Video,         ///< a camera saw something move while it was armed
    Tamper,        ///< of a panel or its detectors
    CameraTamper,  ///< somebody keeps a camera from seeing
    Technical,     ///< water, frost, lifts, ...
    OpenClose,     ///< late to close, early open
    // The systems themselves.
    Path,        ///< a panel is not heard
    FailToTest,  ///< a panel did not send its test
    Fault,       ///< mains, battery, detector
    Unknown,     ///< a code or an account that nobody knows
};

struct AlarmClassInfo {
    AlarmClass alarmClass;
    std::string_view code;   ///< as stored and typed: "hold-up"
    std::string_view title;  ///< as shown: "Hold-up"
    bool isLifeSafety = false;
    int priority = 5;  ///< 1 first, 9 last
    /// By when most must have been acted upon, and by when nearly all (reference 4.2: 80 and 98.5 %).
    std::chrono::seconds most{90};
    std::chrono::seconds nearlyAll{180};
};

/// All, in the order of the enumeration.
[[nodiscard]] std::span<const AlarmClassInfo> alarmClasses();
[[nodiscard]] const AlarmClassInfo& infoOf(AlarmClass alarmClass);
[[nodiscard]] std::optional<AlarmClass> alarmClassFrom(std::string_view code);

/// What a signal of this category raises by itself; none: it is written down, and rules may make something of it.
[[nodiscard]] std::optional<AlarmClass> alarmClassOf(alarm::SignalCategory category);

/// The panel, or its receiver, has confirmed it already.
[[nodiscard]] bool isConfirmed(alarm::SignalCategory category);

}  // namespace leedswatch::response
