#include "station/status_board.h"

#include "support/fake_clock.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using estate::CameraState;
using estate::LossCause;

class StatusBoardTest : public ::testing::Test {
protected:
    StatusBoardTest() {
        m_database = store::Database::open(m_folder.path(), m_clock).value();
        m_cameras = std::make_unique<estate::CameraRegistry>(*m_database);
        const auto imported = m_cameras->importCsv(access::Acting::commandLine(),
                                                   "number,name,main_url\n7,Station Road,rtsp://10.0.0.7/main\n");
        EXPECT_TRUE(imported) << imported.error().message;
        m_camera = m_cameras->find(7)->id;
    }

    /// One run of a station: what it comes to know, a minute after another.
    void run(const std::vector<estate::CameraStatus>& statuses) {
        station::StatusBoard board{*m_cameras, m_clock};
        for (const auto& status : statuses) {
            board.set(status);
            m_clock.advance(1min);
        }
    }

    estate::CameraStatus status(CameraState state, LossCause cause = LossCause::None) const {
        return {m_camera, state, cause, "", {}};
    }
    base::UtcTime since() const { return m_cameras->statuses()->front().since; }

    TemporaryFolder m_folder;
    FakeClock m_clock{base::fromStored(1'700'000'000'000'000)};
    std::unique_ptr<store::Database> m_database;
    std::unique_ptr<estate::CameraRegistry> m_cameras;
    estate::CameraId m_camera;
};

TEST_F(StatusBoardTest, ACameraIsOfflineSinceItWasLostWhateverTheCausesSince) {
    const auto start = m_clock.now();
    run({status(CameraState::Live), status(CameraState::Offline, LossCause::Network),
         status(CameraState::Offline, LossCause::Refused)});
    EXPECT_EQ(since(), start + 1min);
}

TEST_F(StatusBoardTest, ACameraThatWasLostBeforeTheStationWasStartedAgainIsOfflineSinceThen) {
    const auto start = m_clock.now();
    run({status(CameraState::Offline, LossCause::Network)});
    run({status(CameraState::Connecting)});
    EXPECT_EQ(since(), start) << "to try again is no picture yet";
    run({status(CameraState::Connecting), status(CameraState::Offline, LossCause::Network)});
    EXPECT_EQ(since(), start);
}

TEST_F(StatusBoardTest, ANewLossAfterPicturesBeginsAnew) {
    const auto start = m_clock.now();
    run({status(CameraState::Offline, LossCause::Network), status(CameraState::Live)});
    EXPECT_EQ(since(), start + 1min);
    run({status(CameraState::Offline, LossCause::Network)});
    EXPECT_EQ(since(), start + 2min);
}

}  // namespace
}  // namespace leedswatch::tests
