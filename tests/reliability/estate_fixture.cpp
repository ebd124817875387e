#include "reliability/estate_fixture.h"

#include "footage/numbered_footage.h"

#include <csignal>
#include <cstdlib>
#include <limits>
#include <stdexcept>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;

const std::string kPrograms = LEEDSWATCH_PROGRAMS;
constexpr base::Microseconds kSmallestGap = 500ms;

void require(bool good, const std::string& why) {
    if (!good) {
        throw std::runtime_error{why};
    }
}

}  // namespace

int timesToRun(int usual, int whole) {
    return std::getenv("LEEDSWATCH_SOAK") == nullptr ? usual : whole;
}

EstateTest::EstateTest(int cameras) : m_count{cameras} {
    const auto clips = m_folder / "clips";
    const auto csv = m_folder / "estate.csv";
    std::filesystem::create_directories(clips);
    encodeNumbered(clips / "counting.mp4", 1, 500, {.gop = 50});
    m_simulator = std::make_unique<ChildProcess>(
        std::vector<std::string>{kPrograms + "/leedswatch-simulator", "--cameras", std::to_string(cameras), "--clips",
                                 clips.string(), "--rtsp-port", "0", "--write-csv", csv.string()});
    require(m_simulator->waitForOutput("ready:", 120s), m_simulator->output());
    for (const auto& finished : {control({"init"}), control({"cameras", "import", csv.string()})}) {
        require(finished.exitCode == 0, finished.output);
    }
    m_database = store::Database::open(m_data, m_clock).value();
}

Finished EstateTest::control(const std::vector<std::string>& arguments) {
    std::vector<std::string> all{kPrograms + "/leedswatchctl", "--data", m_data.string()};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return runProgram(all);
}

void EstateTest::startStation() {
    m_station = std::make_unique<ChildProcess>(std::vector<std::string>{kPrograms + "/leedswatch-station", "--data",
                                                                        m_data.string(), "--rtsp-port", "0",
                                                                        "--arc-port", std::to_string(m_alarmPort)});
    ASSERT_TRUE(m_station->waitForOutput("the station serves")) << m_station->output();
}

int EstateTest::alarmPort() {
    const std::string output = m_station->output();
    const std::string before = "alarms are received at 127.0.0.1 port ";
    const std::size_t at = output.find(before);
    require(at != std::string::npos, output);
    return std::stoi(output.substr(at + before.size()));
}

void EstateTest::stopStation() {
    m_station->signal(SIGTERM);
    EXPECT_EQ(m_station->wait(), 0) << m_station->output();
}

std::vector<estate::Camera> EstateTest::cameras() {
    return estate::CameraRegistry{*m_database}.list().value();
}

std::vector<video::TimeRange> unexplained(video::SegmentIndex& index, estate::CameraId camera) {
    const video::TimeRange ever{base::UtcTime{}, base::fromStored(std::numeric_limits<std::int64_t>::max() / 2)};
    std::vector<video::Segment> known = index.find(camera, ever).value();
    const auto gaps = index.gaps(camera, ever).value();
    for (const auto& gap : gaps) {
        video::Segment explained;
        explained.begin = gap.begin;
        explained.end = gap.end;
        known.push_back(explained);
    }
    const auto covered = video::coverage(known, kSmallestGap);
    std::vector<video::TimeRange> holes;
    for (std::size_t next = 1; next < covered.size(); ++next) {
        holes.push_back({covered[next - 1].end, covered[next].begin});
    }
    return holes;
}

}  // namespace leedswatch::tests
