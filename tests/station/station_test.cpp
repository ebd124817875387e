#include "station/station.h"

#include "evidence/archive_seal.h"
#include "live_support/test_camera.h"
#include "store/audit_log.h"
#include "support/temporary_folder.h"
#include "support/wait_until.h"
#include "video/archive_check.h"
#include "video/archive_volumes.h"
#include "video/decoder.h"
#include "video/picture_cursor.h"
#include "video/relay_address.h"
#include "video/rtsp_source.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <condition_variable>
#include <optional>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using estate::CameraState;
using estate::LossCause;

/// Whether `condition` comes to hold within half a minute.
bool eventually(const std::function<bool()>& condition) {
    return waitUntil(condition, 30s);
}

class StationTest : public ::testing::Test {
protected:
    StationTest() { m_database = store::Database::open(m_folder.path(), m_clock).value(); }

    void importCameras(const std::string& rows) {
        estate::CameraRegistry registry{*m_database};
        const auto imported = registry.importCsv(access::Acting::commandLine(),
                                                 "number,name,main_url,sub_url,username,password,enabled\n" + rows);
        ASSERT_TRUE(imported) << imported.error().message;
    }

    base::Result<std::unique_ptr<station::Station>> start(const station::OpenSource& openSource = {}) {
        station::StationSettings settings;
        settings.dataFolder = m_folder.path();
        settings.relayPort = 0;
        settings.recorder.segmentLength = 2s;
        return station::Station::start(settings, m_clock, openSource);
    }

    void startStation() {
        auto started = start();
        ASSERT_TRUE(started) << started.error().message;
        m_station = std::move(*started);
    }

    estate::CameraStatus statusOf(int number) {
        estate::CameraRegistry registry{*m_database};
        const auto camera = registry.find(number).value().id;
        const auto statuses = registry.statuses().value();
        for (const auto& status : statuses) {
            if (status.camera == camera) {
                return status;
            }
        }
        return {};
    }

    bool comesTo(int number, CameraState state, LossCause cause) {
        return eventually([&] { return statusOf(number).state == state && statusOf(number).cause == cause; });
    }

    std::vector<video::Segment> segments() { return m_index().all(std::nullopt).value(); }
    video::SegmentIndex m_index() { return video::SegmentIndex{*m_database}; }

    void expectSoundArchive() { EXPECT_EQ(video::checkArchive(*m_database, {})->problems, std::vector<std::string>{}); }

    video::StreamAddress relayed(int number, video::StreamKind kind) {
        const auto address = video::readRelayAddress(m_folder.path()).value();
        return {address.url(number, kind), address.username, address.password};
    }

    base::SystemClock m_clock;
    TemporaryFolder m_folder;
    std::unique_ptr<store::Database> m_database;
    std::unique_ptr<station::Station> m_station;
};

TEST_F(StationTest, RecordsACameraAndFinishesItsFilesOnTheWayAndAtTheEnd) {
    TestCamera camera{{"admin", "secret-1"}};
    importCameras("12,Briggate," + camera.url() + ",,admin,secret-1,yes\n");
    startStation();
    EXPECT_TRUE(comesTo(12, CameraState::Live, LossCause::None));
    EXPECT_TRUE(eventually([&] { return segments().size() >= 2; }));
    m_station.reset();
    const auto recorded = segments();
    EXPECT_EQ(recorded.back().cause, video::SegmentEnd::Stopped);
    for (std::size_t i = 1; i < recorded.size(); ++i) {
        EXPECT_EQ(recorded[i].begin, recorded[i - 1].end);
        EXPECT_EQ(recorded[i].firstMediaTime, recorded[i - 1].lastMediaTime + 3600);
    }
    EXPECT_EQ(statusOf(12).state, CameraState::Offline);
    EXPECT_TRUE(m_index().openSegments()->empty());
    EXPECT_FALSE(video::readRelayAddress(m_folder.path())) << "nothing is relayed any more";
    EXPECT_EQ(store::AuditLog{*m_database}.eventsSinceCheckpoint().value(), 0) << "all is signed at the end";
    const auto verified = store::AuditLog{*m_database}.verify(
        {&estate::CameraRegistry::witness(), &evidence::segmentWitness(), &video::ArchiveVolumes::witness()});
    EXPECT_EQ(verified->problems, std::vector<std::string>{});
    EXPECT_EQ(verified->waitingRows, 0) << "every file is vouched for at the end";
    expectSoundArchive();
}

