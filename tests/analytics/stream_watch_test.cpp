#include "analytics/stream_watch.h"

#include "coded_place.h"
#include "motion_words.h"

#include <gmock/gmock.h>
#include <opencv2/imgproc.hpp>

#include <cmath>

namespace leedswatch::analytics {

namespace {

using video::Packet;
using video::VideoCodec;
using enum WatchDepth;

constexpr double startTolerance = 0.5;  // seconds

class WatchingAStream : public ::testing::Test {
protected:
    /// What is over by the end of these packets.
    std::vector<MotionEvent> push(const std::vector<Packet>& packets) {
        std::vector<MotionEvent> events;
        for (const Packet& packet : packets) {
            m_seconds = std::max(m_seconds, secondsOf(packet));  // pictures out of order do not come so
            auto ended = m_watch->push(packet, m_seconds);
            EXPECT_TRUE(ended) << (ended ? "" : ended.error().message);
            if (m_watch->isAwake()) {
                ++m_awake;
            }
            if (m_watch->detector().current() && !m_knownAt) {
                m_knownAt = m_seconds;
            }
            std::ranges::move(ended.value_or(std::vector<MotionEvent>{}), std::back_inserter(events));
        }
        return events;
    }
    /// All events of the packets, the last one ended with them.
    std::vector<MotionEvent> watch(const std::vector<Packet>& packets, WatchDepth depth = TwoStages) {
        m_watch = std::make_unique<StreamWatch>(MotionRule{}, depth);
        m_seconds = 0;
        auto events = push(packets);
        std::ranges::move(m_watch->endSession(), std::back_inserter(events));
        return events;
    }
    [[nodiscard]] const StreamWatch::Work& work() const { return m_watch->work(); }

