#include "read_back.h"
#include "recorder_fixture.h"
#include "video/archive_check.h"

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using video::GapCause;
using video::SegmentEnd;

TEST_F(RecorderTest, WritesEveryPictureBitForBitWithItsTime) {
    m_stream.firstTime = 1'234'567;
    const auto sent = next(35);
    feed(sent);
    endStream(SegmentEnd::Stopped);
    const auto recorded = segments();
    ASSERT_EQ(recorded.size(), 1U);
    EXPECT_EQ(recorded[0].frames, 35);
    EXPECT_EQ(recorded[0].firstMediaTime, 1'234'567);
    EXPECT_EQ(recorded[0].lastMediaTime, sent.back().time);
    EXPECT_EQ(recorded[0].cause, SegmentEnd::Stopped);
    const auto read = readBack(pathOf(recorded[0]));
    ASSERT_EQ(read.size(), sent.size());
    for (std::size_t i = 0; i < read.size(); ++i) {
        EXPECT_EQ(read[i].bytes, *sent[i].bytes) << "picture " << i;
        EXPECT_EQ(read[i].time + recorded[0].firstMediaTime, sent[i].time) << "picture " << i;
        EXPECT_EQ(read[i].duration, 3600) << "picture " << i;
        EXPECT_EQ(read[i].isKey, sent[i].isKey) << "picture " << i;
    }
    EXPECT_EQ(decodeAll(pathOf(recorded[0])), 35);
}

TEST_F(RecorderTest, NamesFilesByCameraAndUtcAndKnowsTheirSizeAndHash) {
    const auto begin = m_clock.now();
    feed(next(25));
    endStream(SegmentEnd::Stopped);
    const auto recorded = segments();
    ASSERT_EQ(recorded.size(), 1U);
    EXPECT_EQ(recorded[0].file, "0042/2026-11-21/0042-20261121T225312.345Z.mp4");
    EXPECT_EQ(recorded[0].begin, begin);
    EXPECT_EQ(recorded[0].end, begin + 1s);
    EXPECT_EQ(std::filesystem::file_size(pathOf(recorded[0])), static_cast<std::uintmax_t>(recorded[0].bytes));
    EXPECT_EQ(base::sha256OfFile(pathOf(recorded[0])).value(), recorded[0].sha256);
    EXPECT_TRUE(video::checkArchive(*m_database, {})->problems.empty());
}

TEST_F(RecorderTest, CutsAtKeyFramesAboutEveryMinuteWithoutAGap) {
    const auto sent = next(25 * 150);
    feed(sent);
    endStream(SegmentEnd::Stopped);
    const auto recorded = segments();
    ASSERT_EQ(recorded.size(), 3U);
    EXPECT_EQ(recorded[0].cause, SegmentEnd::Full);
    EXPECT_EQ(recorded[0].frames, 1500);
    EXPECT_EQ(recorded[1].begin, recorded[0].end);
    EXPECT_EQ(recorded[2].begin, recorded[1].end);
    EXPECT_EQ(recorded[0].frames + recorded[1].frames + recorded[2].frames, 3750);
    EXPECT_EQ(recorded[1].firstMediaTime, recorded[0].lastMediaTime + 3600);
    EXPECT_EQ(video::coverage(recorded).size(), 1U);
    EXPECT_TRUE(gaps().empty());
}

TEST_F(RecorderTest, PassesOverPicturesBeforeTheFirstKeyFrame) {
    auto sent = next(30);
    sent.erase(sent.begin(), sent.begin() + 3);
    feed(sent);
    endStream(SegmentEnd::StreamLost);
    ASSERT_EQ(segments().size(), 1U);
    EXPECT_EQ(segments()[0].frames, 20);
    EXPECT_TRUE(readBack(pathOf(segments()[0]))[0].isKey);
}

TEST_F(RecorderTest, BeginsAnotherFileWhenTheFormatChanges) {
    feed(next(20));
    m_stream.width = 320;
    m_stream.height = 240;
    feed(next(20));
    endStream(SegmentEnd::Stopped);
    const auto recorded = segments();
    ASSERT_EQ(recorded.size(), 2U);
    EXPECT_EQ(recorded[0].cause, SegmentEnd::FormatChanged);
    EXPECT_EQ(decodeAll(pathOf(recorded[0])), 20);
    EXPECT_EQ(decodeAll(pathOf(recorded[1])), 20);
    EXPECT_TRUE(gaps().empty());
}

