#include "analytics/tamper_journal.h"
#include "analytics/tamper_still.h"
#include "analytics/tamper_views.h"
#include "estate/camera_registry.h"
#include "estate/fault_register.h"
#include "estate/privacy_zones.h"
#include "station/motion_watch.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"
#include "support/wait_until.h"
#include "walker_stream.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using analytics::RecordedTamper;
using analytics::TamperEnd;
using analytics::TamperKind;
using station::MotionFeed;
using station::MotionWatch;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// Sunday 2026-11-22, 03:12:00 in London.
const base::UtcTime kNight{base::fromStored(1'795'317'120'000'000)};
constexpr std::chrono::hours kSteadyStart{10};
constexpr int kCameraNumber = 12;

class StationTamperTest : public ::testing::Test {
protected:
    void SetUp() override {
        m_database = store::Database::open(m_folder.path(), m_clock).value();
        importCamera("yes");
        m_changes = store::ChangeFeed::open(*m_database).value();
    }
    void TearDown() override { stopWatch(); }

    void importCamera(const std::string& enabled) {
        ASSERT_TRUE(estate::CameraRegistry{*m_database}.importCsv(
            m_root, "number,name,main_url,enabled\n12,Yard,rtsp://127.0.0.1:1/one," + enabled + "\n"));
        m_camera = estate::CameraRegistry{*m_database}.find(kCameraNumber).value();
    }
    void startWatch() {
        m_watch = std::make_unique<MotionWatch>(*m_database, m_clock);
        ASSERT_TRUE(m_watch->start(*m_changes, 2));
        m_feed = m_watch->add(m_camera.id, m_camera.number);
    }
    void stopWatch() {
        if (m_feed) {
            m_watch->remove(m_feed);
        }
        m_feed.reset();
        m_watch.reset();
    }
    /// What the camera sends from second `m_sent` on; seconds of `stream` count from there.
    void send(WalkerStream stream) {
        const auto since = std::chrono::seconds{m_sent};
        for (const video::Packet& packet :
             makePackets(stream, kNight + since, base::SteadyTime{kSteadyStart} + since)) {
            m_feed->push(packet);
            if (packet.isKey) {  // at rest only they are worked on at once
                ASSERT_TRUE(waitUntil([&] { return !m_feed->hasWork(); }, 60s));
            }
        }
        m_sent += stream.seconds;
    }
    void sendQuiet(int seconds) { send({.seconds = seconds, .comesAt = 1e6, .leavesAt = 2e6}); }
    void sendCovered(int seconds) {
        send({.seconds = seconds, .comesAt = 1e6, .leavesAt = 2e6, .coveredAt = 0, .uncoveredAt = 1e6});
    }
    std::vector<RecordedTamper> events() {
        return analytics::TamperJournal{*m_database}.events({}, kNight - 24h, kNight + 24h).value();
    }
    bool lasts() { return events().size() == 1 && !events()[0].until; }
    bool isOver() { return events().size() == 1 && events()[0].until; }
    std::vector<estate::Fault> faults() { return estate::FaultRegister{*m_database}.current().value(); }
    void coverTheLens() {
        sendQuiet(20);
        sendCovered(8);
        ASSERT_TRUE(waitUntil([&] { return lasts() && faults().size() == 1; }, 30s));
    }

    TemporaryFolder m_folder;
    FakeClock m_clock{kNight};
    const access::Acting m_root = access::Acting::commandLine();
    std::unique_ptr<store::Database> m_database;
    std::unique_ptr<store::ChangeFeed> m_changes;
    estate::Camera m_camera;
    std::unique_ptr<MotionWatch> m_watch;
    std::shared_ptr<MotionFeed> m_feed;
    int m_sent = 0;
};

TEST_F(StationTamperTest, ACoveredLensIsAnEventWithStillsAndAFaultUntilTheViewIsBack) {
    startWatch();
    coverTheLens();
    const RecordedTamper event = events()[0];
    EXPECT_EQ(event.kind, TamperKind::Covered);
    EXPECT_EQ(event.camera, m_camera.id);
    EXPECT_LT(std::chrono::abs(event.from - (kNight + 20s)), 1s);
    EXPECT_THAT(event.before, HasSubstr("tamper/0012/20261122T0312"));
    for (const std::string& still : {event.before, event.after}) {
        const auto file = m_folder.path() / still;
        ASSERT_TRUE(std::filesystem::exists(file)) << file;
        using std::filesystem::perms;
        EXPECT_EQ(std::filesystem::status(file).permissions(), perms::owner_read | perms::owner_write);
        EXPECT_EQ(analytics::readStill(file).value().size(), cv::Size(320, 240));
    }
    const estate::Fault fault = faults()[0];
    EXPECT_EQ(fault.kind, "tamper");
    EXPECT_EQ(fault.object, "camera 12");
    EXPECT_THAT(fault.cause, HasSubstr("The lens of camera 12 is covered since 2026-11-22 03:12:2"));
    EXPECT_THAT(fault.message, HasSubstr("leedswatchctl tamper accept 12"));
    sendQuiet(8);
    ASSERT_TRUE(waitUntil([&] { return isOver() && faults().empty(); }, 30s));
    EXPECT_EQ(events()[0].endedBy, TamperEnd::ViewBack);
    EXPECT_LT(std::chrono::abs(*events()[0].until - (kNight + 28s)), 1s);
}

TEST_F(StationTamperTest, AQuietCameraAndOneThatSomebodyWalksThroughRaiseNone) {
    startWatch();
    sendQuiet(15);
    send({.seconds = 14});
    sendQuiet(5);
    stopWatch();
    EXPECT_THAT(events(), IsEmpty());
    EXPECT_THAT(faults(), IsEmpty());
}

TEST_F(StationTamperTest, ACoveredCameraStaysOneWhenTheStationRestarts) {
    startWatch();
    coverTheLens();
    stopWatch();
    EXPECT_TRUE(lasts());
    EXPECT_EQ(faults().size(), 1U);
    startWatch();
    sendCovered(20);
    EXPECT_TRUE(lasts());
    EXPECT_EQ(faults().size(), 1U);
    sendQuiet(10);
    ASSERT_TRUE(waitUntil([&] { return isOver() && faults().empty(); }, 30s));
    EXPECT_EQ(events()[0].endedBy, TamperEnd::ViewBack);
}

TEST_F(StationTamperTest, WhatAKilledStationWroteOnlyHalfIsPutRight) {
    RecordedTamper event{0, m_camera.id, TamperKind::Moved, kNight - 1h, {}, {}, {}, {}};
    ASSERT_TRUE(analytics::TamperJournal{*m_database}.add(event));
    std::filesystem::create_directories(m_folder.path() / "tamper" / "0012");
    std::ofstream{m_folder.path() / "tamper" / "0012" / "20261122T021200.000000Z-before.png"} << "half";
    ASSERT_TRUE(estate::FaultRegister{*m_database}.raise("tamper", "camera 99", "The lens of camera 99 is covered",
                                                         "Look at it"));
    startWatch();
    ASSERT_EQ(faults().size(), 1U);
    EXPECT_THAT(faults()[0].cause, HasSubstr("The view of camera 12 is another one"));
    EXPECT_TRUE(std::filesystem::is_empty(m_folder.path() / "tamper" / "0012"));
    sendQuiet(20);
    EXPECT_TRUE(lasts()) << "there is no still to compare with: a person has to say";
}

TEST_F(StationTamperTest, AnAcceptedViewIsLearntWhileTheStationRuns) {
    startWatch();
    coverTheLens();
    ASSERT_TRUE(analytics::TamperViews{*m_database}.accept(m_root, m_camera));
    ASSERT_TRUE(waitUntil([&] { return faults().empty(); }, 30s));
    ASSERT_TRUE(isOver());
    EXPECT_EQ(events()[0].endedBy, TamperEnd::Accepted);
    sendCovered(20);
    stopWatch();
    EXPECT_EQ(events().size(), 1U);
}

TEST_F(StationTamperTest, AViewThatIsAcceptedWhileNoStationRunsIsLearntByTheNext) {
    startWatch();
    coverTheLens();
    stopWatch();
    ASSERT_TRUE(analytics::TamperViews{*m_database}.accept(m_root, m_camera));
    startWatch();
    EXPECT_THAT(faults(), IsEmpty());
    sendCovered(20);
    stopWatch();
    EXPECT_EQ(events().size(), 1U);
    EXPECT_TRUE(isOver());
}

TEST_F(StationTamperTest, ACameraThatIsNotToBeWatchedIsNot) {
    startWatch();
    coverTheLens();
    analytics::TamperViews views{*m_database};
    ASSERT_TRUE(views.setWatched(m_root, m_camera, false));
    ASSERT_TRUE(waitUntil([&] { return isOver() && faults().empty(); }, 30s));
    EXPECT_EQ(events()[0].endedBy, TamperEnd::NotWatched);
    sendQuiet(20);
    sendCovered(8);
    stopWatch();
    EXPECT_EQ(events().size(), 1U);
    startWatch();
    sendQuiet(20);
    sendCovered(8);
    stopWatch();
    EXPECT_EQ(events().size(), 1U);
}

TEST_F(StationTamperTest, ACameraThatIsSwitchedOffHasNoFault) {
    startWatch();
    coverTheLens();
    m_watch->remove(std::exchange(m_feed, nullptr));
    importCamera("no");
    ASSERT_TRUE(waitUntil([&] { return isOver() && faults().empty(); }, 30s));
    EXPECT_EQ(events()[0].endedBy, TamperEnd::NotWatched);
}

TEST_F(StationTamperTest, ACameraThatIsConnectedAnewIsStillCovered) {
    startWatch();
    coverTheLens();
    m_watch->remove(m_feed);
    m_feed = m_watch->add(m_camera.id, m_camera.number);
    sendCovered(10);
    EXPECT_TRUE(lasts());
    sendQuiet(10);
    ASSERT_TRUE(waitUntil([&] { return isOver() && faults().empty(); }, 30s));
}

TEST_F(StationTamperTest, WhereNoStillCanBeWrittenTheFaultIsRaisedAllTheSame) {
    std::ofstream{m_folder.path() / "tamper"} << "a file in the place of the folder";
    startWatch();
    coverTheLens();
    EXPECT_EQ(events()[0].before, "");
    EXPECT_EQ(events()[0].after, "");
}

TEST_F(StationTamperTest, AClockThatIsSetBackEndsNoEventBeforeItBegan) {
    startWatch();
    coverTheLens();
    const auto back = makePackets({.seconds = 10, .comesAt = 1e6, .leavesAt = 2e6}, kNight - 1h,
                                  base::SteadyTime{kSteadyStart} + std::chrono::seconds{m_sent});
    for (const video::Packet& packet : back) {
        m_feed->push(packet);
    }
    ASSERT_TRUE(waitUntil([&] { return isOver(); }, 30s));
    EXPECT_EQ(*events()[0].until, events()[0].from);
}

TEST_F(StationTamperTest, StillsGoWithTheCamerasFootage) {
    std::filesystem::create_directories(m_folder.path() / "tamper" / "0012");
    const std::string old = "tamper/0012/old-before.png";
    std::ofstream{m_folder.path() / old} << "a picture";
    RecordedTamper event{
        0, m_camera.id, TamperKind::Covered, kNight - 33 * 24h, kNight - 32 * 24h, TamperEnd::ViewBack, old, {}};
    ASSERT_TRUE(analytics::TamperJournal{*m_database}.add(event));
    startWatch();
    EXPECT_TRUE(waitUntil([&] { return !std::filesystem::exists(m_folder.path() / old); }, 30s));
    EXPECT_TRUE(waitUntil(
        [&] { return analytics::TamperJournal{*m_database}.events({}, kNight - 60 * 24h, kNight).value().empty(); },
        30s));
}

TEST_F(StationTamperTest, WhatPrivacyZonesHideIsHiddenInTheStills) {
    ASSERT_TRUE(estate::PrivacyZones{*m_database}.set(
        m_root, m_camera, {estate::PrivacyZone{{{0, 0}, {5'000, 0}, {5'000, 10'000}, {0, 10'000}}}}));
    startWatch();
    coverTheLens();
    const cv::Mat still = analytics::readStill(m_folder.path() / events()[0].before).value();
    EXPECT_EQ(cv::norm(still(cv::Rect{0, 0, 160, 240}), cv::NORM_INF), 0);
    EXPECT_GT(cv::norm(still(cv::Rect{162, 0, 158, 240}), cv::NORM_INF), 100);
}

}  // namespace
}  // namespace leedswatch::tests
