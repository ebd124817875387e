#include "base/file.h"
#include "simulator/self_signed.h"
#include "simulator/training_estate.h"
#include "support/system_clock.h"
#include "support/temporary_folder.h"
#include "support/wait_until.h"
#include "video/rtsp_source.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using base::ErrorCode;

/// A drawn camera, and the station's source that reads it.
class SimulatedFaultsTest : public testing::Test {
protected:
    void start(simulator::TrainingEstate::Settings settings = {}) {
        settings.cameras = 1;
        auto started = simulator::TrainingEstate::start(settings, kClock, {});
        ASSERT_TRUE(started) << started.error().message;
        m_estate = std::move(*started);
    }

    base::Result<std::unique_ptr<video::RtspSource>> open(const std::string& scheme = "rtsp",
                                                          const std::filesystem::path& authorities = {}) {
        return video::RtspSource::open(
            {scheme + "://127.0.0.1:" + std::to_string(m_estate->port()) + "/camera/1/sub", "", ""}, kClock, {},
            m_timeouts, authorities);
    }

    void command(const std::string& line) { EXPECT_EQ(m_estate->command(line), "ok\n") << line; }

    /// The kind's count grows within a few seconds of pictures, and the times go on.
    void expectMended(video::StreamSource& source, std::int64_t estate::MendedTimes::*kind) {
        std::int64_t last = source.read().value().time;
        for (int i = 0; i < 150 && source.report().mended.*kind == 0; ++i) {
            const auto packet = source.read();
            ASSERT_TRUE(packet) << packet.error().message;
            EXPECT_GT(packet->time, last);
            last = packet->time;
        }
        EXPECT_GT(source.report().mended.*kind, 0);
    }

    video::SourceTimeouts m_timeouts{20s, 20s};
    std::unique_ptr<simulator::TrainingEstate> m_estate;
};

TEST_F(SimulatedFaultsTest, WrongTimeStampsAreMendedInOneSession) {
    start();
    auto source = open();
    ASSERT_TRUE(source) << source.error().message;
    for (int i = 0; i < 5; ++i) {
        ASSERT_TRUE((*source)->read()) << "a time to begin with";
    }
    command("timestamps 1 jump");
    expectMended(**source, &estate::MendedTimes::leaping);
    command("timestamps 1 back");
    expectMended(**source, &estate::MendedTimes::backwards);
    EXPECT_NE(m_estate->command("status").find("running"), std::string::npos);
    command("timestamps 1 jump");
    EXPECT_NE(m_estate->command("status").find("wrong time stamps"), std::string::npos);
    command("clear 1");
    EXPECT_EQ(m_estate->command("status").find("wrong time stamps"), std::string::npos);
}

TEST_F(SimulatedFaultsTest, ACameraThatHangsAnswersNobodyUntilItIsCleared) {
    start();
    ASSERT_TRUE(open());
    command("hang 1");
    EXPECT_NE(m_estate->command("status").find("hangs"), std::string::npos);
    m_timeouts = {2s, 3s};
    const auto mute = open();
    m_timeouts = {20s, 20s};
    ASSERT_FALSE(mute);
    EXPECT_EQ(mute.error().code, ErrorCode::TimedOut) << mute.error().message;
    command("clear 1");
    EXPECT_TRUE(open());
}

TEST_F(SimulatedFaultsTest, ACameraThatRebootsIsGoneAndComesBackByItself) {
    simulator::TrainingEstate::Settings settings;
    settings.hasPortPerCamera = true;
    start(settings);
    command("reboot 1 2");
    EXPECT_NE(m_estate->command("status").find("stopped, reboots"), std::string::npos);
    const auto gone = open();
    ASSERT_FALSE(gone);
    EXPECT_EQ(gone.error().code, ErrorCode::Unreachable) << gone.error().message;
    EXPECT_TRUE(waitUntil([&] { return m_estate->command("status").find("running") != std::string::npos; }, 20s));
    EXPECT_TRUE(open());
}

TEST_F(SimulatedFaultsTest, ACameraInTlsIsTrustedByItsCertificate) {
    const TemporaryFolder folder;
    const auto made = simulator::makeSelfSigned("127.0.0.1").value();
    ASSERT_TRUE(base::replaceFile(folder / "camera-ca.pem", made.certificate));
    simulator::TrainingEstate::Settings settings;
    settings.server.identity = made.identity;
    start(settings);
    EXPECT_NE(m_estate->csv().find("rtsps://127.0.0.1:"), std::string::npos);
    auto source = open("rtsps", folder / "camera-ca.pem");
    ASSERT_TRUE(source) << source.error().message;
    EXPECT_TRUE((*source)->read());
    EXPECT_EQ((*source)->report().carrier, "tls");
}

TEST_F(SimulatedFaultsTest, AnEstateByUdpSaysSoInItsList) {
    simulator::TrainingEstate::Settings settings;
    settings.server.carrier = rtsp::Carrier::Udp;
    start(settings);
    EXPECT_NE(m_estate->csv().find(",udp,no\n"), std::string::npos) << m_estate->csv();
    auto source = open();
    ASSERT_TRUE(source) << source.error().message;
    EXPECT_EQ((*source)->report().carrier, "udp") << "automatic finds it";
    command("timestamps 1 drop");
    std::int64_t lost = 0;
    for (int i = 0; i < 300 && lost == 0; ++i) {
        ASSERT_TRUE((*source)->read());
        lost = (*source)->report().lostPackets.value_or(0);
    }
    EXPECT_GT(lost, 0);
}

}  // namespace
}  // namespace leedswatch::tests
