#include "live_support/test_camera.h"
#include "simulator/training_estate.h"
#include "station/station.h"
#include "support/child_process.h"
#include "support/system_clock.h"
#include "support/temporary_folder.h"
#include "support/wait_until.h"
#include "video/archive_check.h"
#include "video/relay_address.h"
#include "video/rtsp_source.h"
#include "video/segment_file.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;

/// A station that records what the list of cameras says, in files of two seconds.
class SoundTest : public ::testing::Test {
protected:
    SoundTest() { m_database = store::Database::open(m_folder.path(), kClock).value(); }

    void import(const std::string& rows) {
        estate::CameraRegistry registry{*m_database};
        const auto done = registry.importCsv(access::Acting::commandLine(), "number,name,main_url,audio\n" + rows);
        ASSERT_TRUE(done) << done.error().message;
    }
    void startStation() {
        station::StationSettings settings;
        settings.dataFolder = m_folder.path();
        settings.relayPort = 0;
        settings.recorder.segmentLength = 2s;
        auto started = station::Station::start(settings, kClock);
        ASSERT_TRUE(started) << started.error().message;
        m_station = std::move(*started);
    }
    /// Of the camera's finished files, in the order of time; of each whether it has sound.
    std::vector<bool> heardIn(int number) {
        estate::CameraRegistry registry{*m_database};
        std::vector<bool> heard;
        const auto id = registry.find(number).value().id;
        const auto segments = video::SegmentIndex{*m_database}.all(id).value();
        for (const auto& segment : segments) {
            const auto file = video::SegmentFile::open(segment.path(), video::SegmentFile::Extent::Finished);
            EXPECT_TRUE(file) << file.error().message;
            heard.push_back(file && !(*file)->sound().pieces().empty());
        }
        return heard;
    }
    bool comesTo(int number, bool isHeard) {
        return waitUntil(
            [&] {
                const auto heard = heardIn(number);
                return !heard.empty() && heard.back() == isHeard;
            },
            60s);
    }
    void expectWholeArchive() { EXPECT_EQ(video::checkArchive(*m_database, {})->problems, std::vector<std::string>{}); }

    TemporaryFolder m_folder;
    std::unique_ptr<store::Database> m_database;
    std::unique_ptr<station::Station> m_station;
};

TEST_F(SoundTest, IsRecordedOnlyWhereTheRecordOfTheCameraAllowsIt) {
    TestCamera allowed;
    TestCamera notAllowed;
    allowed.sound();
    notAllowed.sound();
    import("1,Allowed," + allowed.url() + ",yes\n2,Not allowed," + notAllowed.url() + ",no\n");
    startStation();
    EXPECT_TRUE(comesTo(1, true));
    EXPECT_TRUE(waitUntil([&] { return heardIn(2).size() >= 2; }, 60s));
    m_station.reset();
    for (const bool heard : heardIn(2)) {
        EXPECT_FALSE(heard);
    }
    expectWholeArchive();
}

TEST_F(SoundTest, ItsRelayHasNone) {
    TestCamera camera;
    camera.sound();
    import("1,Allowed," + camera.url() + ",yes\n");
    startStation();
    EXPECT_TRUE(comesTo(1, true));
    const auto address = video::readRelayAddress(m_folder.path()).value();
    video::StreamAddress relayed{address.url(1, video::StreamKind::Main), address.username, address.password};
    relayed.wantsSound = true;
    const auto desk = video::RtspSource::open(relayed, kClock, {});
    ASSERT_TRUE(desk) << desk.error().message;
    EXPECT_EQ((*desk)->report().sound, "");
    EXPECT_EQ((*desk)->report().soundRefusal, "the camera offers none");
}

TEST_F(SoundTest, StopsWhenTheRecordForbidsItAndComesWhenItAllowsIt) {
    TestCamera camera;
    camera.sound();
    import("1,Briggate," + camera.url() + ",yes\n");
    startStation();
    EXPECT_TRUE(comesTo(1, true));
    import("1,Briggate," + camera.url() + ",no\n");
    EXPECT_TRUE(comesTo(1, false));
    import("1,Briggate," + camera.url() + ",yes\n");
    EXPECT_TRUE(comesTo(1, true));
    m_station.reset();
    expectWholeArchive();
}

TEST_F(SoundTest, OfAFileThatIsShownOverAndOverItIsRecordedToo) {
    const auto file = m_folder.path() / "clip.mp4";
    const auto made = runProgram({"/usr/bin/ffmpeg",
                                  "-v",
                                  "error",
                                  "-f",
                                  "lavfi",
                                  "-i",
                                  "testsrc2=size=176x144:rate=25:duration=3",
                                  "-f",
                                  "lavfi",
                                  "-i",
                                  "sine=frequency=440:sample_rate=16000:duration=3",
                                  "-c:v",
                                  "libx264",
                                  "-bf",
                                  "0",
                                  "-g",
                                  "25",
                                  "-c:a",
                                  "aac",
                                  file.string()});
    if (made.exitCode != 0) {
        GTEST_SKIP() << "ffmpeg makes no file here: that its sound is recorded is not checked";
    }
    import("1,File,file:" + file.string() + ",yes\n");
    startStation();
    EXPECT_TRUE(waitUntil([&] { return heardIn(1).size() >= 3; }, 60s)) << "beyond the end of the file";
    m_station.reset();
    for (const bool heard : heardIn(1)) {
        EXPECT_TRUE(heard);
    }
    expectWholeArchive();
}

/// The simulator's drawn cameras, as `--audio` has them.
class SimulatedSound : public SoundTest, public ::testing::WithParamInterface<simulator::SoundChoice> {};

TEST_P(SimulatedSound, IsRecordedAndDecodes) {
    simulator::TrainingEstate::Settings settings;
    settings.cameras = 1;
    settings.sound = GetParam();
    const auto estate = simulator::TrainingEstate::start(settings, kClock, {});
    ASSERT_TRUE(estate) << estate.error().message;
    import("1,Drawn,rtsp://127.0.0.1:" + std::to_string((*estate)->port()) + "/camera/1/main,yes\n");
    startStation();
    EXPECT_TRUE(comesTo(1, true));
    m_station.reset();
    expectWholeArchive();
    const auto segments = video::SegmentIndex{*m_database}.all(std::nullopt).value();
    for (const auto& segment : segments) {
        const auto played =
            runProgram({"/usr/bin/ffmpeg", "-v", "error", "-i", segment.path().string(), "-f", "null", "-"});
        EXPECT_EQ(played.exitCode, 0);
        EXPECT_EQ(played.output, "") << segment.file;
    }
}

INSTANTIATE_TEST_SUITE_P(EachCoding, SimulatedSound,
                         ::testing::Values(simulator::SoundChoice::Aac, simulator::SoundChoice::MuLaw,
                                           simulator::SoundChoice::ALaw),
                         [](const auto& sound) {
                             return std::string{sound.param == simulator::SoundChoice::Aac     ? "Aac"
                                                : sound.param == simulator::SoundChoice::MuLaw ? "MuLaw"
                                                                                               : "ALaw"};
                         });

}  // namespace
}  // namespace leedswatch::tests
