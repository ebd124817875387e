#include "base/file.h"
#include "cut_sizes.h"
#include "read_back.h"
#include "recorder_fixture.h"
#include "video/archive_check.h"
#include "video/archive_recovery.h"
#include "video/fragment_scanner.h"

#include <algorithm>
#include <fstream>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using video::SegmentEnd;

class Recovery : public RecorderTest {
protected:
    /// A file in hand with three whole GOPs of ten, as a killed station leaves it.
    std::filesystem::path leaveInHand() {
        m_sent = next(35);
        feed(m_sent);
        m_recorder.reset();
        const auto open = m_index.openSegments();
        return m_index.archiveFolder() / open->at(0).file;
    }

    video::RecoveryReport recover() {
        video::DiskArchiveFiles files;
        auto report = video::recoverArchive(m_index, files);
        EXPECT_TRUE(report);
        return report ? *report : video::RecoveryReport{};
    }

    static std::string contentsOf(const std::filesystem::path& file) { return base::readWholeFile(file).value(); }

    std::vector<video::Packet> m_sent;
};

video::FragmentScan scan(std::string_view bytes) {
    const auto readAt = [bytes](std::uint64_t offset, std::span<std::byte> out) -> base::Result<std::size_t> {
        const std::size_t from = std::min<std::uint64_t>(offset, bytes.size());
        const std::size_t count = std::min(out.size(), bytes.size() - from);
        std::ranges::copy(std::as_bytes(std::span{bytes}).subspan(from, count), out.begin());
        return count;
    };
    return video::scanFragments(readAt).value();
}

TEST_F(Recovery, FinishesWhatAKilledStationLeft) {
    const auto path = leaveInHand();
    const auto report = recover();
    EXPECT_EQ(report.recovered, 1);
    EXPECT_EQ(report.cutBytes, 0);
    ASSERT_EQ(segments().size(), 1U);
    const auto segment = segments()[0];
    EXPECT_EQ(segment.cause, SegmentEnd::Recovered);
    EXPECT_EQ(segment.frames, 30);
    EXPECT_EQ(segment.firstMediaTime, m_sent.front().time);
    EXPECT_EQ(segment.lastMediaTime, m_sent[29].time);
    EXPECT_EQ(segment.end - segment.begin, 1200ms);
    EXPECT_EQ(decodeAll(path), 30);
    EXPECT_TRUE(m_index.openSegments()->empty());
    EXPECT_TRUE(video::checkArchive(*m_database, {})->problems.empty());
}

// However many bytes of the file reached the disk, what is whole is kept and nothing else.
TEST_F(Recovery, WhereverTheFileWasCutOnlyWholeFragmentsCount) {
    const std::string whole = contentsOf(leaveInHand());
    std::vector<std::size_t> ends;
    for (const std::size_t size : cutSizes(whole)) {
        const auto found = scan(std::string_view{whole}.substr(0, size));
        ASSERT_LE(found.wholeBytes, size);
        if (ends.empty() || found.wholeBytes != ends.back()) {
            ASSERT_EQ(found.wholeBytes == 0 || found.wholeBytes == size, true)
                << "a fragment counts only once it is whole";
            ends.push_back(found.wholeBytes);
        }
        ASSERT_EQ(found.frames, static_cast<std::int64_t>(ends.size() - 1) * 10);
    }
    EXPECT_EQ(ends.size(), 4U);
    EXPECT_EQ(ends.back(), whole.size());
}

TEST_F(Recovery, CutsBackAFileThatEndsInTheMiddleOfAFragment) {
    const auto path = leaveInHand();
    const std::string whole = contentsOf(path);
    std::filesystem::resize_file(path, whole.size() - 1);
    const auto report = recover();
    EXPECT_GT(report.cutBytes, 0);
    ASSERT_EQ(segments().size(), 1U);
    EXPECT_EQ(segments()[0].frames, 20);
    EXPECT_EQ(decodeAll(path), 20);
    EXPECT_EQ(whole.substr(0, static_cast<std::size_t>(segments()[0].bytes)), contentsOf(path));
}

TEST_F(Recovery, ZerosThatAPowerCutLeftAreCutOff) {
    const auto path = leaveInHand();
    const auto size = std::filesystem::file_size(path);
    std::filesystem::resize_file(path, size + 8192);
    EXPECT_EQ(recover().cutBytes, 8192);
    EXPECT_EQ(segments()[0].frames, 30);
    EXPECT_EQ(std::filesystem::file_size(path), size);
}

