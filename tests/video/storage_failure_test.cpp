#include "fail_files.h"
#include "read_back.h"
#include "recorder_fixture.h"
#include "video/archive_check.h"
#include "video/archive_recovery.h"
#include "video/archive_writer.h"

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using base::ErrorCode;
using video::GapCause;
using video::SegmentEnd;

class StorageFailure : public RecorderTest {
protected:
    StorageFailure() { useFailFiles(); }

    void useFailFiles() {
        m_recorder.reset();
        m_finisher.reset();
        auto files = std::make_unique<FailFiles>();
        m_fail = files.get();
        m_files = std::move(files);
        makeRecorder();
    }

    /// What a new start of the station makes of it.
    void restart() {
        m_recorder.reset();
        m_finisher.reset();
        video::DiskArchiveFiles disk;
        const auto report = video::recoverArchive(m_index, disk);
        ASSERT_TRUE(report) << report.error().message;
        EXPECT_TRUE(report->problems.empty());
    }

    void expectSoundArchive() {
        const auto check = video::checkArchive(*m_database, {});
        ASSERT_TRUE(check);
        EXPECT_EQ(check->problems, std::vector<std::string>{});
        std::int64_t frames = 0;
        for (const auto& segment : segments()) {
            EXPECT_EQ(decodeAll(pathOf(segment)), segment.frames);
            EXPECT_LT(segment.begin, segment.end);
            frames += segment.frames;
        }
        m_kept = frames;
    }

    FailFiles* m_fail = nullptr;
    std::int64_t m_kept = 0;
};

TEST_F(StorageFailure, AFullDiskStopsOneCameraSaysSoAndIsTriedAgain) {
    feed(next(30));
    m_fail->failAt(1, ErrorCode::StorageFull, true);
    feed(next(50));
    EXPECT_EQ(m_events.failures, 1);
    EXPECT_EQ(m_events.lastError.code, ErrorCode::StorageFull);
    m_fail->failAt(0, ErrorCode::StorageFull);
    m_clock.advance(31s);
    feed(next(30));
    EXPECT_EQ(m_events.recoveries, 1);
    endStream(SegmentEnd::Stopped);
    ASSERT_EQ(gaps().size(), 1U);
    EXPECT_EQ(gaps()[0].cause, GapCause::Storage);
    restart();
    expectSoundArchive();
    EXPECT_EQ(segments().front().cause, SegmentEnd::Recovered);  // it could be neither cut nor synced
    EXPECT_GE(m_kept, 40);
}

// Every call to the disk fails once, in turn: whatever it was, at most what was in hand and what came in the pause is
// lost, the archive stays sound, and recording goes on by itself.
TEST_F(StorageFailure, AnyCallThatFailsOnceLosesLittleAndNothingIsDoubtful) {
    int failures = 0;
    for (int call = 1; call <= 40; ++call) {
        m_fail->failAt(call, ErrorCode::StorageFailed);
        const int first = m_fail->calls();
        const std::int64_t before = m_kept;
        feed(next(40));
        endStream(SegmentEnd::StreamLost);
        m_clock.advance(2s);
        feed(next(40));
        endStream(SegmentEnd::StreamLost);
        m_clock.advance(2s);
        if (!m_fail->failed()) {
            EXPECT_GT(call, m_fail->calls() - first);
            break;
        }
        ++failures;
        m_fail->failAt(0, ErrorCode::StorageFailed);
        restart();
        expectSoundArchive();
        EXPECT_GE(m_kept - before, 40) << "call " << call;
        useFailFiles();
    }
    EXPECT_GE(failures, 10);
}

TEST_F(StorageFailure, WhileTheDiskIsFullAttemptsComeAtGrowingPauses) {
    m_fail->failAt(1, ErrorCode::StorageFull, true);
    feed(next(25 * 60));
    // 1 + 2 + 4 + 8 + 16 s and then every 30 s: about seven attempts in a minute, not one for each of 150 key frames.
    EXPECT_LE(m_fail->calls(), 10);
    EXPECT_GE(m_fail->calls(), 5);
    EXPECT_EQ(m_events.failures, 1);
    EXPECT_GE(m_recorder->lostFrames(), 1400);
    EXPECT_TRUE(m_index.openSegments()->empty());
}

TEST_F(StorageFailure, ADiskThatCannotKeepUpLosesWholeGopsAndSaysSo) {
    m_recorder.reset();
    video::ArchiveWriter writer{m_index, m_clock, {}, {1, 1U << 20U}};
    writer.addVolume(video::mainVolume, m_index.archiveFolder(), *m_files);
    const auto track = writer.addCamera({kCamera, 42}, m_events);
    for (const auto& packet : next(25)) {
        if (auto gop = m_gops.add(packet)) {
            writer.write(track, std::move(*gop));
        }
    }
    writer.removeCamera(track, SegmentEnd::Stopped, GapCause::Stopped);
    EXPECT_EQ(m_events.failures, 1);
    EXPECT_TRUE(segments().empty());
}

}  // namespace
}  // namespace leedswatch::tests
