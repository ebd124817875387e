#include "response/path_supervisor.h"

#include "estate/path_times.h"
#include "support/fake_clock.h"

#include <gtest/gtest.h>

#include <ostream>

namespace leedswatch::response {

void PrintTo(const PathChange& change, std::ostream* out) {
    *out << change.panel.value() << ' ' << estate::nameOf(change.path) << ' ' << nameOf(change.from) << " to "
         << nameOf(change.to) << (change.isCatastrophic ? " catastrophic" : "");
}

}  // namespace leedswatch::response

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using estate::PanelId;
using estate::PathCategory;
using estate::SignallingPath;
using response::PathChange;
using response::PathStanding;
using response::PathState;
using response::PathSupervisor;
using response::SupervisedPanel;
using std::chrono::seconds;
using enum response::PathState;

constexpr PanelId ours{7};
constexpr auto primary = SignallingPath::Primary;
constexpr auto alternative = SignallingPath::Alternative;

class PathSupervisorTest : public testing::Test {
protected:
    response::Moment now() const { return {m_clock.steadyNow(), m_clock.now()}; }
    void supervise(const SupervisedPanel& panel) { m_supervisor.supervise({panel}, now()); }
    void poll(SignallingPath path = primary) { m_supervisor.heard(ours, path, PathSupervisor::Sign::Poll, now()); }
    void signal(SignallingPath path = primary) { m_supervisor.heard(ours, path, PathSupervisor::Sign::Signal, now()); }
    std::vector<PathChange> judge() { return m_supervisor.judge(now()); }
    /// Time goes by in steps of a second; what changed meanwhile.
    std::vector<PathChange> wait(seconds time) {
        std::vector<PathChange> all;
        for (seconds gone{0}; gone < time; gone += 1s) {
            m_clock.advance(1s);
            for (const PathChange& change : judge()) {
                all.push_back(change);
            }
        }
        return all;
    }
    std::vector<PathChange> pollFor(seconds time, seconds every, SignallingPath path = primary) {
        std::vector<PathChange> all;
        for (seconds gone{0}; gone < time; gone += every) {
            poll(path);
            for (const PathChange& change : wait(every)) {
                all.push_back(change);
            }
        }
        return all;
    }
    PathState state(SignallingPath path = primary) const { return m_supervisor.standing(ours, path, now())->state; }
    PathStanding standing(SignallingPath path = primary) const { return *m_supervisor.standing(ours, path, now()); }

