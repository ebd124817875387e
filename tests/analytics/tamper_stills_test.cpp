#include "analytics/tamper_stills.h"

#include "access/people.h"
#include "analytics/tamper_fault.h"
#include "analytics/tamper_still.h"
#include "estate/camera_registry.h"
#include "estate/privacy_zones.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>

#include <fstream>

namespace leedswatch::analytics {
namespace {

using base::ErrorCode;

const base::UtcTime kNight{base::fromStored(1'795'320'000'000'000)};
constexpr const char* kPassword = "owl on the hall";

class TamperStillsTest : public ::testing::Test {
protected:
    void SetUp() override {
        ASSERT_TRUE(estate::CameraRegistry{*m_database}.importCsv(m_root,
                                                                  "number,name,main_url\n"
                                                                  "7,Road,rtsp://10.0.0.7/main\n"));
        m_camera = estate::CameraRegistry{*m_database}.find(7).value();
        ASSERT_TRUE(writeStill(cv::Mat{36, 64, CV_8UC3, cv::Scalar{10, 120, 230}}, {}, m_folder / "tamper/before.png"));
        m_event = {3, m_camera.id, TamperKind::Covered, kNight, {}, TamperEnd::ViewBack, "tamper/before.png", ""};
    }
    base::Result<TamperStills> see(const access::Acting& acting) {
        return seeTamperStills(acting, *m_database, m_camera, m_event);
    }
    access::Acting signedIn(access::Role role) {
        access::People people{*m_database};
        EXPECT_TRUE(people.add(m_root, "ada", "Ada", access::Role::Administrator, kPassword, false));
        EXPECT_TRUE(people.add(m_root, "robin", "Robin", role, kPassword, false));
        return people.signIn("robin", kPassword, "desk 1").value();
    }

    tests::TemporaryFolder m_folder;
    tests::FakeClock m_clock{kNight};
    std::unique_ptr<store::Database> m_database = store::Database::open(m_folder.path(), m_clock).value();
    const access::Acting m_root = access::Acting::commandLine();
    estate::Camera m_camera;
    RecordedTamper m_event;
};

TEST_F(TamperStillsTest, AStillThatWasKeptIsSeenAndOneThatWasNotIsSaidToBeMissing) {
    const auto stills = see(m_root);
    ASSERT_TRUE(stills) << stills.error().message;
    ASSERT_TRUE(stills->before);
    EXPECT_EQ(stills->before->size(), cv::Size(64, 36));
    EXPECT_EQ(stills->before->at<cv::Vec3b>(18, 32), cv::Vec3b(10, 120, 230));
    ASSERT_FALSE(stills->after);
    EXPECT_EQ(stills->after.error().code, ErrorCode::NotFound);
}

TEST_F(TamperStillsTest, WhatAZoneHidesNowIsBlackInAStillOfBefore) {
    ASSERT_TRUE(
        estate::PrivacyZones{*m_database}.set(m_root, m_camera, {{{{0, 0}, {5000, 0}, {5000, 10000}, {0, 10000}}}}));
    const auto stills = see(m_root);
    ASSERT_TRUE(stills && stills->before);
    EXPECT_EQ(stills->before->at<cv::Vec3b>(18, 8), cv::Vec3b(0, 0, 0));
    EXPECT_EQ(stills->before->at<cv::Vec3b>(18, 56), cv::Vec3b(10, 120, 230));
}

TEST_F(TamperStillsTest, NothingIsSeenWhileTheZonesCannotBeRead) {
    ASSERT_TRUE(estate::PrivacyZones{*m_database}.set(m_root, m_camera, {{{{0, 0}, {5000, 0}, {5000, 10000}}}}));
    ASSERT_TRUE(m_database->write([](store::Transaction& transaction) -> base::Result<void> {
        transaction.sql() << "UPDATE privacy_zones SET zones = 'torn'";
        return {};
    }));
    EXPECT_FALSE(see(m_root));
}

TEST_F(TamperStillsTest, AFileThatIsNoPictureIsDamaged) {
    std::ofstream{m_folder / "tamper/before.png"} << "no picture";
    const auto stills = see(m_root);
    ASSERT_TRUE(stills);
    EXPECT_FALSE(stills->before);
}

TEST_F(TamperStillsTest, AnEngineerSeesThemAndItIsWrittenDownWhoDid) {
    ASSERT_TRUE(see(signedIn(access::Role::Engineer)));
    const auto body = m_database->read([](soci::session& sql) -> base::Result<std::string> {
        std::string text;
        sql << "SELECT CAST(body AS TEXT) FROM audit_event ORDER BY seq DESC LIMIT 1", soci::into(text);
        return text;
    });
    ASSERT_TRUE(body);
    EXPECT_THAT(*body, ::testing::AllOf(::testing::HasSubstr("robin"), ::testing::HasSubstr("tamper.stills_seen"),
                                        ::testing::HasSubstr("camera 7")));
}

TEST_F(TamperStillsTest, WhoMayPlayRecordingsOrMendCamerasMaySeeThem) {
    for (const access::Role role : {access::Role::Operator, access::Role::Supervisor, access::Role::Engineer,
                                    access::Role::Auditor, access::Role::Administrator}) {
        access::Acting acting;
        acting.role = role;
        EXPECT_EQ(maySeeTamperStills(acting), access::mayDo(role, access::Right::PlayRecorded) ||
                                                  access::mayDo(role, access::Right::ManageCameras));
    }
}

TEST(TamperFault, NamesACameraAndTheNumberIsReadFromItAlone) {
    EXPECT_EQ(cameraOfTamperObject(tamperObject(1688)), 1688);
    for (const char* other : {"camera", "camera ", "camera 12b", "volume 12", "camera 99999999999"}) {
        EXPECT_FALSE(cameraOfTamperObject(other)) << other;
    }
}

}  // namespace
}  // namespace leedswatch::analytics
