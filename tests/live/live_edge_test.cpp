#include "video/live_edge.h"

#include <gtest/gtest.h>

namespace leedswatch::video {
namespace {

using namespace std::chrono_literals;

constexpr std::int64_t ticksPerPicture = 3600;

class LiveEdgeTest : public ::testing::Test {
protected:
    /// The next picture, `gap` after the one before, for which reading waited `waited`.
    bool next(base::SteadyTime::duration gap, base::SteadyTime::duration waited, std::int64_t ticks = ticksPerPicture) {
        m_now += gap;
        m_media += ticks;
        return m_edge.arrived(m_now, waited, m_media);
    }

    LiveEdge m_edge;
    base::SteadyTime m_now{1000s};
    std::int64_t m_media = 5'000'000;
};

TEST_F(LiveEdgeTest, ABurstIsOfThePastUntilReadingWaits) {
    for (int picture = 0; picture < 50; ++picture) {
        ASSERT_FALSE(next(1ms, 0ms));
    }
    EXPECT_FALSE(next(40ms, 38ms));
    EXPECT_TRUE(next(40ms, 38ms));
}

TEST_F(LiveEdgeTest, ABurstSqueezedToAMillisecondStepIsOfThePastToo) {
    for (int picture = 0; picture < 50; ++picture) {
        ASSERT_FALSE(next(2ms, 0ms, 90));
    }
    EXPECT_FALSE(next(40ms, 38ms, 50 * ticksPerPicture));
    EXPECT_FALSE(next(40ms, 38ms));
    EXPECT_TRUE(next(40ms, 38ms));
}

TEST_F(LiveEdgeTest, APauseInTheBurstIsNotThePresent) {
    for (int picture = 0; picture < 10; ++picture) {
        ASSERT_FALSE(next(12ms, 11ms));
    }
}

TEST_F(LiveEdgeTest, ACameraOfTwoPicturesASecondIsThereWithTheFirstLongWait) {
    EXPECT_FALSE(next(0ms, 1ms, 45'000));
    EXPECT_TRUE(next(500ms, 499ms, 45'000));
}

TEST_F(LiveEdgeTest, AStreamThatFallsBehindItsClockIsOfThePastAgain) {
    next(40ms, 38ms);
    ASSERT_TRUE(next(40ms, 38ms));
    bool current = true;
    for (int picture = 0; picture < 40; ++picture) {
        current = next(80ms, 0ms);
    }
    EXPECT_FALSE(current);
    EXPECT_GT(m_edge.lag(), 1s);
    for (int picture = 0; picture < 60; ++picture) {
        current = next(5ms, 0ms);
    }
    EXPECT_TRUE(current);
}

TEST_F(LiveEdgeTest, ACameraWhoseClockStoodStillIsThePresentAgainAfterTwoSeconds) {
    next(40ms, 38ms);
    ASSERT_TRUE(next(40ms, 38ms));
    ASSERT_FALSE(next(10s, 10s));
    bool current = false;
    for (int picture = 0; picture < 60; ++picture) {
        current = next(40ms, 38ms);
    }
    EXPECT_TRUE(current);
}

}  // namespace
}  // namespace leedswatch::video