TEST_F(StationTest, RelaysBothStreamsBehindThisRunsPassword) {
    TestCamera main;
    TestCamera sub;
    importCameras("12,Briggate," + main.url() + "," + sub.url() + ",,,yes\n");
    startStation();
    for (const auto kind : {video::StreamKind::Main, video::StreamKind::Sub}) {
        const auto address = relayed(12, kind);
        std::unique_ptr<video::RtspSource> desk;
        EXPECT_TRUE(eventually([&] {
            auto opened = video::RtspSource::open(address, m_clock, {});
            desk = opened ? std::move(*opened) : nullptr;
            return desk != nullptr;
        }));
        ASSERT_NE(desk, nullptr);
        const auto first = desk->read();
        ASSERT_TRUE(first) << first.error().message;
        EXPECT_TRUE(first->isKey);
        EXPECT_EQ(first->format->width, 176);
        const auto stranger = video::RtspSource::open({address.url, "", ""}, m_clock, {});
        ASSERT_FALSE(stranger);
        EXPECT_EQ(stranger.error().code, base::ErrorCode::SignInFailed);
    }
}

// An encoder before an analogue camera: 25 pictures a second of two fields each.
TEST_F(StationTest, AnInterlacedCameraIsRecordedAndRelayedAsFiftyWholePicturesASecond) {
    TestCamera camera;
    camera.become({.encoder = ":tff=1"});
    importCameras("12,Briggate,\"" + camera.url() + "#deinterlace=full,fields=top\",,,,yes\n");
    startStation();
    ASSERT_TRUE(eventually([&] { return segments().size() >= 2; }));
    std::unique_ptr<video::RtspSource> desk;
    ASSERT_TRUE(eventually([&] {
        auto opened = video::RtspSource::open(relayed(12, video::StreamKind::Main), m_clock, {});
        desk = opened ? std::move(*opened) : nullptr;
        return desk != nullptr;
    }));
    auto packet = desk->read();
    ASSERT_TRUE(packet) << packet.error().message;
    auto decoder = video::Decoder::create(packet->format);
    ASSERT_TRUE(decoder) << decoder.error().message;
    for (int i = 0; i < 60; ++i) {
        if (const AVFrame* picture = (*decoder)->decode(*packet)) {
            EXPECT_EQ(picture->interlaced_frame, 0);
        }
        const std::int64_t before = packet->time;
        packet = desk->read();
        ASSERT_TRUE(packet) << packet.error().message;
        EXPECT_EQ(packet->time - before, 1800) << "a fiftieth of a second";
    }
    EXPECT_GT((*decoder)->decoded(), 50);
    desk.reset();
    m_station.reset();
    const auto recorded = segments();
    const auto id = estate::CameraRegistry{*m_database}.find(12)->id;
    video::SegmentIndex index{*m_database};
    video::PictureCursor cursor{index, id, 64U << 20U};
    ASSERT_NE(cursor.moveTo(recorded.front().begin).value(), video::PictureCursor::Landing::Nothing);
    int pictures = 0;
    do {
        const auto picture = cursor.decode({});
        ASSERT_TRUE(picture) << picture.error().message;
        EXPECT_EQ((**picture).interlaced_frame, 0);
        ++pictures;
    } while (pictures < 100 && cursor.next().value());
    EXPECT_EQ(pictures, 100);
    expectSoundArchive();
}

