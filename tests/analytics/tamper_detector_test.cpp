#include "analytics/tamper_detector.h"

#include "drawn_view.h"

#include <gmock/gmock.h>
#include <opencv2/imgproc.hpp>

#include <functional>

namespace leedswatch::analytics {
namespace {

using tests::DrawnView;

constexpr double step = 0.25;
constexpr double onset = 10;
constexpr double foundWithin = 3;

/// What the camera sends from the onset on: a picture of the time since then.
using Happening = std::function<cv::Mat(DrawnView& view, double since)>;

class Watched {
public:
    void play(double seconds, const std::function<cv::Mat(double)>& picture) {
        for (const double end = m_now + seconds; m_now < end; m_now += step) {
            for (const TamperEvent& event : m_detector.apply(picture(m_now), m_now)) {
                m_events.push_back(event);
                m_told.push_back(m_now);
            }
        }
    }
    void play(double seconds) {
        play(seconds, [&](double) { return m_view.next(); });
    }
    void happen(double seconds, const Happening& happening) {
        const double begin = m_now;
        play(seconds, [&](double now) { return happening(m_view, now - begin); });
    }

    DrawnView m_view;
    TamperDetector m_detector;
    double m_now = 0;
    std::vector<TamperEvent> m_events;
    std::vector<double> m_told;
};

struct Case {
    const char* name;
    TamperKind kind;
    Happening happening;
};

std::vector<Case> tamperCases() {
    static const cv::Mat elsewhere = DrawnView{2}.scene();
    return {
        {"Covered", TamperKind::Covered,
         [](DrawnView& view, double) { return view.withNoise(tests::drawnCover(view.scene().size(), 70)); }},
        {"PartObscured", TamperKind::PartObscured,
         [](DrawnView& view, double) {
             cv::Mat picture = view.scene().clone();
             const cv::Rect part{0, 0, picture.cols / 2, picture.rows};
             tests::drawnCover(part.size(), 70).copyTo(picture(part));
             return view.withNoise(picture);
         }},
        {"Defocused", TamperKind::Defocused,
         [](DrawnView& view, double since) {
             cv::Mat picture;
             cv::GaussianBlur(view.scene(), picture, {}, 0.3 + std::min(since, 1.0) * 5);
             return view.withNoise(picture);
         }},
        {"MovedSlowly", TamperKind::Moved,
         [](DrawnView& view, double since) {
             cv::Mat wide;
             cv::hconcat(view.scene(), elsewhere, wide);
             const int turned = static_cast<int>(std::min(since / 2, 1.0) * view.scene().cols);
             return view.withNoise(wide(cv::Rect{{turned, 0}, view.scene().size()}));
         }},
        {"MovedAtOnce", TamperKind::Moved, [](DrawnView& view, double) { return view.withNoise(elsewhere); }},
        {"MovedALittle", TamperKind::Moved,
         [](DrawnView& view, double) {
             cv::Mat wide;
             cv::hconcat(view.scene(), elsewhere, wide);
             return view.withNoise(wide(cv::Rect{{view.scene().cols / 8, 0}, view.scene().size()}));
         }},
        {"Blinded", TamperKind::Blinded,
         [](DrawnView& view, double) {
             cv::Mat picture = view.scene().clone();
             cv::circle(picture, {160, 120}, 90, cv::Scalar::all(255), cv::FILLED);
             return view.withNoise(picture);
         }},
        {"Black", TamperKind::Black,
         [](DrawnView& view, double) { return cv::Mat(view.scene().size(), CV_8UC3, cv::Scalar::all(16)); }},
        {"White", TamperKind::White,
         [](DrawnView& view, double) { return cv::Mat(view.scene().size(), CV_8UC3, cv::Scalar::all(250)); }},
        {"Frozen", TamperKind::Frozen, [](DrawnView& view, double) { return view.scene(); }},
        {"NoSignalBlue", TamperKind::NoSignal,
         [](DrawnView& view, double) {
             return cv::Mat(view.scene().size(), CV_8UC3, cv::Scalar{200, 20, 10});
         }},
        {"NoSignalNoise", TamperKind::NoSignal,
         [random = cv::RNG{5}](DrawnView& view, double) mutable {
             cv::Mat picture(view.scene().size(), CV_8UC3);
             random.fill(picture, cv::RNG::UNIFORM, 0, 256);
             return picture;
         }},
    };
}

class Tamper : public ::testing::TestWithParam<Case> {};

TEST_P(Tamper, IsFoundWithinThreeSecondsWithAStillBeforeAndAfter) {
    Watched camera;
    camera.play(onset);
    ASSERT_TRUE(camera.m_events.empty());
    camera.happen(5, GetParam().happening);
    ASSERT_EQ(camera.m_events.size(), 1U);
    const TamperEvent& event = camera.m_events.front();
    EXPECT_EQ(nameOf(event.kind), nameOf(GetParam().kind));
    EXPECT_LE(camera.m_told.front(), onset + foundWithin);
    EXPECT_GE(event.start, onset - step);
    EXPECT_LE(event.start, onset + 1);
    EXPECT_FALSE(event.end);
    EXPECT_LT(cv::norm(event.before, camera.m_view.scene(), cv::NORM_INF), 25) << "the good view";
    EXPECT_EQ(event.after.size(), event.before.size());
}

TEST_P(Tamper, EndsWhenTheViewIsBack) {
    Watched camera;
    camera.play(onset);
    camera.happen(5, GetParam().happening);
    ASSERT_EQ(camera.m_events.size(), 1U);
    const double back = camera.m_now;
    camera.play(5);
    ASSERT_EQ(camera.m_events.size(), 2U) << nameOf(camera.m_events.back().kind) << camera.m_events.back().start;
    EXPECT_EQ(camera.m_events[1].kind, camera.m_events[0].kind);
    EXPECT_EQ(camera.m_events[1].start, camera.m_events[0].start);
    ASSERT_TRUE(camera.m_events[1].end);
    EXPECT_NEAR(*camera.m_events[1].end, back, 1);
}

TEST_P(Tamper, NeverBecomesNormalByItself) {
    Watched camera;
    camera.play(onset);
    camera.happen(120, GetParam().happening);
    EXPECT_EQ(camera.m_events.size(), 1U);
    EXPECT_TRUE(camera.m_detector.ongoing());
}

INSTANTIATE_TEST_SUITE_P(Made, Tamper, ::testing::ValuesIn(tamperCases()),
                         [](const auto& made) { return made.param.name; });

/// A thing with a pattern of its own, pasted in where it is at that time.
cv::Mat withThing(const cv::Mat& scene, int number, cv::Point at, cv::Size size) {
    cv::Mat picture = scene.clone();
    const cv::Mat thing = DrawnView{number, size}.scene();
    const cv::Rect seen = cv::Rect{at, size} & cv::Rect{{0, 0}, scene.size()};
    if (seen.area() > 0) {
        thing(seen - at).copyTo(picture(seen));
    }
    return picture;
}

std::vector<Case> quietCases() {
    return {
        {"Nothing", {}, [](DrawnView& view, double) { return view.next(); }},
        {"Cloud",
         {},
         [](DrawnView& view, double since) {
             return view.withNoise(view.scene() * (since < 15 ? 1 - since / 40 : 0.6 + (since - 15) / 40));
         }},
        {"SunComesOut",
         {},
         [](DrawnView& view, double since) { return view.withNoise(view.scene() * (1 + std::min(since, 1.0) * 0.8)); }},
        {"SwitchToInfrared",
         {},
         [](DrawnView& view, double since) {
             cv::Mat grey;
             cv::cvtColor(view.scene() * (since < 1 ? 1.0 : 0.7), grey, cv::COLOR_BGR2GRAY);
             cv::cvtColor(grey, grey, cv::COLOR_GRAY2BGR);
             return view.withNoise(grey);
         }},
        {"Crowd",
         {},
         [](DrawnView& view, double since) {
             cv::Mat picture = view.scene();
             for (int i = 0; i < 14; ++i) {
                 const int place = (i * 53 + static_cast<int>(since * (20 + 5 * i))) % 420 - 80;
                 picture = withThing(picture, 10 + i, {place, 20 + (i * 37) % 90}, {80, 180});
             }
             return view.withNoise(picture);
         }},
        {"TrainPassesClose",
         {},
         [](DrawnView& view, double since) {
             return view.withNoise(withThing(view.scene(), 40, {320 - static_cast<int>(since * 400), 60}, {2400, 180}));
         }},
        {"FlashOfASecond",
         {},
         [](DrawnView& view, double since) {
             return since < 1 ? cv::Mat(view.scene().size(), CV_8UC3, cv::Scalar::all(255)) : view.next();
         }},
    };
}

class NoTamper : public ::testing::TestWithParam<Case> {};

TEST_P(NoTamper, IsTakenForTamper) {
    Watched camera;
    camera.play(onset);
    camera.happen(30, GetParam().happening);
    for (const TamperEvent& event : camera.m_events) {
        ADD_FAILURE() << nameOf(event.kind) << " from " << event.start - onset << " s";
    }
}

INSTANTIATE_TEST_SUITE_P(Made, NoTamper, ::testing::ValuesIn(quietCases()),
                         [](const auto& made) { return made.param.name; });

TEST(TamperDetector, LooksAtFourPicturesASecondHoweverManyThereAre) {
    TamperDetector detector;
    DrawnView view;
    int looked = 0;
    for (int i = 0; i < 250; ++i) {
        looked += detector.isDue(i / 25.0) ? 1 : 0;
        EXPECT_TRUE(detector.apply(view.next(), i / 25.0).empty());
    }
    EXPECT_LE(looked, 42);
    EXPECT_GE(looked, 34);
}

TEST(TamperDetector, TakesANewViewForTheRightOneWhenItIsTold) {
    Watched camera;
    camera.play(onset);
    DrawnView other{2};
    camera.play(5, [&](double) { return other.next(); });
    ASSERT_EQ(camera.m_events.size(), 1U);
    const auto over = camera.m_detector.learnAnew(camera.m_now);
    ASSERT_TRUE(over);
    EXPECT_EQ(over->end, camera.m_now);
    camera.play(20, [&](double) { return other.next(); });
    EXPECT_EQ(camera.m_events.size(), 1U);
}

TEST(TamperDetector, LearnsAnewWhenThePictureHasAnotherSize) {
    Watched camera;
    camera.play(onset);
    DrawnView other{2, {640, 360}};
    camera.play(20, [&](double) { return other.next(); });
    EXPECT_TRUE(camera.m_events.empty());
    camera.play(4, [](double) { return cv::Mat(cv::Size{640, 360}, CV_8UC3, cv::Scalar::all(16)); });
    EXPECT_EQ(camera.m_events.size(), 1U);
}

// An encoder that saves its bits repeats a quiet picture until the next key frame.
TEST(TamperDetector, TakesPicturesThatAreRepeatedNowAndThenForTheCamerasWay) {
    Watched camera;
    cv::Mat last;
    camera.play(120, [&](double now) {
        if (last.empty() || static_cast<int>(now / step) % 5 == 0) {
            last = camera.m_view.next();
        }
        return last;
    });
    EXPECT_TRUE(camera.m_events.empty());
}

TEST(TamperDetector, TakesAnySizeOfPicture) {
    for (const cv::Size size : {cv::Size{1, 1}, cv::Size{3, 200}, cv::Size{17, 13}, cv::Size{1920, 1080}}) {
        TamperDetector detector;
        const cv::Mat picture(size, CV_8UC3, cv::Scalar::all(90));
        for (int i = 0; i < 20; ++i) {
            static_cast<void>(detector.apply(picture, i * step));
        }
        EXPECT_FALSE(detector.ongoing()) << size;
    }
}

TEST(TamperDetector, AWallWithoutAnythingOnItIsNeitherCoveredNorMoved) {
    Watched camera;
    camera.play(60, [&](double) { return camera.m_view.withNoise(tests::drawnCover({320, 240}, 120)); });
    EXPECT_TRUE(camera.m_events.empty());
}

}  // namespace
}  // namespace leedswatch::analytics
