#include "analytics/quality_history.h"

#include "support/fake_clock.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

namespace leedswatch::analytics {
namespace {

using namespace std::chrono_literals;

TEST(QualityHistoryTest, ReadingsComeBackByCameraInTheOrderOfTime) {
    const tests::TemporaryFolder folder;
    const base::UtcTime now{base::fromStored(1'785'668'400'000'000)};
    tests::FakeClock clock{now};
    const auto database = store::Database::open(folder.path(), clock).value();
    QualityHistory history{*database};
    PictureQuality dim;
    dim.sharpness = 0.125;
    dim.blueCast = -7.5;
    PictureQuality bright;
    bright.exposure = 0.75;
    const estate::CameraId one{1};
    ASSERT_TRUE(history.add({{one, now + 1h, bright}, {one, now, dim}, {estate::CameraId{2}, now, bright}}));

    const auto readings = history.of(one, now, now + 2h).value();
    ASSERT_EQ(readings.size(), 2U);
    EXPECT_EQ(readings[0].time, now);
    EXPECT_EQ(readings[0].quality.sharpness, 0.125);
    EXPECT_EQ(readings[0].quality.blueCast, -7.5);
    EXPECT_EQ(readings[1].quality.exposure, 0.75);
    EXPECT_EQ(history.of(one, now, now + 1h).value().size(), 1U) << "the end does not belong to the period";
}

}  // namespace
}  // namespace leedswatch::analytics
