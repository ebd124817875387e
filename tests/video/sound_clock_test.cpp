#include "video/sound_clock.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;

/// A camera whose pictures and sound have clocks of their own, and that says how they belong together when it is told
/// to. Sound comes in pieces of 20 ms.
class SoundClockTest : public ::testing::Test {
protected:
    static constexpr int kRate = 8'000;
    static constexpr std::uint32_t kPiece = 160;
    static constexpr std::int64_t kPieceTicks = 1'800;
    static constexpr std::int64_t kFirstPicture = 500'000;

    void picture(std::chrono::milliseconds at) {
        m_clock.picture(kFirstPicture + at.count() * 90,
                        m_reports ? std::optional{base::UtcTime{} + at + m_pictureReportError} : std::nullopt,
                        base::SteadyTime{} + at);
    }
    /// Heard from `at` on, arriving `late` after its end.
    std::optional<std::int64_t> sound(std::chrono::milliseconds at, std::chrono::milliseconds late = 0ms) {
        const auto samples = static_cast<std::uint32_t>(at.count() * 8);
        return m_clock.place(m_firstTimestamp + samples, kPiece,
                             m_reports ? std::optional{base::UtcTime{} + at} : std::nullopt,
                             base::SteadyTime{} + at + 20ms + late);
    }
    static std::int64_t ticksAt(std::chrono::milliseconds at) { return kFirstPicture + at.count() * 90; }

    video::SoundClock m_clock{kRate};
    bool m_reports = true;
    std::uint32_t m_firstTimestamp = 0xFFFF'FF00;  // it wraps at once
    base::Microseconds m_pictureReportError{0};
};

TEST_F(SoundClockTest, ReportsPutSoundWhereItWasHeard) {
    picture(0ms);
    // It comes 300 ms late, as a camera's sound encoder may make it.
    for (auto at = 0ms; at < 1000ms; at += 20ms) {
        EXPECT_EQ(sound(at, 300ms), ticksAt(at));
    }
}

TEST_F(SoundClockTest, WithoutReportsTheArrivalSaysIt) {
    m_reports = false;
    picture(0ms);
    EXPECT_EQ(sound(100ms), ticksAt(100ms));
    // What jitters afterwards moves nothing: its samples are counted.
    EXPECT_EQ(sound(120ms, 80ms), ticksAt(120ms));
    EXPECT_EQ(sound(140ms, 5ms), ticksAt(140ms));
}

TEST_F(SoundClockTest, BeforeTheFirstPictureThereIsNoPlace) {
    EXPECT_FALSE(sound(0ms));
    picture(20ms);
    EXPECT_TRUE(sound(20ms));
}

TEST_F(SoundClockTest, TheFirstReportPutsRightWhatTheArrivalSaid) {
    m_reports = false;
    picture(0ms);
    EXPECT_EQ(sound(0ms, 200ms), ticksAt(200ms)) << "it came late";
    m_reports = true;
    picture(20ms);
    // Put in place it would lie over what was given: so much is left out, once.
    EXPECT_FALSE(sound(20ms, 200ms));
    EXPECT_EQ(m_clock.leftOut(), 1);
    EXPECT_EQ(sound(220ms, 200ms), ticksAt(220ms));
}

TEST_F(SoundClockTest, AHoleStaysAHole) {
    picture(0ms);
    EXPECT_EQ(sound(0ms), ticksAt(0ms));
    picture(480ms);
    EXPECT_EQ(sound(480ms), ticksAt(480ms));
}

TEST_F(SoundClockTest, APieceThatComesTwiceIsLeftOut) {
    picture(0ms);
    EXPECT_TRUE(sound(0ms));
    EXPECT_TRUE(sound(20ms));
    EXPECT_FALSE(sound(20ms));
    EXPECT_FALSE(sound(0ms));
    EXPECT_EQ(sound(40ms), ticksAt(40ms));
}

TEST_F(SoundClockTest, OneWrongReportMovesNothing) {
    picture(0ms);
    EXPECT_EQ(sound(0ms), ticksAt(0ms));
    m_pictureReportError = 400ms;
    picture(20ms);
    EXPECT_EQ(sound(20ms), ticksAt(20ms));
    m_pictureReportError = 0ms;
    picture(40ms);
    EXPECT_EQ(sound(40ms), ticksAt(40ms));
}

TEST_F(SoundClockTest, WhatHasDriftedApartForThreeSecondsIsPutInPlace) {
    picture(0ms);
    EXPECT_EQ(sound(0ms), ticksAt(0ms));
    m_pictureReportError = -100ms;
    for (auto at = 20ms; at < 3000ms; at += 20ms) {
        picture(at);
        EXPECT_EQ(sound(at), ticksAt(at));
    }
    picture(3020ms);
    EXPECT_EQ(sound(3020ms), ticksAt(3120ms));
}

TEST_F(SoundClockTest, ReportsThatCannotBeTrueAreNotBelieved) {
    m_pictureReportError = 1h;
    picture(0ms);
    EXPECT_EQ(sound(0ms), ticksAt(0ms));
    EXPECT_EQ(sound(20ms), ticksAt(20ms));
}

TEST_F(SoundClockTest, AnotherBeginningOfTheSoundIsPutInPlaceAtOnce) {
    picture(0ms);
    EXPECT_EQ(sound(0ms), ticksAt(0ms));
    m_firstTimestamp = 12'345'678;
    picture(20ms);
    EXPECT_EQ(sound(20ms), ticksAt(20ms));
}

// Where MediaClock gave pictures other times than the camera said, sound follows it.
TEST_F(SoundClockTest, SoundFollowsTimesThatWereMended) {
    m_reports = false;
    m_clock.picture(0, std::nullopt, base::SteadyTime{});
    EXPECT_EQ(sound(0ms), 0);
    for (auto at = 20ms; at < 6000ms; at += 20ms) {
        // The pictures' times were set on by two seconds.
        m_clock.picture(180'000 + at.count() * 90, std::nullopt, base::SteadyTime{} + at);
        static_cast<void>(sound(at));
    }
    EXPECT_EQ(sound(6000ms), 180'000 + 6'000 * 90);
}

}  // namespace
}  // namespace leedswatch::tests