    FakeClock m_clock{base::fromStored(1'700'000'000'000'000)};
    PathSupervisor m_supervisor;
};

struct CategoryCase {
    PathCategory category;
    seconds reporting;
};

class EachCategory : public PathSupervisorTest, public testing::WithParamInterface<CategoryCase> {};

TEST_P(EachCategory, HasItsPathFailedBeforeItsReportingTimeAndNotMuchSooner) {
    const auto [category, reporting] = GetParam();
    supervise({.panel = ours, .category = category});
    poll();
    ASSERT_EQ(judge().size(), 1U);
    m_clock.advance(reporting / 2);
    EXPECT_TRUE(judge().empty());
    m_clock.advance(reporting / 4);
    const auto late = judge();
    ASSERT_EQ(late.size(), 1U);
    EXPECT_EQ(late.front().to, Late);
    m_clock.advance(reporting - reporting / 2 - reporting / 4 - std::max(reporting / 20, seconds{3s}));
    EXPECT_TRUE(judge().empty());
    const auto margin = std::clamp(reporting / 30, seconds{2s}, seconds{30s});
    m_clock.advance(std::max(reporting / 20, seconds{3s}) - margin);
    const auto failed = judge();
    ASSERT_EQ(failed.size(), 1U);
    EXPECT_EQ(failed.front(),
              (PathChange{.panel = ours, .path = primary, .from = Late, .to = Failed, .when = m_clock.now()}));
    EXPECT_TRUE(m_supervisor.silent().contains(ours));
}

INSTANTIATE_TEST_SUITE_P(OfTheStandard, EachCategory,
                         testing::Values(CategoryCase{PathCategory::Sp1, 32 * 24h},
                                         CategoryCase{PathCategory::Sp2, 25h}, CategoryCase{PathCategory::Sp3, 30min},
                                         CategoryCase{PathCategory::Sp4, 3min}, CategoryCase{PathCategory::Sp5, 90s},
                                         CategoryCase{PathCategory::Sp6, 20s}, CategoryCase{PathCategory::Dp1, 25h},
                                         CategoryCase{PathCategory::Dp2, 30min}, CategoryCase{PathCategory::Dp3, 3min},
                                         CategoryCase{PathCategory::Dp4, 90s}));

struct DualCase {
    PathCategory category;
    seconds primaryUp;
    seconds primaryDown;
};

class EachDualCategory : public PathSupervisorTest, public testing::WithParamInterface<DualCase> {};

TEST_P(EachDualCategory, GivesTheAlternativePathItsLongTimeWhileThePrimaryIsUp) {
    const auto [category, primaryUp, primaryDown] = GetParam();
    const auto poll10 = estate::reportingTime(category, primary, false).value() / 10;
    supervise({.panel = ours, .category = category, .hasAlternative = true});
    poll(alternative);
    seconds gone{0};
    while (gone + poll10 < primaryUp - 31s) {
        poll();
        m_clock.advance(poll10);
        gone += poll10;
        for (const PathChange& change : judge()) {
            EXPECT_NE(change.to, Failed);
        }
    }
    poll();
    m_clock.advance(primaryUp - gone);
    (void)judge();
    EXPECT_EQ(state(alternative), Failed);
    EXPECT_NE(state(primary), Failed);
    EXPECT_TRUE(m_supervisor.onOnePath().contains(ours));
}

TEST_P(EachDualCategory, GivesItTheShortTimeFromWhenThePrimaryFailed) {
    const auto [category, primaryUp, primaryDown] = GetParam();
    supervise({.panel = ours, .category = category, .hasAlternative = true});
    poll();
    poll(alternative);
    m_clock.advance(estate::failsAfter(category, primary, false).value());
    const auto first = judge();
    ASSERT_FALSE(first.empty());
    EXPECT_EQ(state(primary), Failed);
    EXPECT_NE(state(alternative), Failed);
    m_clock.advance(estate::failsAfter(category, alternative, true).value() - 1s);
    (void)judge();
    EXPECT_NE(state(alternative), Failed);
    m_clock.advance(1s);
    const auto both = judge();
    ASSERT_EQ(both.size(), 1U);
    EXPECT_EQ(both.front().path, alternative);
    EXPECT_EQ(both.front().to, Failed);
    EXPECT_TRUE(both.front().isCatastrophic);
    EXPECT_EQ(estate::reportingTime(category, alternative, true), primaryDown);
}

INSTANTIATE_TEST_SUITE_P(OfTheStandard, EachDualCategory,
                         testing::Values(DualCase{PathCategory::Dp1, 50h, 25h}, DualCase{PathCategory::Dp2, 25h, 30min},
                                         DualCase{PathCategory::Dp3, 25h, 3min}, DualCase{PathCategory::Dp4, 5h, 90s}));

TEST_F(PathSupervisorTest, IsLateWhenTwoPollsWereMissedAndUpAgainWithTheNext) {
    supervise({.panel = ours, .category = PathCategory::Sp4, .pollInterval = 20s});
    poll();
    (void)judge();
    EXPECT_TRUE(wait(49s).empty());
    const auto late = wait(1s);
    ASSERT_EQ(late.size(), 1U);
    EXPECT_EQ(late.front().to, Late);
    poll();
    EXPECT_EQ(judge().at(0).to, Up);
}

TEST_F(PathSupervisorTest, LearnsHowOftenAPathPollsAndKeepsItThroughALostPoll) {
    supervise({.panel = ours, .category = PathCategory::Sp4});
    EXPECT_EQ(standing().pollInterval, std::nullopt);
    pollFor(200s, 10s);
    EXPECT_EQ(standing().pollInterval, 10s);
    // An answer that was slow makes the panel send again, and a poll is lost.
    poll();
    m_clock.advance(1s);
    poll();
    wait(19s);
    poll();
    EXPECT_EQ(standing().pollInterval, 10s);
    (void)judge();
    EXPECT_TRUE(wait(24s).empty());
    EXPECT_EQ(wait(1s).size(), 1U);
    // Somebody set the panel otherwise.
    pollFor(200s, 40s);
    EXPECT_EQ(standing().pollInterval, 40s);
}

TEST_F(PathSupervisorTest, LeavesAPanelAloneThatPollsJustBeforeItsTimeIsUp) {
    supervise({.panel = ours, .category = PathCategory::Sp5, .pollInterval = 85s});
    poll();
    (void)judge();
    for (const PathChange& change : pollFor(3'600s, 85s)) {
        EXPECT_NE(change.to, Failed);
    }
    EXPECT_NE(state(), Failed);
}

TEST_F(PathSupervisorTest, TakesASignalForASignOfLifeAsAPollIs) {
    supervise({.panel = ours, .category = PathCategory::Sp6});
    signal();
    (void)judge();
    for (int time = 0; time < 20; ++time) {
        m_clock.advance(10s);
        signal();
        EXPECT_TRUE(judge().empty());
    }
    EXPECT_EQ(standing().pollInterval, std::nullopt);
}

class AFailedPath : public PathSupervisorTest {
protected:
    AFailedPath() {
        supervise({.panel = ours, .category = PathCategory::Sp4, .pollInterval = 30s});
        poll();
        m_clock.advance(10min);
        (void)judge();
    }
};

TEST_F(AFailedPath, IsRestoredByTwoPollsInTheirRhythm) {
    ASSERT_EQ(state(), Failed);
    poll();
    EXPECT_TRUE(judge().empty());
    EXPECT_TRUE(wait(30s).empty());
    poll();
    const auto restored = judge();
    ASSERT_EQ(restored.size(), 1U);
    EXPECT_EQ(restored.front().from, Failed);
    EXPECT_EQ(restored.front().to, Up);
    EXPECT_TRUE(m_supervisor.silent().empty());
}

TEST_F(AFailedPath, IsRestoredByASignalAndAPoll) {
    signal();
    m_clock.advance(15s);
    poll();
    EXPECT_EQ(judge().size(), 1U);
}

TEST_F(AFailedPath, IsNotRestoredByOnePollThatIsSentAgain) {
    poll();
    m_clock.advance(1s);
    poll();
    m_clock.advance(1s);
    poll();
    EXPECT_TRUE(judge().empty());
    EXPECT_EQ(state(), Failed);
}

TEST_F(AFailedPath, IsNotRestoredByPollsThatAreTooFarApart) {
    for (int time = 0; time < 5; ++time) {
        poll();
        m_clock.advance(3min);
        EXPECT_TRUE(judge().empty());
    }
    EXPECT_EQ(state(), Failed);
    poll();
    m_clock.advance(30s);
    poll();
    EXPECT_EQ(judge().size(), 1U);
}

class BothPathsFailed : public PathSupervisorTest {
protected:
    BothPathsFailed() {
        supervise({.panel = ours, .category = PathCategory::Dp4, .hasAlternative = true});
        poll();
        poll(alternative);
        (void)judge();
        m_fallen = wait(200s);
    }
    std::vector<PathChange> m_fallen;
};

TEST_F(BothPathsFailed, IsACatastropheOnce) {
    std::vector<PathChange> failures;
    for (const PathChange& change : m_fallen) {
        if (change.to == Failed) {
            failures.push_back(change);
        }
    }
    ASSERT_EQ(failures.size(), 2U);
    EXPECT_EQ(failures.at(0).path, primary);
    EXPECT_FALSE(failures.at(0).isCatastrophic);
    EXPECT_EQ(failures.at(1).path, alternative);
    EXPECT_TRUE(failures.at(1).isCatastrophic);
    EXPECT_TRUE(m_supervisor.silent().contains(ours));
}

TEST_F(BothPathsFailed, IsOverWithTheFirstPathThatIsBack) {
    pollFor(11s, 11s, alternative);
    poll(alternative);
    const auto first = judge();
    ASSERT_EQ(first.size(), 1U);
    EXPECT_TRUE(first.front().isCatastrophic);
    EXPECT_EQ(first.front().to, Up);
    EXPECT_TRUE(m_supervisor.silent().empty());
    EXPECT_TRUE(m_supervisor.onOnePath().contains(ours));
    poll();
    m_clock.advance(11s);
    poll();
    const auto second = judge();
    ASSERT_EQ(second.size(), 1U);
    EXPECT_FALSE(second.front().isCatastrophic);
    EXPECT_TRUE(m_supervisor.onOnePath().empty());
}

TEST_F(PathSupervisorTest, HasAnAlternativePathUpAgainThatIsNotLateAnyMoreWithThePrimaryBack) {
    supervise({.panel = ours, .category = PathCategory::Dp3, .hasAlternative = true});
    poll();
    poll(alternative);
    (void)judge();
    wait(174s + 130s);
    ASSERT_EQ(state(primary), Failed);
    ASSERT_EQ(state(alternative), Late);
    poll();
    m_clock.advance(15s);
    poll();
    const auto changes = judge();
    ASSERT_EQ(changes.size(), 2U);
    EXPECT_EQ(state(primary), Up);
    EXPECT_EQ(state(alternative), Up);
}

TEST_F(PathSupervisorTest, HasAPanelFailedThatWasNeverHeardAfterItsReportingTime) {
    supervise({.panel = ours, .category = PathCategory::Sp4});
    EXPECT_TRUE(wait(170s).empty());
    const auto failed = wait(10s);
    ASSERT_EQ(failed.size(), 1U);
    EXPECT_EQ(failed.front().from, Unknown);
    EXPECT_EQ(failed.front().to, Failed);
    EXPECT_EQ(standing().heard, std::nullopt);
}

TEST_F(PathSupervisorTest, MindsNoStepOfTheWallClock) {
    supervise({.panel = ours, .category = PathCategory::Sp4, .pollInterval = 30s});
    pollFor(60s, 30s);
    for (const auto step : {1h, -2h, 24h}) {
        m_clock.stepWallClock(step);
        poll();
        (void)judge();
        EXPECT_EQ(state(), Up);
    }
    m_clock.advance(10min);
    (void)judge();
    ASSERT_EQ(state(), Failed);
    poll();
    m_clock.stepWallClock(1h);
    poll();
    EXPECT_TRUE(judge().empty());
    EXPECT_EQ(state(), Failed);
}

PathStanding remembered(PathState state, seconds silence, std::optional<seconds> interval = {}) {
    PathStanding standing;
    standing.panel = ours;
    standing.state = state;
    standing.heard = base::fromStored(1'600'000'000'000'000);
    standing.silence = silence;
    standing.pollInterval = interval;
    return standing;
}

TEST_F(PathSupervisorTest, FailsNobodyRightAfterAStart) {
    m_supervisor.remember(remembered(Up, 179s), now());
    supervise({.panel = ours, .category = PathCategory::Sp4});
    EXPECT_TRUE(wait(115s).empty());
    (void)wait(55s);
    EXPECT_EQ(state(), Late);
    (void)wait(5s);
    EXPECT_EQ(state(), Failed);
}

TEST_F(PathSupervisorTest, CountsTheSilenceBeforeAStartIfAPollIsExpectedSoonAfterIt) {
    m_supervisor.remember(remembered(Up, 20 * 24h, 24h), now());
    supervise({.panel = ours, .category = PathCategory::Sp1});
    m_clock.advance(11 * 24h);
    (void)judge();
    EXPECT_EQ(state(), Late);
    m_clock.advance(24h);
    (void)judge();
    EXPECT_EQ(state(), Failed);
}

TEST_F(PathSupervisorTest, GivesAPathTwoPollsAfterAStartHoweverLongItWasSilent) {
    m_supervisor.remember(remembered(Up, 32 * 24h - 2min, 24h), now());
    supervise({.panel = ours, .category = PathCategory::Sp1});
    m_clock.advance(47h);
    (void)judge();
    EXPECT_NE(state(), Failed);
    m_clock.advance(1h);
    (void)judge();
    EXPECT_EQ(state(), Failed);
}

TEST_F(PathSupervisorTest, KeepsAPathFailedOverAStartUntilItIsHeardTwice) {
    m_supervisor.remember(remembered(Failed, 10min), now());
    supervise({.panel = ours, .category = PathCategory::Sp4});
    EXPECT_TRUE(m_supervisor.silent().contains(ours));
    EXPECT_TRUE(wait(200s).empty());
    poll();
    m_clock.advance(20s);
    poll();
    ASSERT_EQ(judge().size(), 1U);
    EXPECT_EQ(state(), Up);
}

TEST_F(PathSupervisorTest, SaysSoWhenAFailedPathIsSupervisedNoLonger) {
    supervise({.panel = ours, .category = PathCategory::Dp4, .hasAlternative = true});
    wait(200s);
    ASSERT_TRUE(m_supervisor.silent().contains(ours));
    supervise({.panel = ours, .category = PathCategory::Sp1});
    const auto fewer = judge();
    ASSERT_EQ(fewer.size(), 1U);
    EXPECT_EQ(fewer.front().path, alternative);
    EXPECT_EQ(fewer.front().to, Unknown);
    EXPECT_TRUE(fewer.front().isCatastrophic);
    m_supervisor.supervise({}, now());
    const auto gone = judge();
    ASSERT_EQ(gone.size(), 1U);
    EXPECT_EQ(gone.front().path, primary);
    EXPECT_TRUE(m_supervisor.silent().empty());
    poll();
    EXPECT_TRUE(judge().empty());
    EXPECT_FALSE(m_supervisor.standing(ours, primary, now()));
}

TEST_F(PathSupervisorTest, GivesAPathItsNewTimeWhenItsCategoryChanges) {
    supervise({.panel = ours, .category = PathCategory::Sp1});
    poll();
    m_clock.advance(48h);
    supervise({.panel = ours, .category = PathCategory::Sp4});
    (void)judge();
    EXPECT_EQ(state(), Up);
    wait(180s);
    EXPECT_EQ(state(), Failed);
}

TEST_F(PathSupervisorTest, TellsWhatWasHeardOnce) {
    supervise({.panel = ours, .category = PathCategory::Sp4});
    poll();
    m_clock.advance(5s);
    poll();
    m_clock.advance(3s);
    const auto told = m_supervisor.takeHeard(now());
    ASSERT_EQ(told.size(), 1U);
    EXPECT_EQ(told.front().silence, 3s);
    EXPECT_TRUE(m_supervisor.takeHeard(now()).empty());
}

TEST_F(PathSupervisorTest, HasThousandsFailAndComeBackInOneStep) {
    std::vector<SupervisedPanel> panels;
    for (int panel = 1; panel <= 20'000; ++panel) {
        panels.push_back({.panel = PanelId{panel}, .category = PathCategory::Sp5});
    }
    m_supervisor.supervise(panels, now());
    m_clock.advance(2min);
    EXPECT_EQ(judge().size(), 20'000U);
    EXPECT_EQ(m_supervisor.silent().size(), 20'000U);
    for (int time = 0; time < 2; ++time) {
        for (int panel = 1; panel <= 20'000; ++panel) {
            m_supervisor.heard(PanelId{panel}, primary, PathSupervisor::Sign::Poll, now());
        }
        m_clock.advance(20s);
    }
    EXPECT_EQ(judge().size(), 20'000U);
    EXPECT_TRUE(m_supervisor.silent().empty());
}

}  // namespace
}  // namespace leedswatch::tests
