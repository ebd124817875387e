#include "analytics/watched_times.h"

#include "support/fake_clock.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>

namespace leedswatch::analytics {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;
using video::TimeRange;

const base::UtcTime kNoon{base::fromStored(1'785'668'400'000'000)};
const estate::CameraId kYard{1};

class WatchedTimesTest : public testing::Test {
protected:
    void note(base::UtcTime from, base::UtcTime until) { ASSERT_TRUE(m_times.note({{kYard, {from, until}}})); }

    tests::TemporaryFolder m_folder;
    tests::FakeClock m_clock{kNoon};
    std::unique_ptr<store::Database> m_database = store::Database::open(m_folder.path(), m_clock).value();
    WatchedTimes m_times{*m_database};
};

TEST_F(WatchedTimesTest, ATimeThatGoesOnGetsItsNewEnd) {
    note(kNoon, kNoon + 60s);
    note(kNoon, kNoon + 120s);
    EXPECT_THAT(m_times.of(kYard, {kNoon - 1h, kNoon + 1h}).value(), ElementsAre(TimeRange{kNoon, kNoon + 120s}));
    EXPECT_THAT(m_times.of(estate::CameraId{2}, {kNoon - 1h, kNoon + 1h}).value(), IsEmpty());
}

TEST_F(WatchedTimesTest, OnlyWhatLiesInThePeriodIsToldAndWhatTouchesIsOne) {
    note(kNoon, kNoon + 60s);
    note(kNoon + 60s, kNoon + 90s);
    note(kNoon + 70s, kNoon + 80s);
    note(kNoon + 200s, kNoon + 300s);
    const auto watched = m_times.of(kYard, {kNoon + 30s, kNoon + 250s}).value();
    EXPECT_THAT(watched, ElementsAre(TimeRange{kNoon + 30s, kNoon + 90s}, TimeRange{kNoon + 200s, kNoon + 250s}));
    EXPECT_EQ(lengthOf(watched), 110s);
    EXPECT_THAT(m_times.of(kYard, {kNoon + 90s, kNoon + 200s}).value(), IsEmpty());
}

TEST_F(WatchedTimesTest, WhatIsOldIsForgottenWhenAllOfItIs) {
    note(kNoon, kNoon + 60s);
    note(kNoon + 70s, kNoon + 200s);
    ASSERT_TRUE(m_times.forget(kYard, kNoon + 100s));
    EXPECT_THAT(m_times.of(kYard, {kNoon, kNoon + 1h}).value(), ElementsAre(TimeRange{kNoon + 70s, kNoon + 200s}));
}

}  // namespace
}  // namespace leedswatch::analytics
