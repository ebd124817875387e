#include "response/test_supervisor.h"

#include "support/fake_clock.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using estate::PanelId;
using response::TestChange;
using response::TestState;

constexpr PanelId tested{3};

class TestSupervisorTest : public testing::Test {
protected:
    response::Moment now() const { return {m_clock.steadyNow(), m_clock.now()}; }
    void expect(std::chrono::hours interval) { m_supervisor.supervise({{tested, interval}}, now()); }
    void test() { m_supervisor.tested(tested, now()); }
    std::vector<TestChange> after(base::Microseconds time) {
        m_clock.advance(time);
        return m_supervisor.judge(now());
    }
    void remember(TestState state, base::Microseconds waited, base::Microseconds downtime) {
        m_supervisor.remember({.panel = tested, .state = state, .waited = waited}, downtime, now());
    }

    FakeClock m_clock{base::fromStored(1'700'000'000'000'000)};
    response::TestSupervisor m_supervisor;
};

TEST_F(TestSupervisorTest, GivesATenthOfTheIntervalAndAnHourAtLeast) {
    EXPECT_EQ(response::testGrace(1h), 60min);
    EXPECT_EQ(response::testGrace(10h), 60min);
    EXPECT_EQ(response::testGrace(24h), 144min);
    EXPECT_EQ(response::testGrace(168h), 1008min);
}

TEST_F(TestSupervisorTest, HasATestOverdueThatDidNotComeInTime) {
    expect(24h);
    test();
    EXPECT_TRUE(after(26h).empty());
    const auto overdue = after(24min);
    ASSERT_EQ(overdue.size(), 1U);
    EXPECT_EQ(overdue.front(), (TestChange{tested, TestState::Ok, TestState::Overdue, m_clock.now()}));
    EXPECT_TRUE(m_supervisor.overdue().contains(tested));
    EXPECT_TRUE(after(100h).empty());
}

TEST_F(TestSupervisorTest, IsContentWithATestThatComesLate) {
    expect(24h);
    (void)after(30h);
    ASSERT_TRUE(m_supervisor.overdue().contains(tested));
    test();
    const auto back = after(0s);
    ASSERT_EQ(back.size(), 1U);
    EXPECT_EQ(back.front().to, TestState::Ok);
    EXPECT_TRUE(m_supervisor.overdue().empty());
    EXPECT_TRUE(after(26h).empty());
    EXPECT_EQ(after(1h).size(), 1U);
}

TEST_F(TestSupervisorTest, WaitsForATestThatNeverCameFromWhenItWasExpectedFirst) {
    expect(24h);
    EXPECT_TRUE(after(26h).empty());
    EXPECT_EQ(after(1h).size(), 1U);
}

TEST_F(TestSupervisorTest, MindsNoStepOfTheWallClock) {
    expect(24h);
    m_clock.stepWallClock(48h);
    EXPECT_TRUE(after(1h).empty());
    m_clock.stepWallClock(-96h);
    EXPECT_EQ(after(26h).size(), 1U);
}

TEST_F(TestSupervisorTest, GoesOnWaitingOverAStartThatMissedNone) {
    remember(TestState::Ok, 10h, 1h);
    expect(24h);
    EXPECT_TRUE(after(16h).empty());
    EXPECT_EQ(after(1h).size(), 1U);
}

TEST_F(TestSupervisorTest, HoldsNothingAgainstAPanelWhoseTestWasDueWhileNobodyListened) {
    remember(TestState::Ok, 23h, 2h);
    expect(24h);
    EXPECT_TRUE(after(26h).empty());
    EXPECT_EQ(m_supervisor.standing(tested, now())->waited, 26h);
    EXPECT_EQ(after(1h).size(), 1U);
}

TEST_F(TestSupervisorTest, KeepsATestOverdueOverAStart) {
    remember(TestState::Overdue, 100h, 2h);
    expect(24h);
    EXPECT_TRUE(m_supervisor.overdue().contains(tested));
    EXPECT_TRUE(after(100h).empty());
    test();
    EXPECT_EQ(after(0s).size(), 1U);
}

TEST_F(TestSupervisorTest, EndsWhatIsOverdueWhenNoTestIsExpectedAnyMore) {
    expect(24h);
    (void)after(30h);
    m_supervisor.supervise({}, now());
    ASSERT_EQ(after(0s).size(), 1U);
    EXPECT_TRUE(m_supervisor.overdue().empty());
    test();
    EXPECT_TRUE(after(100h).empty());
}

TEST_F(TestSupervisorTest, TellsOfAPanelThatIsNewOrTestedOnce) {
    expect(24h);
    EXPECT_EQ(m_supervisor.takeTold(now()).size(), 1U);
    EXPECT_TRUE(m_supervisor.takeTold(now()).empty());
    test();
    (void)after(2h);
    const auto told = m_supervisor.takeTold(now());
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told.front().waited, 2h);
    m_supervisor.tellAgain(tested);
    EXPECT_EQ(m_supervisor.takeTold(now()).size(), 1U);
}

}  // namespace
}  // namespace leedswatch::tests
