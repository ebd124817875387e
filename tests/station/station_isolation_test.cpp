#include "estate/stream_measurements.h"
#include "hostile_server.h"
#include "live_support/test_camera.h"
#include "station/station.h"
#include "support/stepped_clock.h"
#include "support/temporary_folder.h"
#include "support/wait_until.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <future>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using estate::CameraState;

// What a camera may do at each stage of a session instead of going on.

void saysNothing(HostileConnection& client) {
    client.holdOn();
}

void saysHalf(HostileConnection& client) {
    std::ignore = client.request();
    client.send("RTSP/1.0 200 OK\r\nCSe");
    client.holdOn();
}

void trickles(HostileConnection& client) {
    std::ignore = client.request();
    client.trickle("RTSP/1.0 200 OK\r\nCSeq: 1\r\nPublic: DESCRIBE, SETUP, PLAY\r\n\r\n");
    client.holdOn();
}

void headsWithoutEnd(HostileConnection& client) {
    std::ignore = client.request();
    client.send("RTSP/1.0 200 OK\r\nCSeq: 1\r\n");
    while (client.send("X-Nothing: at all\r\n")) {
    }
}

void answersOptions(HostileConnection& client) {
    client.send("RTSP/1.0 200 OK\r\nCSeq: " + sequenceOf(client.request()) +
                "\r\nPublic: DESCRIBE, SETUP, PLAY\r\n\r\n");
}

