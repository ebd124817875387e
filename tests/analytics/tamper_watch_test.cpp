#include "analytics/tamper_watch.h"

#include "analytics/stream_watch.h"
#include "coded_place.h"
#include "drawn_view.h"

#include <gmock/gmock.h>
#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace leedswatch::analytics {
namespace {

using tests::DrawnView;
using video::Packet;

constexpr double foundInStreamWithin = 3;  // seconds
constexpr double onsetTolerance = 0.6;
constexpr double learnt = 24;  // seconds: it knows the view and rests
const cv::Size viewSize{320, 240};

/// What a camera sends at a time.
using Pictures = std::function<cv::Mat(double seconds)>;
/// What happens to the view from some moment on.
using Happening = std::function<cv::Mat(DrawnView& view, double since)>;

tests::EncoderSettings viewEncoder() {
    auto settings = placeEncoder();
    settings.width = viewSize.width;
    settings.height = viewSize.height;
    return settings;
}

/// What a camera sends whose encoder keeps the sensor's noise, as most do; `viewEncoder` drops it.
tests::EncoderSettings fineEncoder() {
    auto settings = viewEncoder();
    settings.x264 = "crf=16";
    return settings;
}

/// Every picture between key frames is as large as the largest, so that sizes tell nothing.
std::vector<Packet> heldToOneSize(std::vector<Packet> packets) {
    for (Packet& packet : packets) {
        if (!packet.isKey) {
            auto bytes = *packet.bytes;
            bytes.resize(60'000);  // zeros behind a NAL unit are no part of it
            const auto length = static_cast<std::uint32_t>(bytes.size() - 4);
            for (int i = 0; i < 4; ++i) {
                bytes[static_cast<std::size_t>(i)] = static_cast<std::byte>(length >> (24 - 8 * i));
            }
            packet.bytes = std::make_shared<const std::vector<std::byte>>(std::move(bytes));
        }
    }
    return packets;
}

class WatchingForTamper : public ::testing::Test {
protected:
    WatchingForTamper() { static_cast<void>(m_watch.lookForMotion(false)); }

    void push(const std::vector<Packet>& packets) {
        for (const Packet& packet : packets) {
            m_seconds = secondsOf(packet);
            const auto pushed = m_watch.push(packet, m_seconds);
            EXPECT_TRUE(pushed) << (pushed ? "" : pushed.error().message);
            for (const TamperWatch::Finding& found : m_tamper.take()) {
                m_found.push_back(found);
                m_foundAt.push_back(m_seconds);
            }
            m_awake += m_watch.isAwake() ? 1 : 0;
        }
    }
    void play(double until, const Pictures& pictures, const tests::EncoderSettings& settings = viewEncoder()) {
        push(codedPictures(pictures, m_played, until, settings));
        m_played = until;
    }
    /// The view until `onset`, and then what happens.
    Pictures with(double onset, const Happening& happening) {
        return [this, onset, happening](double seconds) {
            return seconds < onset ? m_view.next() : happening(m_view, seconds - onset);
        };
    }
    Pictures quiet() {
        return [this](double) { return m_view.next(); };
    }

    DrawnView m_view{1, viewSize};
    TamperWatch m_tamper;
    StreamWatch m_watch{MotionRule{}, MotionRule{}, WatchDepth::TwoStages, &m_tamper};
    double m_seconds = 0;
    double m_played = 0;
    std::vector<TamperWatch::Finding> m_found;
    std::vector<double> m_foundAt;
    int m_awake = 0;
};

cv::Mat covered(DrawnView& view, double) {
    return view.withNoise(tests::drawnCover(view.scene().size(), 70));
}

/// The first picture once more, with its noise.
Happening frozen() {
    return [picture = cv::Mat{}](DrawnView& view, double) mutable {
        if (picture.empty()) {
            picture = view.next();
        }
        return picture;
    };
}

TEST_F(WatchingForTamper, AtRestDecodesKeyFramesAlone) {
    play(learnt, quiet());
    ASSERT_FALSE(m_watch.isAwake());
    const auto before = m_watch.work();
    play(learnt + 20, quiet());
    EXPECT_EQ(m_watch.work().decoded - before.decoded, 10);
    EXPECT_EQ(m_watch.work().wakings, before.wakings);
    EXPECT_THAT(m_found, ::testing::IsEmpty());
}

struct Tampering {
    const char* name;
    TamperKind kind;
    Happening happening;
    tests::EncoderSettings encoder = viewEncoder();
};

std::vector<Tampering> tamperings() {
    static const cv::Mat elsewhere = DrawnView{2, viewSize}.scene();
    return {
        {"Covered", TamperKind::Covered, covered},
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
             cv::GaussianBlur(view.scene(), picture, {}, 0.3 + std::min(since, 0.5) * 10);
             return view.withNoise(picture);
         }},
        {"Moved", TamperKind::Moved, [](DrawnView& view, double) { return view.withNoise(elsewhere); }},
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
        {"Frozen", TamperKind::Frozen, frozen(), fineEncoder()},
        {"NoSignalNoise", TamperKind::NoSignal,
         [random = cv::RNG{5}](DrawnView& view, double) mutable {
             cv::Mat picture(view.scene().size(), CV_8UC3);
             random.fill(picture, cv::RNG::UNIFORM, 0, 256);
             return picture;
         }},
        {"NoSignalBlue", TamperKind::NoSignal,
         [](DrawnView& view, double) {
             return cv::Mat(view.scene().size(), CV_8UC3, cv::Scalar{200, 20, 10});
         }},
    };
}

