#include "response/police_rule.h"

#include "base/local_time.h"
#include "response/activations.h"
#include "response/engineer_visits.h"
#include "response/test_periods.h"

#include <algorithm>

namespace leedswatch::response {

namespace {

using estate::PoliceSystemKind;

/// Somebody at a desk saw or heard it, not a detector.
bool isSeenByAPerson(const std::vector<AlarmEntry>& entries) {
    return std::ranges::any_of(
        entries, [](const AlarmEntry& entry) { return entry.kind == EntryKind::Confirmed && entry.who != "station"; });
}

bool isCalledOff(const std::vector<AlarmEntry>& entries) {
    return std::ranges::any_of(entries, [](const AlarmEntry& entry) { return entry.kind == EntryKind::Cancelled; });
}

std::string levelReason(const estate::PoliceSystem& system) {
    return "Response is withdrawn: level 3 for the " + std::string{estate::nameOf(system.kind)} + " system.";
}

/// A test of the whole premises, or one of each detector that the alarm came from.
std::optional<TestPeriod> testOf(soci::session& sql, const Alarm& alarm, base::UtcTime now) {
    auto whole = TestPeriods::covering(sql, *alarm.premises, "", "", now);
    if (whole) {
        return whole;
    }
    std::optional<TestPeriod> found;
    for (const Detector& detector : detectorsSince(sql, *alarm.premises, alarm.alarmClass, alarm.raised)) {
        found = TestPeriods::covering(sql, *alarm.premises, detector.area, detector.address, now);
        if (!found) {
            return std::nullopt;
        }
    }
    return found;
}

void addPlaceReasons(soci::session& sql, const Alarm& alarm, base::UtcTime now, std::vector<std::string>& reasons) {
    if (const auto test = testOf(sql, alarm, now)) {
        reasons.push_back("On test until " + base::formatLocalTimeOfDay(test->ends) + ", asked for by " + test->byWhom +
                          ".");
    }
    if (const auto visit = EngineerVisits::at(sql, *alarm.premises, now)) {
        reasons.push_back("An engineer is on site since " + base::formatLocalTimeOfDay(visit->begins) + ": " +
                          visit->engineer + ".");
    }
}

void addSystemReasons(const Alarm& alarm, PoliceDecision& decision, PoliceSystemKind kind) {
    if (!decision.system) {
        decision.reasons.push_back("There is no police reference for the " + std::string{estate::nameOf(kind)} +
                                   " system of these premises.");
        return;
    }
    if (decision.system->level == estate::policeWithdrawn) {
        decision.reasons.push_back(levelReason(*decision.system));
    }
    if (decision.system->needsConfirmation && !alarm.isConfirmed) {
        decision.reasons.emplace_back("It is not confirmed: only one detector, and nobody has seen anything.");
    }
}

std::string warningOf(soci::session& sql, const Alarm& alarm, const estate::PoliceSystem& system, base::UtcTime now) {
    const auto count = PoliceCalls::countOf(sql, *alarm.premises, system, now);
    if (count.calls == 0) {
        return {};
    }
    std::string text =
        std::to_string(count.calls) + (count.calls == 1 ? " false call" : " false calls") + " in twelve months";
    return count.calls + 1 >= count.stopAt ? text + ": with one more the police stop coming." : text + ".";
}

}  // namespace

std::optional<PoliceSystemKind> policeSystemKindOf(AlarmClass alarmClass) {
    switch (alarmClass) {
        case AlarmClass::Intruder:
        case AlarmClass::Tamper:
        case AlarmClass::Path:
        case AlarmClass::OpenClose: return PoliceSystemKind::Intruder;
        case AlarmClass::HoldUp: return PoliceSystemKind::HoldUp;
        case AlarmClass::Video:
        case AlarmClass::CameraTamper: return PoliceSystemKind::Video;
        case AlarmClass::Welfare: return PoliceSystemKind::LoneWorker;
        case AlarmClass::Fire:
        case AlarmClass::Medical:
        case AlarmClass::Gas:
        case AlarmClass::HelpPoint:
        case AlarmClass::Technical:
        case AlarmClass::FailToTest:
        case AlarmClass::Fault:
        case AlarmClass::Unknown: return std::nullopt;
    }
    return std::nullopt;
}

PoliceDecision decidePolice(soci::session& sql, const Alarm& alarm, const std::vector<AlarmEntry>& entries,
                            base::UtcTime now) {
    PoliceDecision decision;
    const auto kind = policeSystemKindOf(alarm.alarmClass);
    if (!kind) {
        decision.route = PoliceDecision::Route::Emergency;
        return decision;
    }
    if (alarm.premises) {
        decision.system = estate::PoliceSystems::select(sql, *alarm.premises, *kind);
        addSystemReasons(alarm, decision, *kind);
        addPlaceReasons(sql, alarm, now, decision.reasons);
        if (decision.system) {
            decision.warning = warningOf(sql, alarm, *decision.system, now);
        }
    } else {
        decision.reasons.emplace_back("It belongs to no premises, so there is no police reference.");
    }
    if (isCalledOff(entries)) {
        decision.reasons.emplace_back("Its user has called it off.");
    }
    if (decision.reasons.empty()) {
        decision.route = PoliceDecision::Route::ByReference;
    } else if (isSeenByAPerson(entries) || alarm.alarmClass == AlarmClass::Welfare) {
        decision.route = PoliceDecision::Route::Emergency;
    }
    return decision;
}

}  // namespace leedswatch::response
