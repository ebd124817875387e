#include "dispatch_room.h"
#include "estate/answer_requests.h"

#include <gmock/gmock.h>

namespace leedswatch::tests {
namespace {

using base::ErrorCode;
using dispatch::JobState;
using dispatch::LicenceState;
using dispatch::Officer;
using dispatch::UnitStatus;
using testing::ElementsAre;
using testing::HasSubstr;

class UnitsTest : public DispatchRoom {
protected:
    std::vector<estate::AnswerRequest> requests() {
        return m_database
            ->read([](soci::session& sql) -> base::Result<std::vector<estate::AnswerRequest>> {
                return estate::selectAnswerRequests(sql, 100);
            })
            .value();
    }
    std::vector<std::string> record(dispatch::UnitId id) {
        std::vector<std::string> statuses;
        const auto entries = units().record(m_ann, id).value();
        for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry) {
            statuses.emplace_back(nameOf(entry->status));
        }
        return statuses;
    }
};

TEST_F(UnitsTest, ALicenceHoldsOnItsLastDayByTheClockOnTheWall) {
    const Officer officer{{}, "Pat", "1111222233334444", "2026-06-30", ""};
    // 30 June 23:59:59 BST, and a second later.
    const auto lastSecond = base::fromStored(1'782'860'399'000'000);
    EXPECT_EQ(licenceOf(officer, lastSecond), LicenceState::RunsOut);
    EXPECT_EQ(licenceOf(officer, lastSecond + 1s), LicenceState::Expired);
    EXPECT_EQ(licenceOf(officer, lastSecond - 40 * 24h), LicenceState::Holds);
    EXPECT_EQ(dispatch::licenceOf({{}, "Sam", "", "", ""}, lastSecond), LicenceState::None);
}

TEST_F(UnitsTest, AnOfficerHasANameAndALicenceOfSixteenDigitsOrNone) {
    EXPECT_EQ(officers().save(m_sue, {{}, " ", "", "", ""}).error().code, ErrorCode::InvalidInput);
    EXPECT_EQ(officers().save(m_sue, {{}, "Sam", "123", "2027-01-01", ""}).error().code, ErrorCode::InvalidInput);
    EXPECT_EQ(officers().save(m_sue, {{}, "Sam", "111122223333444x", "2027-01-01", ""}).error().code,
              ErrorCode::InvalidInput);
    for (const char* day : {"", "2027-02-29", "2027-13-01", "01/02/2027", "2027-1-1"}) {
        EXPECT_EQ(officers().save(m_sue, {{}, "Sam", "9999000099990000", day, ""}).error().code,
                  ErrorCode::InvalidInput)
            << day;
    }
    EXPECT_EQ(officers().save(m_sue, {{}, "Sam", "1111 2222 3333 4444", "2027-01-01", ""}).error().code,
              ErrorCode::AlreadyExists);
    const auto sam = officers().save(m_sue, {{}, "Sam", "9999 0000 9999 0000", "2028-02-29", ""});
    ASSERT_TRUE(sam);
    EXPECT_EQ(sam->licence, "9999000099990000");
    EXPECT_EQ(officers().save(m_ann, *sam).error().code, ErrorCode::NotPermitted);
    EXPECT_EQ(officers().list(m_ann)->size(), 3U);
    EXPECT_TRUE(auditProblems().empty());
}

TEST_F(UnitsTest, AUnitGoesOnDutyWithWhoIsInIt) {
    EXPECT_EQ(units().goOnDuty(m_ann, m_m1).error().code, ErrorCode::InvalidInput) << "nobody was ever in it";
    const auto on = units().goOnDuty(m_ann, m_m1, {m_pat});
    ASSERT_TRUE(on) << on.error().message;
    EXPECT_EQ(on->status, UnitStatus::Available);
    EXPECT_EQ(unitText(*on), "M1 (Pat Jones 07700 900111)");
    EXPECT_EQ(units().goOnDuty(m_ann, m_m1, {m_pat}).error().code, ErrorCode::Busy);
    const auto twice = units().goOnDuty(m_ann, m_m2, {m_pat});
    EXPECT_EQ(twice.error().code, ErrorCode::Busy);
    EXPECT_THAT(twice.error().message, HasSubstr("Pat Jones is on duty in M1"));
    ASSERT_TRUE(units().goOffDuty(m_ann, m_m1));
    EXPECT_EQ(units().goOnDuty(m_ann, m_m1)->crew.size(), 1U) << "as last time";
    EXPECT_EQ(units().goOnDuty(m_eve, m_m2, {m_kim}).error().code, ErrorCode::NotPermitted);
    EXPECT_THAT(record(m_m1), ElementsAre("off-duty", "available", "off-duty", "available"));
    EXPECT_TRUE(auditProblems().empty());
}

TEST_F(UnitsTest, WithoutALicenceThatHoldsNobodyGoesOnDutyUnlessItIsSaidWhy) {
    m_clock.advance(24h * 30);
    const auto refused = units().goOnDuty(m_ann, m_m2, {m_kim});
    EXPECT_EQ(refused.error().code, ErrorCode::InvalidInput);
    EXPECT_THAT(refused.error().message, HasSubstr("the licence of Kim Lee ran out on 2027-02-01"));
    EXPECT_EQ(unit(m_m2).status, UnitStatus::OffDuty);
    ASSERT_TRUE(units().goOnDuty(m_ann, m_m2, {m_kim, m_pat}, "renewal seen on paper"));
    const auto newest = units().record(m_ann, m_m2)->front();
    EXPECT_THAT(newest.text, HasSubstr("Though the licence of Kim Lee ran out on 2027-02-01: renewal seen on paper"));
    EXPECT_EQ(newest.who, "ann");
}

TEST_F(UnitsTest, TheStatusFollowsTheJobs) {
    putOnDuty();
    const auto first = newJob(m_m1);
    EXPECT_EQ(unit(m_m1).status, UnitStatus::Assigned);
    const auto second = newJob(m_m1);
    arrive(first);
    EXPECT_EQ(unit(m_m1).status, UnitStatus::OnScene);
    const auto there = jobs().advance(m_ann, second, JobState::EnRoute);
    EXPECT_EQ(there.error().code, ErrorCode::Busy);
    EXPECT_THAT(there.error().message, HasSubstr("M1 is on scene for job 1"));
    ASSERT_TRUE(jobs().finish(m_ann, first, {"Nothing", "Locked", true, ""}));
    EXPECT_EQ(unit(m_m1).status, UnitStatus::Assigned) << "the second is there";
    ASSERT_TRUE(jobs().advance(m_ann, second, JobState::EnRoute));
    ASSERT_TRUE(jobs().cancel(m_ann, second, "keyholder is there"));
    EXPECT_EQ(unit(m_m1).status, UnitStatus::Returning);
    ASSERT_TRUE(units().setStatus(m_ann, m_m1, UnitStatus::Available));
    EXPECT_THAT(record(m_m1), ElementsAre("off-duty", "available", "assigned", "en-route", "on-scene", "assigned",
                                          "en-route", "returning", "available"));
}

TEST_F(UnitsTest, WhatAUnitDoesForAJobIsToldOnTheJob) {
    putOnDuty();
    EXPECT_EQ(units().setStatus(m_ann, m_m1, UnitStatus::OnScene).error().code, ErrorCode::InvalidInput);
    EXPECT_EQ(units().setStatus(m_ann, m_m1, UnitStatus::Unavailable).error().code, ErrorCode::InvalidInput);
    ASSERT_TRUE(units().setStatus(m_ann, m_m1, UnitStatus::Unavailable, "puncture"));
    const auto refused = jobs().assign(m_ann, newJob(), m_m1);
    EXPECT_THAT(refused.error().message, HasSubstr("M1 is unavailable"));
    newJob(m_m2);
    EXPECT_EQ(units().setStatus(m_ann, m_m2, UnitStatus::Available).error().code, ErrorCode::Busy);
}

TEST_F(UnitsTest, OffDutyWithAnOpenJobIsSaidAndTheJobWaitsForAnother) {
    putOnDuty();
    const auto open = newJob(m_m1);
    arrive(open);
    addKeys("K-1");
    ASSERT_TRUE(keys().issue(m_ann, keys().bunch(m_ann, "k-1")->id, issueTo(m_m1)));
    const auto refused = units().goOffDuty(m_ann, m_m1);
    EXPECT_EQ(refused.error().code, ErrorCode::Busy);
    EXPECT_THAT(refused.error().message, HasSubstr("job 1 (on-scene), keys K-1"));
    m_told.clear();
    ASSERT_TRUE(units().goOffDuty(m_ann, m_m1, "accident"));
    EXPECT_EQ(unit(m_m1).status, UnitStatus::OffDuty);
    EXPECT_FALSE(unit(m_m1).checkInDue);
    EXPECT_EQ(job(open).state, JobState::Created);
    EXPECT_FALSE(job(open).unit);
    EXPECT_TRUE(job(open).onScene) << "somebody was there";
    EXPECT_THAT(m_told, ElementsAre("1 stood-down"));
    EXPECT_EQ(keys().out(m_ann)->size(), 1U) << "the keys are still with M1";
    EXPECT_EQ(units().retire(m_sue, m_m1).error().code, ErrorCode::Busy);
    EXPECT_TRUE(auditProblems().empty());
}

TEST_F(UnitsTest, WhoDoesNotCheckInOnSceneIsRaisedOnceForEachLateness) {
    putOnDuty();
    const auto open = newJob(m_m1);
    ASSERT_TRUE(jobs().advance(m_ann, open, JobState::EnRoute));
    m_clock.advance(2h);
    EXPECT_EQ(units().raiseLate(m_clock.now()).value(), 0) << "only on scene";
    ASSERT_TRUE(jobs().advance(m_ann, open, JobState::OnScene));
    m_clock.advance(14min);
    EXPECT_EQ(units().raiseLate(m_clock.now()).value(), 0);
    ASSERT_TRUE(units().checkIn(m_ann, m_m1, "all quiet"));
    m_clock.advance(14min);
    EXPECT_EQ(units().raiseLate(m_clock.now()).value(), 0) << "the time began anew";
    m_clock.advance(1min);
    EXPECT_EQ(units().raiseLate(m_clock.now()).value(), 1);
    m_clock.advance(10h);
    EXPECT_EQ(units().raiseLate(m_clock.now()).value(), 0) << "never twice for one lateness";
    ASSERT_EQ(requests().size(), 1U);
    const auto request = requests().front();
    EXPECT_EQ(request.source, "welfare");
    EXPECT_EQ(request.premises, m_library);
    EXPECT_EQ(request.subject, "unit 1 welfare");
    EXPECT_THAT(request.place, HasSubstr("M1 at Otley Library"));
    EXPECT_THAT(request.words, HasSubstr("Pat Jones 07700 900111) did not check in by 2027-01-15 10:29:00 GMT"));
    EXPECT_TRUE(unit(m_m1).isLate);
    ASSERT_TRUE(units().checkIn(m_ann, m_m1));
    EXPECT_FALSE(unit(m_m1).isLate);
    ASSERT_EQ(requests().size(), 2U);
    EXPECT_EQ(requests().back().source, "heard-of");
    EXPECT_EQ(requests().back().subject, "unit 1 welfare");
    EXPECT_THAT(requests().back().words, HasSubstr("M1 was heard of (ann): checked in"));
    m_clock.advance(15min);
    EXPECT_EQ(units().raiseLate(m_clock.now()).value(), 1) << "another lateness";
    ASSERT_TRUE(jobs().finish(m_ann, open, {"Nothing", "Locked", true, ""}));
    EXPECT_EQ(requests().size(), 4U) << "who has left is heard of, too";
    m_clock.advance(1h);
    EXPECT_EQ(units().raiseLate(m_clock.now()).value(), 0);
    EXPECT_EQ(units().checkIn(m_ann, m_m1).error().code, ErrorCode::InvalidInput);
    EXPECT_EQ(requests().size(), 4U);
    EXPECT_TRUE(auditProblems().empty());
}

TEST_F(UnitsTest, AUnitOfTwoNeedNotBeWatched) {
    const auto pair = addUnit("M3", 0min);
    ASSERT_TRUE(units().goOnDuty(m_ann, pair, {m_pat, m_kim}));
    arrive(newJob(pair));
    m_clock.advance(10h);
    EXPECT_EQ(units().raiseLate(m_clock.now()).value(), 0);
}

TEST_F(UnitsTest, CallSignsAreUniqueAndARetiredOneIsFree) {
    EXPECT_EQ(units().save(m_sue, {{}, " m1 "}).error().code, ErrorCode::AlreadyExists);
    EXPECT_EQ(units().save(m_ann, {{}, "M9"}).error().code, ErrorCode::NotPermitted);
    dispatch::Unit wrong;
    wrong.callSign = "M9";
    wrong.checkInEvery = 481min;
    EXPECT_EQ(units().save(m_sue, wrong).error().code, ErrorCode::InvalidInput);
    ASSERT_TRUE(units().retire(m_sue, m_m1));
    EXPECT_TRUE(units().save(m_sue, {{}, "M1"}));
    EXPECT_EQ(units().goOnDuty(m_ann, m_m1, {m_pat}).error().code, ErrorCode::NotFound);
    EXPECT_TRUE(auditProblems().empty());
}

TEST_F(UnitsTest, WhoIsOnDutyIsNotTakenOffTheList) {
    putOnDuty();
    EXPECT_EQ(officers().retire(m_sue, m_pat).error().code, ErrorCode::Busy);
    ASSERT_TRUE(units().goOffDuty(m_ann, m_m1));
    ASSERT_TRUE(officers().retire(m_sue, m_pat));
    EXPECT_EQ(units().goOnDuty(m_ann, m_m1).error().code, ErrorCode::InvalidInput) << "nobody is in it";
    EXPECT_TRUE(auditProblems().empty());
}

}  // namespace
}  // namespace leedswatch::tests