TEST_F(StationTest, AChangeOfPictureSizeInMidStreamBeginsANewFileAndLosesNothing) {
    TestCamera camera;
    importCameras("12,Briggate," + camera.url() + ",,,,yes\n");
    startStation();
    ASSERT_TRUE(eventually([&] { return !segments().empty(); }));
    camera.become({.width = 320, .height = 240});
    const auto isFollowed = [&] {
        const auto recorded = segments();
        const auto changed = std::ranges::find(recorded, video::SegmentEnd::FormatChanged, &video::Segment::cause);
        return changed != recorded.end() && changed + 1 != recorded.end();
    };
    ASSERT_TRUE(eventually(isFollowed));
    m_station.reset();
    const auto recorded = segments();
    for (std::size_t i = 1; i < recorded.size(); ++i) {
        EXPECT_EQ(recorded[i].begin, recorded[i - 1].end);
        EXPECT_EQ(recorded[i].firstMediaTime, recorded[i - 1].lastMediaTime + 3600);
    }
    expectSoundArchive();
}

TEST_F(StationTest, AChangeOfCodecInMidStreamIsFollowedWithoutARestart) {
    TestCamera camera;
    importCameras("12,Briggate," + camera.url() + ",,,,yes\n");
    startStation();
    ASSERT_TRUE(eventually([&] { return !segments().empty(); }));
    const auto before = m_clock.now();
    camera.become({.codec = video::VideoCodec::H265});
    ASSERT_TRUE(eventually([&] { return !segments().empty() && segments().back().begin > before; }));
    const auto relay = relayed(12, video::StreamKind::Main);
    EXPECT_TRUE(eventually([&] {
        const auto desk = video::RtspSource::open(relay, m_clock, {});
        const auto picture = desk ? (*desk)->read() : base::Result<video::Packet>{tl::unexpect, desk.error()};
        return picture && picture->format->codec == video::VideoCodec::H265;
    })) << "the relay offers what the camera sends now";
    EXPECT_TRUE(comesTo(12, CameraState::Live, LossCause::None));
    m_station.reset();
    expectSoundArchive();
}

/// Gives the same pictures over and over, 25 a second, with growing times.
class PacedSource final : public video::StreamSource {
public:
    PacedSource(std::vector<video::Packet> packets, const base::Clock& clock, std::stop_token stop)
        : m_packets{std::move(packets)}, m_clock{clock}, m_stop{std::move(stop)} {}

    base::Result<video::Packet> read() override {
        std::mutex mutex;
        std::unique_lock lock{mutex};
        m_pace.wait_for(lock, m_stop, 40ms, [] { return false; });
        if (m_stop.stop_requested()) {
            return base::fail(base::ErrorCode::Cancelled, "stopped");
        }
        video::Packet packet = m_packets[static_cast<std::size_t>(m_number) % m_packets.size()];
        packet.time = m_number++ * 3600;
        packet.arrival = m_clock.now();
        packet.arrivedAt = m_clock.steadyNow();
        return packet;
    }
    video::SourceReport report() const override { return {}; }

private:
    const std::vector<video::Packet> m_packets;
    const base::Clock& m_clock;
    const std::stop_token m_stop;
    std::condition_variable_any m_pace;
    std::int64_t m_number = 0;
};

TEST_F(StationTest, ACameraThatIsRecordedAndCannotBeRelayedSaysSo) {
    importCameras("12,Briggate,http://127.0.0.1:1/wide.mjpg,,,,yes\n");
    const auto wide = makePackets({.codec = video::VideoCodec::Mjpeg, .width = 2048, .height = 64}, 10, {}, {});
    auto started = start([&](const video::StreamAddress&, const std::stop_token& stop) {
        return base::Result<std::unique_ptr<video::StreamSource>>{std::make_unique<PacedSource>(wide, m_clock, stop)};
    });
    ASSERT_TRUE(started) << started.error().message;
    m_station = std::move(*started);
    ASSERT_TRUE(comesTo(12, CameraState::Live, LossCause::Codec));
    const auto message = statusOf(12).message;
    EXPECT_NE(message.find("recorded, but no desk can watch it live: "), std::string::npos) << message;
    EXPECT_NE(message.find("2048x64"), std::string::npos) << message;
    EXPECT_TRUE(eventually([&] { return !segments().empty(); }));
}

