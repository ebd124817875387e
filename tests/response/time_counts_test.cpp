#include "response/time_counts.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using response::TimeCounts;

TimeCounts countsOf(const std::vector<base::Microseconds>& lengths) {
    TimeCounts counts;
    for (const base::Microseconds length : lengths) {
        counts.add(length);
    }
    return counts;
}

TEST(TimeCountsTest, TheShareWithinWholeSecondsIsExact) {
    const TimeCounts counts = countsOf({0us, 29'999'999us, 30s, 30'000'001us, 2h, 30h});
    EXPECT_EQ(counts.within(30s), 3);
    EXPECT_EQ(counts.within(31s), 4);
    EXPECT_EQ(counts.within(29s), 1);
    EXPECT_EQ(counts.within(7'200s), 5);
    EXPECT_EQ(counts.within(7'199s), 4);
    EXPECT_EQ(counts.count(), 6);
    EXPECT_EQ(counts.longest(), base::Microseconds{30h});
}

TEST(TimeCountsTest, LengthsAreRoundedUpToTenthsAndAboveTenSecondsToSeconds) {
    EXPECT_EQ(countsOf({1us}).longest(), base::Microseconds{100ms});
    EXPECT_EQ(countsOf({9'950'000us}).longest(), base::Microseconds{10s});
    EXPECT_EQ(countsOf({10'000'001us}).longest(), base::Microseconds{11s});
    EXPECT_EQ(countsOf({0us}).longest(), base::Microseconds{0});
}

TEST(TimeCountsTest, APercentileNeedsSoManyThatOneMayTakeLonger) {
    std::vector<base::Microseconds> lengths;
    for (int second = 1; second <= 66; ++second) {
        lengths.emplace_back(std::chrono::seconds{second});
    }
    EXPECT_EQ(countsOf(lengths).percentile(985), std::nullopt);
    lengths.emplace_back(67s);
    EXPECT_EQ(countsOf(lengths).percentile(985), base::Microseconds{66s});
    EXPECT_EQ(countsOf(lengths).percentile(500), base::Microseconds{34s});
    EXPECT_EQ(countsOf({1s, 2s, 3s, 4s}).percentile(800), std::nullopt);
    EXPECT_EQ(countsOf({1s, 2s, 3s, 4s, 9s}).percentile(800), base::Microseconds{4s});
    EXPECT_EQ(TimeCounts{}.percentile(500), std::nullopt);
    EXPECT_EQ(TimeCounts{}.longest(), std::nullopt);
}

TEST(TimeCountsTest, WhatASteppedClockMadeNegativeIsCountedApart) {
    const TimeCounts counts = countsOf({-1us, -3600s, 5s});
    EXPECT_EQ(counts.clockSteps(), 2);
    EXPECT_EQ(counts.count(), 1);
    EXPECT_EQ(counts.within(0s), 0);
}

TEST(TimeCountsTest, ItsTextBringsItBack) {
    const TimeCounts counts = countsOf({-1s, 500ms, 500ms, 500ms, 11s, 26h, 26h});
    EXPECT_EQ(counts.text(), "!1 5x3 101 93690x2");
    TimeCounts again;
    ASSERT_TRUE(again.addText(counts.text()));
    EXPECT_EQ(again, counts);
    ASSERT_TRUE(again.addText(counts.text()));
    EXPECT_EQ(again.count(), 2 * counts.count());
    EXPECT_EQ(again.clockSteps(), 2);
    TimeCounts none;
    EXPECT_TRUE(none.addText(""));
    EXPECT_EQ(none.text(), "");
}

TEST(TimeCountsTest, DamagedTextIsRefused) {
    for (const char* text :
         {"x", "5x", "5 x3", "-5", "!", "!2x", "5,6", "99999999999999999999", "5x-1", "4294967296"}) {
        EXPECT_FALSE(TimeCounts{}.addText(text)) << text;
    }
}

}  // namespace
}  // namespace leedswatch::tests
