#include "dispatch/jobs.h"
#include "dispatch/officers.h"
#include "dispatch/units.h"
#include "estate/premises_registry.h"
#include "response/action_plans.h"
#include "response/alarm_queue.h"
#include "response/job_notes.h"
#include "response/posted_alarms.h"
#include "store/audit_log.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using base::ErrorCode;
using dispatch::JobState;
using response::AlarmClass;
using response::AlarmId;
using response::AlarmQueue;
using response::StepKind;
using response::StepResult;
using testing::HasSubstr;

/// An alarm whose plan is to send somebody, and units to send.
class SendingTest : public testing::Test {
protected:
    SendingTest() : m_database{store::Database::open(m_folder.path(), m_clock).value()} {
        EXPECT_TRUE(estate::PremisesRegistry{*m_database}.importCsv(
            access::Acting::commandLine(), "account,name,address,premises\n1001,Otley Library,Bondgate,LIB\n"));
        m_premises = estate::PremisesRegistry{*m_database}.list()->front().id;
        m_ann.username = "ann";
        m_ann.role = access::Role::Operator;
        m_ann.workstation = "desk 1";
        response::ActionPlan plan;
        plan.name = "Send";
        plan.alarmClass = AlarmClass::Intruder;
        plan.steps = {{StepKind::Note, "Note it"},
                      {StepKind::Dispatch, "Send mobile response"},
                      {StepKind::Outcome, "What was it?"}};
        EXPECT_TRUE(response::ActionPlans{*m_database}.save(access::Acting::commandLine(), plan));
        const auto pat = dispatch::Officers{*m_database}
                             .save(access::Acting::commandLine(),
                                   {{}, "Pat Jones", "1111222233334444", "2030-01-31", "07700 900111"})
                             .value();
        m_unit = units().save(access::Acting::commandLine(), {{}, "M1"}).value().id;
        EXPECT_TRUE(units().goOnDuty(m_ann, m_unit, {pat.id}));
    }

    AlarmId raiseAndTake(const std::string& what = "Burglary, zone 03") {
        response::NewAlarm alarm;
        alarm.alarmClass = AlarmClass::Intruder;
        alarm.joinKey = "premises 1 intruder";
        alarm.premises = m_premises;
        alarm.place = "Otley Library, Bondgate";
        alarm.what = what;
        alarm.raised = m_clock.now();
        // As the rules raise it: what a panel said is not checked.
        const auto id = m_database->write([&](store::Transaction& transaction) -> base::Result<AlarmId> {
            const auto station = access::Acting::station();
            response::AlarmChange changes{transaction, station};
            const auto raised = changes.raise(alarm).alarm.id;
            changes.finish("alarm.raised", "alarm");
            return raised;
        });
        EXPECT_TRUE(queue().accept(m_ann, *id));
        return *id;
    }
    StepResult sending(int position = 2) {
        StepResult result;
        result.position = position;
        result.words = "M1 goes";
        result.sending.emplace();
        result.sending->unit = m_unit;
        return result;
    }
    std::vector<std::string> notes(AlarmId id) {
        std::vector<std::string> texts;
        const auto record = queue().record(m_ann, id).value();
        for (const auto& entry : record.entries) {
            if (entry.kind == response::EntryKind::Note) {
                texts.push_back(entry.text);
            }
        }
        return texts;
    }

    AlarmQueue queue() { return AlarmQueue{*m_database}; }
    dispatch::Jobs jobs() { return {*m_database, response::noteJobInAlarm}; }
    dispatch::Units units() { return {*m_database, response::noteJobInAlarm}; }

