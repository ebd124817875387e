#include "response/service_figures.h"

#include "base/local_time.h"
#include "past_alarms.h"
#include "response/alarm_queue.h"
#include "response/service_sums.h"

#include <numeric>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using base::ErrorCode;
using response::AlarmClass;
using response::AlarmState;
using response::ClassFigures;
using response::ServiceFigures;
using response::ServiceMeasure;
using response::ServicePeriod;
using response::ServiceReport;
using response::ServiceTimes;
using response::Verdict;

class ServiceFiguresTest : public PastAlarms {
protected:
    ServiceReport report(const ServicePeriod& period) {
        auto report = ServiceFigures{*m_database}.report(m_sue, period);
        EXPECT_TRUE(report) << report.error().message;
        return report.value_or(ServiceReport{});
    }
    /// Of the day until now.
    ServiceReport report() { return report({m_clock.now() - 24h, m_clock.now() + 1us}); }
    ClassFigures of(AlarmClass alarmClass) {
        for (const ClassFigures& figures : report().classes) {
            if (figures.alarmClass == alarmClass) {
                return figures;
            }
        }
        return {};
    }
    response::AlarmQueue queue() { return response::AlarmQueue{*m_database}; }
    response::AlarmId raise(AlarmClass alarmClass, std::optional<base::UtcTime> heldUntil = {}) {
        response::NewAlarm alarm;
        alarm.alarmClass = alarmClass;
        alarm.joinKey = "key " + std::to_string(++m_raised);
        alarm.what = "Something";
        alarm.raised = m_clock.now();
        alarm.heldUntil = heldUntil;
        return queue().raise(m_station, alarm)->id;
    }
    void close(response::AlarmId id, const char* outcome) {
        ASSERT_TRUE(queue().close(m_sue, id, {outcome, "", "steps are not the test's"}));
    }
    /// So many fires of the last hour that were acted upon after these seconds.
    void putFires(const std::vector<int>& acted) {
        std::vector<ServiceTimes> alarms;
        for (const int length : acted) {
            alarms.push_back(answered(AlarmClass::Fire, m_clock.now() - 1h, 1, 2, length, length + 60));
        }
        put(alarms);
    }

    int m_raised = 0;
};