void describesWithoutEnd(HostileConnection& client) {
    answersOptions(client);
    client.send("RTSP/1.0 200 OK\r\nCSeq: " + sequenceOf(client.request()) +
                "\r\nContent-Type: application/sdp\r\nContent-Length: 2000000000\r\n\r\nv=0\r\n");
    while (client.send(std::string(65'536, 'a'))) {
    }
}

void describesAndGoesSilent(HostileConnection& client) {
    answersOptions(client);
    const std::string sdp =
        "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=x\r\nt=0 0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n"
        "a=control:track1\r\n";
    client.send("RTSP/1.0 200 OK\r\nCSeq: " + sequenceOf(client.request()) +
                "\r\nContent-Type: application/sdp\r\nContent-Length: " + std::to_string(sdp.size()) + "\r\n\r\n" +
                sdp);
    client.holdOn();
}

void webHeadsWithoutEnd(HostileConnection& client) {
    std::ignore = client.request();
    client.send("HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=cut\r\n\r\n--cut\r\n");
    while (client.send("X-Nothing: at all\r\n")) {
    }
}

void webTrickles(HostileConnection& client) {
    std::ignore = client.request();
    client.send("HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=cut\r\n\r\n--cut\r\n\r\n");
    client.trickle(std::string(1'000, 'x'));
}

class StationIsolationTest : public testing::Test {
protected:
    StationIsolationTest() { m_database = store::Database::open(m_folder.path(), m_clock).value(); }

    void import(const std::string& rows) {
        const auto imported = estate::CameraRegistry{*m_database}.importCsv(access::Acting::commandLine(),
                                                                            "number,name,main_url\n" + rows);
        ASSERT_TRUE(imported) << imported.error().message;
    }

    void start(const station::OpenSource& openSource = {}) {
        station::StationSettings settings;
        settings.dataFolder = m_folder.path();
        settings.relayPort = 0;
        auto started = station::Station::start(settings, m_clock, openSource);
        ASSERT_TRUE(started) << started.error().message;
        m_station = std::move(*started);
    }

    estate::CameraStatus statusOf(int number) {
        estate::CameraRegistry registry{*m_database};
        const auto statuses = registry.statuses().value();
        const auto found = std::ranges::find(statuses, registry.find(number)->id, &estate::CameraStatus::camera);
        return found == statuses.end() ? estate::CameraStatus{} : *found;
    }

    bool areAll(CameraState state, int first, int last) {
        return waitUntil(
            [&] {
                for (int number = first; number <= last; ++number) {
                    if (statusOf(number).state != state) {
                        return false;
                    }
                }
                return true;
            },
            30s);
    }

    /// Everything that was recorded of a camera is in one piece: no packet is missing.
    void expectWhole(int number) {
        video::SegmentIndex index{*m_database};
        const auto camera = estate::CameraRegistry{*m_database}.find(number)->id;
        const auto gaps = index.gaps(camera, {base::UtcTime{}, m_clock.now() + 24h}).value();
        EXPECT_TRUE(std::ranges::all_of(gaps, &video::RecordingGap::lasts)) << "camera " << number;
        const auto segments = index.all(camera).value();
        ASSERT_FALSE(segments.empty()) << "camera " << number;
        for (std::size_t i = 1; i < segments.size(); ++i) {
            EXPECT_EQ(segments[i].firstMediaTime, segments[i - 1].lastMediaTime + 3600) << "camera " << number;
        }
        const auto streams = estate::StreamMeasurements{*m_database}.streams().value();
        const auto measured = std::ranges::find(streams, camera, &estate::StreamMeasurement::camera);
        ASSERT_NE(measured, streams.end());
        EXPECT_EQ(measured->reconnections, 0) << "camera " << number;
        EXPECT_EQ(measured->mended.total(), 0) << "camera " << number;
    }

    SteppedClock m_clock;
    TemporaryFolder m_folder;
    std::unique_ptr<store::Database> m_database;
    std::unique_ptr<station::Station> m_station;
};

TEST_F(StationIsolationTest, CamerasThatHangAtAnyStageCostTheOthersNothing) {
    std::vector<std::unique_ptr<TestCamera>> good;
    std::string rows;
    for (int number = 1; number <= 6; ++number) {
        good.push_back(std::make_unique<TestCamera>());
        rows += std::to_string(number) + ",Good," + good.back()->url() + "\n";
    }
    using Script = void (*)(HostileConnection&);
    const std::vector<std::pair<Script, std::string>> scripts{{saysNothing, "rtsp"},
                                                              {saysHalf, "rtsp"},
                                                              {trickles, "rtsp"},
                                                              {headsWithoutEnd, "rtsp"},
                                                              {describesWithoutEnd, "rtsp"},
                                                              {describesAndGoesSilent, "rtsp"},
                                                              {saysNothing, "rtsps"},
                                                              {trickles, "rtsps"},
                                                              {saysNothing, "http"},
                                                              {webHeadsWithoutEnd, "http"},
                                                              {webTrickles, "http"},
                                                              {saysNothing, "https"}};
    std::vector<std::unique_ptr<HostileServer>> bad;
    for (const auto& [script, scheme] : scripts) {
        bad.push_back(std::make_unique<HostileServer>(script));
        rows += std::to_string(10 + bad.size()) + ",Bad," + bad.back()->url(scheme) + "\n";
    }
    rows += "90,Nowhere,rtsp://192.0.2.1/main\n91,Closed," + closedPort() + "\n";
    import(rows);
    start();
    ASSERT_TRUE(areAll(CameraState::Live, 1, 6));
    ASSERT_TRUE(areAll(CameraState::Offline, 11, 10 + static_cast<int>(bad.size())));
    for (std::size_t i = 0; i < scripts.size(); ++i) {
        EXPECT_FALSE(statusOf(11 + static_cast<int>(i)).message.empty());
    }
    ASSERT_TRUE(areAll(CameraState::Live, 1, 6));
    m_station.reset();
    for (int number = 1; number <= 6; ++number) {
        expectWhole(number);
    }
    video::SourceSettings patient;
    patient.timeouts = {5min, 5min};
    start(station::openSources(m_clock, patient));
    ASSERT_TRUE(areAll(CameraState::Live, 1, 6));
    const auto begin = std::chrono::steady_clock::now();
    m_station.reset();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 1min) << "all of them let go, and wait for no time-out";
}

TEST_F(StationIsolationTest, SettingTheClockByAnHourReconnectsNobody) {
    TestCamera first;
    TestCamera second;
    import("1,One," + first.url() + "\n2,Two," + second.url() + "\n3,Closed," + closedPort() + "\n");
    start();
    ASSERT_TRUE(areAll(CameraState::Live, 1, 2));
    ASSERT_TRUE(areAll(CameraState::Offline, 3, 3));
    const auto before = estate::CameraRegistry{*m_database}.statuses().value();
    for (const auto step : {base::Microseconds{1h}, base::Microseconds{-2h}, base::Microseconds{1h}}) {
        const auto files = video::SegmentIndex{*m_database}.all(std::nullopt)->size();
        m_clock.step(step);
        // Each camera begins a file that is dated by the new clock: so the step has reached the end of the path.
        ASSERT_TRUE(
            waitUntil([&] { return video::SegmentIndex{*m_database}.all(std::nullopt)->size() >= files + 2; }, 30s));
    }
    EXPECT_EQ(estate::CameraRegistry{*m_database}.statuses().value(), before) << "no state changed";
    EXPECT_EQ(first.clients(), 1);
    m_station.reset();
    const auto streams = estate::StreamMeasurements{*m_database}.streams().value();
    EXPECT_EQ(streams.size(), 2U);
    for (const auto& stream : streams) {
        EXPECT_EQ(stream.reconnections, 0);
    }
}

}  // namespace
}  // namespace leedswatch::tests