TEST_F(StationTest, SaysWhyACameraIsNotThere) {
    TestCamera locked{{"admin", "right"}};
    TestCamera open;
    importCameras("1,Dead," + closedPort() + ",,,,yes\n2,Locked," + locked.url() + ",,admin,wrong,yes\n3,Elsewhere," +
                  open.url() + "/nowhere,,,,yes\n4,Off," + open.url() + ",,,,no\n");
    startStation();
    EXPECT_TRUE(comesTo(1, CameraState::Offline, LossCause::Network));
    EXPECT_TRUE(comesTo(2, CameraState::Offline, LossCause::Authentication));
    EXPECT_TRUE(comesTo(3, CameraState::Offline, LossCause::Refused));
    EXPECT_TRUE(comesTo(4, CameraState::Disabled, LossCause::None));
    EXPECT_NE(statusOf(1).message.find("nothing listens at 127.0.0.1"), std::string::npos) << statusOf(1).message;
    EXPECT_EQ(statusOf(2).message.find("wrong"), std::string::npos);
}

TEST_F(StationTest, ComesBackAfterADropAndNotesTheGap) {
    TestCamera camera;
    importCameras("12,Briggate," + camera.url() + ",,,,yes\n");
    startStation();
    ASSERT_TRUE(comesTo(12, CameraState::Live, LossCause::None));
    camera.drop();
    ASSERT_TRUE(comesTo(12, CameraState::Offline, LossCause::Network));
    ASSERT_TRUE(comesTo(12, CameraState::Live, LossCause::None));
    EXPECT_TRUE(eventually([&] { return m_index().openSegments()->size() == 1; }));
    m_station.reset();
    EXPECT_GE(std::ranges::count(segments(), video::SegmentEnd::StreamLost, &video::Segment::cause), 1);
    const auto camera12 = estate::CameraRegistry{*m_database}.find(12)->id;
    const auto gaps = m_index().gaps(camera12, {base::UtcTime{}, m_clock.now()});
    ASSERT_EQ(gaps->size(), 2U);
    EXPECT_EQ(gaps->front().cause, video::GapCause::Network);
    EXPECT_EQ(gaps->back().cause, video::GapCause::Stopped);
    EXPECT_TRUE(gaps->back().lasts);
    expectSoundArchive();
}

TEST_F(StationTest, ACameraThatFallsSilentIsOfflineAfterThreeSeconds) {
    TestCamera camera;
    importCameras("12,Briggate," + camera.url() + ",,,,yes\n");
    startStation();
    ASSERT_TRUE(comesTo(12, CameraState::Live, LossCause::None));
    camera.fallSilent();
    const auto begin = std::chrono::steady_clock::now();
    ASSERT_TRUE(comesTo(12, CameraState::Offline, LossCause::Network));
    EXPECT_GT(std::chrono::steady_clock::now() - begin, 2s);
    EXPECT_NE(statusOf(12).message.find("no packets"), std::string::npos) << statusOf(12).message;
    camera.speak();
    EXPECT_TRUE(comesTo(12, CameraState::Live, LossCause::None));
}

TEST_F(StationTest, ACameraWhoseEncoderStandsIsFrozenAndRecordedAndComesBackByItself) {
    TestCamera camera;
    importCameras("12,Briggate," + camera.url() + ",,,,yes\n");
    startStation();
    ASSERT_TRUE(comesTo(12, CameraState::Live, LossCause::None));
    camera.freeze();
    ASSERT_TRUE(comesTo(12, CameraState::Frozen, LossCause::EncoderFrozen));
    EXPECT_NE(statusOf(12).message.find("one and the same picture"), std::string::npos) << statusOf(12).message;
    EXPECT_EQ(m_index().openSegments()->size(), 1U) << "what it sends is recorded";
    camera.thaw();
    EXPECT_TRUE(comesTo(12, CameraState::Live, LossCause::None));
    EXPECT_EQ(camera.clients(), 1);
}

