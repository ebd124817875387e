#include "live_support/test_camera.h"
#include "support/system_clock.h"
#include "tls_server.h"
#include "video/rtsp_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using base::ErrorCode;
using estate::Transport;

rtsp::ServerSettings sentBy(rtsp::Carrier carrier) {
    rtsp::ServerSettings settings;
    settings.carrier = carrier;
    return settings;
}

base::Result<std::unique_ptr<video::RtspSource>> open(const TestCamera& camera, Transport transport) {
    return video::RtspSource::open({camera.url(), "", "", transport}, kClock, {});
}

/// Reads until the report says so; how many pictures it took, or -1 after `most`.
template <typename Condition>
int picturesUntil(video::StreamSource& source, int most, Condition condition) {
    for (int i = 0; i < most; ++i) {
        const auto packet = source.read();
        if (!packet) {
            ADD_FAILURE() << packet.error().message;
            return -1;
        }
        if (condition(source.report(), *packet)) {
            return i;
        }
    }
    return -1;
}

int readTwenty(video::StreamSource& source) {
    int count = 0;
    return picturesUntil(source, 30, [&](const auto&, const auto&) { return ++count == 20; });
}

TEST(TransportTest, PicturesComeByUdp) {
    TestCamera camera{{}, 0, sentBy(rtsp::Carrier::Udp)};
    auto source = open(camera, Transport::Udp);
    ASSERT_TRUE(source) << source.error().message;
    EXPECT_GE(readTwenty(**source), 0);
    EXPECT_EQ((*source)->report().carrier, "udp");
    EXPECT_EQ((*source)->report().lostPackets, 0);
}

TEST(TransportTest, PicturesComeByMulticast) {
    TestCamera camera{{}, 0, sentBy(rtsp::Carrier::Multicast)};
    auto source = open(camera, Transport::Multicast);
    if (!source && source.error().code != ErrorCode::Unsupported) {
        GTEST_SKIP() << "This machine has no network that carries multicast: " << source.error().message;
    }
    ASSERT_TRUE(source) << source.error().message;
    EXPECT_GE(readTwenty(**source), 0);
    EXPECT_EQ((*source)->report().carrier, "multicast");
}

TEST(TransportTest, AutomaticIsTcpAndUdpWhereTheCameraHasNothingElse) {
    TestCamera tcp;
    auto source = open(tcp, Transport::Automatic);
    ASSERT_TRUE(source) << source.error().message;
    EXPECT_EQ((*source)->report().carrier, "tcp");
    EXPECT_FALSE((*source)->report().lostPackets) << "TCP cannot lose any";
    TestCamera udp{{}, 0, sentBy(rtsp::Carrier::Udp)};
    source = open(udp, Transport::Automatic);
    ASSERT_TRUE(source) << source.error().message;
    EXPECT_EQ((*source)->report().carrier, "udp");
    EXPECT_GE(readTwenty(**source), 0);
}

TEST(TransportTest, ATransportThatTheCameraDoesNotHaveIsNamed) {
    TestCamera camera;
    const auto refused = open(camera, Transport::Udp);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::Unsupported) << refused.error().message;
    EXPECT_THAT(refused.error().message, ::testing::HasSubstr("change the camera's transport"));
}

TEST(TransportTest, PacketsThatNeverCameAreCounted) {
    TestCamera camera{{}, 0, sentBy(rtsp::Carrier::Udp)};
    auto source = open(camera, Transport::Udp);
    ASSERT_TRUE(source) << source.error().message;
    rtsp::StreamFaults faults;
    faults.leftOutOneIn = 10;
    camera.spoil(faults);
    EXPECT_GE(picturesUntil(**source, 250, [](const auto& report, const auto&) { return report.lostPackets >= 5; }), 0)
        << "libavformat words its log otherwise, and RtpLosses has to follow";
}

TEST(TransportTest, ASessionInBasicSignInIsRead) {
    rtsp::ServerSettings settings;
    settings.signIn = rtsp::SignIn::Basic;
    TestCamera camera{{"adm in", "p@ss:w/rd"}, 0, settings};
    EXPECT_TRUE(video::RtspSource::open({camera.url(), "adm in", "p@ss:w/rd"}, kClock, {}));
    const auto wrong = video::RtspSource::open({camera.url(), "adm in", "wrong"}, kClock, {});
    ASSERT_FALSE(wrong);
    EXPECT_EQ(wrong.error().code, ErrorCode::SignInFailed);
}

