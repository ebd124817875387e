#include "response/service_sums.h"

#include "base/local_time.h"
#include "past_alarms.h"
#include "response/false_alarms.h"
#include "response/service_csv.h"
#include "response/service_figures.h"

#include <random>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using base::ErrorCode;
using response::AlarmClass;
using response::AlarmState;
using response::FalseAlarms;
using response::ServiceFigures;
using response::ServicePeriod;
using response::ServiceSums;
using response::ServiceTimes;
using response::ServiceView;

/// Alarms of any kind over the weeks around a change of the clocks: every reason not to count, every lack, every
/// impossible time.
class DrawnAlarms {
public:
    explicit DrawnAlarms(base::UtcTime end) : m_end{end} {}

    ServiceTimes draw() {
        ServiceTimes alarm;
        alarm.alarmClass = response::alarmClasses()[below(16)].alarmClass;
        alarm.raised = m_end - base::Microseconds{static_cast<std::int64_t>(below(75ULL * 24 * 3'600 * 1'000'000))};
        alarm.premises =
            below(5) == 0 ? std::nullopt : std::optional{estate::PremisesId{static_cast<std::int64_t>(below(20)) + 1}};
        alarm.isOnTest = below(20) == 0;
        alarm.policeCalled = below(4) == 0;
        alarm.wasHeld = below(4) == 0;
        alarm.state = below(20) == 0 ? AlarmState::Waiting : AlarmState::Closed;
        base::UtcTime time = alarm.raised + base::Microseconds{static_cast<std::int64_t>(below(120'000'000))};
        alarm.holdEnded = alarm.wasHeld ? std::optional{time} : std::nullopt;
        if (below(30) == 0) {
            time -= 1h;  // the clock was stepped back
        }
        for (auto* moment : {&alarm.presented, &alarm.accepted, &alarm.acted}) {
            time += base::Microseconds{static_cast<std::int64_t>(below(90'000'000))};
            *moment = below(12) == 0 ? std::nullopt : std::optional{time};
        }
        if (alarm.state == AlarmState::Closed) {
            alarm.closed = time + base::Microseconds{static_cast<std::int64_t>(below(7'200'000'000))};
            constexpr std::array outcomes{"false-user", "false-equipment", "genuine",  "test",
                                          "restored",   "called off",      "no-action"};
            alarm.outcome = alarm.accepted ? outcomes.at(below(outcomes.size())) : "joined to alarm 3";
        }
        return alarm;
    }
    std::size_t below(std::size_t end) { return std::uniform_int_distribution<std::size_t>{0, end - 1}(m_random); }

private:
    const base::UtcTime m_end;
    std::mt19937_64 m_random{20261025};  // the same every time
};

class ServiceSumsTest : public PastAlarms {
protected:
    ServiceSumsTest() {
        // 2026-11-10: the weeks before have the night in which the clocks go back.
        m_clock.stepWallClock(base::parseTime("2026-11-10T13:37:21Z").value() - m_clock.now());
        for (int premises = 1; premises <= 20; ++premises) {
            putPremises(premises, "P" + std::to_string(premises), "Premises");
        }
    }
    ServiceSums sums() { return ServiceSums{*m_database}; }
    void putDrawn(int alarms) {
        std::vector<ServiceTimes> all;
        for (int alarm = 0; alarm < alarms; ++alarm) {
            all.push_back(m_drawn.draw());
        }
        put(all);
    }
    /// Everything of a period as text, so that any difference shows where it is.
    std::string figures(const ServicePeriod& period, ServiceFigures::Source source) {
        const auto report = ServiceFigures{*m_database, source}.report(m_sue, period);
        EXPECT_TRUE(report) << report.error().message;
        std::string text;
        for (const auto view :
             {ServiceView::Classes, ServiceView::Shifts, ServiceView::Operators, ServiceView::Hours}) {
            text += response::csvOf(*report, view);
        }
        return text;
    }
    std::string falseAlarms(const ServicePeriod& period, FalseAlarms::Source source) {
        const auto report = FalseAlarms{*m_database, source}.report(m_sue, period);
        EXPECT_TRUE(report) << report.error().message;
        return response::csvOf(*report);
    }
    void expectTheSame(const ServicePeriod& period) {
        ASSERT_EQ(figures(period, ServiceFigures::Source::Sums), figures(period, ServiceFigures::Source::Rows));
        ASSERT_EQ(falseAlarms(period, FalseAlarms::Source::Sums), falseAlarms(period, FalseAlarms::Source::Rows));
    }
    void execute(const std::string& statement) {
        ASSERT_TRUE(m_database->write([&](store::Transaction& transaction) -> base::Result<void> {
            transaction.sql() << statement;
            return {};
        }));
    }

    DrawnAlarms m_drawn{base::parseTime("2026-11-10T13:37:21Z").value()};
};

TEST_F(ServiceSumsTest, FiguresAreTheSameFromSumsAndFromRowsForAnyPeriod) {
    const auto now = m_clock.now();
    // Shifts that do not begin at full hours, and targets that change within an hour.
    ASSERT_TRUE(response::ShiftPatterns{*m_database}.set(m_sue, {{"A", 370min}, {"B", 14h + 30min}, {"C", 22h}}, now));
    execute("UPDATE shift_pattern SET holds_from = 1790000000000000 WHERE id > 1");
    execute(
        "INSERT INTO service_target_set (id, class, holds_from, made, made_by) VALUES (99, 'fire', "
        "1791234567000000, 0, 'sue')");
    execute("INSERT INTO service_target (set_id, measure, share, seconds) VALUES (99, 'closed', 500, 1800)");
    putDrawn(4'000);
    while (sums().addPending(500).value() > 0) {
    }
    putDrawn(300);
    ASSERT_EQ(sums().addPending(100), 100);
    EXPECT_GT(count("service_pending"), 0);
    EXPECT_GT(count("service_hour"), 1'000);
    for (int drawn = 0; drawn < 40; ++drawn) {
        const auto from = now - std::chrono::seconds{m_drawn.below(80ULL * 86'400)};
        expectTheSame({from, from + std::chrono::seconds{1 + m_drawn.below(60ULL * 86'400)}});
    }
    for (const auto& info : response::namedPeriods()) {
        expectTheSame(ServiceFigures{*m_database}.period(m_sue, info.period).value());
    }
    expectTheSame({base::parseTime("2026-10-24T23:00Z").value(), base::parseTime("2026-10-26T00:00Z").value()});
    EXPECT_TRUE(sums().check(m_sue)->empty());
}

TEST_F(ServiceSumsTest, AnAlarmIsAddedOnce) {
    putDrawn(50);
    const auto closed = count("service_pending");
    EXPECT_EQ(sums().addPending(10), 10);
    EXPECT_EQ(sums().addPending(1'000), closed - 10);
    EXPECT_EQ(sums().addPending(1'000), 0);
    EXPECT_EQ(count("service_pending"), 0);
    EXPECT_TRUE(sums().check(m_sue)->empty());
}

TEST_F(ServiceSumsTest, WrongSumsAreFoundAndMadeAnew) {
    putDrawn(500);
    ASSERT_TRUE(sums().addPending(1'000));
    execute("UPDATE service_hour SET counted = counted + 1 WHERE id = 3");
    execute("UPDATE service_hour SET acted = 'nonsense' WHERE id = 70");
    execute("DELETE FROM service_premises WHERE premises_id = 7");
    const ServicePeriod all{m_clock.now() - 24h * 80, m_clock.now()};
    EXPECT_EQ(ServiceFigures{*m_database}.report(m_sue, all).error().code, ErrorCode::Damaged);
    execute("UPDATE service_premises SET decided = 'intruder false-user 3' WHERE premises_id = 8");
    EXPECT_EQ(FalseAlarms{*m_database}.report(m_sue, all).error().code, ErrorCode::Damaged);
    EXPECT_GE(sums().check(m_sue)->size(), 3U);
    EXPECT_EQ(sums().mend(actingAs(access::Role::Operator)).error().code, ErrorCode::NotPermitted);
    EXPECT_GE(sums().mend(m_sue)->size(), 3U);
    EXPECT_TRUE(sums().check(m_sue)->empty());
    expectTheSame(all);
}

TEST_F(ServiceSumsTest, WhatWasClosedAndTakenBeforeThereWereSumsIsInThemToo) {
    std::vector<ServiceTimes> alarms;
    for (int alarm = 1; alarm <= 30; ++alarm) {
        alarms.push_back(answered(AlarmClass::Fire, m_clock.now() - alarm * 1h, 1, 2, 10 + alarm, 100 + alarm));
    }
    put(alarms);
    execute(
        "INSERT INTO alarm_entry (alarm_id, at, kind, who, workstation, text, details) SELECT id, accepted, "
        "'accepted', "
        "'sue', 'desk 1', '', '{}' FROM alarm");
    // The store as it was before migration 29, with its alarms.
    for (const char* table : {"service_target", "service_target_set", "shift", "shift_pattern", "alarm_circumstance",
                              "service_pending", "service_hour", "service_premises", "service_taken"}) {
        execute("DROP TABLE " + std::string{table});
    }
    execute("DELETE FROM schema_migration WHERE number = 29");
    m_database.reset();
    m_database = store::Database::open(m_folder.path(), m_clock).value();
    EXPECT_EQ(count("service_pending"), 30);
    EXPECT_EQ(count("service_taken WHERE username = 'sue'"), 30);
    EXPECT_EQ(sums().addPending(1'000), 30);
    EXPECT_TRUE(sums().check(m_sue)->empty());
    expectTheSame({m_clock.now() - 48h, m_clock.now()});
}

TEST_F(ServiceSumsTest, WhatNobodyMayCheckIsNotChecked) {
    EXPECT_EQ(sums().check(actingAs(access::Role::Operator)).error().code, ErrorCode::NotPermitted);
}

}  // namespace
}  // namespace leedswatch::tests