    DrawnPlace m_place;
    std::unique_ptr<StreamWatch> m_watch = std::make_unique<StreamWatch>(MotionRule{}, TwoStages);
    double m_seconds = 0;
    std::optional<double> m_knownAt;  ///< the first event
    int m_awake = 0;                  ///< packets after which it was awake
};

/// Somebody goes through the middle of the picture, from one side to the other.
DrawnPlace::Change passer(double start, double end) {
    return walker(40, {10, 150}, {225, 150}, start, end);
}

std::vector<Packet> joined(std::vector<Packet> first, const std::vector<Packet>& second) {
    first.insert(first.end(), second.begin(), second.end());
    return first;
}

/// Its picture data are zeros from the middle on.
void damage(Packet& packet) {
    auto bytes = *packet.bytes;
    std::fill(bytes.begin() + static_cast<std::ptrdiff_t>(bytes.size() / 2), bytes.end(), std::byte{0});
    packet.bytes = std::make_shared<const std::vector<std::byte>>(std::move(bytes));
}

TEST_F(WatchingAStream, AtRestDecodesKeyFramesAlone) {
    static_cast<void>(push(codedPlace(m_place, 0, 8)));
    ASSERT_FALSE(m_watch->isAwake());
    const auto before = work().decoded;
    const auto wakings = work().wakings;
    EXPECT_THAT(push(codedPlace(m_place, 8, 28)), ::testing::IsEmpty());
    EXPECT_EQ(work().decoded - before, 10);
    EXPECT_EQ(work().wakings, wakings);
    EXPECT_EQ(work().packets, 28 * 25);
}

TEST_F(WatchingAStream, ForEverythingDecodesAll) {
    EXPECT_THAT(watch(codedPlace(m_place, 0, 12), Everything), ::testing::IsEmpty());
    EXPECT_EQ(work().decoded, 12 * 25);
}

TEST_F(WatchingAStream, WhoComesBetweenTwoKeyFramesIsAnEventFromWhenHeCame) {
    m_place.with(passer(16.6, 22));
    const auto events = watch(codedPlace(m_place, 0, 28));
    ASSERT_EQ(events.size(), 1U);
    EXPECT_NEAR(events[0].start, 16.6, startTolerance);
    EXPECT_NEAR(events[0].end, 22, startTolerance);
    EXPECT_LE(*m_knownAt, 18.1);
}

// The encoder holds each picture to the same size, as some cameras do: key frames alone tell.
TEST_F(WatchingAStream, WhomOnlyKeyFramesTellOfIsAnEventFromWhenHeCame) {
    m_place.with(passer(16.6, 22));
    auto packets = codedPlace(m_place, 0, 28);
    for (Packet& packet : packets) {
        if (!packet.isKey) {
            auto bytes = *packet.bytes;
            bytes.resize(40'000);  // zeros behind a NAL unit are no part of it
            const auto length = static_cast<std::uint32_t>(bytes.size() - 4);
            for (int i = 0; i < 4; ++i) {
                bytes[static_cast<std::size_t>(i)] = static_cast<std::byte>(length >> (24 - 8 * i));
            }
            packet.bytes = std::make_shared<const std::vector<std::byte>>(std::move(bytes));
        }
    }
    const auto events = watch(packets);
    ASSERT_EQ(events.size(), 1U);
    EXPECT_NEAR(events[0].start, 16.6, startTolerance);
    EXPECT_NEAR(*m_knownAt, 18, 0.3);
}

TEST_F(WatchingAStream, SomebodyWhoRunsThroughBetweenTwoKeyFramesIsAnEvent) {
    m_place.with(passer(16.2, 17.8));
    const auto events = watch(codedPlace(m_place, 0, 26));
    ASSERT_EQ(events.size(), 1U);
    EXPECT_NEAR(events[0].start, 16.2, startTolerance);
    EXPECT_NEAR(events[0].end, 17.8, startTolerance);
}

TEST_F(WatchingAStream, BothDepthsFindTheSameEvents) {
    m_place.with(passer(13.3, 18)).with(walker(20, {220, 100}, {15, 100}, 25.5, 33)).with(passer(40.9, 43));
    const auto packets = codedPlace(m_place, 0, 50);
    const auto some = watch(packets, TwoStages);
    EXPECT_LT(work().decoded, work().packets * 9 / 10);
    const auto all = watch(packets, Everything);
    ASSERT_EQ(all.size(), 3U) << ::testing::PrintToString(all);
    ASSERT_EQ(some.size(), 3U) << ::testing::PrintToString(some);
    for (std::size_t i = 0; i < all.size(); ++i) {
        EXPECT_NEAR(some[i].start, all[i].start, startTolerance);
        EXPECT_NEAR(some[i].end, all[i].end, startTolerance);
    }
}

TEST_F(WatchingAStream, GoesBackToRestOnceNothingMoves) {
    m_place.with(passer(12.5, 16));
    static_cast<void>(push(codedPlace(m_place, 0, 30)));
    EXPECT_FALSE(m_watch->isAwake());
    EXPECT_GE(work().wakings, 1);
    EXPECT_LT(m_awake, 18 * 25);
}

TEST_F(WatchingAStream, APictureOfAnotherSizeIsAnotherScene) {
    m_place.with(passer(24.6, 29));
    auto smaller = placeEncoder();
    smaller.width = 160;
    smaller.height = 128;
    const auto events = watch(joined(codedPlace(m_place, 0, 12), codedPlace(m_place, 12, 34, smaller)));
    ASSERT_EQ(events.size(), 1U);
    EXPECT_NEAR(events[0].start, 24.6, startTolerance);
    EXPECT_LT(work().decoded, work().packets * 3 / 4);
}

TEST_F(WatchingAStream, WhoCameJustBeforeTheFormatChangedIsSeen) {
    m_place.with(passer(15.0, 18.6));
    auto same = placeEncoder(VideoCodec::H265);
    const auto events = watch(joined(codedPlace(m_place, 0, 15.96), codedPlace(m_place, 15.96, 24, same)));
    ASSERT_EQ(events.size(), 1U);
    EXPECT_NEAR(events[0].start, 15.0, startTolerance);
}

TEST_F(WatchingAStream, ThatSendsNoFurtherKeyFrameIsWatchedAsItComes) {
    auto endless = placeEncoder();
    endless.gop = 100'000;
    m_place.with(passer(50, 54));
    static_cast<void>(push(codedPlace(m_place, 0, 10)));
    ASSERT_FALSE(m_watch->isAwake());
    auto later = codedPlace(m_place, 10, 60, endless);
    static_cast<void>(push({later.begin(), later.begin() + 700}));
    EXPECT_TRUE(m_watch->isAwake());
    auto events = push({later.begin() + 700, later.end()});
    std::ranges::move(m_watch->endSession(), std::back_inserter(events));
    ASSERT_EQ(events.size(), 1U);
    EXPECT_NEAR(events[0].start, 50, startTolerance);
}

TEST_F(WatchingAStream, GoesOnBehindDamage) {
    m_place.with(passer(26.6, 31));
    auto packets = codedPlace(m_place, 0, 38);
    for (const std::size_t broken : {30, 31, 300, 350, 355, 400, 425, 430}) {  // key frames: multiples of fifty
        damage(packets[broken]);
    }
    packets.erase(packets.begin() + 500, packets.begin() + 503);
    const auto events = watch(packets);
    ASSERT_EQ(events.size(), 1U) << ::testing::PrintToString(events);
    EXPECT_NEAR(events[0].start, 26.6, startTolerance);
    EXPECT_LT(work().decoded, work().packets);
}

TEST_F(WatchingAStream, ThatBreaksOffEndsItsEvent) {
    m_place.with(passer(14, 20));
    static_cast<void>(push(codedPlace(m_place, 0, 17)));
    ASSERT_TRUE(m_watch->detector().current());
    const auto events = m_watch->endSession();
    ASSERT_EQ(events.size(), 1U);
    EXPECT_NEAR(events[0].end, 17, startTolerance);
    EXPECT_FALSE(m_watch->detector().current());
    EXPECT_THAT(m_watch->endSession(), ::testing::IsEmpty());
}

TEST_F(WatchingAStream, WhatItShowedLastBeforeItBrokeOffIsSeen) {
    m_place.with(passer(14.2, 17));
    auto packets = codedPlace(m_place, 0, 15.9);
    for (std::size_t i = 352; i < packets.size(); ++i) {  // as large as ever: nothing tells
        packets[i].isKey = false;
    }
    const auto events = watch(packets);
    ASSERT_EQ(events.size(), 1U);
    EXPECT_NEAR(events[0].start, 14.2, startTolerance);
}

TEST_F(WatchingAStream, NothingCountsForFiveSecondsAfterItBrokeOff) {
    m_place.with(passer(30.5, 34)).with(passer(46.6, 51));
    static_cast<void>(push(codedPlace(m_place, 0, 10)));
    static_cast<void>(m_watch->endSession());
    auto events = push(codedPlace(m_place, 30, 56));
    ASSERT_EQ(events.size(), 1U) << ::testing::PrintToString(events);
    EXPECT_NEAR(events[0].start, 46.6, startTolerance);
}

TEST_F(WatchingAStream, SizesThatJumpWakeItBeforeTheNextKeyFrame) {
    m_place.with(passer(16.3, 22));
    static_cast<void>(push(codedPlace(m_place, 0, 16)));
    ASSERT_FALSE(m_watch->isAwake());
    static_cast<void>(push(codedPlace(m_place, 16, 17.5)));
    EXPECT_TRUE(m_watch->isAwake());
}

// An encoder that spends more on some pictures of each group, whatever the camera sees.
TEST_F(WatchingAStream, WhoseSizesAlwaysVaryStillComesToRest) {
    auto packets = codedPlace(m_place, 0, 10);
    std::vector<Packet> varied;
    for (int turn = 0; turn < 18; ++turn) {
        for (std::size_t i = 0; i < packets.size(); ++i) {
            Packet packet = packets[i];
            packet.time += turn * 10 * video::kMediaTicksPerSecond;
            if (i % 50 >= 20 && i % 50 < 26) {
                auto bytes = *packet.bytes;
                bytes.resize(bytes.size() + 20'000);
                packet.bytes = std::make_shared<const std::vector<std::byte>>(std::move(bytes));
            }
            varied.push_back(std::move(packet));
        }
    }
    const auto half = varied.begin() + static_cast<std::ptrdiff_t>(varied.size() / 2);
    static_cast<void>(push({varied.begin(), half}));
    m_awake = 0;
    static_cast<void>(push({half, varied.end()}));
    EXPECT_LT(m_awake, static_cast<int>(varied.size() / 2) * 2 / 10);
}

TEST_F(WatchingAStream, OfATreeInTheWindComesToRestOnceItIsKnown) {
    cv::RNG random{5};
    cv::Mat leaves(60, 60, CV_8UC3);
    random.fill(leaves, cv::RNG::UNIFORM, 20, 160);
    cv::GaussianBlur(leaves, leaves, {5, 5}, 0);
    m_place.with([leaves](cv::Mat& picture, double seconds) {
        const int sway = cvRound(4 * std::sin(seconds * 2.1) + 2 * std::sin(seconds * 5.3));
        leaves.copyTo(picture(cv::Rect{30 + sway, 20, 60, 60}));
    });
    static_cast<void>(push(codedPlace(m_place, 0, 120)));
    m_awake = 0;
    EXPECT_THAT(push(codedPlace(m_place, 120, 180)), ::testing::IsEmpty());
    EXPECT_LT(m_awake, 60 * 25 * 3 / 4);
}

TEST_F(WatchingAStream, OfH265IsWatchedLikeOneOfH264) {
    m_place.with(passer(16.6, 22));
    const auto events = watch(codedPlace(m_place, 0, 28, placeEncoder(VideoCodec::H265)));
    ASSERT_EQ(events.size(), 1U);
    EXPECT_NEAR(events[0].start, 16.6, startTolerance);
    EXPECT_LT(work().decoded, work().packets * 3 / 4);
}

TEST_F(WatchingAStream, WithPicturesOutOfOrderIsDecodedWhole) {
    m_place.with(passer(16.6, 22));
    auto settings = placeEncoder();
    settings.bFrames = 2;
    const auto events = watch(codedPlace(m_place, 0, 34, settings));
    ASSERT_EQ(events.size(), 1U);
    EXPECT_NEAR(events[0].start, 16.6, startTolerance);
    EXPECT_LT(work().decoded, work().packets * 11 / 10);
}

TEST_F(WatchingAStream, OfSinglePicturesDecodesOneInTwoSecondsAtRest) {
    const auto settings = placeEncoder(VideoCodec::Mjpeg);
    static_cast<void>(push(codedPlace(m_place, 0, 8, settings)));
    ASSERT_FALSE(m_watch->isAwake());
    EXPECT_LE(work().decoded, 8 * 10);
    const auto before = work().decoded;
    EXPECT_THAT(push(codedPlace(m_place, 8, 28, settings)), ::testing::IsEmpty());
    EXPECT_LE(work().decoded - before, 14);
    EXPECT_FALSE(m_watch->isAwake());
}

TEST_F(WatchingAStream, OfSinglePicturesFindsWhoCameBetweenTwoLooks) {
    m_place.with(passer(16.6, 22));
    const auto events = watch(codedPlace(m_place, 0, 28, placeEncoder(VideoCodec::Mjpeg)));
    ASSERT_EQ(events.size(), 1U);
    EXPECT_NEAR(events[0].start, 16.6, startTolerance);
    EXPECT_NEAR(events[0].end, 22, startTolerance);
    EXPECT_LT(work().decoded, work().packets / 3);
}

TEST_F(WatchingAStream, OfAFormatThatNothingDecodesSaysSoAndTakesTheNext) {
    auto packets = codedPlace(m_place, 0, 2);
    auto strange = *packets[0].format;
    strange.record = {std::byte{1}, std::byte{2}};
    Packet packet = packets[0];
    packet.format = std::make_shared<const video::StreamFormat>(strange);
    static_cast<void>(m_watch->push(packet, 0));
    static_cast<void>(m_watch->push(packet, 0.04));
    for (Packet& one : packets) {
        one.time += video::kMediaTicksPerSecond;
    }
    static_cast<void>(push(packets));
    EXPECT_GT(work().analysed, 5);
}

}  // namespace
}  // namespace leedswatch::analytics