/// A kind, and when in the two seconds between key frames it begins.
class TamperAtRest : public WatchingForTamper, public ::testing::WithParamInterface<std::tuple<Tampering, double>> {};

TEST_P(TamperAtRest, IsFoundWithinThreeSecondsWhereverBetweenTwoKeyFramesItBegins) {
    const auto& [tampering, phase] = GetParam();
    play(learnt, quiet(), tampering.encoder);
    ASSERT_FALSE(m_watch.isAwake());
    const double onset = learnt + phase;
    play(learnt + 8, with(onset, tampering.happening), tampering.encoder);
    ASSERT_EQ(m_found.size(), 1U);
    EXPECT_EQ(nameOf(m_found[0].event.kind), nameOf(tampering.kind));
    EXPECT_LE(m_foundAt[0], onset + foundInStreamWithin);
    EXPECT_NEAR(m_found[0].event.start, onset, onsetTolerance);
    EXPECT_FALSE(m_found[0].event.before.empty());
    EXPECT_EQ(m_found[0].event.after.size(), m_found[0].event.before.size());
}

INSTANTIATE_TEST_SUITE_P(Made, TamperAtRest,
                         ::testing::Combine(::testing::ValuesIn(tamperings()), ::testing::Values(0.08, 0.6, 1.2, 1.88)),
                         [](const auto& made) {
                             return std::string{std::get<0>(made.param).name} + "After" +
                                    std::to_string(std::lround(std::get<1>(made.param) * 100));
                         });

TEST_F(WatchingForTamper, ACoverIsFoundInTimeThoughTheEncoderHoldsEachPictureToOneSize) {
    for (const double phase : {0.12, 1.0, 1.9}) {
        SCOPED_TRACE(phase);
        WatchingForTamper::m_found.clear();
        TamperWatch tamper;
        StreamWatch watch{MotionRule{}, MotionRule{}, WatchDepth::TwoStages, &tamper};
        static_cast<void>(watch.lookForMotion(false));
        std::optional<double> foundAt;
        for (const Packet& packet :
             heldToOneSize(codedPictures(with(learnt + phase, covered), 0, learnt + 8, viewEncoder()))) {
            ASSERT_TRUE(watch.push(packet, secondsOf(packet)));
            foundAt = !foundAt && !tamper.take().empty() ? std::optional{secondsOf(packet)} : foundAt;
        }
        ASSERT_TRUE(foundAt);
        EXPECT_LE(*foundAt, learnt + phase + foundInStreamWithin);
    }
}

TEST_F(WatchingForTamper, WhatLastsIsWatchedAtRestAndEndsWhenTheViewIsBack) {
    play(learnt, quiet());
    play(learnt + 60, with(learnt, covered));
    ASSERT_EQ(m_found.size(), 1U);
    EXPECT_LT(m_awake, 35 * 25) << "it rests while the lens is covered";
    const double back = m_played + 0.6;
    play(m_played + 10, [&](double seconds) { return seconds < back ? covered(m_view, 0) : m_view.next(); });
    ASSERT_EQ(m_found.size(), 2U);
    EXPECT_EQ(m_found[1].number, m_found[0].number);
    ASSERT_TRUE(m_found[1].event.end);
    EXPECT_NEAR(*m_found[1].event.end, back, onsetTolerance);
    EXPECT_LE(m_foundAt[1], back + foundInStreamWithin + 0.5);
}

TEST_F(WatchingForTamper, SomebodyWhoPassesCloseIsNone) {
    play(learnt + 20, [this](double seconds) {
        cv::Mat picture = m_view.scene().clone();
        const int left = static_cast<int>((seconds - learnt - 3) * 60);
        const cv::Rect coat = cv::Rect{left, 20, 130, 220} & cv::Rect{{0, 0}, viewSize};
        if (seconds > learnt && coat.area() > 0) {
            DrawnView{9, viewSize}.scene()(cv::Rect{{0, 0}, coat.size()}).copyTo(picture(coat));
        }
        return m_view.withNoise(picture);
    });
    EXPECT_THAT(m_found, ::testing::IsEmpty());
    EXPECT_FALSE(m_watch.isAwake());
}