    TemporaryFolder m_folder;
    FakeClock m_clock{base::fromStored(1'800'000'000'000'000)};
    std::unique_ptr<store::Database> m_database;
    access::Acting m_ann;
    estate::PremisesId m_premises;
    dispatch::UnitId m_unit;
};

TEST_F(SendingTest, TheStepCreatesTheJobAndItsNumberIsInTheRecord) {
    const auto id = raiseAndTake();
    const auto record = queue().completeStep(m_ann, id, sending());
    ASSERT_TRUE(record) << record.error().message;
    EXPECT_EQ(record->steps.at(1).result, "M1 goes (job 1)");
    EXPECT_EQ(record->entries.back().text, "2. Send mobile response — M1 goes (job 1)");
    EXPECT_EQ(record->entries.back().details["job"], 1);
    const auto job = jobs().sheet(m_ann, dispatch::JobId{1})->job;
    EXPECT_EQ(job.alarm, id.value());
    EXPECT_EQ(job.premises, m_premises);
    EXPECT_EQ(job.place, "Otley Library, Bondgate");
    EXPECT_EQ(job.reason, "Intruder: Burglary, zone 03");
    EXPECT_EQ(job.state, JobState::Assigned);
}

TEST_F(SendingTest, ArrivalAndEndAreNotesOfTheAlarmWhileItIsOpen) {
    const auto id = raiseAndTake();
    ASSERT_TRUE(queue().completeStep(m_ann, id, sending()));
    const dispatch::JobId job{1};
    ASSERT_TRUE(jobs().advance(m_ann, job, JobState::EnRoute));
    EXPECT_TRUE(notes(id).empty());
    ASSERT_TRUE(jobs().advance(m_ann, job, JobState::OnScene));
    EXPECT_EQ(notes(id).back(), "Job 1: on scene, M1");
    EXPECT_EQ(queue().record(m_ann, id)->jobs.at(0).state, JobState::OnScene);
    ASSERT_TRUE(jobs().finish(m_ann, job, {"Cat on a sensor", "Reset", true, ""}));
    EXPECT_EQ(notes(id).back(), "Job 1: finished by M1. Found: Cat on a sensor. Done: Reset. Left secure.");
    EXPECT_EQ(notes(id).size(), 2U);
    store::AuditLog log{*m_database};
    EXPECT_TRUE(log.verify({&response::alarmWitness(), &response::alarmEntryWitness(), &dispatch::jobWitness(),
                            &dispatch::jobEntryWitness(), &dispatch::unitEntryWitness(), &dispatch::Units::witness(),
                            &dispatch::Officers::witness(), &response::ActionPlans::witness(),
                            &estate::PremisesRegistry::witness(), &estate::PremisesRegistry::panelWitness()})
                    ->problems.empty());
}

TEST_F(SendingTest, AClosedAlarmGetsNoFurtherLines) {
    const auto id = raiseAndTake();
    ASSERT_TRUE(queue().completeStep(m_ann, id, {1, false, "noted"}));
    ASSERT_TRUE(queue().completeStep(m_ann, id, sending()));
    ASSERT_TRUE(queue().close(m_ann, id, {"no-action", ""}));
    ASSERT_TRUE(jobs().advance(m_ann, dispatch::JobId{1}, JobState::EnRoute));
    ASSERT_TRUE(jobs().advance(m_ann, dispatch::JobId{1}, JobState::OnScene));
    EXPECT_TRUE(notes(id).empty());
}

TEST_F(SendingTest, WhoCannotBeSentLeavesTheStepOpen) {
    const auto id = raiseAndTake();
    ASSERT_TRUE(units().goOffDuty(m_ann, m_unit));
    const auto refused = queue().completeStep(m_ann, id, sending());
    EXPECT_EQ(refused.error().code, ErrorCode::InvalidInput);
    EXPECT_THAT(refused.error().message, HasSubstr("M1 is off duty"));
    EXPECT_EQ(queue().record(m_ann, id)->steps.at(1).state, response::StepState::Open);
    EXPECT_TRUE(jobs().open(m_ann)->empty()) << "nothing of it is there";
    EXPECT_EQ(queue().completeStep(m_ann, id, sending(1)).error().code, ErrorCode::InvalidInput)
        << "another step sends nobody";
}

TEST_F(SendingTest, WithoutUnitsWordsDoAsBefore) {
    const auto id = raiseAndTake();
    ASSERT_TRUE(queue().completeStep(m_ann, id, {2, false, "Keyholder's own guard goes"}));
    EXPECT_TRUE(jobs().open(m_ann)->empty());
    EXPECT_EQ(queue().record(m_ann, id)->steps.at(1).result, "Keyholder's own guard goes");
}

TEST_F(SendingTest, WhatAPanelSaidKeepsNobodyFromBeingSent) {
    const auto id = raiseAndTake(std::string{"zone \x01\x02 "} + std::string(5'000, 'x'));
    ASSERT_TRUE(queue().completeStep(m_ann, id, sending()));
    EXPECT_EQ(jobs().open(m_ann)->front().reason, "Intruder");
}

TEST_F(SendingTest, WhoDoesNotCheckInIsAWelfareAlarmOfThePremises) {
    const auto id = raiseAndTake();
    ASSERT_TRUE(queue().completeStep(m_ann, id, sending()));
    ASSERT_TRUE(jobs().advance(m_ann, dispatch::JobId{1}, JobState::EnRoute));
    ASSERT_TRUE(jobs().advance(m_ann, dispatch::JobId{1}, JobState::OnScene));
    m_clock.advance(15min);
    ASSERT_EQ(units().raiseLate(m_clock.now()).value(), 1);
    ASSERT_EQ(response::raisePosted(*m_database, 100).value(), 1);
    ASSERT_EQ(units().raiseLate(m_clock.now()).value(), 0);
    ASSERT_EQ(response::raisePosted(*m_database, 100).value(), 0);
    const auto waiting = queue().snapshot(m_ann)->waiting;
    ASSERT_EQ(waiting.size(), 1U);
    EXPECT_EQ(waiting.front().alarmClass, AlarmClass::Welfare);
    EXPECT_TRUE(waiting.front().isLifeSafety);
    EXPECT_EQ(waiting.front().premises, m_premises);
    EXPECT_EQ(waiting.front().place, "M1 at Otley Library, Bondgate");
    EXPECT_THAT(waiting.front().what, HasSubstr("07700 900111"));
    EXPECT_EQ(waiting.front().joinKey, "unit 1 welfare");
}

}  // namespace
}  // namespace leedswatch::tests
