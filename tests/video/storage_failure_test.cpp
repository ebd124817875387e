#include "fail_files.h"
#include "read_back.h"
#include "recorder_fixture.h"
#include "video/archive_check.h"
#include "video/archive_recovery.h"
#include "video/archive_writer.h"

#include <algorithm>

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

    /// From the first picture on: files and gaps follow each other, without a hole and without an overlap.
    void expectEveryInstantIsOnce() {
        std::vector<std::pair<base::UtcTime, base::UtcTime>> pieces;
        for (const auto& segment : segments()) {
            pieces.emplace_back(segment.begin, segment.end);
        }
        for (const auto& gap : gaps()) {
            pieces.emplace_back(gap.begin, gap.end);
        }
        std::ranges::sort(pieces);
        for (std::size_t i = 1; i < pieces.size(); ++i) {
            EXPECT_EQ(pieces[i].first, pieces[i - 1].second) << "piece " << i;
        }
    }

    FailFiles* m_fail = nullptr;
    std::int64_t m_kept = 0;
};

TEST_F(StorageFailure, AFullDiskStopsOneCameraSaysSoAndIsTriedAgain) {
    feed(next(30));
    m_fail->failAt(1, ErrorCode::StorageFull, true);
    feed(next(50));
    settle();
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

TEST_F(StorageFailure, WhatAFailingDiskLeftIsFinishedWhenItWorksAgainWithoutARestart) {
    feed(next(30));
    m_fail->failAt(1, ErrorCode::StorageFull, true);
    feed(next(50));
    settle();
    EXPECT_TRUE(segments().empty()) << "it could be neither cut nor synced";
    const auto none = video::finishUnfinished(m_index, *m_fail, m_unfinished, video::mainVolume).value();
    EXPECT_EQ(none.recovered, 0) << "the disk still refuses";
    EXPECT_EQ(none.problems.size(), 1U);
    m_fail->failAt(0, ErrorCode::StorageFull);
    m_clock.advance(31s);
    feed(next(30));
    const auto done = video::finishUnfinished(m_index, *m_fail, m_unfinished, video::mainVolume).value();
    EXPECT_EQ(done.recovered, 1);
    ASSERT_EQ(segments().size(), 1U);
    EXPECT_EQ(segments()[0].cause, SegmentEnd::Recovered);
    EXPECT_GE(segments()[0].frames, 20);
    endStream(SegmentEnd::Stopped);
    settle();
    expectEveryInstantIsOnce();
    expectSoundArchive();
}

TEST_F(StorageFailure, OfAFileInWhichNothingIsWholeAGapIsLeft) {
    feed(next(30));
    const auto begin = m_index.openSegmentOf(kCamera).value()->begin;
    m_fail->failAt(1, ErrorCode::StorageFailed, true);
    feed(next(20));
    settle();
    m_fail->failAt(0, ErrorCode::StorageFailed);
    std::filesystem::resize_file(m_index.openSegmentOf(kCamera).value()->path(), 100);
    const auto done = video::finishUnfinished(m_index, *m_fail, m_unfinished, video::mainVolume).value();
    EXPECT_EQ(done.removed, 1);
    EXPECT_TRUE(m_index.openSegments()->empty());
    ASSERT_FALSE(gaps().empty());
    EXPECT_EQ(gaps().front().begin, begin);
    EXPECT_EQ(gaps().front().cause, GapCause::Storage);
    m_clock.advance(31s);
    feed(next(30));
    endStream(SegmentEnd::Stopped);
    settle();
    expectEveryInstantIsOnce();
}

// A station that begins while a disk is away takes what lay there for missing; when the disk is back it is not.
TEST_F(StorageFailure, WhatLayOnADiskThatWasAwayAtTheStartIsTakenOutOfTheGap) {
    feed(next(30));
    endStream(SegmentEnd::Stopped);
    settle();
    m_clock.advance(5s);
    feed(next(40));
    const auto left = m_index.openSegmentOf(kCamera).value().value();
    m_recorder.reset();  // as after kill -9
    const auto away = [](video::VolumeId) { return base::Result<void>{base::fail(ErrorCode::StorageFailed, "away")}; };
    const auto report = video::recoverArchive(m_index, *m_fail, {away}).value();
    ASSERT_EQ(report.left.size(), 1U);
    m_unfinished.add({report.left[0], std::nullopt});
    makeRecorder();
    EXPECT_EQ(video::finishUnfinished(m_index, *m_fail, m_unfinished, video::mainVolume).value().recovered, 0)
        << "not while the gap around it lasts";
    m_clock.advance(5s);
    feed(next(30));
    EXPECT_EQ(video::finishUnfinished(m_index, *m_fail, m_unfinished, video::mainVolume).value().recovered, 1);
    endStream(SegmentEnd::Stopped);
    settle();
    ASSERT_EQ(segments().size(), 3U);
    EXPECT_EQ(segments()[1].file, left.file);
    expectEveryInstantIsOnce();
    expectSoundArchive();
}

// 1,688 files take a slow disk minutes; recording does not wait for them.
TEST_F(StorageFailure, WhatTheStartHadNoTimeForIsFinishedWhileTheNextIsRecorded) {
    feed(next(40));
    const auto left = m_index.openSegmentOf(kCamera).value().value();
    m_recorder.reset();  // as after kill -9
    const auto report = video::recoverArchive(m_index, *m_fail, {.patience = 0ms}).value();
    EXPECT_TRUE(report.problems.empty());
    EXPECT_EQ(report.recovered, 0);
    ASSERT_EQ(report.left.size(), 1U);
    m_unfinished.add({report.left[0], std::nullopt});
    makeRecorder();
    m_clock.advance(5s);
    feed(next(30));
    EXPECT_EQ(video::finishUnfinished(m_index, *m_fail, m_unfinished, video::mainVolume).value().recovered, 1);
    endStream(SegmentEnd::Stopped);
    settle();
    ASSERT_EQ(segments().size(), 2U);
    EXPECT_EQ(segments()[0].file, left.file);
    EXPECT_EQ(segments()[0].frames, 30) << "but for the GOP in hand";
    expectEveryInstantIsOnce();
    expectSoundArchive();
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
