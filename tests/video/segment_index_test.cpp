#include "recorder_fixture.h"

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;

class SegmentIndexTest : public RecorderTest {
protected:
    video::Segment segment(std::chrono::seconds begin, std::chrono::seconds end, estate::CameraId camera = kCamera) {
        video::Segment made;
        made.camera = camera;
        made.file = std::to_string(camera.value()) + "/" + std::to_string(begin.count()) + ".mp4";
        made.begin = base::UtcTime{begin};
        made.end = base::UtcTime{end};
        made.firstMediaTime = -5;
        made.lastMediaTime = std::int64_t{1} << 40;
        made.frames = 3;
        made.bytes = 1'000;
        made.sha256 = base::sha256("x");
        made.cause = video::SegmentEnd::FormatChanged;
        return made;
    }
    static video::TimeRange range(std::chrono::seconds begin, std::chrono::seconds end) {
        return {base::UtcTime{begin}, base::UtcTime{end}};
    }
};

TEST_F(SegmentIndexTest, GivesBackARowAsItWas) {
    const auto made = segment(10'000s, 10'060s);
    ASSERT_TRUE(m_index.addOpen({kCamera, made.file, made.begin, made.firstMediaTime}));
    ASSERT_TRUE(m_index.openSegmentOf(kCamera)->has_value());
    ASSERT_TRUE(m_index.finish({made}));
    EXPECT_FALSE(m_index.openSegmentOf(kCamera)->has_value());
    const auto found = m_index.all(std::nullopt);
    ASSERT_EQ(found->size(), 1U);
    const auto& row = found->front();
    EXPECT_TRUE(row.id.isValid());
    EXPECT_EQ(row.file, made.file);
    EXPECT_EQ(row.begin, made.begin);
    EXPECT_EQ(row.end, made.end);
    EXPECT_EQ(row.firstMediaTime, made.firstMediaTime);
    EXPECT_EQ(row.lastMediaTime, made.lastMediaTime);
    EXPECT_EQ(row.frames, made.frames);
    EXPECT_EQ(row.bytes, made.bytes);
    EXPECT_EQ(row.sha256, made.sha256);
    EXPECT_EQ(row.cause, made.cause);
}

TEST_F(SegmentIndexTest, FindsWhatOverlapsARangeAndNothingElse) {
    ASSERT_TRUE(m_index.finish({segment(10'120s, 10'180s), segment(10'000s, 10'060s), segment(10'060s, 10'120s),
                                segment(10'060s, 10'120s, estate::CameraId{8})}));
    EXPECT_EQ(m_index.find(kCamera, range(10'000s, 10'060s))->size(), 1U);
    EXPECT_EQ(m_index.find(kCamera, range(10'059s, 10'121s))->size(), 3U);
    EXPECT_EQ(m_index.find(kCamera, range(10'180s, 10'190s))->size(), 0U);
    EXPECT_EQ(m_index.find(kCamera, range(10'070s, 10'071s))->front().begin, base::UtcTime{10'060s});
    EXPECT_EQ(m_index.newestOf(kCamera)->value().begin, base::UtcTime{10'120s});
    EXPECT_FALSE(m_index.newestOf(estate::CameraId{9})->has_value());
}

TEST_F(SegmentIndexTest, AllOrNoneOfABatchIsFinished) {
    const auto made = segment(10'000s, 10'060s);
    ASSERT_TRUE(m_index.finish({made}));
    auto batch = std::vector{segment(10'060s, 10'120s), made};
    const auto again = m_index.finish(batch);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, base::ErrorCode::AlreadyExists);
    EXPECT_EQ(m_index.all(kCamera)->size(), 1U);
}

TEST_F(SegmentIndexTest, CoverageJoinsWhatTouches) {
    const auto covered =
        video::coverage({segment(100s, 160s), segment(30s, 90s), segment(90s, 100s), segment(200s, 260s)});
    EXPECT_EQ(covered, (std::vector{range(30s, 160s), range(200s, 260s)}));
    EXPECT_TRUE(video::coverage({}).empty());
}

TEST_F(SegmentIndexTest, GapsAreFoundByRangeAlsoWhereTheClockWentBack) {
    ASSERT_TRUE(m_index.addGap({kCamera, base::UtcTime{100s}, base::UtcTime{110s}, video::GapCause::Network}));
    ASSERT_TRUE(m_index.addGap({kCamera, base::UtcTime{500s}, base::UtcTime{400s}, video::GapCause::ClockBack}));
    EXPECT_EQ(m_index.gaps(kCamera, range(105s, 106s))->size(), 1U);
    EXPECT_EQ(m_index.gaps(kCamera, range(110s, 120s))->size(), 0U);
    EXPECT_EQ(m_index.gaps(kCamera, range(450s, 460s))->size(), 1U);
}

}  // namespace
}  // namespace leedswatch::tests
