#include "response/opening_rules.h"

#include "base/local_time.h"
#include "estate/premises_details_rows.h"
#include "response/alarm_rows.h"

#include <array>
#include <map>

namespace leedswatch::response {

namespace {

using RowId = long long;
using estate::OpeningMonitor;

std::string keyOfMonitor(estate::PremisesId premises, OpeningMonitor monitor) {
    return "premises " + std::to_string(premises.value()) + " " + std::string{nameOf(monitor)};
}

/// Once a day: false if it was raised on that day already.
bool isFirstToday(soci::session& sql, estate::PremisesId premises, OpeningMonitor monitor, base::UtcTime when) {
    const RowId id = premises.value();
    const std::string name{nameOf(monitor)};
    const std::string day = estate::localDayText(when);
    std::string last;
    sql << "SELECT day FROM opening_alarm WHERE premises_id = :id AND monitor = :name", soci::use(id, "id"),
        soci::use(name, "name"), soci::into(last);
    if (sql.got_data() && last == day) {
        return false;
    }
    sql << "INSERT INTO opening_alarm (premises_id, monitor, day) VALUES (:id, :name, :day) ON CONFLICT (premises_id, "
           "monitor) DO UPDATE SET day = excluded.day",
        soci::use(id, "id"), soci::use(name, "name"), soci::use(day, "day");
    return true;
}

/// The alarm that waited for this is over, unless somebody has it.
std::optional<Decision> endWaiting(AlarmChange& change, estate::PremisesId premises, OpeningMonitor monitor,
                                   const NewAlarm& because) {
    auto open = selectOpenAlarm(change.sql(), keyOfMonitor(premises, monitor));
    if (!open) {
        return std::nullopt;
    }
    change.enter(*open, EntryKind::Restored, because.what, nlohmann::json::object(), because.signal);
    if (open->state == AlarmState::InHand) {
        return Decision{Decision::Outcome::Joined, open->id, {"What was waited for has happened; somebody has it."}};
    }
    change.close(*open, "done in the end");
    return Decision{Decision::Outcome::Closed, open->id, {"What was waited for has happened."}};
}

/// Premises of which a system is not set, or of which one is: those with hours that are watched.
struct SettingOfPremises {
    bool isAnyUnset = false;
    bool isAnySet = false;
};

std::map<estate::PremisesId, SettingOfPremises> selectSettings(soci::session& sql) {
    std::map<estate::PremisesId, SettingOfPremises> settings;
    RowId premises = 0;
    int isSet = 0;
    soci::statement statement =
        (sql.prepare << "SELECT panel.premises_id, is_set FROM set_state JOIN panel ON panel.id = panel_id",
         soci::into(premises), soci::into(isSet));
    statement.execute();
    while (statement.fetch()) {
        SettingOfPremises& one = settings[estate::PremisesId{premises}];
        (isSet != 0 ? one.isAnySet : one.isAnyUnset) = true;
    }
    return settings;
}

void raiseLate(AlarmChange& change, estate::PremisesId id, OpeningMonitor monitor, base::UtcTime now, int& raised) {
    const auto premises = estate::selectPremisesById(change.sql(), id);
    if (!premises || !isFirstToday(change.sql(), id, monitor, now)) {
        return;
    }
    NewAlarm alarm;
    alarm.alarmClass = AlarmClass::OpenClose;
    alarm.joinKey = keyOfMonitor(id, monitor);
    alarm.premises = id;
    alarm.place = premises->address.empty() ? premises->name : premises->name + ", " + premises->address;
    alarm.what = monitor == OpeningMonitor::LateClose ? "Late to close: not set at " + base::formatLocalTimeOfDay(now)
                                                      : "Late to open: still set at " + base::formatLocalTimeOfDay(now);
    alarm.raised = now;
    alarm.reasons = {"The hours of the premises and their tolerance say otherwise."};
    change.raise(alarm);
    ++raised;
}

}  // namespace

std::optional<Decision> judgeSetting(AlarmChange& change, const NewAlarm& wanted, bool isSet) {
    const estate::PremisesId premises = *wanted.premises;
    const auto ended =
        endWaiting(change, premises, isSet ? OpeningMonitor::LateClose : OpeningMonitor::LateOpen, wanted);
    if (ended) {
        return ended;
    }
    const auto calendars = estate::OpeningHoursRegistry::select(change.sql(), premises);
    const auto found = calendars.find(premises);
    if (found == calendars.end()) {
        return std::nullopt;
    }
    const OpeningMonitor monitor = isSet ? OpeningMonitor::EarlyClose : OpeningMonitor::EarlyOpen;
    const bool isOutside =
        isSet ? found->second.isClearlyOpen(wanted.raised) : found->second.isClearlyClosed(wanted.raised);
    if (!isOutside || !found->second.watches(monitor, wanted.raised)) {
        return std::nullopt;
    }
    NewAlarm alarm = wanted;
    alarm.alarmClass = AlarmClass::OpenClose;
    alarm.joinKey = keyOfMonitor(premises, monitor);
    alarm.what = (isSet ? "Set within the hours: " : "Unset outside the hours: ") + wanted.what;
    alarm.reasons = {"The hours of the premises and their tolerance say otherwise."};
    const auto raised = change.raise(alarm);
    return Decision{raised.isNew ? Decision::Outcome::Raised : Decision::Outcome::Joined, raised.alarm.id,
                    alarm.reasons};
}

base::Result<int> watchOpening(store::Database& database, base::UtcTime now) {
    using Late = std::pair<estate::PremisesId, OpeningMonitor>;
    TRY_ASSIGN(const auto late, database.read([&](soci::session& sql) -> base::Result<std::vector<Late>> {
        std::vector<Late> found;
        const auto settings = selectSettings(sql);
        for (const auto& [premises, calendar] : estate::OpeningHoursRegistry::select(sql)) {
            const auto setting = settings.find(premises);
            if (setting == settings.end()) {
                continue;  // its panels have never said
            }
            if (setting->second.isAnyUnset && calendar.isClearlyClosed(now) &&
                calendar.watches(OpeningMonitor::LateClose, now)) {
                found.emplace_back(premises, OpeningMonitor::LateClose);
            }
            const bool isOpenForLong = calendar.isClearlyOpen(now);
            if (setting->second.isAnySet && !setting->second.isAnyUnset && isOpenForLong &&
                calendar.watches(OpeningMonitor::LateOpen, now)) {
                found.emplace_back(premises, OpeningMonitor::LateOpen);
            }
        }
        return found;
    }));
    if (late.empty()) {
        return 0;
    }
    return database.write([&](store::Transaction& transaction) -> base::Result<int> {
        const access::Acting station = access::Acting::station();
        AlarmChange change{transaction, station};
        int raised = 0;
        for (const auto& [premises, monitor] : late) {
            raiseLate(change, premises, monitor, now, raised);
        }
        change.finish("alarms.raised", "alarms");
        return raised;
    });
}

}  // namespace leedswatch::response
