#include "response/alarm_queue.h"

#include "base/local_time.h"
#include "estate/premises_of_panel.h"
#include "response/action_plans.h"
#include "response/owned_alarm.h"

#include <algorithm>

namespace leedswatch::response {

namespace {

using base::ErrorCode;

constexpr std::chrono::hours longestPark{24};
constexpr int wakeAtOnce = 200;
constexpr int mostInHand = 10'000;
constexpr std::chrono::seconds waitsAtDesk{120};
constexpr std::chrono::seconds lifeSafetyWaitsAtDesk{30};

void makeOwner(const access::Acting& acting, Alarm& alarm, base::UtcTime now) {
    alarm.state = AlarmState::InHand;
    alarm.until.reset();
    alarm.owner = acting.username;
    alarm.ownerDesk = acting.workstation;
    alarm.ownedSince = now;
    alarm.forwardedTo.clear();
    alarm.accepted = alarm.accepted.value_or(now);
}

/// Why a due alarm is shown to all.
std::string reasonToWake(const Alarm& alarm) {
    switch (alarm.state) {
        case AlarmState::Held: return "Nobody called it off in time.";
        case AlarmState::Waiting: return "Nobody took it at " + alarm.forwardedTo + ".";
        default: return "The time that it was put off for is over.";
    }
}

void makeOwnerless(Alarm& alarm) {
    alarm.state = AlarmState::Waiting;
    alarm.until.reset();
    alarm.owner.clear();
    alarm.ownerDesk.clear();
    alarm.ownedSince.reset();
}

std::string kindOfPremises(soci::session& sql, const Alarm& alarm) {
    const auto whose = alarm.panel ? estate::selectPremisesOfPanel(sql, *alarm.panel) : std::nullopt;
    return whose ? whose->premises.kind : std::string{};
}

/// Copies the steps of the plan that holds for the alarm, once; the plan's name for its record.
nlohmann::json beginSteps(soci::session& sql, const Alarm& alarm) {
    if (!selectSteps(sql, alarm.id).empty()) {
        return nlohmann::json::object();
    }
    const ActionPlan plan =
        ActionPlans::choose(sql, {alarm.alarmClass, alarm.premises, kindOfPremises(sql, alarm), alarm.raised});
    insertSteps(sql, alarm.id, plan.steps);
    return {{"plan", plan.id.value()}, {"plan_name", plan.name}};
}

base::Result<void> acceptIn(AlarmChange& changes, const access::Acting& acting, Alarm& alarm) {
    TRY(requireOpen(alarm));
    if (alarm.state == AlarmState::InHand) {
        return alarm.owner == acting.username ? base::Result<void>{} : requireOwner(acting, alarm);
    }
    makeOwner(acting, alarm, changes.now());
    changes.enter(alarm, EntryKind::Accepted, "", beginSteps(changes.sql(), alarm));
    return {};
}

}  // namespace

const StepGate* gateOf(const AlarmRecord& record, int position) {
    const auto found = std::ranges::find(record.gates, position, &StepGate::position);
    return found == record.gates.end() ? nullptr : &*found;
}

base::Result<QueueSnapshot> AlarmQueue::snapshot(const access::Acting& acting, int most) {
    TRY(access::require(acting, access::Right::SeeAlarms));
    return m_database.read([&](soci::session& sql) -> base::Result<QueueSnapshot> {
        return QueueSnapshot{selectAlarms(sql, AlarmState::Waiting, most), selectAlarms(sql, AlarmState::InHand, most),
                             selectAlarms(sql, AlarmState::Parked, most), selectAlarms(sql, AlarmState::Held, most),
                             countAlarms(sql)};
    });
}

base::Result<AlarmRecord> AlarmQueue::record(const access::Acting& acting, AlarmId id) {
    TRY(access::require(acting, access::Right::SeeAlarms));
    return m_database.read([&](soci::session& sql) -> base::Result<AlarmRecord> {
        TRY_ASSIGN(const Alarm alarm, findAlarm(sql, id));
        return base::Result<AlarmRecord>{tl::in_place, readRecord(sql, alarm, m_database.clock().now())};
    });
}

base::Result<std::vector<Alarm>> AlarmQueue::history(const access::Acting& acting, const AlarmPeriod& period) {
    TRY(access::require(acting, access::Right::SeeAlarms));
    return m_database.read(
        [&](soci::session& sql) -> base::Result<std::vector<Alarm>> { return selectAlarms(sql, period); });
}

base::Result<Alarm> AlarmQueue::raise(const access::Acting& acting, const NewAlarm& alarm) {
    TRY(access::require(acting, access::Right::AnswerAlarms));
    TRY(checkAlarmWords(alarm.what, "say what happened"));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<Alarm> {
        AlarmChange changes{transaction, acting};
        auto raised = changes.raise(alarm);
        changes.finish("alarm.raised", objectOf(raised.alarm.id));
        return base::Result<Alarm>{tl::in_place, std::move(raised.alarm)};
    });
}

