#include "analytics/foreground_model.h"

#include <gtest/gtest.h>

namespace leedswatch::analytics {
namespace {

/// A wall with the noise of a sensor; the same pictures each time.
class Wall {
public:
    explicit Wall(cv::Size size) : m_scene{size, CV_8UC3} { m_random.fill(m_scene, cv::RNG::UNIFORM, 60, 160); }

    cv::Mat next() {
        cv::Mat noise{m_scene.size(), CV_16SC3};
        m_random.fill(noise, cv::RNG::NORMAL, 0, 4);
        cv::Mat picture;
        cv::add(m_scene, noise, picture, cv::noArray(), CV_8UC3);
        return picture;
    }

private:
    cv::RNG m_random{7};
    cv::Mat m_scene;
};

class Foreground : public ::testing::TestWithParam<Closeness> {};

TEST_P(Foreground, TheFirstPictureIsTheSceneAndNothingMovesInIt) {
    ForegroundModel model{GetParam()};
    EXPECT_EQ(cv::countNonZero(model.apply(Wall{{160, 120}}.next())), 0);
}

TEST_P(Foreground, NoiseIsNotMotion) {
    ForegroundModel model{GetParam()};
    Wall wall{{160, 120}};
    for (int i = 0; i < 100; ++i) {
        EXPECT_EQ(cv::countNonZero(model.apply(wall.next())), 0) << i;
    }
}

TEST_P(Foreground, WhatEntersIsMarkedWhereItIs) {
    ForegroundModel model{GetParam()};
    Wall wall{{320, 240}};
    for (int i = 0; i < 60; ++i) {
        static_cast<void>(model.apply(wall.next()));
    }
    for (int i = 0; i < 20; ++i) {
        cv::Mat picture = wall.next();
        const cv::Rect object{20 + 10 * i, 80, 40, 60};
        picture(object).setTo(cv::Scalar{230, 30, 30});
        const cv::Mat mask = model.apply(picture);
        const int inside = cv::countNonZero(mask(object));
        const int outside = cv::countNonZero(mask) - inside;
        EXPECT_GT(inside, object.area() * 9 / 10) << i;
        EXPECT_LT(outside, object.area() * 15 / 100) << i;
    }
}

// By night a coat differs from the wall behind it by a few levels, which by day is nothing.
TEST_P(Foreground, WhatIsDarkInTheDarkIsSeenOnceTheLightIsJudged) {
    ForegroundModel model{GetParam()};
    Wall wall{{320, 240}};
    const auto byNight = [&] {
        cv::Mat picture;
        wall.next().convertTo(picture, -1, 0.25);
        return picture;
    };
    for (int i = 0; i < 60; ++i) {
        EXPECT_LT(cv::countNonZero(model.apply(byNight())), 320 * 240 / 100) << i;
    }
    cv::Mat picture = byNight();
    const cv::Rect object{100, 80, 40, 60};
    picture(object) += cv::Scalar{9, 9, 9};
    const cv::Mat mask = model.apply(picture);
    EXPECT_GT(cv::countNonZero(mask(object)), object.area() * 8 / 10);
    EXPECT_LT(cv::countNonZero(mask), object.area() * 12 / 10);
}

TEST_P(Foreground, TheMaskIsOfThePicturesSizeHoweverOddThatIs) {
    for (const cv::Size size : {cv::Size{175, 143}, cv::Size{3, 2}, cv::Size{1, 1}}) {
        ForegroundModel model{GetParam()};
        const cv::Mat mask = model.apply(cv::Mat::zeros(size, CV_8UC3));
        EXPECT_EQ(mask.size(), size);
        EXPECT_EQ(mask.type(), CV_8UC1);
    }
}

INSTANTIATE_TEST_SUITE_P(Looked, Foreground, ::testing::Values(Closeness::Full, Closeness::Fast),
                         [](const auto& tested) { return tested.param == Closeness::Full ? "Closely" : "Fast"; });

}  // namespace
}  // namespace leedswatch::analytics
