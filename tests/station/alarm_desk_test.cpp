#include "station/alarm_desk.h"

#include "analytics/motion_journal.h"
#include "analytics/tamper_journal.h"
#include "dispatch/jobs.h"
#include "dispatch/officers.h"
#include "estate/camera_registry.h"
#include "response/alarm_queue.h"
#include "response/signal_journal.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"
#include "support/wait_until.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using response::Alarm;
using response::AlarmClass;
using response::AlarmState;

class AlarmDeskTest : public testing::Test {
protected:
    AlarmDeskTest() {
        m_database = store::Database::open(m_folder.path(), m_clock).value();
        m_feed = store::ChangeFeed::open(*m_database).value();
        EXPECT_TRUE(estate::CameraRegistry{*m_database}.importCsv(
            access::Acting::commandLine(), "number,name,site,main_url\n12,Front,Otley,rtsp://127.0.0.1/12\n"));
    }
    void start() {
        m_desk = std::make_unique<station::AlarmDesk>(*m_database, m_clock);
        m_desk->start(*m_feed);
    }
    /// An intruder signal of an account that nobody knows, stored as the port's thread does.
    void store(const std::string& code, int number) {
        response::JudgedSignal signal;
        signal.received.received = m_clock.now();
        signal.received.protocol = "DC-09";
        signal.received.source = "10.1.2.3:5012 tcp";
        signal.received.account = "1234";
        signal.received.data = code + std::to_string(number);
        signal.received.codes.codes = {{.code = code}};
        signal.events = response::judge(signal.received, {});
        ASSERT_TRUE(response::SignalJournal{*m_database}.add({signal}));
    }
    std::vector<Alarm> alarms(AlarmState state) {
        const auto queue = response::AlarmQueue{*m_database}.snapshot(access::Acting::commandLine()).value();
        switch (state) {
            case AlarmState::Held: return queue.held;
            case AlarmState::Parked: return queue.parked;
            default: return queue.waiting;
        }
    }
    bool becomes(AlarmState state, std::size_t count) {
        return waitUntil([&] { return alarms(state).size() == count; }, 10s);
    }
    response::AlarmId park(std::chrono::minutes minutes) {
        response::AlarmQueue queue{*m_database};
        response::NewAlarm alarm;
        alarm.joinKey = "x";
        alarm.what = "x";
        alarm.raised = m_clock.now();
        const auto acting = access::Acting::commandLine();
        const auto id = queue.raise(acting, alarm)->id;
        EXPECT_TRUE(queue.accept(acting, id));
        EXPECT_TRUE(queue.park(acting, id, m_clock.now() + minutes, "later"));
        return id;
    }

