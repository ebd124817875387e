#include "base/local_time.h"

#include <gtest/gtest.h>

using namespace leedswatch::base;
using namespace std::chrono_literals;

namespace {

UtcTime at(const std::string& text) {
    return parseTime(text).value();
}

TEST(LocalTime, ShowsSummerAsBstAndWinterAsGmt) {
    EXPECT_EQ(formatLocal(at("2026-07-01T12:00:00Z")), "2026-07-01 13:00:00 BST");
    EXPECT_EQ(formatLocal(at("2026-12-01T12:00:00Z")), "2026-12-01 12:00:00 GMT");
}

TEST(LocalTime, TellsTheTwoHalfPastOnesOfTheAutumnNightApart) {
    EXPECT_EQ(formatLocal(at("2026-10-25T00:30:00Z")), "2026-10-25 01:30:00 BST");
    EXPECT_EQ(formatLocal(at("2026-10-25T01:30:00Z")), "2026-10-25 01:30:00 GMT");
}

TEST(LocalTime, RefusesAnAmbiguousTimeAndNamesBothReadings) {
    const auto parsed = parseTime("2026-10-25T01:30:00");
    ASSERT_FALSE(parsed);
    EXPECT_EQ(parsed.error().code, ErrorCode::InvalidInput);
    EXPECT_NE(parsed.error().message.find("2026-10-25T01:30:00+01:00"), std::string::npos) << parsed.error().message;
    EXPECT_NE(parsed.error().message.find("2026-10-25T01:30:00+00:00"), std::string::npos) << parsed.error().message;
}

TEST(LocalTime, ReadsWhatItWrites) {
    for (const char* text : {"2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-03-29T00:59:59Z",
                             "2026-03-29T01:00:00Z", "2026-07-01T12:00:00Z", "2026-12-01T12:00:00Z"}) {
        EXPECT_EQ(at(formatLocal(at(text))), at(text)) << formatLocal(at(text));
    }
}

TEST(LocalTime, RefusesBstInWinterAndGmtInSummer) {
    for (const char* text : {"2026-12-01 12:00 BST", "2026-07-01 12:00 GMT", "2026-03-29 01:30 BST"}) {
        const auto parsed = parseTime(text);
        ASSERT_FALSE(parsed) << text;
        EXPECT_NE(parsed.error().message.find("is not on any clock"), std::string::npos) << parsed.error().message;
    }
}

TEST(LocalTime, RefusesATimeThatTheSpringChangeSkips) {
    EXPECT_FALSE(parseTime("2026-03-29T01:30:00"));
}

TEST(LocalTime, ReadsEuropeLondonWithoutAnOffset) {
    EXPECT_EQ(at("2026-07-01 13:00"), at("2026-07-01T12:00:00Z"));
    EXPECT_EQ(at("2026-07-01T13:00:00.25"), at("2026-07-01T12:00:00.250Z"));
    EXPECT_EQ(at("2026-07-01T13:00:00+02:00"), at("2026-07-01T11:00:00Z"));
}

TEST(LocalTime, RefusesWhatIsNoTime) {
    for (const char* text :
         {"", "yesterday", "2026-13-01T00:00", "2026-02-30T00:00", "2026-01-01T24:00", "2026-01-01T00:60", "2026-01-01",
          "2026-01-01T00:00:00Q", "99999999999999999999999999999999999999999999"}) {
        EXPECT_FALSE(parseTime(text)) << text;
    }
}

TEST(LocalTime, KnowsTheLengthOfTheDaysOnWhichTheClocksChange) {
    const auto length = [](const char* text) {
        const auto day = localDayOf(at(text));
        return day.end - day.begin;
    };
    EXPECT_EQ(length("2026-10-25T12:00:00Z"), 25h);
    EXPECT_EQ(length("2026-03-29T12:00:00Z"), 23h);
    EXPECT_EQ(length("2026-06-01T12:00:00Z"), 24h);
}

}  // namespace
