#include "video/timeline.h"

#include "footage/archive_fixture.h"
#include "video/mp4_boxes.h"
#include "video/recorded_decoder.h"

#include <array>

using namespace leedswatch;
using namespace std::chrono_literals;
using tests::ArchiveTest;
using video::SegmentEnd;

namespace {

TEST_F(ArchiveTest, TheTimelineJoinsWhatTouchesAndNamesTheGapsBetween) {
    archive.add(start, 100);
    archive.addNext(100, {}, SegmentEnd::StreamLost);
    archive.add(start + 1min, 50);
    const auto timeline = video::RecordedTimeline::read(index, camera.id, {start - 1h, start + 1h}).value();
    ASSERT_EQ(timeline.recorded().size(), 2U);
    EXPECT_EQ(timeline.recorded()[0], (video::TimeRange{start, start + 8s}));
    EXPECT_EQ(timeline.recorded()[1], (video::TimeRange{start + 1min, start + 62s}));
    ASSERT_EQ(timeline.gaps().size(), 1U);
    EXPECT_EQ(timeline.gaps()[0].range, (video::TimeRange{start + 8s, start + 1min}));
    EXPECT_EQ(timeline.recordedLength(), 10s);
    EXPECT_TRUE(timeline.gapAt(start + 30s));
    EXPECT_FALSE(timeline.gapAt(start + 5s));
}

TEST_F(ArchiveTest, TheTimelineIsCutToTheRangeAndKnowsTheFileInHand) {
    archive.add(start, 100);
    archive.addGrowing(archive.end(), 50);
    const auto timeline = video::RecordedTimeline::read(index, camera.id, {start + 1s, start + 1h}).value();
    ASSERT_EQ(timeline.recorded().size(), 1U);
    EXPECT_EQ(timeline.recorded()[0], (video::TimeRange{start + 1s, start + 6s}));
    EXPECT_TRUE(timeline.segments().back().isGrowing());
}

TEST_F(ArchiveTest, TheWalkFindsTheNeighboursHoweverFarTheyAre) {
    archive.add(start, 5);
    archive.add(start + 24h * 300, 5);
    const video::SegmentWalk walk{index, camera.id};
    EXPECT_EQ(walk.beginningAfter(start).value()->begin, start + 24h * 300);
    EXPECT_EQ(walk.beginningBefore(start + 24h * 300).value()->begin, start);
    EXPECT_EQ(walk.atOrBefore(start).value()->begin, start);
    EXPECT_FALSE(walk.beginningBefore(start).value());
}

TEST_F(ArchiveTest, TheDecodersMemoryIsBounded) {
    const auto segment = archive.add(start, 100, {.gop = 100});
    const auto file =
        video::SegmentFile::open(archive.pathOf(segment.file), video::SegmentFile::Extent::Finished).value();
    const std::size_t bound = 12 * 320 * 192 * 3 / 2;
    const auto decoder = video::RecordedDecoder::create(file, bound).value();
    for (std::size_t n = 100; n-- > 0;) {
        ASSERT_EQ(tests::numberIn(**decoder->picture(n, {})), static_cast<int>(n));
        ASSERT_LE(decoder->cachedBytes(), bound);
    }
}

std::vector<std::byte> bytesOf(std::initializer_list<int> values) {
    std::vector<std::byte> bytes;
    for (const int value : values) {
        bytes.push_back(static_cast<std::byte>(value));
    }
    return bytes;
}

TEST(Mp4Boxes, CountsOnlyFragmentsWhoseDataIsThere) {
    auto bytes = bytesOf(
        {0, 0, 0, 8, 'm', 'o', 'o', 'v', 0, 0, 0, 8, 'm', 'o', 'o', 'f', 0, 0, 0, 10, 'm', 'd', 'a', 't', 1, 2});
    EXPECT_EQ(video::lengthOfWholeFragments(video::readerOf(bytes), bytes.size()).value(), 26U);
    for (std::size_t length = 8; length < 26; ++length) {
        EXPECT_EQ(video::lengthOfWholeFragments(video::readerOf(bytes), length).value(), 8U) << length;
    }
    EXPECT_EQ(video::lengthOfWholeFragments(video::readerOf(bytes), 7).value(), 0U);
}

TEST(Mp4Boxes, AreNotLedAstrayByLengthsThatPointAnywhere) {
    for (const auto& bytes :
         {bytesOf({0, 0, 0, 0, 'm', 'o', 'o', 'v'}),
          bytesOf({0, 0, 0, 1, 'm', 'd', 'a', 't', 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff}),
          bytesOf({0, 0, 0, 3, 'm', 'o', 'o', 'v'}), bytesOf({0, 0, 0, 1, 'm', 'd', 'a', 't', 0, 0, 0, 0, 0, 0, 0, 2}),
          bytesOf({0xff, 0xff, 0xff, 0xff})}) {
        EXPECT_EQ(video::lengthOfWholeFragments(video::readerOf(bytes), bytes.size()).value(), 0U);
    }
}

}  // namespace
