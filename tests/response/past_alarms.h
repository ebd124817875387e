#pragma once

#include "response/service_times.h"
#include "store/database.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {

inline access::Acting actingAs(access::Role role, const char* username = "sue") {
    access::Acting acting;
    acting.username = username;
    acting.role = role;
    acting.workstation = "desk 1";
    return acting;
}

/// A store into which alarms of any past are put as their rows would be.
class PastAlarms : public testing::Test {
protected:
    PastAlarms() { m_database = store::Database::open(m_folder.path(), m_clock).value(); }

    /// Closed genuine, with these seconds from the start to each measure.
    static response::ServiceTimes answered(response::AlarmClass alarmClass, base::UtcTime raised, int presented,
                                           int accepted, int acted, int closed) {
        response::ServiceTimes alarm;
        alarm.alarmClass = alarmClass;
        alarm.raised = raised;
        alarm.state = response::AlarmState::Closed;
        alarm.presented = raised + std::chrono::seconds{presented};
        alarm.accepted = raised + std::chrono::seconds{accepted};
        alarm.acted = raised + std::chrono::seconds{acted};
        alarm.closed = raised + std::chrono::seconds{closed};
        alarm.outcome = "genuine";
        return alarm;
    }

    void put(const std::vector<response::ServiceTimes>& alarms) {
        const auto done = m_database->write([&](store::Transaction& transaction) -> base::Result<void> {
            for (const response::ServiceTimes& alarm : alarms) {
                putRow(transaction.sql(), alarm);
            }
            return {};
        });
        ASSERT_TRUE(done) << done.error().message;
    }
    void putPremises(long long id, const std::string& reference, const std::string& name) {
        ASSERT_TRUE(m_database->write([&](store::Transaction& transaction) -> base::Result<void> {
            transaction.sql() << "INSERT INTO premises (id, reference, name) VALUES (:id, :reference, :name)",
                soci::use(id, "id"), soci::use(reference, "reference"), soci::use(name, "name");
            return {};
        }));
    }
    long long count(const std::string& table) {
        return m_database
            ->read([&](soci::session& sql) -> base::Result<long long> {
                long long rows = 0;
                sql << "SELECT count(*) FROM " + table, soci::into(rows);
                return rows;
            })
            .value();
    }

    TemporaryFolder m_folder;
    FakeClock m_clock{base::fromStored(1'800'000'000'000'000)};  // 2027-01-15 08:00 GMT
    std::unique_ptr<store::Database> m_database;
    const access::Acting m_sue = actingAs(access::Role::Supervisor);
    const access::Acting m_station = access::Acting::station();

private:
    struct TimeOrNull {
        explicit TimeOrNull(std::optional<base::UtcTime> time)
            : value{time ? base::toStored(*time) : 0}, indicator{time ? soci::i_ok : soci::i_null} {}
        long long value;
        soci::indicator indicator;
    };

    static void putRow(soci::session& sql, const response::ServiceTimes& alarm) {
        const std::string code{response::infoOf(alarm.alarmClass).code};
        const std::string state{response::nameOf(alarm.state)};
        const long long raised = base::toStored(alarm.raised);
        long long premises = alarm.premises ? alarm.premises->value() : 0;
        soci::indicator hasPremises = alarm.premises ? soci::i_ok : soci::i_null;
        TimeOrNull presented{alarm.presented};
        TimeOrNull accepted{alarm.accepted};
        TimeOrNull acted{alarm.acted};
        TimeOrNull closed{alarm.closed};
        long long id = 0;
        sql << "INSERT INTO alarm (class, raised, join_key, premises_id, place, what, life_safety, priority, state, "
               "latest, presented, accepted, acted, closed, outcome) SELECT :class, :raised, 'past ' || "
               "(coalesce(max(id), 0) + 1), :premises, '', '', 0, 5, :state, :latest, :presented, :accepted, :acted, "
               ":closed, :outcome FROM alarm RETURNING id",
            soci::use(code, "class"), soci::use(raised, "raised"), soci::use(premises, hasPremises, "premises"),
            soci::use(state, "state"), soci::use(raised, "latest"),
            soci::use(presented.value, presented.indicator, "presented"),
            soci::use(accepted.value, accepted.indicator, "accepted"), soci::use(acted.value, acted.indicator, "acted"),
            soci::use(closed.value, closed.indicator, "closed"), soci::use(alarm.outcome, "outcome"), soci::into(id);
        if (alarm.wasHeld || alarm.isOnTest) {
            const int held = alarm.wasHeld ? 1 : 0;
            const int test = alarm.isOnTest ? 1 : 0;
            TimeOrNull ended{alarm.holdEnded};
            sql << "INSERT INTO alarm_circumstance (alarm_id, was_held, hold_ended, on_test) VALUES (:id, :held, "
                   ":ended, :test)",
                soci::use(id, "id"), soci::use(held, "held"), soci::use(ended.value, ended.indicator, "ended"),
                soci::use(test, "test");
        }
        if (alarm.policeCalled) {
            sql << "INSERT INTO alarm_step (alarm_id, position, kind, text, required, applies, state) VALUES (:id, 1, "
                   "'police', 'Call', 0, 'always', 'done')",
                soci::use(id, "id");
        }
        if (alarm.state == response::AlarmState::Closed) {
            sql << "INSERT INTO service_pending (alarm_id) VALUES (:id)", soci::use(id, "id");
        }
    }
};

}  // namespace leedswatch::tests