base::Result<void> AlarmQueue::present(const access::Acting& acting, const std::vector<AlarmId>& shown) {
    TRY(access::require(acting, access::Right::SeeAlarms));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        AlarmChange changes{transaction, acting};
        for (const AlarmId id : shown) {
            auto alarm = selectAlarm(transaction.sql(), id);
            if (alarm && !alarm->presented && alarm->state != AlarmState::Closed) {
                alarm->presented = transaction.now();
                changes.enter(*alarm, EntryKind::Presented, "");
            }
        }
        changes.finish("alarms.presented", "alarms");
        return {};
    });
}

base::Result<Alarm> AlarmQueue::accept(const access::Acting& acting, AlarmId id) {
    return changeAlarm(m_database, acting, "alarm.accepted", id,
                       [&](AlarmChange& changes, Alarm& alarm) { return acceptIn(changes, acting, alarm); });
}

base::Result<Alarm> AlarmQueue::acceptNext(const access::Acting& acting) {
    TRY(access::require(acting, access::Right::AnswerAlarms));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<Alarm> {
        constexpr int someToChooseFrom = 50;
        auto waiting = selectAlarms(transaction.sql(), AlarmState::Waiting, someToChooseFrom);
        const auto next = std::ranges::find_if(waiting, [&](const Alarm& alarm) {
            return alarm.forwardedTo.empty() || alarm.forwardedTo == acting.workstation;
        });
        if (next == waiting.end()) {
            return base::fail(ErrorCode::NotFound, "no alarm waits");
        }
        AlarmChange changes{transaction, acting};
        TRY(acceptIn(changes, acting, *next));
        changes.finish("alarm.accepted", objectOf(next->id));
        return base::Result<Alarm>{tl::in_place, *next};
    });
}

base::Result<Alarm> AlarmQueue::takeOver(const access::Acting& acting, AlarmId id) {
    return changeAlarm(m_database, acting, "alarm.taken-over", id,
                       [&](AlarmChange& changes, Alarm& alarm) -> base::Result<void> {
                           TRY(requireOpen(alarm));
                           if (alarm.state != AlarmState::InHand) {
                               return acceptIn(changes, acting, alarm);
                           }
                           if (alarm.owner == acting.username) {
                               return {};
                           }
                           const std::string before = alarm.owner + " at " + alarm.ownerDesk;
                           makeOwner(acting, alarm, changes.now());
                           changes.enter(alarm, EntryKind::TakenOver, "From " + before + ".");
                           return {};
                       });
}

base::Result<void> AlarmQueue::release(const access::Acting& acting, AlarmId id) {
    TRY(changeAlarm(m_database, acting, "alarm.released", id,
                    [&](AlarmChange& changes, Alarm& alarm) -> base::Result<void> {
                        TRY(requireOwner(acting, alarm));
                        makeOwnerless(alarm);
                        changes.enter(alarm, EntryKind::Released, "");
                        return {};
                    }));
    return {};
}

