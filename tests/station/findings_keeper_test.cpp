#include "station/findings_keeper.h"

#include "estate/camera_registry.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using analytics::RecordedMotion;
using ::testing::IsEmpty;
using ::testing::SizeIs;

const base::UtcTime kNow{base::fromStored(1'795'320'000'000'000)};
constexpr auto kDay = 24h;

/// A camera whose footage is kept for 31 days, and something that moved before it 40 days ago and yesterday.
class FindingsKeeperTest : public ::testing::Test {
protected:
    void SetUp() override {
        estate::CameraRegistry registry{*m_database};
        ASSERT_TRUE(registry.importCsv(m_root, "number,name,main_url\n42,Yard,rtsp://127.0.0.1:1/one\n"));
        m_camera = registry.find(42).value();
        for (const base::UtcTime at : {kNow - 40 * kDay, kNow - kDay}) {
            addMotion(at);
            ASSERT_TRUE(m_tamper.add(
                {0, m_camera.id, analytics::TamperKind::Moved, at, at + 1min, analytics::TamperEnd::ViewBack, "", ""}));
        }
        ASSERT_TRUE(m_quality.add({{m_camera.id, kNow - 100 * kDay, {}}, {m_camera.id, kNow - 40 * kDay, {}}}));
        ASSERT_TRUE(m_desk.start());
    }
    void addMotion(base::UtcTime at) {
        std::vector<RecordedMotion> events(1);
        events[0].camera = m_camera.id;
        events[0].from = events[0].peak = at;
        events[0].until = at + 5s;
        events[0].isOver = true;
        ASSERT_TRUE(m_motion.write(events, {}));
    }
    std::vector<RecordedMotion> motion() { return m_motion.events(m_camera.id, kNow - 200 * kDay, kNow).value(); }
    std::vector<analytics::RecordedTamper> tamper() {
        return m_tamper.events(m_camera.id, kNow - 200 * kDay, kNow).value();
    }
    std::vector<analytics::QualityReading> quality() {
        return m_quality.of(m_camera.id, kNow - 200 * kDay, kNow).value();
    }
    void hold(base::UtcTime from) {
        ASSERT_TRUE(video::FootageHolds{*m_database}.place(m_root, {{from, from + 1h}, {m_camera.id}, "court case"}));
    }

    TemporaryFolder m_folder;
    FakeClock m_clock{kNow};
    std::unique_ptr<store::Database> m_database = store::Database::open(m_folder.path(), m_clock).value();
    const access::Acting m_root = access::Acting::commandLine();
    estate::Camera m_camera;
    analytics::MotionJournal m_motion{*m_database};
    analytics::TamperJournal m_tamper{*m_database};
    analytics::QualityHistory m_quality{*m_database};
    station::TamperDesk m_desk{*m_database, m_clock};
    station::FindingsKeeper m_keeper{*m_database, m_clock, m_desk};
};

TEST_F(FindingsKeeperTest, WhatWasSeenGoesWithThePicturesAndTheirQualityLater) {
    m_keeper.step();
    ASSERT_THAT(motion(), SizeIs(1));
    EXPECT_EQ(motion()[0].from, kNow - kDay);
    EXPECT_THAT(tamper(), SizeIs(1));
    ASSERT_THAT(quality(), SizeIs(1));
    EXPECT_EQ(quality()[0].time, kNow - 40 * kDay);
}

TEST_F(FindingsKeeperTest, WhatWasSeenDuringHeldFootageStaysWithAllThatCameAfter) {
    hold(kNow - 41 * kDay);
    m_keeper.step();
    EXPECT_THAT(motion(), SizeIs(2));
    EXPECT_THAT(tamper(), SizeIs(2));
}

TEST_F(FindingsKeeperTest, AHoldOfLaterFootageKeepsNothingFromBeforeIt) {
    hold(kNow - 35 * kDay);
    m_keeper.step();
    EXPECT_THAT(motion(), SizeIs(1));
}

TEST_F(FindingsKeeperTest, ItLooksAgainAfterAnHour) {
    m_keeper.step();
    m_clock.advance(40 * kDay);
    m_keeper.step();
    EXPECT_THAT(motion(), IsEmpty());
}

TEST_F(FindingsKeeperTest, OfAWholeEstateItDoesAFewCamerasAtATime) {
    std::string rows = "number,name,main_url\n";
    for (int number = 100; number < 150; ++number) {
        rows += std::to_string(number) + ",Street,rtsp://127.0.0.1:1/" + std::to_string(number) + "\n";
    }
    estate::CameraRegistry registry{*m_database};
    ASSERT_TRUE(registry.importCsv(m_root, rows));
    m_camera = registry.find(149).value();
    addMotion(kNow - 40 * kDay);
    m_keeper.step();
    EXPECT_THAT(motion(), SizeIs(1));
    m_keeper.step();
    m_keeper.step();
    EXPECT_THAT(motion(), IsEmpty());
}

}  // namespace
}  // namespace leedswatch::tests
