#include "response/storms.h"

#include "response/activations.h"
#include "response/alarm_rows.h"

namespace leedswatch::response {

namespace {

void closeInto(AlarmChange& change, const Alarm& storm, AlarmClass alarmClass, base::UtcTime from) {
    const std::string into = "joined to alarm " + std::to_string(storm.id.value());
    for (const Alarm& alarm : selectUntaken(change.sql(), alarmClass, from)) {
        if (alarm.id != storm.id) {
            change.close(alarm, into);
            change.enter(storm, EntryKind::Joined, alarm.place + ": " + alarm.what, {{"alarm", alarm.id.value()}});
        }
    }
}

}  // namespace

bool isOfTheSystem(AlarmClass alarmClass) {
    return alarmClass == AlarmClass::Fault || alarmClass == AlarmClass::Path || alarmClass == AlarmClass::FailToTest;
}

void noteForStorm(soci::session& sql, const NewAlarm& wanted) {
    if (wanted.premises && wanted.panel) {
        insertActivation(sql, {*wanted.premises, wanted.alarmClass, wanted.raised, *wanted.panel, "", "", ""});
    }
}

std::optional<Decision> joinStorm(AlarmChange& change, const ResponsePolicy& policy, const NewAlarm& wanted) {
    if (!isOfTheSystem(wanted.alarmClass)) {
        return std::nullopt;
    }
    const base::UtcTime from = wanted.raised - policy.seconds(PolicySetting::StormWindow);
    const int most = policy[PolicySetting::StormPremises];
    NewAlarm storm;
    storm.alarmClass = wanted.alarmClass;
    storm.joinKey = "storm " + std::string{infoOf(wanted.alarmClass).code};
    const auto open = selectOpenAlarm(change.sql(), storm.joinKey);
    const bool goesOn = open && open->latest > from;
    if (!goesOn && countPremises(change.sql(), wanted.alarmClass, from) <= most) {
        return std::nullopt;
    }
    storm.place = "Many premises";
    storm.what = wanted.place + ": " + wanted.what;
    storm.raised = wanted.raised;
    storm.signal = wanted.signal;
    storm.reasons = {"Faults of more than " + std::to_string(most) + " premises within " +
                     std::to_string(policy[PolicySetting::StormWindow]) + " seconds are one incident."};
    const auto [alarm, isNew] = change.raise(storm);
    if (isNew) {
        closeInto(change, alarm, wanted.alarmClass, from);
    }
    return Decision{isNew ? Decision::Outcome::Raised : Decision::Outcome::Joined, alarm.id, storm.reasons};
}

}  // namespace leedswatch::response
