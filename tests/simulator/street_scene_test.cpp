#include "simulator/street_scene.h"

#include "base/local_time.h"

#include <gtest/gtest.h>
#include <opencv2/imgproc.hpp>

using namespace leedswatch;
using namespace std::chrono_literals;

namespace {

const base::UtcTime kAfternoon = base::parseTime("2026-07-01T13:00:00Z").value();

cv::Mat drawn(simulator::SceneDescription description, base::UtcTime at) {
    simulator::StreetScene scene{description};
    cv::Mat picture;
    scene.draw(picture, at);
    return picture;
}

double differingShare(const cv::Mat& a, const cv::Mat& b) {
    cv::Mat difference;
    cv::absdiff(a, b, difference);
    cv::cvtColor(difference, difference, cv::COLOR_BGR2GRAY);
    return static_cast<double>(cv::countNonZero(difference > 24)) / static_cast<double>(difference.total());
}

TEST(StreetScene, IsTheSameForTheSameSeedCameraAndInstant) {
    const simulator::SceneDescription description{7, 12, "Briggate", {704, 576}, simulator::Lighting::Day};
    simulator::StreetScene warmedUp{description};
    cv::Mat picture;
    warmedUp.draw(picture, kAfternoon - 17s);
    warmedUp.draw(picture, kAfternoon);
    EXPECT_EQ(cv::norm(picture, drawn(description, kAfternoon), cv::NORM_INF), 0.0);
}

TEST(StreetScene, LooksDifferentForEachCamera) {
    for (int number = 1; number < 12; ++number) {
        const auto first = drawn({1, number, "A", {352, 288}, simulator::Lighting::Day}, kAfternoon);
        const auto second = drawn({1, number + 1, "A", {352, 288}, simulator::Lighting::Day}, kAfternoon);
        EXPECT_GT(differingShare(first, second), 0.2) << number;
    }
}

TEST(StreetScene, MovesAndItsClockGoesOn) {
    const simulator::SceneDescription description{1, 3, "Headrow", {704, 576}, simulator::Lighting::Day};
    const auto first = drawn(description, kAfternoon);
    const auto later = drawn(description, kAfternoon + 2s);
    EXPECT_GT(differingShare(first, later), 0.002);
    const cv::Rect clock{10, 8, 330, 30};
    EXPECT_GT(differingShare(first(clock), later(clock)), 0.005);
}

TEST(StreetScene, IsDarkAtNightAndByTimeFollowsTheSun) {
    const auto brightness = [](simulator::Lighting lighting, const char* at) {
        const auto means = cv::mean(drawn({1, 5, "A", {352, 288}, lighting}, base::parseTime(at).value()));
        return (means[0] + means[1] + means[2]) / 3;
    };
    EXPECT_LT(brightness(simulator::Lighting::Night, "2026-07-01T13:00:00Z"), 70);
    EXPECT_LT(brightness(simulator::Lighting::ByTime, "2026-12-21T18:00:00Z"), 70);
    EXPECT_GT(brightness(simulator::Lighting::ByTime, "2026-06-21T18:00:00Z"), 90);
}

TEST(StreetScene, DrawsAnySizeAndAnyName) {
    for (const cv::Size size : {cv::Size{160, 120}, cv::Size{640, 360}, cv::Size{1920, 1080}}) {
        EXPECT_EQ(
            drawn({1, 99999, std::string(300, 'x') + "\xc3\xa9", size, simulator::Lighting::Day}, kAfternoon).size(),
            size);
    }
}

}  // namespace
