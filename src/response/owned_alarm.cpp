#include "response/owned_alarm.h"

#include "base/local_time.h"
#include "base/utf8.h"
#include "dispatch/job_rows.h"
#include "response/alarm_rows.h"
#include "response/step_gates.h"

namespace leedswatch::response {

namespace {

using base::ErrorCode;

constexpr std::size_t longestNote = 4'000;

std::string planNameIn(const std::vector<AlarmEntry>& entries) {
    for (const AlarmEntry& entry : entries) {
        if (entry.details.contains("plan_name") && entry.details["plan_name"].is_string()) {
            return entry.details["plan_name"].get<std::string>();
        }
    }
    return {};
}

}  // namespace

std::string objectOf(AlarmId id) {
    return "alarm " + std::to_string(id.value());
}

base::Result<void> checkAlarmWords(const std::string& words, const char* missing) {
    if (words.find_first_not_of(" \t\r\n") == std::string::npos) {
        return base::fail(ErrorCode::InvalidInput, missing);
    }
    if (words.size() > longestNote || !base::isPlainText(words)) {
        return base::fail(ErrorCode::InvalidInput, "write at most 4,000 letters of text");
    }
    return {};
}

base::Result<Alarm> findAlarm(soci::session& sql, AlarmId id) {
    auto alarm = selectAlarm(sql, id);
    if (!alarm) {
        return base::fail(ErrorCode::NotFound, "there is no " + objectOf(id));
    }
    return base::Result<Alarm>{tl::in_place, *std::move(alarm)};
}

base::Result<void> requireOpen(const Alarm& alarm) {
    if (alarm.state == AlarmState::Closed) {
        return base::fail(ErrorCode::InvalidInput, objectOf(alarm.id) + " is closed since " +
                                                       base::formatLocal(alarm.closed.value_or(alarm.latest)));
    }
    return {};
}

base::Result<void> requireOwner(const access::Acting& acting, const Alarm& alarm) {
    TRY(requireOpen(alarm));
    if (alarm.owner == acting.username) {
        return {};
    }
    if (alarm.owner.empty()) {
        return base::fail(ErrorCode::InvalidInput, "take " + objectOf(alarm.id) + " first");
    }
    return base::fail(ErrorCode::Busy, alarm.owner + " at " + alarm.ownerDesk + " has " + objectOf(alarm.id) +
                                           " since " + base::formatLocalTimeOfDay(*alarm.ownedSince) +
                                           "; take it over first");
}

AlarmRecord readRecord(soci::session& sql, const Alarm& alarm, base::UtcTime now) {
    AlarmRecord record{alarm, selectEntries(sql, alarm.id), selectSteps(sql, alarm.id), {}, {}, {}};
    record.plan = planNameIn(record.entries);
    record.gates = readGates(sql, {alarm, record.entries, record.steps}, now);
    record.jobs = dispatch::selectJobsOfAlarm(sql, alarm.id.value());
    return record;
}

base::Result<Alarm> changeAlarm(store::Database& database, const access::Acting& acting, const char* action, AlarmId id,
                                const std::function<base::Result<void>(AlarmChange&, Alarm&)>& change) {
    TRY(access::require(acting, access::Right::AnswerAlarms));
    return database.write([&](store::Transaction& transaction) -> base::Result<Alarm> {
        TRY_ASSIGN(Alarm alarm, findAlarm(transaction.sql(), id));
        AlarmChange changes{transaction, acting};
        TRY(change(changes, alarm));
        changes.finish(action, objectOf(id));
        return base::Result<Alarm>{tl::in_place, std::move(alarm)};
    });
}

}  // namespace leedswatch::response