TEST(TransportTest, ACameraThatSpeaksTlsItselfIsRead) {
    rtsp::ServerSettings settings;
    settings.identity = TestCertificate{}.identity();
    TestCamera camera{{}, 0, settings};
    auto source = video::RtspSource::open({"rtsps" + camera.url().substr(4), "", ""}, kClock, {});
    ASSERT_TRUE(source) << source.error().message;
    EXPECT_GE(readTwenty(**source), 0);
    EXPECT_EQ((*source)->report().carrier, "tls-unverified");
}

TEST(TransportTest, ACameraThatHangsIsNamedAndComesBack) {
    TestCamera camera;
    camera.hang(true);
    const auto mute = video::RtspSource::open({camera.url(), "", ""}, kClock, {}, {600ms, 500ms});
    ASSERT_FALSE(mute);
    EXPECT_EQ(mute.error().code, ErrorCode::TimedOut);
    EXPECT_THAT(mute.error().message, ::testing::HasSubstr("accepts connections, but did not answer"));
    camera.hang(false);
    EXPECT_TRUE(open(camera, Transport::Tcp));
}

class WrongTimesTest : public testing::Test {
protected:
    void SetUp() override {
        auto opened = open(m_camera, Transport::Tcp);
        ASSERT_TRUE(opened) << opened.error().message;
        m_source = std::move(*opened);
        ASSERT_GE(readTwenty(*m_source), 0);
    }

    /// Whether the fault is mended and counted as it should be, in one and the same session.
    bool isMended(const rtsp::StreamFaults& faults, std::int64_t estate::MendedTimes::*kind) {
        m_camera.spoil(faults);
        std::int64_t last = m_source->read()->time;
        int after = 0;
        return picturesUntil(*m_source, 100, [&](const auto& report, const auto& packet) {
                   EXPECT_GT(packet.time, last);
                   EXPECT_LT(packet.time, last + 2 * video::kMediaTicksPerSecond);
                   last = packet.time;
                   after += report.mended.*kind > 0 ? 1 : 0;
                   return after == 10;
               }) >= 0;
    }

    TestCamera m_camera;
    std::unique_ptr<video::RtspSource> m_source;
};

TEST_F(WrongTimesTest, AHourAhead) {
    rtsp::StreamFaults faults;
    faults.timeShift = 3'600 * video::kMediaTicksPerSecond;
    EXPECT_TRUE(isMended(faults, &estate::MendedTimes::leaping));
}

TEST_F(WrongTimesTest, AHourBack) {
    rtsp::StreamFaults faults;
    faults.timeShift = -3'600 * video::kMediaTicksPerSecond;
    EXPECT_TRUE(isMended(faults, &estate::MendedTimes::backwards));
}

TEST_F(WrongTimesTest, AClockThatStands) {
    rtsp::StreamFaults faults;
    faults.timeStands = true;
    m_camera.spoil(faults);
    int pictures = 0;
    EXPECT_GE(picturesUntil(*m_source, 100,
                            [&](const auto& report, const auto&) {
                                ++pictures;
                                return report.mended.repeated + report.mended.missing >= 5;
                            }),
              0);
}

TEST(CameraClockTest, TheOffsetOfACamerasClockComesFromItsSenderReports) {
    TestCamera camera;
    rtsp::StreamFaults faults;
    faults.clockShift = 3'600s;
    camera.spoil(faults);
    auto source = open(camera, Transport::Tcp);
    ASSERT_TRUE(source) << source.error().message;
    ASSERT_GE(
        picturesUntil(**source, 500, [](const auto& report, const auto&) { return report.clockOffset.has_value(); }),
        0);
    const auto seconds = std::chrono::duration<double>{*(*source)->report().clockOffset}.count();
    EXPECT_NEAR(seconds, 3'600, 2);
}

}  // namespace
}  // namespace leedswatch::tests
