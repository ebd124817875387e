#include "estate/camera_registry.h"

#include "support/fake_clock.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

using namespace leedswatch;
using leedswatch::tests::FakeClock;
using leedswatch::tests::TemporaryFolder;

namespace {

class CameraRegistryTest : public testing::Test {
protected:
    void SetUp() override {
        auto opened = store::Database::open(m_folder.path(), m_clock);
        ASSERT_TRUE(opened) << opened.error().message;
        m_database = std::move(*opened);
        m_cameras = std::make_unique<estate::CameraRegistry>(*m_database);
    }

    estate::ImportReport import(const std::string& csv) {
        const auto report = m_cameras->importCsv(m_acting, csv);
        EXPECT_TRUE(report) << (report ? "" : report.error().message);
        return report.value_or(estate::ImportReport{});
    }

    TemporaryFolder m_folder;
    FakeClock m_clock{base::fromStored(1'700'000'000'000'000)};
    std::unique_ptr<store::Database> m_database;
    std::unique_ptr<estate::CameraRegistry> m_cameras;
    access::Acting m_acting = access::Acting::commandLine();
};

TEST_F(CameraRegistryTest, ImportTakesCredentialsOutOfTheAddressAndKeepsThemSealed) {
    EXPECT_EQ(import("number,name,main_url\n7,Station Road,rtsp://admin:p%40ss@10.0.0.7:554/main\n").added, 1);
    const auto camera = m_cameras->find(7).value();
    EXPECT_EQ(camera.mainUrl, "rtsp://10.0.0.7:554/main");
    EXPECT_EQ(camera.username, "admin");
    EXPECT_EQ(m_cameras->passwordOf(camera.id).value(), "p@ss");
}

TEST_F(CameraRegistryTest, StatusesAreKeptAndComeBack) {
    import("number,name,main_url\n7,Station Road,rtsp://10.0.0.7/main\n");
    estate::CameraStatus status;
    status.camera = m_cameras->find(7)->id;
    status.state = estate::CameraState::Frozen;
    status.cause = estate::LossCause::EncoderFrozen;
    status.message = "the picture has not changed for 4 s";
    status.since = m_clock.now();
    ASSERT_TRUE(m_cameras->setStatuses({status}));
    ASSERT_TRUE(m_cameras->setStatuses({status}));
    const auto statuses = m_cameras->statuses().value();
    ASSERT_EQ(statuses.size(), 1U);
    EXPECT_EQ(statuses.front().state, estate::CameraState::Frozen);
    EXPECT_EQ(statuses.front().cause, estate::LossCause::EncoderFrozen);
    EXPECT_EQ(statuses.front().since, status.since);
}

}  // namespace