TEST_F(RecorderTest, BeginsAnotherFileWithTheUtcDay) {
    m_clock.advance(base::UtcTime{std::chrono::sys_days{std::chrono::year{2026} / 11 / 22}} - m_clock.now() - 1s);
    feed(next(50));
    endStream(SegmentEnd::Stopped);
    const auto recorded = segments();
    ASSERT_EQ(recorded.size(), 2U);
    EXPECT_EQ(recorded[0].file.parent_path(), "0042/2026-11-21");
    EXPECT_EQ(recorded[1].file.parent_path(), "0042/2026-11-22");
    EXPECT_EQ(recorded[1].begin, recorded[0].end);
}

// The two clocks are not read at the same moment; on a busy machine milliseconds lie between. NTP does the same.
TEST_F(RecorderTest, WhatTheWallClockSlewsBetweenTwoFilesIsNoHole) {
    for (const auto slew : {4ms, -4ms, 9ms}) {
        feed(next(20));
        m_stream.width = m_stream.width == 176 ? 320 : 176;
        m_clock.stepWallClock(slew);
    }
    feed(next(20));
    endStream(SegmentEnd::Stopped);
    const auto recorded = segments();
    ASSERT_EQ(recorded.size(), 4U);
    for (std::size_t i = 1; i < recorded.size(); ++i) {
        EXPECT_EQ(recorded[i].begin, recorded[i - 1].end);
    }
    EXPECT_TRUE(gaps().empty());
}

TEST_F(RecorderTest, WritesAGapWithItsCauseAfterABreak) {
    feed(next(20));
    endStream(SegmentEnd::StreamLost, GapCause::Authentication);
    m_clock.advance(12s);
    feed(next(20));
    endStream(SegmentEnd::Stopped);
    ASSERT_EQ(gaps().size(), 1U);
    EXPECT_EQ(gaps()[0].begin, segments()[0].end);
    EXPECT_EQ(gaps()[0].end, segments()[1].begin);
    EXPECT_EQ(gaps()[0].cause, GapCause::Authentication);
}

TEST_F(RecorderTest, AGapIsThereWhileItLastsAndReachesUntilNow) {
    feed(next(20));
    endStream(SegmentEnd::StreamLost, GapCause::Network);
    const auto lost = segments()[0].end;
    m_clock.advance(12s);
    ASSERT_EQ(gaps().size(), 1U);
    EXPECT_TRUE(gaps()[0].lasts);
    EXPECT_EQ(gaps()[0].begin, lost);
    EXPECT_EQ(gaps()[0].end, m_clock.now());
    feed(next(20));
    ASSERT_EQ(gaps().size(), 1U);
    EXPECT_FALSE(gaps()[0].lasts);
    EXPECT_EQ(gaps()[0].end, m_clock.now() - 800ms);
}

TEST_F(RecorderTest, AGapWhoseCauseChangesIsTwoThatTouch) {
    feed(next(20));
    endStream(SegmentEnd::StreamLost, GapCause::Network);
    m_clock.advance(5s);
    m_recorder->end(SegmentEnd::StreamLost, GapCause::Network);
    m_clock.advance(5s);
    m_recorder->end(SegmentEnd::StreamLost, GapCause::Authentication);
    m_clock.advance(2s);
    ASSERT_EQ(gaps().size(), 2U);
    EXPECT_EQ(gaps()[0].end - gaps()[0].begin, 10s);
    EXPECT_EQ(gaps()[1].begin, gaps()[0].end);
    EXPECT_EQ(gaps()[1].cause, GapCause::Authentication);
    EXPECT_TRUE(gaps()[1].lasts);
}

TEST_F(RecorderTest, AKeptGopThatReachesBackIntoTheBreakShortensWhatWasTold) {
    feed(next(20));
    endStream(SegmentEnd::StreamLost, GapCause::Network);
    m_clock.advance(10s);
    m_recorder->end(SegmentEnd::StreamLost, GapCause::Refused);
    m_clock.advance(100ms);
    auto burst = next(20);
    for (int i = 0; i < 20; ++i) {  // the first GOP of ten pictures is half a second old and comes at once
        const auto at = std::max(burst[static_cast<std::size_t>(i)].arrivedAt - 400ms, m_clock.steadyNow());
        burst[static_cast<std::size_t>(i)].arrivedAt = at;
        burst[static_cast<std::size_t>(i)].arrival =
            m_clock.now() + std::chrono::duration_cast<base::Microseconds>(at - m_clock.steadyNow());
    }
    feed(burst);
    endStream(SegmentEnd::Stopped);
    const auto found = gaps();
    ASSERT_EQ(found.size(), 2U) << "the break, and what is missing since the last picture";
    EXPECT_EQ(found[0].begin, segments()[0].end);
    EXPECT_EQ(found[0].end, segments()[1].begin);
    EXPECT_EQ(found[0].cause, GapCause::Network);
}