TEST_F(Recovery, PicturesThatAreZerosDoNotCount) {
    const auto path = leaveInHand();
    const auto size = std::filesystem::file_size(path);
    std::filesystem::resize_file(path, size - 100);
    std::filesystem::resize_file(path, size);
    recover();
    EXPECT_EQ(segments()[0].frames, 20);
}

TEST_F(Recovery, AHoleInTheMiddleOfAPictureIsFound) {
    m_stream.width = 352;
    m_stream.height = 288;
    const auto path = leaveInHand();
    std::fstream file{path, std::ios::in | std::ios::out | std::ios::binary};
    file.seekp(static_cast<std::streamoff>(std::filesystem::file_size(path) / 4 * 3));
    file << std::string(600, '\0');
    file.close();
    recover();
    EXPECT_EQ(segments()[0].frames, 20);
}

TEST_F(Recovery, AFileWithNothingWholeGoesWithItsRow) {
    const auto path = leaveInHand();
    std::filesystem::resize_file(path, 700);
    const auto report = recover();
    EXPECT_EQ(report.removed, 1);
    EXPECT_FALSE(std::filesystem::exists(path));
    EXPECT_TRUE(segments().empty());
    EXPECT_TRUE(m_index.openSegments()->empty());
}

TEST_F(Recovery, ARowWhoseFileWasNeverMadeGoes) {
    ASSERT_TRUE(m_index.addOpen({kCamera, "0042/2026-11-21/never.mp4", m_clock.now()}));
    EXPECT_EQ(recover().removed, 1);
    EXPECT_TRUE(m_index.openSegments()->empty());
}

TEST_F(Recovery, AFileThatCannotBeReadIsNamedAndHoldsUpNoOther) {
    leaveInHand();
    std::filesystem::create_directories(m_index.archiveFolder() / "0043/2026-11-21/0043-x.mp4");
    ASSERT_TRUE(m_index.addOpen({estate::CameraId{8}, "0043/2026-11-21/0043-x.mp4", m_clock.now()}));
    const auto report = recover();
    EXPECT_EQ(report.recovered, 1);
    ASSERT_EQ(report.problems.size(), 1U);
    EXPECT_NE(report.problems[0].find("0043-x.mp4"), std::string::npos);
}

TEST_F(Recovery, AfterItTheNextFileFollowsWithAGapThatSaysKilled) {
    leaveInHand();
    recover();
    m_gops = {};
    makeRecorder();
    m_clock.advance(5s);
    feed(next(20));
    endStream(SegmentEnd::Stopped);
    ASSERT_EQ(gaps().size(), 1U);
    EXPECT_EQ(gaps()[0].cause, video::GapCause::Killed);
}

TEST_F(Recovery, TheCheckNamesEachFileThatIsNotAsItsRowSays) {
    for (int i = 0; i < 4; ++i) {
        feed(next(20));
        endStream(SegmentEnd::StreamLost);
        m_clock.advance(1s);
    }
    const auto recorded = segments();
    ASSERT_EQ(recorded.size(), 4U);
    std::filesystem::remove(pathOf(recorded[0]));
    std::filesystem::resize_file(pathOf(recorded[1]), static_cast<std::uintmax_t>(recorded[1].bytes) - 1);
    {
        std::fstream file{pathOf(recorded[2]), std::ios::in | std::ios::out | std::ios::binary};
        file.seekp(2000);
        const char flipped = static_cast<char>(contentsOf(pathOf(recorded[2]))[2000] ^ 1);
        file.put(flipped);
    }
    std::ofstream{m_index.archiveFolder() / "0042" / "stray.mp4"} << "x";
    const auto full = video::checkArchive(*m_database, {});
    ASSERT_TRUE(full);
    EXPECT_EQ(full->problems.size(), 4U);
    for (const auto& name : {recorded[0].file.string(), recorded[1].file.string(), recorded[2].file.string(),
                             std::string{"0042/stray.mp4"}}) {
        EXPECT_TRUE(std::ranges::any_of(full->problems, [&](const auto& one) { return one.starts_with(name); }))
            << name;
    }
    EXPECT_EQ(video::checkArchive(*m_database, {.depth = video::CheckDepth::Quick})->problems.size(), 3U);
}

TEST_F(Recovery, AFileInHandIsNoProblem) {
    leaveInHand();
    const auto check = video::checkArchive(*m_database, {});
    EXPECT_TRUE(check->problems.empty());
    EXPECT_EQ(check->inHand, 1);
}

}  // namespace
}  // namespace leedswatch::tests
