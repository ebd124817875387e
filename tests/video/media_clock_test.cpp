#include "video/media_clock.h"

#include "video/packet.h"

#include <gtest/gtest.h>

#include <vector>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using video::MediaClock;

constexpr std::int64_t kFrame = 3'600;
constexpr std::int64_t kSecond = video::kMediaTicksPerSecond;

/// A camera of 25 pictures a second, each arriving when it was taken.
class MediaClockTest : public testing::Test {
protected:
    std::int64_t arrive(std::optional<std::int64_t> said, base::SteadyTime::duration after = 40ms) {
        m_now += after;
        return m_clock.mend(said, m_now);
    }

    /// `count` good pictures from `said` on; the last one's time.
    std::int64_t arriveGood(std::int64_t said, int count) {
        std::int64_t given = 0;
        for (int i = 0; i < count; ++i) {
            given = arrive(said + i * kFrame);
        }
        return given;
    }

    MediaClock m_clock;
    base::SteadyTime m_now{};
};

TEST_F(MediaClockTest, TimesThatAreRightStayAsTheCameraSaidThem) {
    EXPECT_EQ(arrive(1'000), 1'000);
    EXPECT_EQ(arriveGood(1'000 + kFrame, 100), 1'000 + 100 * kFrame);
    EXPECT_EQ(m_clock.mended().total(), 0);
}

TEST_F(MediaClockTest, AStallAndTheBurstBehindItAreNoFault) {
    arriveGood(0, 10);
    EXPECT_EQ(arrive(10 * kFrame, 2'900ms), 10 * kFrame);
    for (int i = 11; i < 80; ++i) {
        EXPECT_EQ(arrive(i * kFrame, 0ms), i * kFrame);
    }
    EXPECT_EQ(m_clock.mended().total(), 0);
}

TEST_F(MediaClockTest, PicturesInTheOrderOfDecodingKeepTheirTimes) {
    const std::vector<std::int64_t> frames{0, 4, 2, 1, 3, 8, 6, 5, 7, 12, 10, 9, 11};
    for (const auto frame : frames) {
        EXPECT_EQ(arrive(frame * kFrame), frame * kFrame);
    }
    EXPECT_EQ(m_clock.mended().total(), 0);
}

TEST_F(MediaClockTest, TheFirstPictureMayHaveNoTimeAndIsOneFrameBeforeTheSecond) {
    const auto first = arrive(std::nullopt);
    const auto second = arrive(5'000'000, 0ms);
    EXPECT_EQ(second - first, kFrame);
    EXPECT_EQ(arrive(5'000'000 + kFrame) - second, kFrame);
    EXPECT_EQ(m_clock.mended().total(), 0);
}

TEST_F(MediaClockTest, AMissingTimeIsThatOfTheArrival) {
    arriveGood(0, 10);
    EXPECT_EQ(arrive(std::nullopt), 10 * kFrame);
    EXPECT_EQ(arrive(11 * kFrame), 11 * kFrame);
    EXPECT_EQ(m_clock.mended().missing, 1);
    EXPECT_EQ(m_clock.mended().total(), 1);
}

TEST_F(MediaClockTest, AClockThatStandsGoesByTheArrivals) {
    std::int64_t last = arriveGood(0, 10);
    for (int i = 0; i < 50; ++i) {
        const auto given = arrive(9 * kFrame);
        EXPECT_EQ(given - last, kFrame);
        last = given;
    }
    EXPECT_EQ(m_clock.mended().repeated, 50);
    EXPECT_EQ(arrive(10 * kFrame) - last, kFrame) << "it goes on from where it is, and not behind itself";
    EXPECT_EQ(m_clock.mended().total(), 50);
}

TEST_F(MediaClockTest, A32BitClockThatWrapsGoesOn) {
    const std::int64_t wrap = std::int64_t{1} << 32;
    const auto last = arriveGood(wrap - 10 * kFrame, 10);
    EXPECT_EQ(arrive(0) - last, kFrame);
    EXPECT_EQ(arriveGood(kFrame, 100) - last, 101 * kFrame);
    EXPECT_EQ(m_clock.mended().wrapped, 1);
    EXPECT_EQ(m_clock.mended().total(), 1);
}

TEST_F(MediaClockTest, AClockThatGoesBackByAnHourGoesOnByTheArrivals) {
    const auto last = arriveGood(4'000 * kSecond, 10);
    EXPECT_EQ(arrive(400 * kSecond) - last, kFrame);
    EXPECT_EQ(arriveGood(400 * kSecond + kFrame, 10) - last, 11 * kFrame);
    EXPECT_EQ(m_clock.mended().backwards, 1);
    EXPECT_EQ(m_clock.mended().total(), 1);
}

TEST_F(MediaClockTest, AClockThatGoesBackALittleIsMendedAtThePictureThatShowsIt) {
    const auto last = arriveGood(0, 30);
    EXPECT_EQ(arrive(20 * kFrame) - last, kFrame) << "a picture was there already";
    EXPECT_EQ(arriveGood(21 * kFrame, 10) - last, 11 * kFrame);
    EXPECT_EQ(m_clock.mended().backwards, 1);
    EXPECT_EQ(m_clock.mended().total(), 1);
}

TEST_F(MediaClockTest, ALeapAheadIsThatOfTheArrival) {
    const auto last = arriveGood(0, 10);
    EXPECT_EQ(arrive(3'600 * kSecond) - last, kFrame);
    EXPECT_EQ(arriveGood(3'600 * kSecond + kFrame, 10) - last, 11 * kFrame);
    EXPECT_EQ(m_clock.mended().leaping, 1);
    EXPECT_EQ(m_clock.mended().total(), 1);
}

TEST_F(MediaClockTest, NoiseInsteadOfTimesNeverGoesBackFar) {
    std::uint64_t random = 12'345;
    std::int64_t latest = arriveGood(0, 10);
    for (int i = 0; i < 10'000; ++i) {
        random = random * 6'364'136'223'846'793'005U + 1'442'695'040'888'963'407U;
        const auto given = arrive(static_cast<std::int64_t>(random >> 20U));
        EXPECT_GT(given, latest - kSecond);
        EXPECT_LT(given, latest + 10 * kSecond);
        latest = std::max(latest, given);
    }
}

}  // namespace
}  // namespace leedswatch::tests
