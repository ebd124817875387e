#include "response/shift_patterns.h"

#include "past_alarms.h"
#include "response/service_period.h"
#include "store/audit_log.h"

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using base::ErrorCode;
using response::NamedPeriod;
using response::Shift;
using response::ShiftPatterns;
using response::ShiftSpan;

base::UtcTime moment(const char* text) {
    return base::parseTime(text).value();
}

class ShiftPatternsTest : public PastAlarms {
protected:
    std::vector<ShiftSpan> shifts(const char* from, const char* until) {
        return response::shiftsIn(patterns().history(m_sue).value(), moment(from), moment(until));
    }
    ShiftPatterns patterns() { return ShiftPatterns{*m_database}; }
};

TEST_F(ShiftPatternsTest, ADayHasTwoShiftsOfTwelveHoursAtFirst) {
    EXPECT_EQ(shifts("2027-01-15T08:00Z", "2027-01-16T08:00Z"),
              (std::vector<ShiftSpan>{{"Day", moment("2027-01-15T07:00Z"), moment("2027-01-15T19:00Z")},
                                      {"Night", moment("2027-01-15T19:00Z"), moment("2027-01-16T07:00Z")},
                                      {"Day", moment("2027-01-16T07:00Z"), moment("2027-01-16T19:00Z")}}));
}

TEST_F(ShiftPatternsTest, TheNightsInWhichClocksChangeAreElevenAndThirteenHoursLong) {
    const auto spring = shifts("2026-03-28T20:00Z", "2026-03-28T21:00Z");
    ASSERT_EQ(spring.size(), 1U);
    EXPECT_EQ(spring[0].begin, moment("2026-03-28T19:00:00 GMT"));
    EXPECT_EQ(spring[0].end, moment("2026-03-29T07:00:00 BST"));
    EXPECT_EQ(spring[0].end - spring[0].begin, 11h);
    const auto autumn = shifts("2026-10-25T00:30Z", "2026-10-25T00:31Z");
    ASSERT_EQ(autumn.size(), 1U);
    EXPECT_EQ(autumn[0].begin, moment("2026-10-24T19:00:00 BST"));
    EXPECT_EQ(autumn[0].end - autumn[0].begin, 13h);
}

TEST_F(ShiftPatternsTest, AShiftThatBeginsInTheHourOfTheChangeIsFoundOnce) {
    ASSERT_TRUE(patterns().set(m_sue, {{"A", 90min}, {"B", 8h}}, m_clock.now()));
    // Spring 2027: 01:30 is skipped. Autumn 2027: 01:30 comes twice, and it begins with the first.
    const auto spring = shifts("2027-03-28T02:00Z", "2027-03-28T03:00Z");
    ASSERT_EQ(spring.size(), 1U);
    EXPECT_EQ(spring[0].begin, moment("2027-03-28T01:00Z"));
    const auto autumn = shifts("2027-10-31T01:30Z", "2027-10-31T01:31Z");
    ASSERT_EQ(autumn.size(), 1U);
    EXPECT_EQ(autumn[0].begin, moment("2027-10-31T00:30Z"));
    EXPECT_EQ(autumn[0].end, moment("2027-10-31T08:00Z"));
}

TEST_F(ShiftPatternsTest, AYearHasNoGapsAndNoOverlaps) {
    ASSERT_TRUE(patterns().set(m_sue, {{"Early", 6h}, {"Late", 14h}, {"Night", 22h}}, m_clock.now() + 24h * 60));
    const auto all = shifts("2027-01-01T00:00Z", "2028-01-01T00:00Z");
    for (std::size_t index = 1; index < all.size(); ++index) {
        ASSERT_EQ(all[index].begin, all[index - 1].end) << base::formatLocal(all[index].begin);
    }
    EXPECT_EQ(all.front().name, "Night");
    EXPECT_GT(all.size(), 900U);
}

TEST_F(ShiftPatternsTest, AChangeHoldsFromThenOnAndThePastStays) {
    m_clock.advance(3min);
    ASSERT_TRUE(patterns().set(m_sue, {{"Late", 14h}, {"Early", 6h}, {"Night", 22h}}, m_clock.now()));
    const auto all = shifts("2027-01-15T07:30Z", "2027-01-15T15:00Z");
    EXPECT_EQ(all, (std::vector<ShiftSpan>{{"Day", moment("2027-01-15T07:00Z"), moment("2027-01-15T08:10Z")},
                                           {"Early", moment("2027-01-15T08:10Z"), moment("2027-01-15T14:00Z")},
                                           {"Late", moment("2027-01-15T14:00Z"), moment("2027-01-15T22:00Z")}}));
}

