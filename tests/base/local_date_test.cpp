#include "base/local_date.h"

#include "base/local_time.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using base::LocalDate;

TEST(LocalDate, IsReadAndWrittenAsPeopleWriteIt) {
    EXPECT_EQ(base::localDateFrom("2026-03-29"), (LocalDate{2026, 3, 29}));
    EXPECT_EQ(base::textOf({2026, 3, 9}), "2026-03-09");
    for (const char* text :
         {"2026-02-29", "2026-13-01", "2026-1-01", "", "2026-03-29x", "20260329", "-026-03-29", "1066-10-14"}) {
        EXPECT_FALSE(base::localDateFrom(text)) << text;
    }
    EXPECT_TRUE(base::localDateFrom("2028-02-29"));
}

TEST(LocalDate, IsTheDayOnTheWall) {
    EXPECT_EQ(base::localDateOf(base::parseTime("2026-06-30T23:30:00Z").value()), (LocalDate{2026, 7, 1}));
    EXPECT_EQ(base::localDateOf(base::parseTime("2026-12-31T23:30:00Z").value()), (LocalDate{2026, 12, 31}));
    EXPECT_EQ(base::localMinuteOfDay(base::parseTime("2026-06-30T23:30:00Z").value()), 30min);
}

TEST(LocalDate, KeepsItsMinuteOnTheWallWhenTheClocksGoForward) {
    EXPECT_EQ(base::formatUtc(base::timeOn({2026, 3, 28}, 10h)), "2026-03-28T10:00:00.000000Z");
    EXPECT_EQ(base::formatUtc(base::timeOn({2026, 3, 29}, 10h)), "2026-03-29T09:00:00.000000Z");
    // 01:30 is not there: the end of the hour that is skipped.
    EXPECT_EQ(base::formatUtc(base::timeOn({2026, 3, 29}, 90min)), "2026-03-29T01:00:00.000000Z");
}

TEST(LocalDate, TakesTheFirstOfTwoWhenTheClocksGoBack) {
    EXPECT_EQ(base::formatLocal(base::timeOn({2026, 10, 25}, 90min)), "2026-10-25 01:30:00 BST");
    EXPECT_EQ(base::formatUtc(base::timeOn({2026, 10, 25}, 10h)), "2026-10-25T10:00:00.000000Z");
    EXPECT_EQ(base::formatUtc(base::timeOn({2026, 10, 24}, 10h)), "2026-10-24T09:00:00.000000Z");
}

TEST(LocalDate, ComesToTheLastDayOfAShorterMonthAndBack) {
    const LocalDate last{2026, 1, 31};
    EXPECT_EQ(base::monthsAfter(last, 1), (LocalDate{2026, 2, 28}));
    EXPECT_EQ(base::monthsAfter(last, 2), (LocalDate{2026, 3, 31}));
    EXPECT_EQ(base::monthsAfter(last, 11), (LocalDate{2026, 12, 31}));
    EXPECT_EQ(base::monthsAfter(last, 25), (LocalDate{2028, 2, 29}));
    EXPECT_EQ(base::monthsAfter({2026, 3, 15}, -3), (LocalDate{2025, 12, 15}));
}

TEST(LocalDate, CountsDaysOverMonthsAndYears) {
    EXPECT_EQ(base::daysAfter({2026, 12, 31}, 1), (LocalDate{2027, 1, 1}));
    EXPECT_EQ(base::daysAfter({2026, 3, 1}, -1), (LocalDate{2026, 2, 28}));
    EXPECT_EQ(base::isoWeekday({2026, 3, 29}), 7);
    EXPECT_EQ(base::isoWeekday({2026, 3, 30}), 1);
}

}  // namespace
}  // namespace leedswatch::tests
