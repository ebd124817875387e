#include "simulator/training_estate.h"

#include "base/file.h"
#include "support/child_process.h"
#include "support/temporary_folder.h"
#include "viewer/rtsp_client.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <set>

extern "C" {
#include <libavutil/error.h>
}

namespace leedswatch::simulator {
namespace {

using tests::RtspClient;

/// The first picture within a long while that is as asked for. Each wait is for a picture, not for time.
std::optional<tests::Shown> showUntil(RtspClient& client, const std::function<bool(const tests::Shown&)>& isIt) {
    for (int i = 0; i < 600; ++i) {
        const auto shown = client.show();
        if (!shown || isIt(*shown)) {
            return shown;
        }
    }
    return std::nullopt;
}

bool isConstant(RtspClient& client, std::size_t pictures) {
    std::set<std::uint64_t> fingerprints;
    for (std::size_t i = 0; i < pictures; ++i) {
        const auto shown = client.show();
        if (!shown) {
            return false;
        }
        fingerprints.insert(shown->fingerprint);
    }
    return fingerprints.size() == 1;
}

/// The tests run once with a drawn camera and once with one that shows a clip.
class Estate : public ::testing::TestWithParam<bool> {
protected:
    void SetUp() override {
        TrainingEstate::Settings settings;
        settings.cameras = 2;
        settings.lighting = Lighting::Day;
        if (GetParam()) {
            const auto made = tests::runProgram({"/usr/bin/ffmpeg", "-v", "error", "-f", "lavfi", "-i",
                                                 "testsrc2=size=352x288:rate=25:duration=2", "-c:v", "libx264", "-bf",
                                                 "0", "-g", "25", (m_folder / "clip.mp4").string()});
            ASSERT_EQ(made.exitCode, 0) << made.output;
            settings.clips = m_folder.path();
        }
        auto started = TrainingEstate::start(settings, m_clock, {});
        ASSERT_TRUE(started) << started.error().message;
        m_estate = std::move(*started);
    }

    [[nodiscard]] std::string url(int camera, const std::string& stream = "main") const {
        return "rtsp://127.0.0.1:" + std::to_string(m_estate->port()) + "/camera/" + std::to_string(camera) + "/" +
               stream;
    }

