#include "reliability/estate_fixture.h"
#include "support/wait_until.h"

#include <gtest/gtest.h>

#include <csignal>
#include <iostream>
#include <random>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;

constexpr int kKilledCameras = 8;
/// The cameras send a key frame every two seconds.
constexpr base::Microseconds kGop = 2s;
/// What a loaded machine adds between a picture's end and its write.
constexpr base::Microseconds kKillSlack = 1s;

class StationKilled : public EstateTest {
protected:
    StationKilled() : EstateTest{kKilledCameras} {}

    /// Until each camera has a file in hand with a whole GOP.
    void waitForPictures() {
        const auto allAreWritten = [&] {
            int ready = 0;
            for (const auto& segment : m_index.openSegments().value_or(std::vector<video::OpenSegment>{})) {
                std::error_code notThereYet;
                const auto size = std::filesystem::file_size(segment.path(), notThereYet);
                // The head alone is less than a kilobyte.
                ready += !notThereYet && size > 2'000 ? 1 : 0;
            }
            return ready == kKilledCameras;
        };
        ASSERT_TRUE(waitUntil(allAreWritten, 120s)) << m_station->output();
    }

    /// At any moment of the two seconds that a GOP takes.
    base::UtcTime killAtAnyMoment() {
        const auto moment = m_clock.steadyNow() + std::chrono::milliseconds{m_random() % 2'000U};
        EXPECT_TRUE(waitUntil([&] { return m_clock.steadyNow() >= moment; }, 10s));
        m_station->signal(SIGKILL);
        const auto killed = m_clock.now();
        m_station->wait();
        return killed;
    }

    void expectLittleIsLost(base::UtcTime killed, int round) {
        for (const auto& camera : cameras()) {
            const auto newest = m_index.newestOf(camera.id);
            ASSERT_TRUE(newest && *newest) << "camera " << camera.number;
            const video::Segment& last = **newest;
            m_mostLost = std::max(m_mostLost, killed - last.end);
            EXPECT_EQ(last.cause, video::SegmentEnd::Recovered);
            EXPECT_GE(last.end, killed - kGop - kKillSlack) << "camera " << camera.number << ", round " << round;
            EXPECT_LE(last.end, killed + kKillSlack);
        }
    }

    void expectArchiveIsWell() {
        const auto check = control({"archive", "check"});
        EXPECT_EQ(check.exitCode, 0) << check.output;
    }

    video::SegmentIndex m_index{*m_database};
    std::mt19937 m_random{2026};
    base::Microseconds m_mostLost{0};
};

TEST_F(StationKilled, LosesAtMostTheGopInHandOfEachCamera) {
    const int rounds = timesToRun(4, 100);
    startStation();
    for (int round = 1; round <= rounds && !HasFatalFailure(); ++round) {
        waitForPictures();
        const auto killed = killAtAnyMoment();
        startStation();
        expectLittleIsLost(killed, round);
        expectArchiveIsWell();
    }
    waitForPictures();
    stopStation();
    expectArchiveIsWell();
    EXPECT_TRUE(m_index.openSegments()->empty());
    for (const auto& camera : cameras()) {
        EXPECT_EQ(m_index.newestOf(camera.id)->value().cause, video::SegmentEnd::Stopped);
        EXPECT_TRUE(unexplained(m_index, camera.id).empty()) << "camera " << camera.number;
    }
    std::cout << "[ measured ] " << rounds << " kills of a station with " << kKilledCameras << " cameras: at most "
              << m_mostLost.count() / 1'000 << " ms of a camera lost before a kill\n";
}

}  // namespace
}  // namespace leedswatch::tests
