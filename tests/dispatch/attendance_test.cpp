#include "dispatch_room.h"

#include <gmock/gmock.h>

namespace leedswatch::tests {
namespace {

using base::ErrorCode;
using dispatch::AttendancePeriod;
using dispatch::AttendanceTable;
using testing::HasSubstr;

class AttendanceTest : public DispatchRoom {
protected:
    AttendancePeriod all() { return {m_start, m_clock.now() + 1s}; }
    /// Somebody is there after that many minutes.
    void attend(dispatch::UnitId unit, std::chrono::minutes after) {
        const auto id = newJob(unit);
        arrive(id, after);
        ASSERT_TRUE(jobs().finish(m_ann, id, {"Nothing", "Locked", true, ""}));
    }
    const base::UtcTime m_start = m_clock.now();
};

TEST_F(AttendanceTest, TimesAndTargetsPerPremisesAndUnit) {
    putOnDuty();
    attend(m_m1, 10min);
    attend(m_m1, 30min);
    attend(m_m1, 14min);
    const auto cancelled = newJob(m_m2);
    ASSERT_TRUE(jobs().cancel(m_ann, cancelled, "restored"));
    dispatch::NewJob elsewhere;
    elsewhere.place = "Bridge over the Aire";
    elsewhere.reason = "Shouting";
    ASSERT_TRUE(jobs().create(m_ann, elsewhere));
    const auto report = attendance().report(m_sue, all()).value();
    EXPECT_EQ(report.all.jobs, 5);
    EXPECT_EQ(report.all.attended, 3);
    EXPECT_EQ(report.all.met, 2);
    EXPECT_EQ(report.all.missed, 1);
    EXPECT_EQ(report.all.cancelled, 1);
    EXPECT_EQ(report.all.open, 1);
    ASSERT_EQ(report.premises.size(), 2U);
    EXPECT_EQ(report.premises.front().name, "LIB Otley Library") << "with most jobs first";
    EXPECT_EQ(report.premises.back().name, "Bridge over the Aire");
    ASSERT_EQ(report.units.size(), 3U);
    const auto& m1 = report.units.front();
    EXPECT_EQ(m1.name, "M1");
    EXPECT_EQ(m1.toOnScene.count, 3);
    EXPECT_EQ(m1.toOnScene.middle, 14min);
    EXPECT_EQ(m1.toOnScene.longest, 30min);
    EXPECT_EQ(m1.toAssigned.longest, 0min);
    EXPECT_EQ(report.units.back().name, "no unit");
}

TEST_F(AttendanceTest, WhatNobodyCameToInTimeIsMissedThoughItIsOpen) {
    newJob();
    m_clock.advance(21min);
    EXPECT_EQ(attendance().report(m_sue, all())->all.missed, 1);
}

TEST_F(AttendanceTest, BothHoursOfTheAutumnNightAreDifferent) {
    putOnDuty();
    // 2026-10-25 00:50 UTC is 01:50 BST; twenty minutes later it is 01:10 GMT.
    m_clock.stepWallClock(base::fromStored(1'792'889'400'000'000) - m_clock.now());
    attend(m_m1, 20min);
    const AttendancePeriod night{m_clock.now() - 1h, m_clock.now() + 1s};
    EXPECT_EQ(attendance().report(m_sue, night)->all.toOnScene.longest, 20min);
    EXPECT_THAT(attendance().csv(m_sue, night, AttendanceTable::Jobs).value(), HasSubstr("2026-10-25 01:50:00 BST"));
}

TEST_F(AttendanceTest, APeriodBeginsWithItsFirstMomentAndEndsBeforeItsLast) {
    newJob();
    const auto at = m_clock.now();
    EXPECT_EQ(attendance().report(m_sue, {at, at + 1s})->all.jobs, 1);
    EXPECT_EQ(attendance().report(m_sue, {at - 1s, at})->all.jobs, 0);
    EXPECT_EQ(attendance().report(m_sue, {at, at}).error().code, ErrorCode::InvalidInput);
    EXPECT_EQ(attendance().report(m_ann, {at, at + 1s}).error().code, ErrorCode::NotPermitted);
    EXPECT_TRUE(attendance().report(m_eve, {at, at + 1s})) << "auditors see figures";
}

TEST_F(AttendanceTest, CsvIsSafeToOpenAndHasALineForEach) {
    putOnDuty();
    attend(m_m1, 10min);
    dispatch::NewJob hostile;
    hostile.place = "=cmd|'/c calc'!A1";
    hostile.reason = "@SUM(1+1), \"x\"";
    ASSERT_TRUE(jobs().create(m_ann, hostile));
    const std::string csv = attendance().csv(m_sue, all(), AttendanceTable::Jobs).value();
    EXPECT_THAT(csv, HasSubstr(",'=cmd|'/c calc'!A1,"));
    EXPECT_THAT(csv, HasSubstr("\"'@SUM(1+1), \"\"x\"\"\""));
    EXPECT_THAT(csv,
                HasSubstr("1,LIB,\"Otley Library, 1 Bondgate, Otley LS21 3AB\",,Back door found open,3,M1,finished,"
                          "2027-01-15 08:00:00 GMT,20,met,0.0,0.0,10.0,10.0\r\n"));
    EXPECT_THAT(attendance().csv(m_sue, all(), AttendanceTable::Units).value(),
                HasSubstr("\r\nM1,1,1,0,0,1,0,0.0,0.0"));
    EXPECT_THAT(attendance().csv(m_sue, all(), AttendanceTable::Premises).value(), HasSubstr("LIB Otley Library,1"));
}

}  // namespace
}  // namespace leedswatch::tests
