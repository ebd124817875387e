#include "estate/camera_registry.h"
#include "support/child_process.h"
#include "support/temporary_folder.h"
#include "support/wait_until.h"
#include "video/archive_check.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <csignal>
#include <map>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;

const std::string kPrograms = LEEDSWATCH_PROGRAMS;
constexpr int kCameras = 4;
/// The simulator's cameras send a key frame every two seconds; a loaded machine is given one more.
constexpr base::Microseconds kGop = 2s;
constexpr base::Microseconds kSlack = 1s;

class StationKilled : public ::testing::Test {
protected:
    StationKilled() {
        const auto csv = m_folder / "estate.csv";
        m_simulator = std::make_unique<ChildProcess>(
            std::vector<std::string>{kPrograms + "/leedswatch-simulator", "--cameras", std::to_string(kCameras),
                                     "--rtsp-port", "0", "--day", "--write-csv", csv.string()});
        EXPECT_TRUE(m_simulator->waitForOutput("ready:", 120s)) << m_simulator->output();
        EXPECT_EQ(control({"init"}).exitCode, 0);
        EXPECT_EQ(control({"cameras", "import", csv.string()}).exitCode, 0);
        m_database = store::Database::open(m_data, m_clock).value();
    }

    Finished control(const std::vector<std::string>& arguments) {
        std::vector<std::string> all{kPrograms + "/leedswatchctl", "--data", m_data.string()};
        all.insert(all.end(), arguments.begin(), arguments.end());
        return runProgram(all);
    }

    void startStation() {
        m_station = std::make_unique<ChildProcess>(
            std::vector<std::string>{kPrograms + "/leedswatch-station", "--data", m_data.string(), "--rtsp-port", "0"});
        ASSERT_TRUE(m_station->waitForOutput("the station serves")) << m_station->output();
    }

    /// Until each camera has a file in hand with at least `fragments` whole GOPs, told by its growing so often.
    void waitForFragments(int fragments) {
        video::SegmentIndex index{*m_database};
        std::map<std::filesystem::path, std::pair<std::uintmax_t, int>> grown;
        const auto allHaveGrown = [&] {
            int ready = 0;
            for (const auto& segment : index.openSegments().value_or(std::vector<video::OpenSegment>{})) {
                std::error_code notThereYet;
                const auto size = std::filesystem::file_size(index.archiveFolder() / segment.file, notThereYet);
                auto& [known, times] = grown[segment.file];
                // The head alone is less than a kilobyte.
                if (!notThereYet && size > 2'000 && size != known) {
                    known = size;
                    ++times;
                }
                ready += times >= fragments ? 1 : 0;
            }
            return ready == kCameras;
        };
        ASSERT_TRUE(waitUntil(allHaveGrown, 120s)) << m_station->output();
    }

    std::map<estate::CameraId, video::Segment> newestOfEach() {
        video::SegmentIndex index{*m_database};
        std::map<estate::CameraId, video::Segment> newest;
        const auto cameras = estate::CameraRegistry{*m_database}.list();
        for (const auto& camera : *cameras) {
            const auto found = index.newestOf(camera.id);
            if (found && *found) {
                newest.emplace(camera.id, **found);
            }
        }
        return newest;
    }

    base::SystemClock m_clock;
    TemporaryFolder m_folder;
    const std::filesystem::path m_data = m_folder / "data";
    std::unique_ptr<ChildProcess> m_simulator;
    std::unique_ptr<store::Database> m_database;
    std::unique_ptr<ChildProcess> m_station;
};

TEST_F(StationKilled, LosesAtMostTheGopInHandOfEachCamera) {
    startStation();
    for (int round = 1; round <= 3; ++round) {
        waitForFragments(round);
        m_station->signal(SIGKILL);
        const auto killed = m_clock.now();
        m_station->wait();
        startStation();
        const auto newest = newestOfEach();
        ASSERT_EQ(newest.size(), static_cast<std::size_t>(kCameras));
        for (const auto& [camera, segment] : newest) {
            EXPECT_EQ(segment.cause, video::SegmentEnd::Recovered);
            EXPECT_GE(segment.end, killed - kGop - kSlack) << "camera " << camera.value() << ", round " << round;
            EXPECT_LE(segment.end, killed + kSlack);
        }
        const auto check = control({"archive", "check"});
        EXPECT_EQ(check.exitCode, 0) << check.output;
    }
    waitForFragments(1);
    m_station->signal(SIGTERM);
    EXPECT_EQ(m_station->wait(), 0) << m_station->output();
    const auto check = control({"archive", "check"});
    EXPECT_EQ(check.exitCode, 0) << check.output;
    video::SegmentIndex index{*m_database};
    EXPECT_TRUE(index.openSegments()->empty());
    for (const auto& [camera, segment] : newestOfEach()) {
        const auto gaps = index.gaps(camera, {base::UtcTime{}, m_clock.now()});
        ASSERT_TRUE(gaps);
        // A break of less than half a second has no row: a quick restart right behind a key frame leaves none.
        const auto files = index.find(camera, {base::UtcTime{}, m_clock.now()}).value();
        std::ptrdiff_t breaks = 0;
        for (std::size_t number = 1; number < files.size(); ++number) {
            breaks += files[number].begin - files[number - 1].end > 500ms ? 1 : 0;
        }
        EXPECT_EQ(files.size(), 4U);
        EXPECT_EQ(std::ranges::count(*gaps, video::GapCause::Killed, &video::RecordingGap::cause), breaks);
        EXPECT_EQ(segment.cause, video::SegmentEnd::Stopped);
    }
}

}  // namespace
}  // namespace leedswatch::tests
