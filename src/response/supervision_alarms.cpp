#include "response/supervision_alarms.h"

#include "estate/premises_of_panel.h"
#include "response/alarm_change.h"
#include "response/alarm_rows.h"
#include "response/response_policy.h"
#include "response/storms.h"
#include "response/supervision_journal.h"

#include <map>

namespace leedswatch::response {

namespace {

using Key = long long;

/// Both paths of a panel gone is nearer to an attack than to a fault.
constexpr int catastrophicPriority = 3;

Key readJudged(soci::session& sql) {
    Key last = 0;
    sql << "SELECT last FROM supervision_judged WHERE id = 1", soci::into(last);
    return sql.got_data() ? last : 0;
}

void writeJudged(soci::session& sql, Key last) {
    sql << "INSERT INTO supervision_judged (id, last) VALUES (1, :last) ON CONFLICT (id) DO UPDATE SET last = "
           "excluded.last",
        soci::use(last, "last");
}

std::string keyOf(AlarmClass alarmClass, estate::PanelId panel) {
    return "panel " + std::to_string(panel.value()) + " " + std::string{infoOf(alarmClass).code};
}

std::string nameOfPath(const PathChange& change) {
    return change.path == estate::SignallingPath::Primary ? "primary" : "alternative";
}

NewAlarm alarmFor(const estate::PremisesOfPanel& whose, AlarmClass alarmClass, base::UtcTime when) {
    NewAlarm alarm;
    alarm.alarmClass = alarmClass;
    alarm.joinKey = keyOf(alarmClass, whose.panel);
    alarm.premises = whose.premises.id;
    alarm.panel = whose.panel;
    alarm.place =
        whose.premises.address.empty() ? whose.premises.name : whose.premises.name + ", " + whose.premises.address;
    alarm.raised = when;
    return alarm;
}

class SupervisionRules {
public:
    SupervisionRules(store::Transaction& transaction, const access::Acting& acting)
        : m_change{transaction, acting}, m_policy{ResponsePolicies::select(transaction.sql(), std::nullopt)} {}

    void judge(const PathChange& change) {
        const auto whose = estate::selectPremisesOfPanel(m_change.sql(), change.panel);
        if (!whose || change.to == PathState::Late) {
            return;
        }
        if (change.to == PathState::Failed) {
            NewAlarm alarm = alarmFor(*whose, AlarmClass::Path, change.when);
            alarm.what = "The " + nameOfPath(change) + " path of account " + whose->account + " has failed";
            if (change.isCatastrophic) {
                alarm.what = "Both paths of account " + whose->account + " have failed";
                alarm.priority = catastrophicPriority;
            }
            raise(alarm);
        } else if (change.from == PathState::Failed && change.isCatastrophic) {
            oneOfBothIsBack(keyOf(AlarmClass::Path, change.panel), "The " + nameOfPath(change) + " path is up again");
        } else if (change.from == PathState::Failed) {
            end(keyOf(AlarmClass::Path, change.panel), "The " + nameOfPath(change) + " path is up again");
        }
    }

    void judge(const TestChange& change) {
        const auto whose = estate::selectPremisesOfPanel(m_change.sql(), change.panel);
        if (!whose) {
            return;
        }
        if (change.to == TestState::Overdue) {
            NewAlarm alarm = alarmFor(*whose, AlarmClass::FailToTest, change.when);
            alarm.what = "Account " + whose->account + " has not sent its test";
            raise(alarm);
        } else {
            end(keyOf(AlarmClass::FailToTest, change.panel), "The test has come");
        }
    }

    void finish() { m_change.finish("alarms.supervised", "alarms"); }

private:
    void raise(const NewAlarm& wanted) {
        noteForStorm(m_change.sql(), wanted);
        if (!joinStorm(m_change, m_policy, wanted)) {
            const auto raised = m_change.raise(wanted);
            const bool isWorse = wanted.priority && *wanted.priority < raised.alarm.priority;
            if (!raised.isNew && isWorse) {
                Alarm alarm = raised.alarm;
                alarm.priority = *wanted.priority;
                m_change.enter(alarm, EntryKind::Note, "Both paths: more urgent.");
            }
        }
    }

    void oneOfBothIsBack(const std::string& joinKey, const std::string& words) {
        if (auto open = selectOpenAlarm(m_change.sql(), joinKey)) {
            open->priority = infoOf(AlarmClass::Path).priority;
            m_change.enter(*open, EntryKind::Restored, words + "; the other one is still failed");
        }
    }

    void end(const std::string& joinKey, const std::string& words) {
        auto open = selectOpenAlarm(m_change.sql(), joinKey);
        if (!open) {
            return;
        }
        m_change.enter(*open, EntryKind::Restored, words);
        if (open->state != AlarmState::InHand) {
            m_change.close(*open, "restored");
        }
    }

    AlarmChange m_change;
    const ResponsePolicy m_policy;
};

}  // namespace

base::Result<int> raiseSupervised(store::Database& database, int most) {
    const auto last = database.read([](soci::session& sql) -> base::Result<Key> { return readJudged(sql); });
    TRY(last);
    SupervisionJournal journal{database};
    TRY_ASSIGN(const auto changes, journal.changesAfter(SupervisionChangeId{*last}, most));
    if (changes.empty()) {
        return 0;
    }
    return database.write([&](store::Transaction& transaction) -> base::Result<int> {
        const access::Acting station = access::Acting::station();
        SupervisionRules rules{transaction, station};
        for (const StoredSupervisionChange& stored : changes) {
            std::visit([&](const auto& change) { rules.judge(change); }, stored.change);
        }
        writeJudged(transaction.sql(), changes.back().id.value());
        rules.finish();
        return static_cast<int>(changes.size());
    });
}

}  // namespace leedswatch::response
