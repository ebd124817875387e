#include "response/alarm_class.h"

#include <algorithm>
#include <array>

namespace leedswatch::response {

namespace {

using namespace std::chrono_literals;

constexpr std::array<AlarmClassInfo, 16> classes{{
    {AlarmClass::HoldUp, "hold-up", "Hold-up", true, 1, 30s, 60s},
    {AlarmClass::Fire, "fire", "Fire", true, 1, 30s, 60s},
    {AlarmClass::Medical, "medical", "Medical", true, 1, 30s, 60s},
    {AlarmClass::Gas, "gas", "Gas", true, 1, 30s, 60s},
    {AlarmClass::HelpPoint, "help-point", "Help point", true, 2, 30s, 60s},
    {AlarmClass::Welfare, "welfare", "Welfare", true, 2, 10s, 30s},
    {AlarmClass::Intruder, "intruder", "Intruder", false, 4, 90s, 180s},
    {AlarmClass::Video, "video", "Video detector", false, 4, 90s, 180s},
    {AlarmClass::Tamper, "tamper", "Tamper", false, 5, 90s, 180s},
    {AlarmClass::CameraTamper, "camera-tamper", "Camera tamper", false, 5, 90s, 180s},
    {AlarmClass::Technical, "technical", "Technical", false, 6, 90s, 180s},
    {AlarmClass::OpenClose, "open-close", "Opening hours", false, 6, 90s, 180s},
    {AlarmClass::Path, "path", "Signalling path", false, 5, 90s, 180s},
    {AlarmClass::FailToTest, "fail-to-test", "Test not received", false, 7, 90s, 180s},
    {AlarmClass::Fault, "fault", "System fault", false, 7, 90s, 180s},
    {AlarmClass::Unknown, "unknown", "Unknown signal", false, 6, 90s, 180s},
}};

}  // namespace

std::span<const AlarmClassInfo> alarmClasses() {
    return classes;
}

const AlarmClassInfo& infoOf(AlarmClass alarmClass) {
    return classes.at(static_cast<std::size_t>(alarmClass));
}

std::optional<AlarmClass> alarmClassFrom(std::string_view code) {
    const auto* found = std::ranges::find(classes, code, &AlarmClassInfo::code);
    return found == classes.end() ? std::nullopt : std::optional{found->alarmClass};
}

std::optional<AlarmClass> alarmClassOf(alarm::SignalCategory category) {
    using Category = alarm::SignalCategory;
    switch (category) {
        case Category::HoldUp:
        case Category::Panic:
        case Category::ConfirmedHoldUp: return AlarmClass::HoldUp;
        case Category::Fire:
        case Category::Sprinkler:
        case Category::Heat: return AlarmClass::Fire;
        case Category::Gas: return AlarmClass::Gas;
        case Category::Medical:
        case Category::Emergency: return AlarmClass::Medical;
        case Category::Welfare: return AlarmClass::Welfare;
        case Category::Intruder:
        case Category::ConfirmedIntruder:
        case Category::Access:
        case Category::Untyped: return AlarmClass::Intruder;
        case Category::Tamper: return AlarmClass::Tamper;
        case Category::Water:
        case Category::Freeze:
        case Category::Technical: return AlarmClass::Technical;
        case Category::OpenCloseException: return AlarmClass::OpenClose;
        case Category::Trouble:
        case Category::PowerFault:
        case Category::Supervisory: return AlarmClass::Fault;
        case Category::CommunicationFault: return AlarmClass::Path;
        case Category::Unmapped: return AlarmClass::Unknown;
        case Category::TroubleRestored:
        case Category::PowerRestored:
        case Category::CommunicationRestored:
        case Category::Restored:
        case Category::Bypassed:
        case Category::Unbypassed:
        case Category::Cancelled:
        case Category::Opened:
        case Category::Closed:
        case Category::OpenOrClose:
        case Category::AccessNote:
        case Category::Test:
        case Category::Configuration:
        case Category::System: return std::nullopt;
    }
    return std::nullopt;
}

bool isConfirmed(alarm::SignalCategory category) {
    return category == alarm::SignalCategory::ConfirmedIntruder || category == alarm::SignalCategory::ConfirmedHoldUp ||
           category == alarm::SignalCategory::Sprinkler;
}

}  // namespace leedswatch::response
