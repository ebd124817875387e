#include "alarm/signal_category.h"

#include <algorithm>
#include <array>
#include <utility>

namespace leedswatch::alarm {

namespace {

using Category = SignalCategory;

constexpr std::array<std::pair<Category, std::string_view>, 38> names = {{
    {Category::HoldUp, "alarm_holdup"},
    {Category::Panic, "alarm_panic"},
    {Category::Fire, "alarm_fire"},
    {Category::Sprinkler, "alarm_sprinkler"},
    {Category::Heat, "alarm_heat"},
    {Category::Gas, "alarm_gas"},
    {Category::Medical, "alarm_medical"},
    {Category::Emergency, "alarm_emergency"},
    {Category::ConfirmedHoldUp, "confirmed_holdup"},
    {Category::Intruder, "alarm_intruder"},
    {Category::ConfirmedIntruder, "confirmed_intruder"},
    {Category::Water, "alarm_water"},
    {Category::Freeze, "alarm_freeze"},
    {Category::Technical, "alarm_technical"},
    {Category::Tamper, "alarm_tamper"},
    {Category::Access, "alarm_access"},
    {Category::Untyped, "alarm_untyped"},
    {Category::Welfare, "welfare"},
    {Category::Trouble, "trouble"},
    {Category::PowerFault, "power_fault"},
    {Category::CommunicationFault, "comms_fault"},
    {Category::Supervisory, "supervisory"},
    {Category::TroubleRestored, "trouble_restore"},
    {Category::PowerRestored, "power_restore"},
    {Category::CommunicationRestored, "comms_restore"},
    {Category::Restored, "restore"},
    {Category::Bypassed, "bypass"},
    {Category::Unbypassed, "unbypass"},
    {Category::Cancelled, "cancel"},
    {Category::Opened, "open"},
    {Category::Closed, "close"},
    {Category::OpenOrClose, "open_close"},
    {Category::OpenCloseException, "open_close_exception"},
    {Category::AccessNote, "access"},
    {Category::Test, "test"},
    {Category::Configuration, "config"},
    {Category::System, "system"},
    {Category::Unmapped, "unmapped"},
}};

}  // namespace

std::string_view nameOf(SignalCategory category) {
    const auto* found =
        std::find_if(names.begin(), names.end(), [&](const auto& entry) { return entry.first == category; });
    return found == names.end() ? std::string_view{} : found->second;
}

std::optional<SignalCategory> signalCategoryFrom(std::string_view name) {
    const auto* found =
        std::find_if(names.begin(), names.end(), [&](const auto& entry) { return entry.second == name; });
    return found == names.end() ? std::nullopt : std::optional{found->first};
}

bool isLifeSafety(SignalCategory category) {
    return category <= SignalCategory::ConfirmedHoldUp;
}

bool isAlarm(SignalCategory category) {
    return category <= SignalCategory::Welfare;
}

}  // namespace leedswatch::alarm
