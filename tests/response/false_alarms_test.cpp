#include "response/false_alarms.h"

#include "base/local_time.h"
#include "past_alarms.h"
#include "response/service_csv.h"
#include "response/service_sums.h"

#include <gmock/gmock.h>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using base::ErrorCode;
using response::AlarmClass;
using response::FalseAlarmReport;
using response::FalseAlarms;
using response::ServiceTimes;
using testing::HasSubstr;

class FalseAlarmsTest : public PastAlarms {
protected:
    FalseAlarmsTest() {
        putPremises(1, "LIB", "Otley Library");
        putPremises(2, "SCH", "=HYPERLINK(\"x\")");
        putPremises(3, "QUIET", "Quiet House");
    }
    ServiceTimes decided(int premises, const char* outcome, AlarmClass alarmClass = AlarmClass::Intruder) {
        auto alarm = answered(alarmClass, m_clock.now() - 48h, 1, 2, 3, 4);
        alarm.premises = estate::PremisesId{premises};
        alarm.outcome = outcome;
        return alarm;
    }
    FalseAlarmReport report() {
        return FalseAlarms{*m_database}.report(m_sue, {m_clock.now() - 24h * 365, m_clock.now() + 1us}).value();
    }
};

TEST_F(FalseAlarmsTest, PremisesAreRankedByWhatTheRoomDecided) {
    auto police = decided(2, "false-unknown");
    police.policeCalled = true;
    auto genuineWithPolice = decided(1, "genuine-attended");
    genuineWithPolice.policeCalled = true;
    put({decided(1, "false-user"), decided(1, "genuine"), genuineWithPolice, decided(2, "false-equipment"), police,
         decided(2, "false-equipment", AlarmClass::Fire), decided(3, "genuine")});
    const auto made = report();
    EXPECT_EQ(made.premises, 3);
    EXPECT_EQ(made.all, (response::DecidedAlarms{7, 4, 1}));
    EXPECT_DOUBLE_EQ(made.rate(), 4.0 / 3.0);
    ASSERT_EQ(made.ranked.size(), 2U) << "the quiet house has none";
    EXPECT_EQ(made.ranked[0].reference, "SCH");
    EXPECT_EQ(made.ranked[0].all, (response::DecidedAlarms{3, 3, 1}));
    EXPECT_EQ(made.ranked[0].classes.at(AlarmClass::Fire), (response::DecidedAlarms{1, 1, 0}));
    EXPECT_EQ(made.ranked[0].causes.at("false-equipment"), 2);
    EXPECT_EQ(made.ranked[1].all, (response::DecidedAlarms{3, 1, 0}));
}

TEST_F(FalseAlarmsTest, WhatNobodyDecidedIsInNone) {
    auto open = decided(1, "");
    open.state = response::AlarmState::InHand;
    open.closed.reset();
    auto restored = decided(1, "restored");
    restored.accepted.reset();
    auto calledOff = decided(1, "called off");
    calledOff.accepted.reset();
    put({open, restored, calledOff, decided(1, "test")});
    EXPECT_EQ(report().all, response::DecidedAlarms{});
    ASSERT_TRUE(response::ServiceSums{*m_database}.addPending(100));
    EXPECT_EQ(report().all, response::DecidedAlarms{});
}

TEST_F(FalseAlarmsTest, OfACutMonthOnlyThePartThatIsAskedForCounts) {
    auto early = decided(1, "false-user");
    early.raised = m_clock.now() - 24h * 40;
    auto late = decided(1, "false-user");
    late.raised = m_clock.now() - 24h * 38;
    put({early, late, decided(1, "false-user")});
    ASSERT_TRUE(response::ServiceSums{*m_database}.addPending(100));
    const auto made = [&](base::UtcTime from, base::UtcTime until) {
        return FalseAlarms{*m_database}.report(m_sue, {from, until})->all.falseOnes;
    };
    EXPECT_EQ(made(m_clock.now() - 24h * 39, m_clock.now() + 1us), 2);
    EXPECT_EQ(made(m_clock.now() - 24h * 41, m_clock.now() - 24h * 39), 1) << "within one month";
    EXPECT_EQ(made(m_clock.now() - 24h * 41, m_clock.now() - 24h), 3);
    EXPECT_EQ(made(m_clock.now() - 24h, m_clock.now()), 0);
}

TEST_F(FalseAlarmsTest, AFileSaysWhatItIsAndHoldsNoFormula) {
    put({decided(2, "false-user")});
    const std::string csv = response::csvOf(report());
    EXPECT_THAT(csv, HasSubstr("Arrived from,2026-01-15 08:00:00 GMT\r\n"));
    EXPECT_THAT(csv, HasSubstr("By,sue\r\n"));
    EXPECT_THAT(csv, HasSubstr("Rule,"));
    EXPECT_THAT(csv, HasSubstr("SCH,\"'=HYPERLINK(\"\"x\"\")\",all,1,1,100.0 %,0,1,0,0,0\r\n"));
}

TEST_F(FalseAlarmsTest, WhoMayNotSeeFiguresDoesNot) {
    const auto now = m_clock.now();
    EXPECT_EQ(FalseAlarms{*m_database}.report(actingAs(access::Role::Operator), {now - 1h, now}).error().code,
              ErrorCode::NotPermitted);
    EXPECT_EQ(FalseAlarms{*m_database}.report(m_sue, {now, now}).error().code, ErrorCode::InvalidInput);
}

}  // namespace
}  // namespace leedswatch::tests