base::Result<int> AlarmQueue::releaseAll(const access::Acting& acting) {
    const auto mine = [&](soci::session& sql) {
        auto inHand = selectAlarms(sql, AlarmState::InHand, mostInHand);
        std::erase_if(inHand, [&](const Alarm& alarm) {
            return alarm.owner != acting.username || alarm.ownerDesk != acting.workstation;
        });
        return inHand;
    };
    // Most people leave nothing behind, and then there is nothing to write.
    TRY_ASSIGN(const bool isAny,
               m_database.read([&](soci::session& sql) -> base::Result<bool> { return !mine(sql).empty(); }));
    if (!isAny) {
        return 0;
    }
    return m_database.write([&](store::Transaction& transaction) -> base::Result<int> {
        AlarmChange changes{transaction, acting};
        const auto left = mine(transaction.sql());
        for (Alarm alarm : left) {
            makeOwnerless(alarm);
            changes.enter(alarm, EntryKind::Released, "By signing out.");
        }
        changes.finish("alarms.released", "alarms");
        return static_cast<int>(left.size());
    });
}

base::Result<void> AlarmQueue::note(const access::Acting& acting, AlarmId id, const std::string& words) {
    TRY(checkAlarmWords(words, "the note is empty: write what happened"));
    TRY(changeAlarm(m_database, acting, "alarm.noted", id,
                    [&](AlarmChange& changes, Alarm& alarm) -> base::Result<void> {
                        changes.enter(alarm, EntryKind::Note, words);
                        return {};
                    }));
    return {};
}

base::Result<void> AlarmQueue::park(const access::Acting& acting, AlarmId id, base::UtcTime until,
                                    const std::string& why) {
    TRY(checkAlarmWords(why, "say why the alarm is put off"));
    TRY(changeAlarm(
        m_database, acting, "alarm.parked", id, [&](AlarmChange& changes, Alarm& alarm) -> base::Result<void> {
            TRY(requireOwner(acting, alarm));
            if (until <= changes.now() || until > changes.now() + longestPark) {
                return base::fail(ErrorCode::InvalidInput,
                                  "an alarm is put off for a day at most, and not into the past");
            }
            alarm.state = AlarmState::Parked;
            alarm.until = until;
            changes.enter(alarm, EntryKind::Parked, "Until " + base::formatLocalTimeOfDay(until) + ": " + why);
            return {};
        }));
    return {};
}

base::Result<void> AlarmQueue::forward(const access::Acting& acting, AlarmId id, const std::string& desk,
                                       const std::string& why) {
    TRY(checkAlarmWords(desk, "say to which desk"));
    TRY(checkAlarmWords(why, "say why it is for another desk"));
    TRY(changeAlarm(m_database, acting, "alarm.forwarded", id,
                    [&](AlarmChange& changes, Alarm& alarm) -> base::Result<void> {
                        TRY(requireOwner(acting, alarm));
                        makeOwnerless(alarm);
                        alarm.forwardedTo = desk;
                        alarm.until = changes.now() + (alarm.isLifeSafety ? lifeSafetyWaitsAtDesk : waitsAtDesk);
                        changes.enter(alarm, EntryKind::Forwarded, "To " + desk + ": " + why);
                        return {};
                    }));
    return {};
}

base::Result<std::vector<std::string>> AlarmQueue::otherDesks(const access::Acting& acting) {
    TRY(access::require(acting, access::Right::AnswerAlarms));
    return m_database.read([&](soci::session& sql) -> base::Result<std::vector<std::string>> {
        return selectDesks(sql, acting.workstation);
    });
}

base::Result<int> AlarmQueue::wakeDue(base::UtcTime now) {
    // It is asked every second, and most times there is nothing to write.
    TRY_ASSIGN(const bool isAny, m_database.read([&](soci::session& sql) -> base::Result<bool> {
        return !selectDueAlarms(sql, now, 1).empty();
    }));
    if (!isAny) {
        return 0;
    }
    return m_database.write([&](store::Transaction& transaction) -> base::Result<int> {
        const access::Acting station = access::Acting::station();
        AlarmChange changes{transaction, station};
        const auto due = selectDueAlarms(transaction.sql(), now, wakeAtOnce);
        for (Alarm alarm : due) {
            const std::string why = reasonToWake(alarm);
            makeOwnerless(alarm);
            alarm.forwardedTo.clear();
            changes.enter(alarm, EntryKind::Woke, why);
        }
        changes.finish("alarms.woken", "alarms");
        return static_cast<int>(due.size());
    });
}

}  // namespace leedswatch::response