TEST_F(ShiftPatternsTest, WhatMakesNoSenseIsRefusedAndNothingIsChanged) {
    const std::vector<std::vector<Shift>> wrong{
        {},           {{"A", 7h}, {"A", 8h}}, {{"A", 7h}, {"B", 7h}},       {{"", 7h}},     {{"A", 7h + 5min}},
        {{"A", 24h}}, {{"A", -10min}},        {{std::string(41, 'x'), 7h}}, {{"A\x01", 7h}}};
    for (const auto& shifts : wrong) {
        const auto refused = patterns().set(m_sue, shifts, m_clock.now());
        ASSERT_FALSE(refused);
        EXPECT_EQ(refused.error().code, ErrorCode::InvalidInput);
    }
    EXPECT_EQ(patterns().set(m_sue, {{"A", 7h}}, m_clock.now() - 1h).error().code, ErrorCode::InvalidInput);
    EXPECT_EQ(patterns().set(m_sue, {{"A", 7h}}, m_clock.now() + 24h * 400).error().code, ErrorCode::InvalidInput);
    EXPECT_EQ(patterns().history(m_sue)->size(), 1U);
}

TEST_F(ShiftPatternsTest, OnlySupervisorsSetThemAndTheAuditLogSaysWho) {
    const auto ann = actingAs(access::Role::Operator, "ann");
    EXPECT_EQ(patterns().set(ann, {{"A", 7h}}, m_clock.now()).error().code, ErrorCode::NotPermitted);
    EXPECT_EQ(patterns().history(ann).error().code, ErrorCode::NotPermitted);
    ASSERT_TRUE(patterns().set(m_sue, {{"A", 7h}}, m_clock.now()));
    EXPECT_EQ(patterns().history(m_sue)->back().madeBy, "sue");
    EXPECT_EQ(count("audit_event WHERE json_extract(CAST(body AS TEXT), '$.act') = 'shifts.set'"), 1);
}

TEST_F(ShiftPatternsTest, TheyAreReadAsTheyAreWritten) {
    EXPECT_EQ(response::parseShift("Day=07:00").value(), (Shift{"Day", 7h}));
    EXPECT_EQ(response::parseShift("a=b=23:50").value(), (Shift{"a=b", 23h + 50min}));
    EXPECT_EQ(response::beginText({"Day", 7h + 10min}), "07:10");
    for (const char* text : {"", "Day", "Day=7:00", "Day=24:00", "Day=07:60", "Day=07-00", "Day=+7:00", "Day=07:00 "}) {
        EXPECT_FALSE(response::parseShift(text)) << text;
    }
}

TEST_F(ShiftPatternsTest, PeriodsThatPeopleAskForAreOfTheClockOnTheWall) {
    const auto history = patterns().history(m_sue).value();
    const auto period = [&](NamedPeriod named, const char* now) {
        return response::periodOf(named, moment(now), history);
    };
    EXPECT_EQ(period(NamedPeriod::Today, "2026-07-02T00:30Z").from, moment("2026-07-01T23:00Z"));
    EXPECT_EQ(period(NamedPeriod::ThisShift, "2026-10-25T01:30Z").from, moment("2026-10-24T18:00Z"));
    EXPECT_EQ(period(NamedPeriod::ThisMonth, "2026-07-02T00:30Z").from, moment("2026-06-30T23:00Z"));
    EXPECT_EQ(period(NamedPeriod::LastMonth, "2026-04-01T00:30Z"),
              (response::ServicePeriod{moment("2026-03-01T00:00Z"), moment("2026-03-31T23:00Z")}));
    EXPECT_EQ(period(NamedPeriod::ThisQuarter, "2026-12-31T00:30Z").from, moment("2026-09-30T23:00Z"));
    EXPECT_EQ(period(NamedPeriod::LastQuarter, "2027-01-05T00:30Z"),
              (response::ServicePeriod{moment("2026-09-30T23:00Z"), moment("2027-01-01T00:00Z")}));
    EXPECT_EQ(period(NamedPeriod::TwelveMonths, "2028-02-29T12:00Z").from, moment("2027-02-28T00:00Z"));
}

}  // namespace
}  // namespace leedswatch::tests
