// One thin path through every layer with the real programs: cameras that are drawn, a station that records them, the
// command line that looks, cuts, writes and verifies.

#include "base/file.h"
#include "base/local_time.h"
#include "support/child_process.h"
#include "support/temporary_folder.h"
#include "support/wait_until.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <csignal>

using namespace leedswatch;
using namespace leedswatch::tests;
using namespace std::chrono_literals;

namespace {

std::string program(const char* name) {
    return std::string{LEEDSWATCH_PROGRAMS "/"} + name;
}

class Spine : public ::testing::Test {
protected:
    Finished ctl(std::vector<std::string> arguments, const std::string& input = {}) const {
        arguments.insert(arguments.begin(), {program("leedswatchctl"), "--data", data()});
        return runProgram(arguments, input);
    }

    nlohmann::json ctlJson(std::vector<std::string> arguments) const {
        arguments.push_back("--json");
        const auto finished = ctl(std::move(arguments));
        // Standard error is collected with standard output here: the document is what begins with a bracket.
        return nlohmann::json::parse(finished.output.substr(finished.output.find_first_of("{[")), nullptr, false);
    }

    [[nodiscard]] std::string data() const { return (m_folder / "data").string(); }

    void startSimulator() {
        m_simulator = std::make_unique<ChildProcess>(
            std::vector<std::string>{program("leedswatch-simulator"), "--cameras", "2", "--rtsp-port", "0", "--day",
                                     "--write-csv", (m_folder / "estate.csv").string()});
        ASSERT_TRUE(m_simulator->waitForOutput("ready:")) << m_simulator->output();
    }

    void makeDataFolder() const {
        ASSERT_EQ(ctl({"init", "--admin", "chief"}, "correct horse battery 9\ncorrect horse battery 9\n").exitCode, 0);
        const auto imported = ctl({"cameras", "import", (m_folder / "estate.csv").string()});
        ASSERT_EQ(imported.exitCode, 0) << imported.output;
    }