    tests::TemporaryFolder m_folder;
    base::SystemClock m_clock;
    std::unique_ptr<TrainingEstate> m_estate;
};

TEST_P(Estate, BothStreamsMove) {
    for (const char* stream : {"main", "sub"}) {
        RtspClient client;
        ASSERT_EQ(client.open(url(1, stream)), 0);
        const auto first = client.show();
        ASSERT_TRUE(first);
        EXPECT_TRUE(showUntil(client, [&](const auto& shown) { return shown.fingerprint != first->fingerprint; }));
    }
}

TEST_P(Estate, TimeGoesOnThroughTheLoopAndFaults) {
    // Its time is that of the clock, so that it has never gone further than the clock since before the first picture.
    using Ticks = std::chrono::duration<double, std::ratio<1, ticksASecond>>;
    const auto begin = std::chrono::steady_clock::now();
    RtspClient client;
    ASSERT_EQ(client.open(url(1)), 0);
    ASSERT_TRUE(client.read());
    auto last = client.read();
    ASSERT_TRUE(last);
    const auto first = last->time;
    for (int i = 0; i < 60; ++i) {
        if (i == 20) {
            ASSERT_EQ(m_estate->command("black 1"), "ok\n");
        }
        if (i == 40) {
            ASSERT_EQ(m_estate->command("clear 1"), "ok\n");
        }
        const auto next = client.read();
        ASSERT_TRUE(next);
        EXPECT_GT(next->time, last->time);
        const Ticks passed = std::chrono::steady_clock::now() - begin;
        EXPECT_LT(static_cast<double>(next->time - first), passed.count() + ticksASecond);
        last = next;
    }
}

TEST_P(Estate, BlackIsBlackAndIsCleared) {
    RtspClient client;
    ASSERT_EQ(client.open(url(1)), 0);
    ASSERT_TRUE(client.show());
    ASSERT_EQ(m_estate->command("black 1"), "ok\n");
    EXPECT_TRUE(showUntil(client, [](const auto& shown) { return shown.brightness < 17.5; }));
    EXPECT_TRUE(isConstant(client, 10));
    ASSERT_EQ(m_estate->command("clear 1"), "ok\n");
    EXPECT_TRUE(showUntil(client, [](const auto& shown) { return shown.brightness > 40; }));
}

TEST_P(Estate, AFrozenPictureStaysWhilePacketsFlow) {
    RtspClient client;
    ASSERT_EQ(client.open(url(1)), 0);
    const auto moving = client.show();
    ASSERT_TRUE(moving);
    ASSERT_EQ(m_estate->command("freeze 1"), "ok\n");
    bool isFrozen = false;
    for (int i = 0; i < 20 && !isFrozen; ++i) {
        isFrozen = isConstant(client, 20);
    }
    EXPECT_TRUE(isFrozen);
    EXPECT_TRUE(isConstant(client, 60)) << "over more than a round of its loop";
    const auto still = client.show();
    ASSERT_TRUE(still);
    EXPECT_NEAR(still->brightness, moving->brightness, 40)
        << "the street, whatever drove by, and neither black nor white";
    ASSERT_EQ(m_estate->command("unfreeze 1"), "ok\n");
    EXPECT_TRUE(showUntil(client, [&](const auto& shown) { return shown.fingerprint != still->fingerprint; }));
}

TEST_P(Estate, NoiseIsAnotherPictureEachTime) {
    RtspClient client;
    ASSERT_EQ(client.open(url(1)), 0);
    ASSERT_TRUE(client.show());
    ASSERT_EQ(m_estate->command("noise 1"), "ok\n");
    ASSERT_TRUE(showUntil(client, [](const auto& shown) { return std::abs(shown.brightness - 110) < 12; }));
    EXPECT_FALSE(isConstant(client, 10));
}

TEST_P(Estate, ResolutionChangesUnderTheClient) {
    RtspClient client;
    ASSERT_EQ(client.open(url(1)), 0);
    ASSERT_TRUE(client.show());
    ASSERT_EQ(m_estate->command("resolution 1 320x180"), "ok\n");
    EXPECT_TRUE(showUntil(client, [](const auto& shown) { return shown.width == 320 && shown.height == 180; }));
    RtspClient later;
    ASSERT_EQ(later.open(url(1)), 0);
    const auto shown = later.show();
    ASSERT_TRUE(shown);
    EXPECT_EQ(shown->width, 320);
    ASSERT_EQ(m_estate->command("clear 1"), "ok\n");
    EXPECT_TRUE(showUntil(client, [](const auto& one) { return one.width != 320; }));
}

TEST_P(Estate, AStoppedCameraIsGoneAndComesBack) {
    RtspClient client;
    ASSERT_EQ(client.open(url(1)), 0);
    ASSERT_TRUE(client.read());
    ASSERT_EQ(m_estate->command("stop 1"), "ok\n");
    while (client.read()) {
    }
    EXPECT_EQ(client.open(url(1)), AVERROR_HTTP_NOT_FOUND);
    EXPECT_EQ(RtspClient{}.open(url(2)), 0) << "the others go on";
    EXPECT_NE(m_estate->command("freeze 1").find("stopped"), std::string::npos);
    ASSERT_EQ(m_estate->command("start 1"), "ok\n");
    ASSERT_EQ(client.open(url(1)), 0);
    EXPECT_TRUE(client.read());
}

TEST_P(Estate, DropsItsConnectionsAndAcceptsNewOnes) {
    RtspClient client;
    ASSERT_EQ(client.open(url(1)), 0);
    ASSERT_TRUE(client.read());
    ASSERT_EQ(m_estate->command("drop 1"), "ok\n");
    while (client.read()) {
    }
    ASSERT_EQ(client.open(url(1)), 0);
    EXPECT_TRUE(client.read());
}

TEST_P(Estate, RefusesThePasswordUntilCleared) {
    ASSERT_EQ(m_estate->command("refuse 1"), "ok\n");
    RtspClient client;
    EXPECT_EQ(client.open(url(1)), AVERROR_HTTP_UNAUTHORIZED);
    ASSERT_EQ(m_estate->command("clear 1"), "ok\n");
    EXPECT_EQ(client.open(url(1)), 0);
}

TEST_P(Estate, AStalledCameraAcceptsAndSendsNothing) {
    ASSERT_EQ(m_estate->command("stall 1"), "ok\n");
    RtspClient client;
    ASSERT_EQ(client.open(url(1)), 0);
    EXPECT_FALSE(client.read(std::chrono::milliseconds{700}));
    ASSERT_EQ(m_estate->command("clear 1"), "ok\n");
    RtspClient later;
    ASSERT_EQ(later.open(url(1)), 0);
    EXPECT_TRUE(later.read());
}

TEST_P(Estate, AnswersWhatItCannotDo) {
    EXPECT_EQ(m_estate->command("freeze 3"), "error: there is no camera 3; they are 1 to 2\n");
    EXPECT_EQ(m_estate->command("nonsense").find("error: "), 0U);
    const std::string status = m_estate->command("status");
    EXPECT_NE(status.find("camera 1 running"), std::string::npos);
    EXPECT_EQ(status.substr(status.size() - 3), "ok\n");
}

INSTANTIATE_TEST_SUITE_P(DrawnAndClip, Estate, ::testing::Bool(),
                         [](const auto& parameter) { return parameter.param ? "Clip" : "Drawn"; });

class OwnPorts : public ::testing::Test {
protected:
    void SetUp() override {
        TrainingEstate::Settings settings;
        settings.cameras = 2;
        settings.lighting = Lighting::Day;
        settings.hasPortPerCamera = true;
        auto started = TrainingEstate::start(settings, m_clock, {});
        ASSERT_TRUE(started) << started.error().message;
        m_estate = std::move(*started);
    }