TEST_F(StationTest, FollowsTheListOfCamerasWhileItRuns) {
    TestCamera first;
    TestCamera second;
    startStation();
    importCameras("12,Briggate," + first.url() + ",,,,yes\n");
    EXPECT_TRUE(comesTo(12, CameraState::Live, LossCause::None));
    importCameras("12,Briggate north," + first.url() + ",,,,yes\n13,Headrow," + second.url() + ",,,,yes\n");
    EXPECT_TRUE(comesTo(13, CameraState::Live, LossCause::None));
    EXPECT_TRUE(eventually([&] { return m_index().openSegments()->size() == 2; }));
    EXPECT_EQ(std::ranges::count(segments(), video::SegmentEnd::Stopped, &video::Segment::cause), 0)
        << "a new name breaks no recording";
    importCameras("12,Briggate," + first.url() + ",,,,no\n");
    EXPECT_TRUE(comesTo(12, CameraState::Disabled, LossCause::None));
    EXPECT_TRUE(eventually([&] { return first.clients() == 0; }));
    EXPECT_EQ(second.clients(), 1);
    importCameras("12,Briggate," + second.url() + ",,,,yes\n");
    EXPECT_TRUE(comesTo(12, CameraState::Live, LossCause::None));
    EXPECT_TRUE(eventually([&] { return second.clients() == 2; }));
}

TEST_F(StationTest, ASecondStationOnTheSameFolderIsRefusedInOneSentence) {
    startStation();
    const auto second = start();
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, base::ErrorCode::Busy);
    EXPECT_NE(second.error().message.find("another station already serves " + m_folder.path().string()),
              std::string::npos)
        << second.error().message;
    m_station.reset();
    EXPECT_TRUE(start());
}

TEST_F(StationTest, StopsAtOnceWhateverItsCamerasDo) {
    const SilentServer mute;
    TestCamera silent;
    silent.fallSilent();
    TestCamera live;
    importCameras("1,Mute," + mute.url() + ",,,,yes\n2,Dead," + closedPort() + ",,,,yes\n3,Silent," + silent.url() +
                  ",,,,yes\n4,Live," + live.url() + ",,,,yes\n5,Nowhere,rtsp://192.0.2.1/main,,,,yes\n");
    // However slow the machine is: no time-out has ended these waits.
    video::SourceSettings patient;
    patient.timeouts = {5min, 5min};
    m_station = start(station::openSources(m_clock, patient)).value();
    ASSERT_TRUE(comesTo(4, CameraState::Live, LossCause::None));
    ASSERT_TRUE(comesTo(2, CameraState::Offline, LossCause::Network));
    const auto begin = std::chrono::steady_clock::now();
    m_station.reset();
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 1min);
}

TEST_F(StationTest, FinishesWhatAnEarlierStationLeft) {
    TestCamera camera;
    importCameras("12,Briggate," + camera.url() + ",,,,yes\n");
    const auto id = estate::CameraRegistry{*m_database}.find(12)->id;
    ASSERT_TRUE(m_index().addOpen({id, "0012/2026-11-21/0012-20261121T000000.000Z.mp4", m_clock.now() - 60s}));
    startStation();
    EXPECT_TRUE(comesTo(12, CameraState::Live, LossCause::None));
    EXPECT_TRUE(std::ranges::none_of(*m_index().openSegments(), [](const auto& open) {
        return open.file == "0012/2026-11-21/0012-20261121T000000.000Z.mp4";
    }));
}

}  // namespace
}  // namespace leedswatch::tests