TEST_F(ServiceFiguresTest, AnAlarmIsMeasuredFromItsArrivalToItsEnd) {
    const auto id = raise(AlarmClass::HoldUp);
    m_clock.advance(400ms);
    ASSERT_TRUE(queue().present(m_sue, {id}));
    m_clock.advance(7s);
    ASSERT_TRUE(queue().accept(m_sue, id));
    m_clock.advance(20s);
    ASSERT_TRUE(queue().completeStep(m_sue, id, {1, false, "Nobody answers"}));
    EXPECT_EQ(of(AlarmClass::HoldUp).counts.of(ServiceMeasure::Closed).count(), 0) << "it is open";
    EXPECT_EQ(of(AlarmClass::HoldUp).open.count, 1);
    m_clock.advance(5min);
    close(id, "genuine");
    const ClassFigures figures = of(AlarmClass::HoldUp);
    EXPECT_EQ(figures.counts.counted, 1);
    EXPECT_EQ(figures.open.count, 0);
    EXPECT_EQ(figures.counts.of(ServiceMeasure::Presented).longest(), base::Microseconds{400ms});
    EXPECT_EQ(figures.counts.of(ServiceMeasure::Accepted).longest(), base::Microseconds{7'400ms});
    EXPECT_EQ(figures.counts.of(ServiceMeasure::Acted).longest(), base::Microseconds{28s});
    EXPECT_EQ(figures.counts.of(ServiceMeasure::Closed).longest(), base::Microseconds{328s});
    EXPECT_EQ(report().madeBy, "sue");
}

TEST_F(ServiceFiguresTest, ATargetIsMetByTheShareThatItWants) {
    std::vector<int> lengths(100, 20);
    std::fill_n(lengths.begin(), 20, 40);
    lengths[0] = 61;
    putFires(lengths);
    const auto targets = of(AlarmClass::Fire).targets;
    ASSERT_EQ(targets.size(), 2U);
    EXPECT_EQ(targets[0].within, 80);
    EXPECT_EQ(targets[0].of, 100);
    EXPECT_EQ(targets[0].verdict(), Verdict::Met) << "80 of 100 are 80 %";
    EXPECT_EQ(targets[1].within, 99);
    EXPECT_EQ(targets[1].verdict(), Verdict::Met);
    putFires({61, 61});
    EXPECT_EQ(of(AlarmClass::Fire).targets[0].verdict(), Verdict::NotMet) << "80 of 102";
    EXPECT_EQ(of(AlarmClass::Fire).targets[1].verdict(), Verdict::NotMet) << "99 of 102 are 97 %";
}

TEST_F(ServiceFiguresTest, FewAlarmsProveNothing) {
    putFires({20, 20, 40, 40});
    const auto targets = of(AlarmClass::Fire).targets;
    EXPECT_EQ(targets[0].verdict(), Verdict::TooFew);
    EXPECT_EQ(targets[1].verdict(), Verdict::TooFew);
    putFires({20});
    EXPECT_EQ(of(AlarmClass::Fire).targets[0].verdict(), Verdict::NotMet) << "3 of 5";
    EXPECT_EQ(of(AlarmClass::Fire).targets[1].verdict(), Verdict::TooFew);
}

TEST_F(ServiceFiguresTest, TimeInWhichTheRulesHeldItIsNotTheOperators) {
    const auto id = raise(AlarmClass::Intruder, m_clock.now() + 120s);
    EXPECT_EQ(of(AlarmClass::Intruder).open.held, 1);
    EXPECT_EQ(of(AlarmClass::Intruder).open.count, 0);
    m_clock.advance(30s);
    ASSERT_TRUE(queue().present(m_sue, {id})) << "in the list of what is held";
    m_clock.advance(91s);
    ASSERT_EQ(queue().wakeDue(m_clock.now()), 1);
    m_clock.advance(10s);
    ASSERT_TRUE(queue().accept(m_sue, id));
    close(id, "genuine");
    const ClassFigures figures = of(AlarmClass::Intruder);
    EXPECT_EQ(figures.counts.of(ServiceMeasure::Accepted).longest(), base::Microseconds{10s});
    EXPECT_EQ(figures.counts.of(ServiceMeasure::Presented).longest(), base::Microseconds{0});
    EXPECT_EQ(figures.counts.held.longest(), base::Microseconds{121s});
}

TEST_F(ServiceFiguresTest, WhoTakesWhatIsHeldBeganItsTimeThen) {
    const auto id = raise(AlarmClass::Intruder, m_clock.now() + 120s);
    m_clock.advance(30s);
    ASSERT_TRUE(queue().accept(m_sue, id));
    m_clock.advance(5s);
    close(id, "genuine");
    const ClassFigures figures = of(AlarmClass::Intruder);
    EXPECT_EQ(figures.counts.of(ServiceMeasure::Accepted).longest(), base::Microseconds{0});
    EXPECT_EQ(figures.counts.of(ServiceMeasure::Closed).longest(), base::Microseconds{5s});
    EXPECT_EQ(figures.counts.held.longest(), base::Microseconds{30s});
}

TEST_F(ServiceFiguresTest, WhatWasNeverForAPersonIsLeftOutAndSaid) {
    const auto now = m_clock.now() - 1h;
    auto test = answered(AlarmClass::Fire, now, 1, 2, 500, 600);
    test.outcome = "test";
    auto onTest = answered(AlarmClass::Fire, now, 1, 2, 500, 600);
    onTest.isOnTest = true;
    onTest.outcome = "false-equipment";
    auto fireInATest = onTest;
    fireInATest.outcome = "genuine-attended";
    ServiceTimes storm = answered(AlarmClass::Fire, now, 1, 2, 3, 50);
    storm.accepted = storm.acted = std::nullopt;
    storm.outcome = "joined to alarm 7";
    ServiceTimes calledOff = storm;
    calledOff.outcome = "called off";
    calledOff.wasHeld = true;
    calledOff.holdEnded = calledOff.closed;
    ServiceTimes restored = storm;
    restored.outcome = "restored";
    put({test, onTest, fireInATest, storm, calledOff, restored});
    const ClassFigures figures = of(AlarmClass::Fire);
    EXPECT_EQ(figures.counts.counted, 1) << "the fire that was one";
    EXPECT_EQ(figures.counts.tests, 2);
    EXPECT_EQ(figures.counts.storms, 1);
    EXPECT_EQ(figures.counts.calledOff, 1);
    EXPECT_EQ(figures.counts.endedUnanswered(), 1);
    EXPECT_EQ(figures.counts.unanswered.longest(), base::Microseconds{50s});
    EXPECT_EQ(figures.counts.arrived(), 6);
}

TEST_F(ServiceFiguresTest, ASteppedClockMakesNoZero) {
    const auto id = raise(AlarmClass::Fire);
    m_clock.stepWallClock(-1h);
    ASSERT_TRUE(queue().present(m_sue, {id}));
    ASSERT_TRUE(queue().accept(m_sue, id));
    m_clock.stepWallClock(1h);
    m_clock.advance(40s);
    close(id, "genuine");
    const ClassFigures figures = of(AlarmClass::Fire);
    for (const auto measure : {ServiceMeasure::Presented, ServiceMeasure::Accepted}) {
        EXPECT_EQ(figures.counts.of(measure).count(), 0);
        EXPECT_EQ(figures.counts.of(measure).clockSteps(), 1);
    }
    EXPECT_EQ(figures.counts.of(ServiceMeasure::Closed).longest(), base::Microseconds{40s});
}

TEST_F(ServiceFiguresTest, AnOpenAlarmIsLateOnceItsTimeHasPassed) {
    raise(AlarmClass::Fire);
    m_clock.advance(45s);
    EXPECT_EQ(of(AlarmClass::Fire).targets[0].lateOpen, 1);
    EXPECT_EQ(of(AlarmClass::Fire).targets[0].of, 1);
    EXPECT_EQ(of(AlarmClass::Fire).targets[1].lateOpen, 0) << "60 s are not over";
    EXPECT_EQ(of(AlarmClass::Fire).targets[1].of, 0);
    EXPECT_EQ(of(AlarmClass::Fire).open.untaken, 1);
    EXPECT_EQ(report().shifts.back().late, 0);
    m_clock.advance(20s);
    EXPECT_EQ(report().shifts.back().late, 1);
}

TEST_F(ServiceFiguresTest, AlarmsAreJudgedByWhatHeldWhenTheyArrived) {
    const auto change = m_clock.now() + 30min;
    ASSERT_TRUE(response::ServiceTargets{*m_database}.set(m_sue, AlarmClass::Fire, {{ServiceMeasure::Acted, 800, 10s}},
                                                          change));
    std::vector<ServiceTimes> alarms(10, answered(AlarmClass::Fire, change - 1us, 1, 2, 20, 30));
    alarms.resize(15, answered(AlarmClass::Fire, change, 1, 2, 20, 30));
    put(alarms);
    m_clock.advance(2h);
    const auto targets = of(AlarmClass::Fire).targets;
    ASSERT_EQ(targets.size(), 3U);
    EXPECT_EQ(targets[0].of, 10);
    EXPECT_EQ(targets[0].verdict(), Verdict::Met);
    EXPECT_EQ(targets[2].of, 5);
    EXPECT_EQ(targets[2].holdsFrom, change);
    EXPECT_EQ(targets[2].verdict(), Verdict::NotMet);
}

TEST_F(ServiceFiguresTest, AShiftHasWhatArrivedInItAlsoWhenClocksGoBack) {
    // 2026-10-24 19:00 BST to 2026-10-25 07:00 GMT: thirteen hours, with both 01:30s.
    const auto begin = base::parseTime("2026-10-24T18:00Z").value();
    std::vector<ServiceTimes> alarms;
    for (int quarter = 0; quarter < 4 * 15; ++quarter) {
        alarms.push_back(answered(AlarmClass::Fire, begin - 1h + quarter * 15min, 1, 2, 20, 30));
    }
    put(alarms);
    const auto whole = report({begin - 1h, begin + 14h});
    ASSERT_EQ(whole.shifts.size(), 3U);
    EXPECT_EQ(whole.shifts[0].arrived, 4);
    EXPECT_EQ(whole.shifts[1].arrived, 13 * 4);
    EXPECT_EQ(whole.shifts[1].length, 13h);
    EXPECT_EQ(whole.shifts[2].arrived, 4);
    EXPECT_EQ(whole.hours[1].hours, 2) << "01:00 to 02:00 comes twice";
    EXPECT_EQ(whole.hours[1].arrived, 8);
    ASSERT_EQ(whole.shiftsByName.size(), 2U);
    EXPECT_EQ(whole.shiftsByName[0].name, "Day");
    EXPECT_EQ(whole.shiftsByName[0].shifts, 2);
    EXPECT_EQ(whole.shiftsByName[0].arrived, 8);
}

TEST_F(ServiceFiguresTest, LoadIsWhatOnePersonTakesInTenMinutes) {
    const auto bob = actingAs(access::Role::Operator, "bob");
    for (int alarm = 0; alarm < 3; ++alarm) {
        ASSERT_TRUE(queue().accept(m_sue, raise(AlarmClass::Fault)));
    }
    m_clock.advance(40min);
    const auto last = raise(AlarmClass::Fault);
    ASSERT_TRUE(queue().accept(m_sue, last));
    ASSERT_TRUE(queue().takeOver(bob, last));
    ASSERT_TRUE(queue().accept(bob, last)) << "it is his already: not taken again";
    const auto made = report();
    ASSERT_EQ(made.operators.size(), 2U);
    EXPECT_EQ(made.operators[0].username, "sue");
    EXPECT_EQ(made.operators[0].taken, 4);
    EXPECT_EQ(made.operators[0].windows, 5) << "08:00 to 08:50";
    EXPECT_EQ(made.operators[0].above, 1);
    EXPECT_EQ(made.operators[0].most, 3);
    EXPECT_EQ(made.operators[0].worst, m_clock.now() - 40min);
    EXPECT_EQ(made.operators[1].taken, 1);
    EXPECT_EQ(made.room.taken, 5);
    EXPECT_EQ(made.room.windows, 6);
    EXPECT_EQ(made.shifts.back().operators, 2);
    EXPECT_EQ(made.shifts.back().mostTaken, 3);
}

TEST_F(ServiceFiguresTest, TwoShiftsOfOnePersonAreNotOneLongOne) {
    ASSERT_TRUE(queue().accept(m_sue, raise(AlarmClass::Fault)));
    m_clock.advance(24h);
    ASSERT_TRUE(queue().accept(m_sue, raise(AlarmClass::Fault)));
    const auto made = report({m_clock.now() - 48h, m_clock.now() + 1us});
    EXPECT_EQ(made.operators.at(0).windows, 2);
    EXPECT_EQ(made.operators.at(0).shifts, 2);
}

TEST_F(ServiceFiguresTest, AnEmptyStoreHasNoFiguresAndSaysSo) {
    const auto made = report();
    EXPECT_TRUE(made.classes.empty());
    EXPECT_EQ(made.all.counts.arrived(), 0);
    EXPECT_TRUE(made.operators.empty());
    EXPECT_TRUE(report({m_clock.now() - 24h * 3'000, m_clock.now()}).classes.empty());
}

TEST_F(ServiceFiguresTest, WhoMayNotSeeThemAndPeriodsThatAreNoneAreRefused) {
    ServiceFigures figures{*m_database};
    const auto now = m_clock.now();
    EXPECT_EQ(figures.report(actingAs(access::Role::Operator), {now - 1h, now}).error().code, ErrorCode::NotPermitted);
    EXPECT_EQ(figures.report(m_sue, {now, now}).error().code, ErrorCode::InvalidInput);
    EXPECT_EQ(figures.report(m_sue, {now, now - 1h}).error().code, ErrorCode::InvalidInput);
    EXPECT_EQ(figures.report(m_sue, {now - 24h * 4'000, now}).error().code, ErrorCode::InvalidInput);
    EXPECT_EQ(figures.period(actingAs(access::Role::Operator), response::NamedPeriod::Today).error().code,
              ErrorCode::NotPermitted);
}

TEST_F(ServiceFiguresTest, AlarmsOutsideThePeriodAreInNone) {
    const auto from = m_clock.now() - 90min;
    const auto until = m_clock.now() - 30min;
    put({answered(AlarmClass::Fire, from - 1us, 1, 2, 3, 4), answered(AlarmClass::Fire, from, 1, 2, 3, 4),
         answered(AlarmClass::Fire, until - 1us, 1, 2, 3, 4), answered(AlarmClass::Fire, until, 1, 2, 3, 4)});
    EXPECT_EQ(report({from, until}).all.counts.counted, 2);
    ASSERT_EQ(response::ServiceSums{*m_database}.addPending(100), 4);
    EXPECT_EQ(report({from, until}).all.counts.counted, 2);
}

}  // namespace
}  // namespace leedswatch::tests
