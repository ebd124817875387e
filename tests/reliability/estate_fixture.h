#pragma once

#include "estate/camera_registry.h"
#include "store/database.h"
#include "support/child_process.h"
#include "support/temporary_folder.h"
#include "video/segment_index.h"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace leedswatch::tests {

/// `whole` if the test is run at its whole length (`ctest --preset soak` sets LEEDSWATCH_SOAK), else `usual`.
[[nodiscard]] int timesToRun(int usual, int whole);

/// A simulated estate, a data folder that has its cameras, and a station that records them: the real programs. The
/// cameras show one clip, in which no two pictures are alike, so that a hundred of them cost next to nothing.
class EstateTest : public ::testing::Test {
protected:
    explicit EstateTest(int cameras);

    Finished control(const std::vector<std::string>& arguments);
    /// A fault: "stop 3".
    void command(const std::string& line) { m_simulator->send(line + "\n"); }
    /// Alarms are received at `m_alarmPort`; 0 is a free one.
    void startStation();
    /// The port that the running station says it took.
    [[nodiscard]] int alarmPort();
    /// Ends it as a service manager would, and expects that it went well.
    void stopStation();
    [[nodiscard]] std::vector<estate::Camera> cameras();

    const int m_count;
    int m_alarmPort = 0;
    base::SystemClock m_clock;
    TemporaryFolder m_folder;
    const std::filesystem::path m_data = m_folder / "data";
    std::unique_ptr<ChildProcess> m_simulator;
    std::unique_ptr<store::Database> m_database;
    std::unique_ptr<ChildProcess> m_station;
};

/// From the first recorded picture of a camera to its last, what neither a file nor a row of a gap accounts for. Breaks
/// of up to half a second have no row.
[[nodiscard]] std::vector<video::TimeRange> unexplained(video::SegmentIndex& index, estate::CameraId camera);

}  // namespace leedswatch::tests
