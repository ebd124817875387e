#include "transcode/job_progress.h"

#include "support/fake_clock.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using transcode::JobProgress;
using transcode::TranscodePhase;

class JobProgressTest : public ::testing::Test {
protected:
    FakeClock m_clock{base::fromStored(0)};
    JobProgress m_progress{m_clock, 0};
};

TEST_F(JobProgressTest, GrowsFromPhaseToPhaseAndEndsAtTheWhole) {
    int before = -1;
    for (const auto phase : {TranscodePhase::Hashing, TranscodePhase::Recalling, TranscodePhase::Looking,
                             TranscodePhase::Making, TranscodePhase::Joining, TranscodePhase::Checking}) {
        m_progress.take({phase, 0, 100});
        EXPECT_GE(m_progress.share(), before);
        m_progress.take({phase, 50, 100});
        EXPECT_GT(m_progress.share(), before);
        before = m_progress.share();
    }
    m_progress.take({TranscodePhase::Checking, 100, 100});
    EXPECT_EQ(m_progress.share(), 1000);
}

TEST_F(JobProgressTest, NeverGoesBackBehindWhatAnEarlierRunHadReached) {
    JobProgress progress{m_clock, 430};
    progress.take({TranscodePhase::Hashing, 50, 100});
    EXPECT_EQ(progress.share(), 430);
    EXPECT_EQ(progress.phase(), TranscodePhase::Hashing);
    progress.take({TranscodePhase::Making, 90, 100});
    EXPECT_GT(progress.share(), 430);
}

TEST_F(JobProgressTest, ALengthThatIsNotKnownOrIsExceededDoesNoHarm) {
    m_progress.take({TranscodePhase::Looking, 500, 0});
    EXPECT_EQ(m_progress.share(), 30);
    EXPECT_FALSE(m_progress.left());
    m_progress.take({TranscodePhase::Looking, 500, 100});
    EXPECT_EQ(m_progress.share(), 250);
}

TEST_F(JobProgressTest, SaysWhatIsLeftByThePaceOfTheLastMinute) {
    double done = 0;
    const auto goOn = [&](int seconds, double pace) {
        for (int i = 0; i < seconds; ++i) {
            m_clock.advance(1s);
            done += pace;
            m_progress.take({TranscodePhase::Making, done, 1000});
        }
    };
    goOn(8, 2);
    EXPECT_FALSE(m_progress.left()) << "too early to tell";
    goOn(12, 2);
    EXPECT_EQ(m_progress.left(), 480s);
    goOn(90, 5);
    EXPECT_EQ(m_progress.left(), 102s) << "the slow beginning is forgotten";
    m_progress.take({TranscodePhase::Joining, 10, 1000});
    EXPECT_FALSE(m_progress.left()) << "another phase, another pace";
}

TEST_F(JobProgressTest, IsToldEveryTwoSecondsAndAtOnceInANewPhase) {
    m_progress.take({TranscodePhase::Hashing, 0, 100});
    EXPECT_TRUE(m_progress.isDue());
    m_clock.advance(1900ms);
    EXPECT_FALSE(m_progress.isDue());
    m_progress.take({TranscodePhase::Looking, 0, 100});
    EXPECT_TRUE(m_progress.isDue());
    m_clock.advance(2s);
    EXPECT_TRUE(m_progress.isDue());
}

}  // namespace
}  // namespace leedswatch::tests
