#include "dispatch_room.h"

#include <gmock/gmock.h>

namespace leedswatch::tests {
namespace {

using base::ErrorCode;
using dispatch::JobState;
using dispatch::NewJob;
using dispatch::TargetState;
using testing::ElementsAre;
using testing::HasSubstr;

using JobsTest = DispatchRoom;

TEST_F(JobsTest, AJobGoesFromItsCreationToItsEnd) {
    putOnDuty();
    const auto id = newJob();
    EXPECT_EQ(job(id).state, JobState::Created);
    EXPECT_EQ(job(id).place, "Otley Library, 1 Bondgate, Otley LS21 3AB");
    m_clock.advance(2min);
    ASSERT_TRUE(jobs().assign(m_ann, id, m_m1));
    m_clock.advance(1min);
    ASSERT_TRUE(jobs().advance(m_ann, id, JobState::EnRoute, "ten minutes away"));
    m_clock.advance(9min);
    ASSERT_TRUE(jobs().advance(m_ann, id, JobState::OnScene));
    m_clock.advance(8min);
    ASSERT_TRUE(jobs().finish(m_ann, id, {"Door blown open", "Locked it", true, "police, PC 431"}));
    const auto done = job(id);
    EXPECT_EQ(done.state, JobState::Finished);
    EXPECT_EQ(done.assigned, done.created + 2min);
    EXPECT_EQ(done.enRoute, done.created + 3min);
    EXPECT_EQ(done.onScene, done.created + 12min);
    EXPECT_EQ(done.ended, done.created + 20min);
    EXPECT_EQ(done.callSign, "M1");
    EXPECT_EQ(done.report.leftSecure, true);
    EXPECT_EQ(targetOf(done, m_clock.now()), TargetState::Met);
    EXPECT_THAT(lines(id), ElementsAre("created", "assigned", "en-route", "on-scene", "finished"));
    EXPECT_THAT(jobs().sheet(m_ann, id)->entries.back().text,
                HasSubstr("Door blown open. Done: Locked it. Left secure. Handed to police, PC 431."));
    EXPECT_TRUE(jobs().open(m_ann)->empty());
    EXPECT_EQ(jobs().cancel(m_ann, id, "x").error().code, ErrorCode::InvalidInput);
    EXPECT_TRUE(jobs().note(m_ann, id, "the owner called")) << "what is known later";
    EXPECT_TRUE(auditProblems().empty());
}

TEST_F(JobsTest, WhatIsMissingIsSaid) {
    NewJob wanted;
    EXPECT_EQ(jobs().create(m_ann, wanted).error().code, ErrorCode::InvalidInput) << "no reason";
    wanted.reason = "Shouting heard";
    EXPECT_EQ(jobs().create(m_ann, wanted).error().code, ErrorCode::InvalidInput) << "no place";
    wanted.place = "Bridge over the Aire";
    EXPECT_TRUE(jobs().create(m_ann, wanted)) << "a place that is in no list";
    for (const auto target : {0min, 1441min}) {
        wanted.target = target;
        EXPECT_EQ(jobs().create(m_ann, wanted).error().code, ErrorCode::InvalidInput);
    }
    wanted.target = 30min;
    wanted.priority = 6;
    EXPECT_EQ(jobs().create(m_ann, wanted).error().code, ErrorCode::InvalidInput);
    wanted.priority = 1;
    wanted.premises = estate::PremisesId{999};
    EXPECT_EQ(jobs().create(m_ann, wanted).error().code, ErrorCode::NotFound);
    wanted.premises.reset();
    wanted.reason = std::string(4'001, 'x');
    EXPECT_EQ(jobs().create(m_ann, wanted).error().code, ErrorCode::InvalidInput);
    wanted.reason = std::string{"a\0b", 3};
    EXPECT_EQ(jobs().create(m_ann, wanted).error().code, ErrorCode::InvalidInput);
    EXPECT_EQ(jobs().create(m_eve, wanted).error().code, ErrorCode::NotPermitted);
    EXPECT_EQ(jobs().sheet(m_ann, dispatch::JobId{77}).error().code, ErrorCode::NotFound);
    EXPECT_EQ(jobs().open(m_ann)->size(), 1U);
}

TEST_F(JobsTest, AKeyThatIsPressedTwiceMovesAJobOnce) {
    putOnDuty();
    const auto id = newJob(m_m1);
    EXPECT_EQ(jobs().advance(m_ann, id, JobState::OnScene).error().code, ErrorCode::InvalidInput);
    ASSERT_TRUE(jobs().advance(m_ann, id, JobState::EnRoute));
    const auto again = jobs().advance(m_ann, id, JobState::EnRoute);
    EXPECT_EQ(again.error().code, ErrorCode::InvalidInput);
    EXPECT_THAT(again.error().message, HasSubstr("has its unit on the way"));
    EXPECT_EQ(jobs().advance(m_ann, id, JobState::Finished).error().code, ErrorCode::InvalidInput);
}

TEST_F(JobsTest, OnlyWhatSomebodyWasAtIsFinishedAndThenWithAReport) {
    putOnDuty();
    const auto id = newJob(m_m1);
    EXPECT_EQ(jobs().finish(m_ann, id, {"x", "y", true, ""}).error().code, ErrorCode::InvalidInput);
    arrive(id);
    EXPECT_EQ(jobs().finish(m_ann, id, {"", "y", true, ""}).error().code, ErrorCode::InvalidInput);
    EXPECT_EQ(jobs().finish(m_ann, id, {"x", "", true, ""}).error().code, ErrorCode::InvalidInput);
    EXPECT_EQ(jobs().finish(m_ann, id, {"x", "y", {}, ""}).error().code, ErrorCode::InvalidInput);
    ASSERT_TRUE(jobs().finish(m_ann, id, {"x", "y", false, ""}));
    EXPECT_THAT(jobs().sheet(m_ann, id)->entries.back().text, HasSubstr("NOT left secure"));
}

TEST_F(JobsTest, AnotherUnitGetsItAndTheFirstIsStoodDown) {
    putOnDuty();
    const auto id = newJob(m_m1);
    ASSERT_TRUE(jobs().advance(m_ann, id, JobState::EnRoute));
    EXPECT_EQ(jobs().assign(m_ann, id, m_m1).error().code, ErrorCode::InvalidInput);
    EXPECT_EQ(jobs().assign(m_ann, id, m_m2).error().code, ErrorCode::InvalidInput) << "without a reason";
    ASSERT_TRUE(jobs().assign(m_ann, id, m_m2, "M1 has a puncture"));
    EXPECT_EQ(job(id).callSign, "M2");
    EXPECT_FALSE(job(id).enRoute);
    EXPECT_EQ(unit(m_m1).status, dispatch::UnitStatus::Returning);
    EXPECT_EQ(unit(m_m2).status, dispatch::UnitStatus::Assigned);
    EXPECT_THAT(lines(id), ElementsAre("created", "assigned", "en-route", "stood-down", "assigned"));
    EXPECT_THAT(m_told, ElementsAre("1 created", "1 assigned", "1 en-route", "1 stood-down", "1 assigned"));
    EXPECT_EQ(jobs().standDown(m_ann, id, "").error().code, ErrorCode::InvalidInput);
    ASSERT_TRUE(jobs().standDown(m_ann, id, "all units to the fire"));
    EXPECT_EQ(job(id).state, JobState::Created);
    EXPECT_EQ(jobs().standDown(m_ann, id, "again").error().code, ErrorCode::InvalidInput);
    EXPECT_EQ(unit(m_m2).status, dispatch::UnitStatus::Available) << "it had not set out";
}

TEST_F(JobsTest, AUnitThatIsNotOnDutyGetsNoJob) {
    NewJob wanted;
    wanted.premises = m_library;
    wanted.reason = "Alarm";
    wanted.unit = m_m1;
    const auto refused = jobs().create(m_ann, wanted);
    EXPECT_THAT(refused.error().message, HasSubstr("M1 is off duty"));
    EXPECT_TRUE(jobs().open(m_ann)->empty()) << "nothing of it is there";
    EXPECT_EQ(ask<int>("SELECT count(*) FROM dispatch_job_entry"), 0);
}

TEST_F(JobsTest, TheTargetIsMetMissedOrNone) {
    putOnDuty();
    const auto late = newJob(m_m1);
    EXPECT_EQ(targetOf(job(late), m_clock.now()), TargetState::Open);
    m_clock.advance(20min);
    EXPECT_EQ(targetOf(job(late), m_clock.now()), TargetState::Open) << "in the twentieth minute";
    m_clock.advance(1s);
    EXPECT_EQ(targetOf(job(late), m_clock.now()), TargetState::Missed);
    arrive(late);
    EXPECT_EQ(targetOf(job(late), m_clock.now()), TargetState::Missed);
    const auto calledOff = newJob(m_m2);
    ASSERT_TRUE(jobs().cancel(m_ann, calledOff, "restored"));
    m_clock.advance(2h);
    EXPECT_EQ(targetOf(job(calledOff), m_clock.now()), TargetState::None);
}

TEST_F(JobsTest, OpenJobsComeByPriorityThenAge) {
    NewJob wanted;
    wanted.place = "Here";
    for (const auto& [reason, priority] : {std::pair{"a", 3}, {"b", 1}, {"c", 3}, {"d", 1}}) {
        wanted.reason = reason;
        wanted.priority = priority;
        m_clock.advance(1s);
        ASSERT_TRUE(jobs().create(m_ann, wanted));
    }
    std::string order;
    const auto open = jobs().open(m_ann).value();
    for (const auto& each : open) {
        order += each.reason;
    }
    EXPECT_EQ(order, "bdac");
}

TEST_F(JobsTest, TheSheetHasTheKeysThatAreNeededAndWhereTheyWent) {
    putOnDuty();
    const auto bunch = addKeys("K-1");
    const auto other = addKeys("K-2", "CIVIC");
    NewJob wanted;
    wanted.premises = m_library;
    wanted.reason = "Alarm";
    wanted.unit = m_m1;
    wanted.keys = {other.id};
    EXPECT_THAT(jobs().create(m_ann, wanted).error().message, HasSubstr("keys K-2 are none of the premises"));
    wanted.keys = {bunch.id, bunch.id};
    const auto id = jobs().create(m_ann, wanted).value().id;
    auto issue = issueTo(m_m1);
    issue.job = id;
    EXPECT_EQ(keys().issue(m_ann, other.id, issue).error().code, ErrorCode::InvalidInput) << "of other premises";
    ASSERT_TRUE(keys().issue(m_ann, bunch.id, issue));
    ASSERT_TRUE(keys().takeBack(m_ann, bunch.id, {}));
    const auto sheet = jobs().sheet(m_ann, id).value();
    EXPECT_EQ(sheet.premisesReference, "LIB");
    ASSERT_EQ(sheet.keys.size(), 1U);
    ASSERT_EQ(sheet.movements.size(), 2U);
    EXPECT_EQ(sheet.movements.front().tag, "K-1");
    EXPECT_THAT(lines(id), ElementsAre("created", "assigned", "keys", "keys"));
    EXPECT_TRUE(auditProblems().empty());
}

TEST_F(JobsTest, ALineThatSomebodyChangesIsFound) {
    putOnDuty();
    newJob(m_m1);
    EXPECT_TRUE(auditProblems().empty());
    ASSERT_TRUE(m_database->write([](store::Transaction& transaction) -> base::Result<int> {
        transaction.sql() << "UPDATE dispatch_job_entry SET at = at - 600000000 WHERE kind = 'assigned'";
        return 0;
    }));
    EXPECT_EQ(auditProblems().size(), 1U);
}

TEST_F(JobsTest, EveryListHasItsIndex) {
    const auto plan = [&](const std::string& query) {
        return m_database
            ->read([&](soci::session& sql) -> base::Result<std::string> {
                std::string all;
                const soci::rowset<soci::row> rows = sql.prepare << "EXPLAIN QUERY PLAN " + query;
                for (const soci::row& row : rows) {
                    all += row.get<std::string>(3) + "; ";
                }
                return all;
            })
            .value();
    };
    EXPECT_THAT(plan("SELECT id FROM dispatch_job WHERE ended IS NULL ORDER BY priority, created, id LIMIT 500"),
                testing::AllOf(HasSubstr("dispatch_job_open"), testing::Not(HasSubstr("TEMP B-TREE"))));
    EXPECT_THAT(plan("SELECT id FROM dispatch_job WHERE ended IS NULL AND unit_id = 1 ORDER BY +created, +id"),
                HasSubstr("dispatch_job_open_of_unit"));
    EXPECT_THAT(plan("SELECT id FROM dispatch_job WHERE alarm_id = 1 ORDER BY id"), HasSubstr("dispatch_job_by_alarm"));
    EXPECT_THAT(plan("SELECT id FROM dispatch_job WHERE created >= 1 AND created < 2 ORDER BY created, id"),
                testing::AllOf(HasSubstr("dispatch_job_by_time"), testing::Not(HasSubstr("TEMP B-TREE"))));
    EXPECT_THAT(plan("SELECT id FROM key_bunch WHERE state = 'out' ORDER BY due, id"), HasSubstr("key_bunch_out"));
    EXPECT_THAT(plan("SELECT id FROM response_unit WHERE retired IS NULL AND check_in_due IS NOT NULL AND is_late = 0 "
                     "AND check_in_due <= 5 ORDER BY check_in_due LIMIT 1"),
                HasSubstr("response_unit_check_in"));
}

}  // namespace
}  // namespace leedswatch::tests