    TemporaryFolder m_folder;
    FakeClock m_clock{base::fromStored(1'800'000'000'000'000)};
    std::unique_ptr<store::Database> m_database;
    std::unique_ptr<store::ChangeFeed> m_feed;
    std::unique_ptr<station::AlarmDesk> m_desk;
};

TEST_F(AlarmDeskTest, ASignalIsAnAlarmAMomentLater) {
    start();
    store("HA", 1);
    EXPECT_TRUE(becomes(AlarmState::Waiting, 1));
    EXPECT_EQ(alarms(AlarmState::Waiting).at(0).alarmClass, AlarmClass::HoldUp);
}

TEST_F(AlarmDeskTest, WhatAnEarlierStationLeftIsJudgedOnce) {
    store("HA", 1);
    start();
    EXPECT_TRUE(becomes(AlarmState::Waiting, 1));
    m_desk.reset();
    start();
    store("FA", 2);
    EXPECT_TRUE(becomes(AlarmState::Waiting, 2));
    EXPECT_EQ(alarms(AlarmState::Waiting).at(0).signals, 1);
}

TEST_F(AlarmDeskTest, MotionWhileArmedAndTamperAreAlarmsOfTheCamera) {
    start();
    const auto camera = estate::CameraRegistry{*m_database}.find(12)->id;
    analytics::RecordedMotion motion;
    motion.camera = camera;
    motion.from = motion.until = motion.peak = m_clock.now();
    std::vector<analytics::RecordedMotion> events{motion};
    ASSERT_TRUE(analytics::MotionJournal{*m_database}.write(events, {}));
    motion.isAlarm = true;
    events = {motion, motion};
    ASSERT_TRUE(analytics::MotionJournal{*m_database}.write(events, {}));
    ASSERT_TRUE(analytics::TamperJournal{*m_database}.add(
        {0, camera, analytics::TamperKind::Covered, m_clock.now(), std::nullopt, {}, "", ""}));
    EXPECT_TRUE(becomes(AlarmState::Waiting, 2));
    const auto waiting = alarms(AlarmState::Waiting);
    EXPECT_EQ(waiting.at(0).alarmClass, AlarmClass::Video);
    EXPECT_EQ(waiting.at(0).place, "Camera 12 Front, Otley");
    EXPECT_EQ(waiting.at(0).camera, camera);
    EXPECT_EQ(waiting.at(1).alarmClass, AlarmClass::CameraTamper);
    EXPECT_EQ(waiting.at(1).what, "The lens of the camera is covered");
}

TEST_F(AlarmDeskTest, AResponderWhoDoesNotCheckInIsAnAlarm) {
    const auto acting = access::Acting::commandLine();
    dispatch::Units units{*m_database, {}};
    dispatch::Jobs jobs{*m_database, {}};
    const auto pat = dispatch::Officers{*m_database}.save(acting, {{}, "Pat", "1111222233334444", "2030-01-31", ""});
    const auto unit = units.save(acting, {{}, "M1"})->id;
    ASSERT_TRUE(units.goOnDuty(acting, unit, {pat->id}));
    dispatch::NewJob wanted;
    wanted.place = "Bridge over the Aire";
    wanted.reason = "Shouting";
    wanted.unit = unit;
    const auto job = jobs.create(acting, wanted)->id;
    ASSERT_TRUE(jobs.advance(acting, job, dispatch::JobState::EnRoute));
    ASSERT_TRUE(jobs.advance(acting, job, dispatch::JobState::OnScene));
    start();
    m_clock.advance(14min);
    store("HA", 1);
    EXPECT_TRUE(becomes(AlarmState::Waiting, 1));
    m_clock.advance(1min);
    EXPECT_TRUE(becomes(AlarmState::Waiting, 2));
    const auto waiting = alarms(AlarmState::Waiting);
    EXPECT_EQ(waiting.at(1).alarmClass, AlarmClass::Welfare);
    EXPECT_EQ(waiting.at(1).place, "M1 at Bridge over the Aire");
    ASSERT_TRUE(units.checkIn(acting, unit, "all quiet"));
    EXPECT_TRUE(waitUntil(
        [&] {
            const auto record = response::AlarmQueue{*m_database}.record(acting, waiting.at(1).id).value();
            return record.entries.back().text.ends_with(": checked in. all quiet");
        },
        10s))
        << "whoever answers it is told";
    EXPECT_EQ(alarms(AlarmState::Waiting).size(), 2U) << "a person closes it";
}

TEST_F(AlarmDeskTest, WhatWasPutOffComesBack) {
    park(10min);
    start();
    m_clock.advance(9min);
    store("FA", 1);
    EXPECT_TRUE(becomes(AlarmState::Waiting, 1));
    EXPECT_EQ(alarms(AlarmState::Parked).size(), 1U);
    m_clock.advance(1min);
    EXPECT_TRUE(becomes(AlarmState::Waiting, 2));
}

// The wall clock is set back an hour: what was put off for ten minutes comes after ten minutes.
TEST_F(AlarmDeskTest, AClockThatIsSetBackKeepsNothingBack) {
    start();
    park(10min);
    m_clock.stepWallClock(-1h);
    m_clock.advance(10min);
    EXPECT_TRUE(becomes(AlarmState::Waiting, 1));
}

TEST_F(AlarmDeskTest, AClockThatIsSetAheadShowsItSooner) {
    start();
    park(10min);
    m_clock.stepWallClock(1h);
    m_clock.advance(2s);
    EXPECT_TRUE(becomes(AlarmState::Waiting, 1));
}

}  // namespace
}  // namespace leedswatch::tests
