#include "analytics/motion_detector.h"

#include "drawn_place.h"
#include "motion_words.h"

#include <gmock/gmock.h>
#include <opencv2/imgproc.hpp>

#include <cmath>
#include <numbers>

namespace leedswatch::analytics {

namespace {

constexpr double drawnRate = 25;

class MotionDetection : public ::testing::Test {
protected:
    /// All events of the place in that time, the last one ended with it.
    std::vector<MotionEvent> watch(double from, double until) {
        std::vector<MotionEvent> events;
        for (double seconds = from; seconds < until; seconds += 1 / drawnRate) {
            if (!m_detector->wants(seconds)) {
                continue;
            }
            for (MotionEvent& event : m_detector->apply(m_place.at(seconds), seconds)) {
                events.push_back(std::move(event));
            }
        }
        if (auto last = m_detector->finish()) {
            events.push_back(std::move(*last));
        }
        return events;
    }
    void watchBy(MotionRule rule) { m_detector = std::make_unique<MotionDetector>(std::move(rule)); }

    DrawnPlace m_place;
    std::unique_ptr<MotionDetector> m_detector = std::make_unique<MotionDetector>(MotionRule{});
};

MotionZone box(MotionZone::Kind kind, int left, int top, int right, int bottom) {
    return {kind, {{left, top}, {right, top}, {right, bottom}, {left, bottom}}};
}

// 20 pixels of a picture of 576 lines.
constexpr int smallWalker = 7;

TEST_F(MotionDetection, NothingHappensWhereNothingMoves) {
    EXPECT_THAT(watch(0, 60), ::testing::IsEmpty());
}

TEST_F(MotionDetection, AWalkerOfTwentyLinesIsOneEventFromComingToLeaving) {
    m_place.with(walker(smallWalker, {-4, 120}, {241, 120}, 10, 60));
    const auto events = watch(0, 70);
    ASSERT_EQ(events.size(), 1U);
    EXPECT_NEAR(events[0].start, 10.8, 0.8);
    EXPECT_NEAR(events[0].end, 59.4, 0.8);
}

TEST_F(MotionDetection, SomebodyWhoStandsStillForTenSecondsIsStillTheSameEvent) {
    m_place.with(walker(smallWalker, {60, 120}, {110, 120}, 5, 15, 25))
        .with(walker(smallWalker, {110, 120}, {160, 120}, 25, 35));
    const auto events = watch(0, 45);
    ASSERT_EQ(events.size(), 1U);
    EXPECT_NEAR(events[0].start, 5, 1);
    EXPECT_NEAR(events[0].end, 35, 0.5);
}

TEST_F(MotionDetection, BoxesSayWhereItWas) {
    m_place.with(walker(40, {20, 150}, {220, 150}, 5, 15));
    const auto events = watch(0, 20);
    ASSERT_EQ(events.size(), 1U);
    ASSERT_GE(events[0].sightings.size(), 8U);
    for (const MotionSighting& seen : events[0].sightings) {
        const double expected = (20 + 200 * (seen.seconds - 5) / 10) / DrawnPlace::size.width * 10'000;
        EXPECT_NEAR(seen.box.left + seen.box.width / 2.0, expected, 400) << seen.seconds;
        EXPECT_NEAR(seen.box.top + seen.box.height, 150.0 / DrawnPlace::size.height * 10'000, 300);
    }
    EXPECT_NEAR(events[0].peakShare, 40 * 16 * 10'000 / DrawnPlace::size.area(), 60);
}

TEST_F(MotionDetection, ALorryThatFillsMostOfThePictureIsOneEvent) {
    m_place.with([](cv::Mat& picture, double seconds) {
        const int left = cvRound(-220 + (seconds - 15) * 60);
        const cv::Rect lorry = cv::Rect{left, 10, 220, 170} & cv::Rect{{0, 0}, picture.size()};
        if (seconds > 15 && !lorry.empty()) {
            picture(lorry).setTo(cv::Scalar{40, 60, 190});
        }
    });
    const auto events = watch(0, 30);
    ASSERT_EQ(events.size(), 1U);
    EXPECT_NEAR(events[0].start, 15, 1);
    EXPECT_NEAR(events[0].end, 22.6, 0.6) << ::testing::PrintToString(events[0]);
}

TEST_F(MotionDetection, TheSunAndTheIrisAreNotMotion) {
    m_place.with([](cv::Mat& picture, double seconds) {
        picture.convertTo(picture, -1, 1 + 0.45 * std::sin(seconds * std::numbers::pi / 6), 0);
    });
    EXPECT_THAT(watch(0, 60), ::testing::IsEmpty());
}

TEST_F(MotionDetection, LightThatFallsOnAPartOfThePictureIsNotMotion) {
    m_place.with([](cv::Mat& picture, double seconds) {
        const double light = 1 + 0.5 * std::clamp((seconds - 5) / 2, 0.0, 1.0);
        cv::Mat lit = picture(cv::Rect{60, 40, 120, 120});
        lit.convertTo(lit, -1, light, 0);
    });
    EXPECT_THAT(watch(0, 30), ::testing::IsEmpty());
}

TEST_F(MotionDetection, SwitchingToInfraredIsNotMotionAndBlindsItForSecondsOnly) {
    m_place
        .with([](cv::Mat& picture, double seconds) {
            const double share = std::clamp((seconds - 10) / 0.6, 0.0, 1.0);
            cv::Mat grey;
            cv::cvtColor(picture, grey, cv::COLOR_BGR2GRAY);
            cv::cvtColor(grey, grey, cv::COLOR_GRAY2BGR);
            cv::Mat infrared;
            cv::subtract(cv::Scalar::all(250), grey, infrared);  // leaves shine, signs go dark
            cv::addWeighted(picture, 1 - share, infrared, share, 0, picture);
        })
        .with(walker(20, {20, 120}, {220, 120}, 20, 35));
    const auto events = watch(0, 40);
    ASSERT_EQ(events.size(), 1U);
    EXPECT_NEAR(events[0].start, 20, 1);
}

TEST_F(MotionDetection, RainIsNotMotion) {
    auto random = std::make_shared<cv::RNG>(3);
    m_place.with([random](cv::Mat& picture, double) {
        for (int drop = 0; drop < 60; ++drop) {
            const cv::Point top{random->uniform(0, picture.cols), random->uniform(-10, picture.rows)};
            cv::line(picture, top, top + cv::Point{1, random->uniform(5, 12)}, cv::Scalar::all(190), 1, cv::LINE_AA);
        }
    });
    EXPECT_THAT(watch(0, 120), ::testing::IsEmpty());
}

TEST_F(MotionDetection, ATreeInTheWindIsNotMotionOnceItIsKnown) {
    cv::RNG random{5};
    cv::Mat leaves(80, 80, CV_8UC3);
    random.fill(leaves, cv::RNG::UNIFORM, 20, 160);
    cv::GaussianBlur(leaves, leaves, {5, 5}, 0);
    m_place.with([leaves](cv::Mat& picture, double seconds) {
        const int sway = cvRound(4 * std::sin(seconds * 2.1) + 2 * std::sin(seconds * 5.3));
        const int lift = cvRound(2 * std::sin(seconds * 3.7));
        leaves.copyTo(picture(cv::Rect{30 + sway, 20 + lift, 80, 80}));
    });
    static_cast<void>(watch(0, 180));
    EXPECT_THAT(watch(180, 300), ::testing::IsEmpty());
}

TEST_F(MotionDetection, AnEscalatorIsNotMotionOnceItIsKnownButWhoeverLeavesItIs) {
    m_place
        .with([](cv::Mat& picture, double seconds) {
            cv::Mat steps = picture(cv::Rect{40, 90, 50, 100});
            for (int y = 0; y < steps.rows; ++y) {
                const double phase = std::fmod(y + seconds * 14, 12);
                steps.row(y).setTo(cv::Scalar::all(phase < 5 ? 40 : 120));
            }
        })
        .with(walker(24, {120, 150}, {220, 150}, 270, 280));
    static_cast<void>(watch(0, 240));
    const auto events = watch(240, 300);
    ASSERT_EQ(events.size(), 1U);
    EXPECT_NEAR(events[0].start, 270, 1.5);
    EXPECT_NEAR(events[0].end, 280, 1);
}

TEST_F(MotionDetection, AClockThatIsWrittenIntoThePictureIsNotMotion) {
    m_place.with([](cv::Mat& picture, double seconds) {
        const auto whole = static_cast<int>(seconds);
        const std::string text = "12:" + std::to_string(10 + whole / 60) + ":" + std::to_string(10 + whole % 60);
        cv::putText(picture, text, {8, 16}, cv::FONT_HERSHEY_PLAIN, 0.9, cv::Scalar::all(255), 1);
    });
    EXPECT_THAT(watch(0, 120), ::testing::IsEmpty());
}

TEST_F(MotionDetection, AnEncoderThatPumpsAtKeyFramesIsNotMotion) {
    m_place.with([](cv::Mat& picture, double seconds) {
        const double sinceKeyFrame = std::fmod(seconds, 2.0);
        cv::Mat coarse;
        cv::blur(picture, coarse, {7, 7});
        const double lost = 0.9 * (1 - sinceKeyFrame / 2);  // sharp again when the next one comes
        cv::addWeighted(picture, 1 - lost, coarse, lost, 3 * (1 - sinceKeyFrame), picture);
    });
    EXPECT_THAT(watch(0, 60), ::testing::IsEmpty());
}

TEST_F(MotionDetection, NothingCountsForFiveSecondsAfterTheCameraWasAway) {
    m_place.with(walker(30, {20, 150}, {220, 150}, 30.5, 34)).with(walker(30, {220, 150}, {20, 150}, 45, 52));
    static_cast<void>(watch(0, 10));
    m_detector->restart(5);
    const auto events = watch(30, 60);
    ASSERT_EQ(events.size(), 1U);
    EXPECT_NEAR(events[0].start, 45, 0.5);
}

TEST_F(MotionDetection, APictureOfAnotherSizeIsAnotherScene) {
    static_cast<void>(watch(0, 5));
    cv::Mat other(100, 160, CV_8UC3, cv::Scalar::all(90));
    EXPECT_TRUE(m_detector->apply(other, 5.5).empty());
    EXPECT_FALSE(m_detector->current());
    EXPECT_EQ(m_detector->activity().size(), other.size());
}

TEST_F(MotionDetection, OnlyWhatIsInAZoneCountsFromWhereItEnters) {
    watchBy({{box(MotionZone::Kind::Include, 5'000, 0, 10'000, 10'000)}, 50, {}});
    m_place.with(walker(30, {0, 150}, {236, 150}, 5, 25));
    const auto events = watch(0, 30);
    ASSERT_EQ(events.size(), 1U);
    EXPECT_NEAR(events[0].start, 15, 1);
    EXPECT_NEAR(events[0].end, 25, 1);
}

TEST_F(MotionDetection, WhatIsInAnExcludedZoneDoesNotCount) {
    watchBy({{box(MotionZone::Kind::Exclude, 0, 5'000, 10'000, 10'000)}, 50, {}});
    m_place.with(walker(30, {0, 170}, {236, 170}, 5, 25));
    EXPECT_THAT(watch(0, 30), ::testing::IsEmpty());
}

TEST_F(MotionDetection, WhatIsSmallerThanTheLeastObjectDoesNotCount) {
    m_place.with(walker(20, {0, 150}, {236, 150}, 5, 25));
    watchBy({{}, 50, {2'500, 2'500}});
    EXPECT_THAT(watch(0, 30), ::testing::IsEmpty());
}

TEST_F(MotionDetection, FarAwayTheLeastObjectIsSmaller) {
    watchBy({{}, 50, {200, 3'500}});
    m_place.with(walker(15, {0, 22}, {236, 22}, 5, 25)).with(walker(15, {0, 190}, {236, 190}, 40, 60));
    const auto events = watch(0, 70);
    ASSERT_EQ(events.size(), 1U);
    EXPECT_NEAR(events[0].start, 5, 1);
}

TEST_F(MotionDetection, MoreSensitivitySeesWhatHardlyDiffers) {
    m_place.with([](cv::Mat& picture, double seconds) {
        const int left = cvRound((seconds - 5) * 15);
        const cv::Rect ghost = cv::Rect{left, 100, 16, 40} & cv::Rect{{0, 0}, picture.size()};
        if (seconds > 5 && !ghost.empty()) {
            cv::Mat there = picture(ghost);
            for (int x = 0; x < there.cols; ++x) {
                there.col(x) += cv::Scalar::all(x % 8 < 4 ? 13 : -13);
            }
        }
    });
    watchBy({{}, 20, {}});
    EXPECT_THAT(watch(0, 25), ::testing::IsEmpty());
    watchBy({{}, 95, {}});
    EXPECT_FALSE(watch(0, 25).empty());
}

TEST(MotionRules, SayWhichSettingIsWrong) {
    const auto complaint = [](MotionRule rule) {
        const auto checked = checkMotionRule(rule);
        return checked ? std::string{} : checked.error().message;
    };
    using enum MotionZone::Kind;
    EXPECT_EQ(complaint({}), "");
    EXPECT_EQ(complaint({{}, 0, {}}), "the sensitivity is 0; it goes from 1 to 100");
    EXPECT_EQ(complaint({{}, 50, {300, 20'000}}),
              "the least object is 20000 ten-thousandths of the picture tall; it may be 50 to 10000");
    EXPECT_EQ(complaint({{box(Include, 0, 0, 5'000, 5'000), {Exclude, {{0, 0}, {10, 10}}}}, 50, {}}),
              "motion zone 2 has 2 corners; it takes at least 3");
    EXPECT_EQ(complaint({{box(Include, 0, 0, 5'000, 10'001)}, 50, {}}),
              "motion zone 1 has a corner outside the picture; move it inside");
    EXPECT_EQ(complaint({{{Include, {{0, 0}, {5'000, 5'000}, {5'000, 0}, {0, 5'000}}}}, 50, {}}),
              "motion zone 1 has an outline that crosses itself; draw its corners in order around it");
    EXPECT_EQ(complaint({{{Include, {{0, 0}, {5'000, 5'000}, {9'000, 9'000}}}}, 50, {}}),
              "motion zone 1 covers nothing of the picture; move its corners apart");
}

}  // namespace
}  // namespace leedswatch::analytics