TEST_F(WatchingForTamper, ABreakRaisesNoneAndTheViewIsStillKnown) {
    play(learnt, quiet());
    static_cast<void>(m_watch.endSession());
    m_tamper.noteBreak();
    // A camera that begins again: black at first, then another exposure.
    m_played += 20;
    const double again = m_played;
    play(again + 16, [&](double seconds) {
        const double since = seconds - again;
        return since < 3 ? cv::Mat(viewSize, CV_8UC3, cv::Scalar::all(16))
                         : m_view.withNoise(m_view.scene() * (since < 4 ? 0.6 : 1.0));
    });
    EXPECT_THAT(m_found, ::testing::IsEmpty());
    static_cast<void>(m_watch.endSession());
    m_tamper.noteBreak();
    m_played += 20;
    play(m_played + 12, with(0, covered));
    ASSERT_EQ(m_found.size(), 1U) << "covered while it was away";
    EXPECT_EQ(m_found[0].event.kind, TamperKind::Covered);
}

TEST_F(WatchingForTamper, WhetherMotionIsLookedForChangesNothing) {
    static_cast<void>(m_watch.lookForMotion(true));
    play(learnt, quiet());
    static_cast<void>(m_watch.lookForMotion(false));
    play(learnt + 4, quiet());
    static_cast<void>(m_watch.lookForMotion(true));
    play(learnt + 14, with(learnt + 5.3, covered));
    ASSERT_EQ(m_found.size(), 1U);
    EXPECT_LE(m_foundAt[0], learnt + 5.3 + foundInStreamWithin);
}

TEST_F(WatchingForTamper, WhatLastedWhenTheStationStoppedEndsOnlyWithTheOldView) {
    const auto number = m_tamper.resume(TamperKind::Covered, m_view.next());
    play(20, with(0, covered));
    EXPECT_THAT(m_found, ::testing::IsEmpty()) << "it lasts";
    ASSERT_TRUE(m_tamper.detector().ongoing());
    play(30, quiet());
    ASSERT_EQ(m_found.size(), 1U);
    EXPECT_EQ(m_found[0].number, number);
    EXPECT_NEAR(m_found[0].event.end.value_or(0), 20, onsetTolerance);
}

TEST_F(WatchingForTamper, AFrozenPictureIsNotThawedByARestart) {
    static_cast<void>(m_tamper.resume(TamperKind::Frozen, m_view.scene()));
    play(20, with(0, [](DrawnView& view, double) { return view.scene(); }));
    EXPECT_THAT(m_found, ::testing::IsEmpty());
    play(30, quiet());
    EXPECT_EQ(m_found.size(), 1U);
}

TEST_F(WatchingForTamper, WithoutAStillToCompareWithItLastsUntilAPersonAccepts) {
    const auto number = m_tamper.resume(TamperKind::Covered, {});
    play(20, quiet());
    EXPECT_THAT(m_found, ::testing::IsEmpty());
    m_tamper.accept(m_seconds);
    const auto ends = m_tamper.take();
    ASSERT_EQ(ends.size(), 1U);
    EXPECT_EQ(ends[0].number, number);
    EXPECT_TRUE(ends[0].event.end);
}

TEST_F(WatchingForTamper, ACoveredCameraIsNotNormalBecauseItsPictureGetsAnotherShape) {
    play(learnt, quiet());
    play(learnt + 8, with(learnt, covered));
    ASSERT_EQ(m_found.size(), 1U);
    auto wide = viewEncoder();
    wide.width = 480;
    wide.height = 200;
    DrawnView other{5, {480, 200}};
    play(
        learnt + 28, [&](double) { return covered(other, 0); }, wide);
    EXPECT_EQ(m_found.size(), 1U) << "it lasts";
    m_tamper.accept(m_seconds);
    EXPECT_EQ(m_tamper.take().size(), 1U);
}

TEST_F(WatchingForTamper, OfTheSameShapeAnotherSizeIsTheSameView) {
    play(learnt, quiet());
    auto larger = viewEncoder();
    larger.width *= 2;
    larger.height *= 2;
    play(learnt + 10, quiet(), larger);
    EXPECT_THAT(m_found, ::testing::IsEmpty());
    play(learnt + 16, with(0, covered), larger);
    ASSERT_EQ(m_found.size(), 1U);
    EXPECT_EQ(m_found[0].event.kind, TamperKind::Covered);
}

TEST_F(WatchingForTamper, AnAcceptedViewIsLearntAndTheOldOneIsThenAnother) {
    play(learnt, quiet());
    DrawnView other{2, viewSize};
    play(learnt + 8, [&](double) { return other.next(); });
    ASSERT_EQ(m_found.size(), 1U);
    m_tamper.accept(m_seconds);
    play(learnt + 30, [&](double) { return other.next(); });
    EXPECT_EQ(m_found.size(), 2U) << "the end, and no further event";
    play(learnt + 36, quiet());
    EXPECT_EQ(m_found.size(), 3U);
}

}  // namespace
}  // namespace leedswatch::analytics