    void startStation() {
        const auto before = recordedBytes() == UINTMAX_MAX ? 0 : recordedBytes();
        m_station = std::make_unique<ChildProcess>(std::vector<std::string>{
            program("leedswatch-station"), "--data", data(), "--rtsp-port", "0", "--arc-port", "0"});
        ASSERT_TRUE(waitUntil([&] { return recordedBytes() > before + 200'000; }, 60s)) << m_station->output();
    }

    /// Of both cameras, in finished files and in the ones in hand: the smaller.
    [[nodiscard]] std::uintmax_t recordedBytes() const {
        std::uintmax_t least = UINTMAX_MAX;
        for (const char* camera : {"0001", "0002"}) {
            std::uintmax_t bytes = 0;
            std::error_code ignored;
            const auto folder = m_folder / "data" / "archive" / camera;
            for (const auto& entry : std::filesystem::recursive_directory_iterator{folder, ignored}) {
                bytes += entry.is_regular_file() ? entry.file_size(ignored) : 0;
            }
            least = std::min(least, bytes);
        }
        return least;
    }

    void stopStation(int signal) {
        m_station->signal(signal);
        ASSERT_EQ(m_station->wait(), signal == SIGKILL ? 128 + SIGKILL : 0) << m_station->output();
    }

    TemporaryFolder m_folder;
    std::unique_ptr<ChildProcess> m_simulator;
    std::unique_ptr<ChildProcess> m_station;
};

TEST_F(Spine, LeadsFromACameraToAPackageInTheHand) {
    startSimulator();
    makeDataFolder();
    startStation();
    stopStation(SIGTERM);

    const auto listed = ctlJson({"archive", "list", "--camera", "1"});
    const auto& segments = listed.at("cameras").at(0).at("segments");
    ASSERT_FALSE(segments.empty()) << listed;
    EXPECT_EQ(segments.back().at("cause"), "stopped");
    const auto checked = ctl({"archive", "check"});
    EXPECT_EQ(checked.exitCode, 0) << checked.output;

    const auto begin = base::parseTime(segments.front().at("begin").get<std::string>()).value() + 700ms;
    const auto end = begin + 2s;
    const auto clip = m_folder / "clip";
    const auto cut = ctl({"clip", "--camera", "1", "--from", base::formatUtc(begin), "--to", base::formatUtc(end),
                          "--out", clip.string()});
    ASSERT_EQ(cut.exitCode, 0) << cut.output;
    const auto summed =
        runProgram({"/bin/sh", "-c", "cd '" + clip.string() + "' && sha256sum --strict -c manifest-sha256.txt"});
    EXPECT_EQ(summed.exitCode, 0) << summed.output;
    const auto manifest = nlohmann::json::parse(base::readWholeFile(clip / "manifest.json").value());
    const auto firstShown =
        base::parseTime(manifest.at("files").at(0).at("first_shown_utc").get<std::string>()).value();
    EXPECT_GE(firstShown, begin);
    EXPECT_LT(firstShown - begin, 500ms);

    const auto audited = ctl({"audit", "verify"});
    EXPECT_EQ(audited.exitCode, 0) << audited.output;
}

TEST_F(Spine, LosesNothingButTheGopInHandWhenTheStationIsKilled) {
    startSimulator();
    makeDataFolder();
    startStation();
    stopStation(SIGKILL);
    startStation();
    stopStation(SIGTERM);
    const auto checked = ctl({"archive", "check"});
    EXPECT_EQ(checked.exitCode, 0) << checked.output;
    const auto segments = ctlJson({"archive", "list", "--camera", "2"}).at("cameras").at(0).at("segments");
    ASSERT_FALSE(segments.empty());
    EXPECT_EQ(segments.front().at("cause"), "recovered") << segments;
}

TEST_F(Spine, NamesALogEntryWhoseTextWasChangedBehindItsBack) {
    ASSERT_EQ(ctl({"init", "--admin", "chief"}, "correct horse battery 9\ncorrect horse battery 9\n").exitCode, 0);
    ASSERT_EQ(ctl({"log", "add", "--category", "theft", "bag taken at the market"}).exitCode, 0);
    ASSERT_EQ(ctl({"audit", "verify"}).exitCode, 0);
    const auto changed = runProgram({"/usr/bin/sqlite3", data() + "/leedswatch.db",
                                     "DROP TRIGGER log_line_is_never_changed;"
                                     "UPDATE log_line SET text = replace(text, 'bag', 'bug');"});
    if (changed.exitCode != 0) {
        GTEST_FAIL() << changed.output;
    }
    const auto verified = ctl({"audit", "verify"});
    EXPECT_EQ(verified.exitCode, 1);
    EXPECT_NE(verified.output.find("log_line 1"), std::string::npos) << verified.output;
}

TEST_F(Spine, AStationOnAMistypedFolderSaysSoAndMakesNone) {
    const auto nowhere = m_folder.path() / "no-such-estate";
    const auto station =
        runProgram({program("leedswatch-station"), "--data", nowhere.string(), "--rtsp-port", "0", "--arc-port", "0"});
    EXPECT_EQ(station.exitCode, 1);
    EXPECT_NE(station.output.find(nowhere.string()), std::string::npos) << station.output;
    EXPECT_FALSE(std::filesystem::exists(nowhere));
}

TEST_F(Spine, ASecondStationOnTheSameDataFolderSaysWhoHasIt) {
    startSimulator();
    makeDataFolder();
    startStation();
    const auto second =
        runProgram({program("leedswatch-station"), "--data", data(), "--rtsp-port", "0", "--arc-port", "0"});
    EXPECT_EQ(second.exitCode, 1);
    EXPECT_NE(second.output.find(std::to_string(m_station->id())), std::string::npos) << second.output;
    stopStation(SIGTERM);
}

}  // namespace
