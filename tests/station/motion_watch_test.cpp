#include "station/motion_watch.h"

#include "analytics/motion_search.h"
#include "estate/camera_registry.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"
#include "support/wait_until.h"
#include "walker_stream.h"

#include <gmock/gmock.h>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using analytics::MotionPlan;
using analytics::RecordedMotion;
using station::MotionFeed;
using station::MotionWatch;

// Sunday 2026-08-02, 12:00 in London.
const base::UtcTime kNoon{base::fromStored(1'785'668'400'000'000)};
const base::SteadyTime kSteady{std::chrono::hours{10}};

class MotionFeedTest : public ::testing::Test {
protected:
    /// All changes of the stream's events, each as it was told last.
    std::vector<RecordedMotion> lookAt(const std::vector<video::Packet>& packets) {
        for (const video::Packet& packet : packets) {
            m_feed.push(packet);
            m_feed.work();
        }
        return take();
    }
    std::vector<RecordedMotion> take() {
        auto findings = m_feed.take();
        m_activity.merge(findings.activity);
        for (const video::TimeRange& range : findings.watched) {
            m_watched[range.begin] = range.end;
        }
        std::vector<RecordedMotion> events;
        for (const MotionFeed::Change& change : findings.changes) {
            events.push_back(change.event);
        }
        return events;
    }

    MotionFeed m_feed{estate::CameraId{7}, 42, [] {}};
    std::map<std::int64_t, analytics::ActivitySpan> m_activity;
    std::map<base::UtcTime, base::UtcTime> m_watched;
    const std::vector<video::Packet> m_packets = makePackets(WalkerStream{.seconds = 14}, kNoon, kSteady);
};

TEST_F(MotionFeedTest, WithoutAPlanNothingIsWatched) {
    EXPECT_THAT(lookAt(m_packets), ::testing::IsEmpty());
    EXPECT_FALSE(m_feed.hasWork());
}

TEST_F(MotionFeedTest, HowGoodThePictureIsIsReadOnceAnHourAlsoOfACameraThatIsNotWatched) {
    std::vector<analytics::QualityReading> readings;
    for (const auto start : {0s, 150s, 300s, 3'800s}) {
        auto packets = m_packets;
        for (video::Packet& packet : packets) {
            packet.arrival += start;
            packet.arrivedAt += start;
            m_feed.push(packet);
            m_feed.work();
        }
        std::ranges::move(m_feed.take().quality, std::back_inserter(readings));
    }
    ASSERT_EQ(readings.size(), 2U) << "camera 42 begins after 144 seconds";
    EXPECT_GT(readings[0].time, kNoon + 150s);
    EXPECT_LT(readings[0].time, kNoon + 160s);
    EXPECT_GT(readings[1].time, kNoon + 3'800s);
    EXPECT_NEAR(readings[0].quality.exposure, 0.5, 0.2);
    EXPECT_GT(readings[0].quality.contrast, 0);
    EXPECT_LT(std::abs(readings[0].quality.redCast), 3);
}

TEST_F(MotionFeedTest, AWalkerIsOneEventWithTheTimesOfTheWallClock) {
    m_feed.setPlan(MotionPlan{});
    const auto events = lookAt(m_packets);
    ASSERT_EQ(events.size(), 1U);
    EXPECT_LT(std::chrono::abs(events[0].from - (kNoon + 6s)), 800ms);
    EXPECT_LT(std::chrono::abs(events[0].until - (kNoon + 10s)), 800ms);
    EXPECT_TRUE(events[0].isOver);
    EXPECT_FALSE(events[0].isAlarm);
    EXPECT_GT(events[0].peakShare, 0);
    ASSERT_FALSE(events[0].sightings.empty());
    EXPECT_GE(events[0].sightings.front().seconds, 0);
}

TEST_F(MotionFeedTest, WhereSomethingMovedIsKeptForEachSecond) {
    m_feed.setPlan(MotionPlan{});
    static_cast<void>(lookAt(m_packets));
    ASSERT_EQ(m_activity.size(), 1U);
    EXPECT_EQ(m_activity.begin()->first, analytics::ActivitySpan::spanOf(kNoon));
    const auto& seconds = m_activity.begin()->second.seconds();
    ASSERT_GE(seconds.size(), 3U);
    for (const auto& one : seconds) {
        EXPECT_GE(one.second, 5);
        EXPECT_LE(one.second, 10);
    }
    // From the left to the right, in the middle of the picture's height.
    const auto columnOf = [](const analytics::ActivityGrid& cells) {
        int column = 0;
        while (!cells.test(static_cast<std::size_t>(7 * analytics::activityColumns + column)) &&
               column < analytics::activityColumns - 1) {
            ++column;
        }
        return column;
    };
    EXPECT_LT(columnOf(seconds[1].cells), columnOf(seconds[seconds.size() - 2].cells));
}

TEST_F(MotionFeedTest, WhenItWasWatchedIsToldAndABreakOfTheStreamIsABreakOfThat) {
    m_feed.setPlan(MotionPlan{});
    static_cast<void>(lookAt(m_packets));
    const auto next = makePackets(WalkerStream{.seconds = 4}, kNoon + 60s, kSteady + 60s);
    m_feed.endSession();
    static_cast<void>(lookAt(next));
    ASSERT_EQ(m_watched.size(), 2U);
    EXPECT_EQ(m_watched.begin()->first, m_packets.front().arrival);
    EXPECT_EQ(m_watched.begin()->second, m_packets.back().arrival);
    EXPECT_EQ(m_watched.rbegin()->first, next.front().arrival);
}

TEST_F(MotionFeedTest, WhileItsScheduleDoesNotWantItTheCameraIsNotCalledWatched) {
    MotionPlan plan;
    plan.schedule = base::WeeklySchedule::parse("Mon-Fri 07:00-19:00").value();
    m_feed.setPlan(plan);
    static_cast<void>(lookAt(m_packets));
    EXPECT_THAT(m_watched, ::testing::IsEmpty());
}

TEST_F(MotionFeedTest, OnlyWhileItIsArmedAnEventIsAnAlarm) {
    MotionPlan plan;
    plan.armed = base::WeeklySchedule::parse("Sun 11:00-13:00").value();
    m_feed.setPlan(plan);
    const auto events = lookAt(m_packets);
    ASSERT_EQ(events.size(), 1U);
    EXPECT_TRUE(events[0].isAlarm);
}

TEST_F(MotionFeedTest, OutsideItsScheduleACameraIsNotWatched) {
    MotionPlan plan;
    plan.schedule = base::WeeklySchedule::parse("Mon-Fri 07:00-19:00").value();
    m_feed.setPlan(plan);
    EXPECT_THAT(lookAt(m_packets), ::testing::IsEmpty());
}

TEST_F(MotionFeedTest, ASwitchedOffPlanWatchesNothing) {
    MotionPlan plan;
    plan.isOn = false;
    m_feed.setPlan(plan);
    EXPECT_THAT(lookAt(m_packets), ::testing::IsEmpty());
}

TEST_F(MotionFeedTest, AnEventEndsWithTheSessionAndNothingCountsForFiveSecondsOfTheNext) {
    m_feed.setPlan(MotionPlan{});
    static_cast<void>(lookAt({m_packets.begin(), m_packets.begin() + 8 * 25}));
    m_feed.endSession();
    m_feed.work();
    const auto ended = take();
    ASSERT_EQ(ended.size(), 1U);
    EXPECT_TRUE(ended[0].isOver);
    const auto next = makePackets(WalkerStream{.seconds = 6, .comesAt = 1, .leavesAt = 4}, kNoon + 60s, kSteady + 60s);
    EXPECT_THAT(lookAt(next), ::testing::IsEmpty());
}

TEST_F(MotionFeedTest, WhatCannotBeLookedAtInTimeIsPassedOverUpToAKeyFrame) {
    m_feed.setPlan(MotionPlan{});
    m_feed.work();
    for (const video::Packet& packet : m_packets) {
        m_feed.push(packet);  // nobody works
    }
    const auto later = makePackets(WalkerStream{.seconds = 14}, kNoon + 60s, kSteady + 60s);
    m_feed.work();
    EXPECT_FALSE(m_feed.hasWork());
    const auto events = lookAt(later);
    ASSERT_FALSE(events.empty());
    EXPECT_LT(std::chrono::abs(events.back().from - (kNoon + 66s)), 1s);
}

class MotionWatchTest : public ::testing::Test {
protected:
    void SetUp() override {
        m_database = store::Database::open(m_folder.path(), m_clock).value();
        estate::CameraRegistry registry{*m_database};
        ASSERT_TRUE(registry.importCsv(access::Acting::commandLine(),
                                       "number,name,main_url\n42,Yard,rtsp://127.0.0.1:1/one\n"));
        m_camera = registry.find(42).value();
        m_feed = store::ChangeFeed::open(*m_database).value();
        startWatch();
    }
    void startWatch() {
        m_watch = std::make_unique<MotionWatch>(*m_database, m_clock);
        ASSERT_TRUE(m_watch->start(*m_feed, 2));
    }
    void plan(const MotionPlan& plan) {
        ASSERT_TRUE(analytics::MotionPlans{*m_database}.set(access::Acting::commandLine(), {m_camera}, plan));
    }
    std::vector<RecordedMotion> events() {
        return analytics::MotionJournal{*m_database}.events(m_camera.id, kNoon - 1h, kNoon + 1h).value();
    }
    std::vector<video::RecordingEvent> triggers() {
        return video::RecordingPlans{*m_database}.eventsSince(kNoon - 1h).value()[m_camera.id];
    }
    void push(MotionFeed& feed, int fromSecond, int untilSecond) {
        for (int i = fromSecond * 25; i < untilSecond * 25; ++i) {
            feed.push(m_packets[static_cast<std::size_t>(i)]);
            ASSERT_TRUE(waitUntil([&] { return !feed.hasWork(); }, 30s));
        }
    }

    TemporaryFolder m_folder;
    FakeClock m_clock{kNoon};
    std::unique_ptr<store::Database> m_database;
    std::unique_ptr<store::ChangeFeed> m_feed;
    estate::Camera m_camera;
    std::unique_ptr<MotionWatch> m_watch;
    const std::vector<video::Packet> m_packets = makePackets(WalkerStream{.seconds = 14}, kNoon, kSteady);
};

TEST_F(MotionWatchTest, AnEventIsWrittenWhenItBeginsAndStartsRecordingUntilItEnds) {
    plan({});
    m_watch.reset();
    startWatch();
    const auto feed = m_watch->add(m_camera.id, m_camera.number);
    push(*feed, 0, 9);
    ASSERT_TRUE(waitUntil([&] { return events().size() == 1 && triggers().size() == 1; }, 30s));
    EXPECT_FALSE(events()[0].isOver);
    EXPECT_FALSE(triggers()[0].end);
    push(*feed, 9, 14);
    ASSERT_TRUE(waitUntil([&] { return events()[0].isOver && triggers()[0].end; }, 30s));
    EXPECT_EQ(triggers()[0].begin, events()[0].from);
    EXPECT_EQ(triggers()[0].end, events()[0].until);
}

TEST_F(MotionWatchTest, APlanThatIsMadeWhileItRunsIsFollowed) {
    const auto feed = m_watch->add(m_camera.id, m_camera.number);
    MotionPlan silent;
    silent.startsRecording = false;
    plan(silent);
    ASSERT_TRUE(waitUntil(
        [&] {
            feed->push(m_packets.front());
            return feed->isWatching();
        },
        30s));
    push(*feed, 0, 14);
    ASSERT_TRUE(waitUntil([&] { return events().size() == 1 && events()[0].isOver; }, 30s));
    EXPECT_THAT(triggers(), ::testing::IsEmpty());
}

TEST_F(MotionWatchTest, WhatGoesOnWhenItStopsEndsAndIsWrittenWithItsActivity) {
    plan({});
    m_watch.reset();
    startWatch();
    const auto feed = m_watch->add(m_camera.id, m_camera.number);
    push(*feed, 0, 9);
    m_watch->remove(feed);
    m_watch.reset();
    ASSERT_EQ(events().size(), 1U);
    EXPECT_TRUE(events()[0].isOver);
    const auto region = analytics::cellsOf({{0, 0}, {10'000, 0}, {10'000, 10'000}, {0, 10'000}});
    const auto found =
        analytics::searchMotion(*m_database, access::Acting::station(), {m_camera.id, region, {kNoon, kNoon + 1min}})
            .value();
    const auto& moments = found.moments;
    ASSERT_EQ(moments.size(), 1U);
    EXPECT_LT(std::chrono::abs(moments[0].from - (kNoon + 6s)), 2s);
    EXPECT_GE(analytics::lengthOf(found.watched), 8s) << "of the rest nothing is known";
}

TEST_F(MotionWatchTest, WhatAStationThatDiedLeftGoingOnIsEndedByTheNext) {
    analytics::MotionJournal journal{*m_database};
    std::vector<RecordedMotion> open(1);
    open[0].camera = m_camera.id;
    open[0].from = kNoon - 10min;
    open[0].until = open[0].peak = kNoon - 9min;
    ASSERT_TRUE(journal.write(open, {}));
    ASSERT_TRUE(
        video::RecordingPlans{*m_database}.begin(video::TriggerKind::Motion, m_camera.id, kNoon - 10min, "motion"));
    m_watch.reset();
    startWatch();
    EXPECT_TRUE(events()[0].isOver);
    EXPECT_EQ(events()[0].until, kNoon - 9min);
    EXPECT_EQ(triggers()[0].end, kNoon);
}

}  // namespace
}  // namespace leedswatch::tests