    /// The addresses of the main streams, by the list for the station.
    [[nodiscard]] std::string url(int camera) const {
        const std::string csv = m_estate->csv();
        const auto path = csv.find("/camera/" + std::to_string(camera) + "/main");
        const auto begin = csv.rfind("rtsp://", path);
        return csv.substr(begin, csv.find(',', path) - begin);
    }

    base::SystemClock m_clock;
    std::unique_ptr<TrainingEstate> m_estate;
};

TEST_F(OwnPorts, AStoppedCameraRefusesConnectionsAndComesBackAtItsPort) {
    const std::string address = url(1);
    ASSERT_NE(address, url(2));
    RtspClient client;
    ASSERT_EQ(client.open(address), 0);
    ASSERT_TRUE(client.read());
    ASSERT_EQ(m_estate->command("stop 1"), "ok\n");
    while (client.read()) {
    }
    EXPECT_EQ(client.open(address), AVERROR(ECONNREFUSED));
    EXPECT_EQ(m_estate->command("stop 1"), "ok\n") << "once more changes nothing";
    RtspClient other;
    ASSERT_EQ(other.open(url(2)), 0) << "the others go on";
    EXPECT_TRUE(other.read());
    ASSERT_EQ(m_estate->command("start 1"), "ok\n");
    ASSERT_EQ(client.open(address), 0);
    EXPECT_TRUE(client.read());
}

TEST_F(OwnPorts, ACameraServesItsOwnStreamsOnly) {
    std::string wrong = url(1);
    wrong.replace(wrong.find("/camera/1/"), 10, "/camera/2/");
    EXPECT_EQ(RtspClient{}.open(wrong), AVERROR_HTTP_NOT_FOUND);
}

TEST_F(OwnPorts, AFaultThatIsNotMendedIsThereAgainAfterAStart) {
    ASSERT_EQ(m_estate->command("black 1"), "ok\n");
    ASSERT_EQ(m_estate->command("stop 1"), "ok\n");
    ASSERT_EQ(m_estate->command("start 1"), "ok\n");
    RtspClient client;
    ASSERT_EQ(client.open(url(1)), 0);
    EXPECT_TRUE(showUntil(client, [](const auto& shown) { return shown.brightness < 17.5; }));
}

class Program : public ::testing::Test {
protected:
    tests::TemporaryFolder m_folder;
};

TEST_F(Program, SaysThatItIsReadyWritesTheEstateAndStops) {
    const std::string csv = (m_folder / "estate.csv").string();
    const std::string secret = (m_folder / "password").string();
    ASSERT_TRUE(base::replaceFile(secret, "s3cret\n"));
    tests::ChildProcess program{{SIMULATOR_PROGRAM, "--cameras", "3", "--rtsp-port", "0", "--username", "admin",
                                 "--password-file", secret, "--write-csv", csv, "--control",
                                 (m_folder / "control").string()}};
    ASSERT_TRUE(program.waitForOutput("ready: 3 cameras at rtsp://127.0.0.1:"));
    program.send("freeze 2\n");
    EXPECT_TRUE(program.waitForOutput("ok\n"));
    const auto text = base::readWholeFile(csv);
    ASSERT_TRUE(text);
    EXPECT_EQ(
        text->find("number,name,site,main_url,sub_url,username,password,transport,audio\n1,\"Briggate / Kirkgate\""),
        0U);
    EXPECT_NE(text->find("\"admin\",\"s3cret\""), std::string::npos);
    program.signal(SIGTERM);
    EXPECT_EQ(program.wait(), 0);
    EXPECT_EQ(program.output().find("s3cret"), std::string::npos);
    EXPECT_FALSE(std::filesystem::exists(m_folder / "control"));
}

TEST_F(Program, StopsWithItsInputWhereThatIsAsked) {
    tests::ChildProcess program{{SIMULATOR_PROGRAM, "--cameras", "1", "--rtsp-port", "0", "--stop-on-eof"}};
    ASSERT_TRUE(program.waitForOutput("ready: 1 cameras"));
    program.closeInput();
    EXPECT_EQ(program.wait(), 0);
}

TEST_F(Program, RefusesWhatMakesNoSense) {
    EXPECT_EQ(tests::runProgram({SIMULATOR_PROGRAM}).exitCode, 2);
    EXPECT_EQ(tests::runProgram({SIMULATOR_PROGRAM, "--cameras", "0"}).exitCode, 2);
    EXPECT_EQ(tests::runProgram({SIMULATOR_PROGRAM, "--cameras", "1", "--username", "a"}).exitCode, 2);
    EXPECT_EQ(
        tests::runProgram({SIMULATOR_PROGRAM, "--cameras", "9", "--rtsp-port", "65530", "--port-per-camera"}).exitCode,
        2);
    const auto empty = tests::runProgram({SIMULATOR_PROGRAM, "--clips", m_folder.path().string(), "--rtsp-port", "0"});
    EXPECT_EQ(empty.exitCode, 1);
    EXPECT_NE(empty.output.find("is a video that can be shown"), std::string::npos) << empty.output;
}

}  // namespace
}  // namespace leedswatch::simulator
