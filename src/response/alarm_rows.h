#pragma once

#include "response/alarm.h"

#include <soci/soci.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace leedswatch::response {

// The rows of alarms and of their records as they go in and out. Each throws soci::soci_error.

/// Gives it its id.
void insertAlarm(soci::session& sql, Alarm& alarm);
/// What of it may change.
void updateAlarm(soci::session& sql, const Alarm& alarm);
[[nodiscard]] std::optional<Alarm> selectAlarm(soci::session& sql, AlarmId id);
[[nodiscard]] std::optional<Alarm> selectOpenAlarm(soci::session& sql, const std::string& joinKey);
/// Those of a state in the order of the queue: life safety, then priority, then age.
[[nodiscard]] std::vector<Alarm> selectAlarms(soci::session& sql, AlarmState state, int most);
/// Of all states but Closed; none counts further than that, so that it costs the same however many there are.
inline constexpr int mostCounted = 1'000;
[[nodiscard]] std::map<AlarmState, int> countAlarms(soci::session& sql);
/// Those that are held, parked or forwarded no longer than that, the earliest first.
[[nodiscard]] std::vector<Alarm> selectDueAlarms(soci::session& sql, base::UtcTime now, int most);
/// The desks of the newest entries that persons made, by name, without this one.
[[nodiscard]] std::vector<std::string> selectDesks(soci::session& sql, const std::string& without);
/// Waiting or held, of a class, raised after that.
[[nodiscard]] std::vector<Alarm> selectUntaken(soci::session& sql, AlarmClass alarmClass, base::UtcTime after);
/// Raised in the period, the newest first; open and closed.
struct AlarmPeriod {
    base::UtcTime from;
    base::UtcTime until;
    std::optional<estate::PremisesId> premises = {};
    int most = 200;
};
[[nodiscard]] std::vector<Alarm> selectAlarms(soci::session& sql, const AlarmPeriod& period);

/// Gives it its id.
void insertEntry(soci::session& sql, AlarmEntry& entry);
/// When the newest line of an alarm's record was written.
[[nodiscard]] base::UtcTime newestEntryTime(soci::session& sql, AlarmId alarm);
/// The record of an alarm in its order.
[[nodiscard]] std::vector<AlarmEntry> selectEntries(soci::session& sql, AlarmId alarm);

}  // namespace leedswatch::response
