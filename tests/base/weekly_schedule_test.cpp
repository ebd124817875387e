#include "base/weekly_schedule.h"

#include "base/local_time.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

using base::WeeklySchedule;

bool isIn(const WeeklySchedule& schedule, const char* time) {
    return schedule.contains(base::parseTime(time).value());
}

TEST(WeeklySchedule, KnowsDaysAndMinutesByTheClockOnTheWall) {
    const auto schedule = WeeklySchedule::parse("Mon-Fri 07:00-19:00; Sat,Sun 22:00-04:00").value();
    EXPECT_TRUE(isIn(schedule, "2026-11-20T07:00"));  // a Friday
    EXPECT_FALSE(isIn(schedule, "2026-11-20T06:59"));
    EXPECT_FALSE(isIn(schedule, "2026-11-20T19:00"));
    EXPECT_TRUE(isIn(schedule, "2026-11-22T03:59"));  // Sunday morning, from Saturday
    EXPECT_TRUE(isIn(schedule, "2026-11-23T03:59"));  // Monday morning, from Sunday
    EXPECT_FALSE(isIn(schedule, "2026-11-23T04:00"));
    EXPECT_TRUE(isIn(schedule, "2026-07-03T07:30"));  // in summer time
}

TEST(WeeklySchedule, BothHalfPastOnesOfTheAutumnNightAreInIt) {
    const auto schedule = WeeklySchedule::parse("Sun 01:15-01:45").value();
    EXPECT_TRUE(isIn(schedule, "2026-10-25T01:30:00+01:00"));
    EXPECT_TRUE(isIn(schedule, "2026-10-25T01:30:00+00:00"));
    EXPECT_FALSE(isIn(schedule, "2026-10-25T01:50:00+01:00"));
    EXPECT_FALSE(isIn(schedule, "2026-10-25T02:00:00+00:00"));
}

TEST(WeeklySchedule, NamesWhatItCannotRead) {
    for (const char* text : {"Mon", "Mon 7-9", "Mon 07:00-25:00", "Mon 07:60-08:00", "Foo 07:00-08:00",
                             "Mon-Foo 07:00-08:00", "Mon 07:00-08:00; ;", "Mon 24:00-24:00"}) {
        EXPECT_EQ(WeeklySchedule::parse(text).error().code, base::ErrorCode::InvalidInput) << text;
    }
    EXPECT_TRUE(WeeklySchedule::parse("  ")->isEmpty());
    EXPECT_TRUE(isIn(WeeklySchedule::parse("Sat-Mon 00:00-24:00").value(), "2026-11-23T23:59"));
}

}  // namespace
}  // namespace leedswatch::tests
