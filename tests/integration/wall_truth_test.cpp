// What a tile says is true: the simulator's cameras, a station and a live view as the console makes it, each a program
// of its own but the view, and every fault on command. A tile asks its view four times a second, which adds at most 250
// ms.
#include "base/file.h"
#include "estate/camera_registry.h"
#include "store/database.h"
#include "support/child_process.h"
#include "support/temporary_folder.h"
#include "support/wait_until.h"
#include "video/live_view.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <iostream>

namespace leedswatch {
namespace {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using Steady = std::chrono::steady_clock;
using video::LiveState;

// Three seconds are promised; the rest is what a machine that is busy with other tests may add.
constexpr milliseconds promised = 3s;
constexpr milliseconds tolerance = 3s;
constexpr milliseconds patience = 60s;

class WallTruth : public ::testing::Test {
protected:
    WallTruth() {
        if (!m_simulator.waitForOutput("ready", patience)) {
            throw std::runtime_error{"the simulator does not start: " + m_simulator.output()};
        }
        const auto report =
            m_registry.importCsv(access::Acting::commandLine(), *base::readWholeFile(m_folder / "estate.csv"));
        if (!report) {
            throw std::runtime_error{report.error().message};
        }
        startStation();
        m_view = watch();
    }

    static std::string program(const char* name) { return std::string{LEEDSWATCH_PROGRAMS "/"} + name; }
    void startStation() {
        m_station = std::make_unique<tests::ChildProcess>(std::vector<std::string>{
            program("leedswatch-station"), "--data", m_folder.path().string(), "--rtsp-port", "0", "--arc-port", "0"});
    }
    void command(const std::string& line) { m_simulator.send(line + "\n"); }
    std::unique_ptr<video::LiveView> watch() {
        return std::make_unique<video::LiveView>(
            m_clock, video::relayAddressSource(m_folder.path(), 1, video::StreamKind::Main),
            video::Presentation{{480, 270}, video::PrivacyMask::none()}, [this] { m_waiting.wake(); });
    }
    bool waitFor(const std::function<bool()>& condition, milliseconds limit = patience) {
        return m_waiting.until(condition, limit);
    }
    [[nodiscard]] LiveState state() const { return m_view->status().verdict.state; }
    bool becomes(LiveState wanted) {
        return waitFor([&] { return state() == wanted; });
    }
    /// Gives the fault, waits for the state and says how long that took.
    void expectWithinThreeSeconds(const std::string& fault, LiveState wanted) {
        const auto began = Steady::now();
        command(fault);
        expectSince(began, fault, wanted);
    }
    void expectSince(Steady::time_point began, const std::string& fault, LiveState wanted) {
        ASSERT_TRUE(becomes(wanted)) << fault << ": " << nameOf(state());
        const auto took = std::chrono::duration_cast<milliseconds>(Steady::now() - began);
        std::cout << "[ measured ] " << fault << ": " << nameOf(wanted) << " after " << took.count() << " ms\n";
        EXPECT_LE(took, promised + tolerance) << fault;
    }

    base::SystemClock m_clock;
    tests::TemporaryFolder m_folder;
    std::unique_ptr<store::Database> m_database = store::Database::open(m_folder.path(), m_clock).value();
    estate::CameraRegistry m_registry{*m_database};
    tests::Waiting m_waiting;
    tests::ChildProcess m_simulator{{program("leedswatch-simulator"), "--cameras", "1", "--rtsp-port", "0", "--day",
                                     "--write-csv", (m_folder / "estate.csv").string()}};
    std::unique_ptr<tests::ChildProcess> m_station;
    std::unique_ptr<video::LiveView> m_view;
};

TEST_F(WallTruth, ACameraThatStopsIsOfflineAndComesBack) {
    ASSERT_TRUE(becomes(LiveState::Live));
    expectWithinThreeSeconds("stop 1", LiveState::Offline);
    command("start 1");
    EXPECT_TRUE(becomes(LiveState::Live));
}

TEST_F(WallTruth, ACameraThatFreezesIsFrozenAndComesBack) {
    ASSERT_TRUE(becomes(LiveState::Live));
    expectWithinThreeSeconds("freeze 1", LiveState::Frozen);
    EXPECT_EQ(m_view->status().verdict.missing, video::MissingFact::PictureChange);
    command("clear 1");
    EXPECT_TRUE(becomes(LiveState::Live));
}

TEST_F(WallTruth, ACameraThatStallsIsLateThenOfflineAndComesBack) {
    ASSERT_TRUE(becomes(LiveState::Live));
    const auto began = Steady::now();
    command("stall 1");
    ASSERT_TRUE(waitFor([&] { return state() != LiveState::Live; }));
    EXPECT_LE(Steady::now() - began, 1s + tolerance);
    expectSince(began, "stall 1", LiveState::Offline);
    command("clear 1");
    EXPECT_TRUE(becomes(LiveState::Live));
}

TEST_F(WallTruth, ADroppedConnectionIsMadeAgain) {
    ASSERT_TRUE(becomes(LiveState::Live));
    const int connections = m_view->status().connections;
    command("drop 1");
    ASSERT_TRUE(waitFor([&] { return m_view->status().connections > connections; }));
    EXPECT_TRUE(becomes(LiveState::Live));
}

TEST_F(WallTruth, ABlackPictureIsAPicture) {
    ASSERT_TRUE(becomes(LiveState::Live));
    command("black 1");
    // A black picture that never changes cannot be told from a frozen one, and is called so; it is not offline.
    ASSERT_TRUE(waitFor([&] { return state() == LiveState::Frozen; }, 10s) || state() == LiveState::Live);
    EXPECT_NE(m_view->takePicture(), nullptr);
    command("clear 1");
    EXPECT_TRUE(becomes(LiveState::Live));
}

TEST_F(WallTruth, AKilledStationIsSaidAndItsNextRunIsFound) {
    ASSERT_TRUE(becomes(LiveState::Live));
    const auto began = Steady::now();
    m_station->signal(SIGKILL);
    expectSince(began, "kill -9 of the station", LiveState::Offline);
    ASSERT_TRUE(waitFor([&] {
        const auto status = m_view->status();
        return status.problem && status.problem->code == base::ErrorCode::Unreachable;
    }));
    m_station->wait();
    startStation();
    EXPECT_TRUE(becomes(LiveState::Live));
}

TEST_F(WallTruth, TheFirstPictureComesFromTheRelaysMemory) {
    ASSERT_TRUE(becomes(LiveState::Live));
    std::vector<milliseconds> first;
    std::vector<milliseconds> live;
    for (int call = 0; call < 30; ++call) {
        const auto began = Steady::now();
        m_view = watch();
        ASSERT_TRUE(becomes(LiveState::Live));
        live.push_back(std::chrono::duration_cast<milliseconds>(Steady::now() - began));
        first.push_back(m_view->status().firstPictureAfter.value());
    }
    std::sort(first.begin(), first.end());
    std::sort(live.begin(), live.end());
    const auto p95 = first.size() * 95 / 100;
    std::cout << "[ measured ] call-up: first picture p50 " << first[first.size() / 2].count() << " ms, p95 "
              << first[p95].count() << " ms; live p50 " << live[live.size() / 2].count() << " ms, p95 "
              << live[p95].count() << " ms\n";
    // 150 ms is the promise on a desk of its own; here the machine is shared with other tests.
    EXPECT_LE(first[first.size() / 2], 1s);
}

}  // namespace
}  // namespace leedswatch
