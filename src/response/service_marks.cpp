#include "response/service_marks.h"

#include "access/person.h"

namespace leedswatch::response {

namespace {

void endHold(soci::session& sql, long long alarm, base::UtcTime now) {
    const long long at = base::toStored(now);
    sql << "UPDATE alarm_circumstance SET hold_ended = :at WHERE alarm_id = :alarm AND was_held = 1 AND hold_ended IS "
           "NULL",
        soci::use(at, "at"), soci::use(alarm, "alarm");
}

void countTaken(soci::session& sql, const std::string& who, base::UtcTime now) {
    const long long at = base::toStored(std::chrono::floor<std::chrono::duration<std::int64_t, std::ratio<600>>>(now));
    sql << "INSERT INTO service_taken (ten_minutes, username, taken) VALUES (:at, :who, 1) ON CONFLICT (ten_minutes, "
           "username) DO UPDATE SET taken = taken + 1",
        soci::use(at, "at"), soci::use(who, "who");
}

}  // namespace

void markRaised(soci::session& sql, const Alarm& alarm, bool isOnTest) {
    const int wasHeld = alarm.state == AlarmState::Held ? 1 : 0;
    const int onTest = isOnTest ? 1 : 0;
    if (wasHeld + onTest == 0) {
        return;
    }
    const long long id = alarm.id.value();
    sql << "INSERT INTO alarm_circumstance (alarm_id, was_held, on_test) VALUES (:alarm, :held, :test)",
        soci::use(id, "alarm"), soci::use(wasHeld, "held"), soci::use(onTest, "test");
}

void markEntered(soci::session& sql, const Alarm& alarm, EntryKind kind, const std::string& who, base::UtcTime now) {
    const long long id = alarm.id.value();
    const bool isTaken = kind == EntryKind::Accepted || kind == EntryKind::TakenOver;
    if (isTaken || kind == EntryKind::Woke || kind == EntryKind::Closed) {
        endHold(sql, id, now);
    }
    if (isTaken && who != access::Acting::station().username) {
        countTaken(sql, who, now);
    }
    if (kind == EntryKind::Closed) {
        sql << "INSERT OR IGNORE INTO service_pending (alarm_id) VALUES (:alarm)", soci::use(id, "alarm");
    }
}

}  // namespace leedswatch::response