TEST_F(RecorderTest, EvenAShortBreakIsARow) {
    feed(next(20));
    endStream(SegmentEnd::StreamLost, GapCause::Network);
    m_clock.advance(100ms);
    feed(next(20));
    ASSERT_EQ(gaps().size(), 1U);
    EXPECT_EQ(gaps()[0].end - gaps()[0].begin, 100ms);
}

TEST_F(RecorderTest, AfterAKillAGapBeginsWhereTheLastFileEnded) {
    feed(next(20));
    endStream(SegmentEnd::StreamLost, GapCause::Network);
    m_clock.advance(5s);
    feed(next(50));
    m_recorder->end(SegmentEnd::Full, GapCause::Network);
    settle();
    // As if the station had been killed before it could say so: nothing lasts.
    ASSERT_TRUE(m_index.setGaps(kCamera, {}, std::nullopt));
    ASSERT_TRUE(m_index.beginMissingGaps());
    m_clock.advance(3s);
    const auto found = gaps();
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].cause, GapCause::Network);
    EXPECT_EQ(found[1].begin, segments()[1].end);
    EXPECT_EQ(found[1].cause, GapCause::Killed);
    EXPECT_TRUE(found[1].lasts);
}

TEST_F(RecorderTest, AfterARestartTheGapSaysThatTheStationWasStopped) {
    feed(next(20));
    endStream(SegmentEnd::Stopped);
    makeRecorder();
    m_clock.advance(30s);
    feed(next(20));
    endStream(SegmentEnd::Stopped);
    ASSERT_EQ(gaps().size(), 1U);
    EXPECT_EQ(gaps()[0].cause, GapCause::Stopped);
}

class WallClockStep : public RecorderTest, public ::testing::WithParamInterface<std::chrono::minutes> {};

TEST_P(WallClockStep, EndsTheFileKeepsDurationsAndIsNoted) {
    feed(next(50));
    m_clock.stepWallClock(GetParam());
    feed(next(50));
    endStream(SegmentEnd::Stopped);
    auto recorded = segments();
    ASSERT_EQ(recorded.size(), 2U);
    std::ranges::sort(recorded, {}, [](const auto& segment) { return segment.id; });
    // The GOP in hand at the step had begun before it: it belongs to the first file.
    EXPECT_EQ(recorded[0].end - recorded[0].begin, 2s);
    EXPECT_EQ(recorded[1].end - recorded[1].begin, 2s);
    EXPECT_EQ(recorded[1].begin - recorded[0].end, base::Microseconds{GetParam()});
    ASSERT_EQ(gaps().size(), 1U);
    EXPECT_EQ(gaps()[0].cause, GetParam() > 0min ? GapCause::ClockForward : GapCause::ClockBack);
    EXPECT_EQ(gaps()[0].begin, recorded[0].end);
    EXPECT_EQ(gaps()[0].end, recorded[1].begin);
}

INSTANTIATE_TEST_SUITE_P(Hours, WallClockStep, ::testing::Values(60min, -60min));

TEST_F(RecorderTest, ABurstIsDatedByTheStreamsOwnTime) {
    auto sent = next(20);
    for (int i = 0; i < 10; ++i) {  // the first GOP comes all at once, with its last picture
        sent[static_cast<std::size_t>(i)].arrival = sent[9].arrival;
        sent[static_cast<std::size_t>(i)].arrivedAt = sent[9].arrivedAt;
    }
    const auto begin = m_clock.now();
    feed(sent);
    endStream(SegmentEnd::Stopped);
    EXPECT_EQ(segments()[0].begin, begin);
    EXPECT_EQ(segments()[0].end, begin + 800ms);
}

TEST_F(RecorderTest, PicturesThatAreReorderedKeepTheirOrderAndDistances) {
    m_stream.reordersPictures = true;
    const auto sent = next(30);
    feed(sent);
    endStream(SegmentEnd::Stopped);
    const auto read = readBack(pathOf(segments()[0]));
    ASSERT_EQ(read.size(), sent.size());
    for (std::size_t i = 0; i < read.size(); ++i) {
        EXPECT_EQ(read[i].time - read[0].time, sent[i].time - sent[0].time) << "picture " << i;
    }
    EXPECT_EQ(decodeAll(pathOf(segments()[0])), 30);
}

}  // namespace
}  // namespace leedswatch::tests
