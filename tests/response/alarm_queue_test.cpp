#include "response/alarm_queue.h"

#include "base/local_time.h"
#include "response/action_plans.h"
#include "response/alarm_outcome.h"
#include "store/audit_log.h"
#include "store/audit_witness.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using base::ErrorCode;
using response::ActionPlan;
using response::Alarm;
using response::AlarmClass;
using response::AlarmId;
using response::AlarmQueue;
using response::AlarmState;
using response::StepKind;

access::Acting person(const char* username, access::Role role = access::Role::Operator) {
    access::Acting acting;
    acting.username = username;
    acting.role = role;
    acting.workstation = std::string{"desk of "} + username;
    return acting;
}

class AlarmQueueTest : public testing::Test {
protected:
    AlarmQueueTest() { m_database = store::Database::open(m_folder.path(), m_clock).value(); }

    AlarmQueue queue() { return AlarmQueue{*m_database}; }
    Alarm raise(AlarmClass alarmClass, const std::string& key = "1") {
        response::NewAlarm alarm;
        alarm.alarmClass = alarmClass;
        alarm.joinKey = std::string{response::infoOf(alarmClass).code} + " " + key;
        alarm.place = "Otley Library";
        alarm.what = "Something";
        alarm.raised = m_clock.now();
        if (alarmClass == AlarmClass::Fire) {
            alarm.fireHandling = response::FireHandling::Challenge;
        }
        m_clock.advance(1s);
        return queue().raise(access::Acting::station(), alarm).value();
    }
    Alarm alarm(AlarmId id) { return queue().record(m_ann, id)->alarm; }
    void doSteps(const access::Acting& acting, AlarmId id) {
        while (true) {
            const auto record = queue().record(acting, id).value();
            const auto* next = response::nextStep(record.steps, record.alarm);
            if (next == nullptr || next->step.kind == StepKind::Outcome) {
                return;
            }
            const auto* gate = response::gateOf(record, next->position);
            const bool isClosed = gate != nullptr && gate->isClosed;
            ASSERT_TRUE(queue().completeStep(acting, id, {next->position, isClosed, "done"}));
        }
    }
    std::vector<std::string> record(AlarmId id) {
        std::vector<std::string> kinds;
        const auto record = queue().record(m_ann, id).value();
        for (const auto& entry : record.entries) {
            kinds.emplace_back(nameOf(entry.kind));
        }
        return kinds;
    }

    TemporaryFolder m_folder;
    FakeClock m_clock{base::fromStored(1'800'000'000'000'000)};
    std::unique_ptr<store::Database> m_database;
    access::Acting m_ann = person("ann");
    access::Acting m_bob = person("bob");
    access::Acting m_sue = person("sue", access::Role::Supervisor);
};

TEST_F(AlarmQueueTest, LifeSafetyComesFirstThenPriorityThenAge) {
    raise(AlarmClass::Fault);
    raise(AlarmClass::Intruder, "1");
    raise(AlarmClass::Intruder, "2");
    raise(AlarmClass::Welfare);
    raise(AlarmClass::Fire);
    std::vector<std::string> order;
    const auto snapshot = queue().snapshot(m_ann).value();
    for (const Alarm& alarm : snapshot.waiting) {
        order.push_back(alarm.joinKey);
    }
    EXPECT_EQ(order, (std::vector<std::string>{"fire 1", "welfare 1", "intruder 1", "intruder 2", "fault 1"}));
}

TEST_F(AlarmQueueTest, WhatIsRaisedAgainJoinsWhatIsOpen) {
    const Alarm first = raise(AlarmClass::Video);
    EXPECT_EQ(raise(AlarmClass::Video).id, first.id);
    ASSERT_TRUE(queue().accept(m_ann, first.id));
    doSteps(m_ann, first.id);
    ASSERT_TRUE(queue().close(m_ann, first.id, {"no-action", ""}));
    EXPECT_NE(raise(AlarmClass::Video).id, first.id);
}

TEST_F(AlarmQueueTest, OneHasItAndOthersAreToldWho) {
    const Alarm raised = raise(AlarmClass::Fire);
    ASSERT_TRUE(queue().accept(m_ann, raised.id));
    const auto refused = queue().accept(m_bob, raised.id);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::Busy);
    EXPECT_NE(refused.error().message.find("ann at desk of ann"), std::string::npos);
    EXPECT_EQ(queue().completeStep(m_bob, raised.id, {1, false, "x"}).error().code, ErrorCode::Busy);
    EXPECT_TRUE(queue().accept(m_ann, raised.id)) << "again by the same is nothing new";
    ASSERT_TRUE(queue().takeOver(m_bob, raised.id));
    EXPECT_EQ(alarm(raised.id).owner, "bob");
    EXPECT_EQ(queue().completeStep(m_ann, raised.id, {1, false, "x"}).error().code, ErrorCode::Busy);
    EXPECT_EQ(record(raised.id), (std::vector<std::string>{"raised", "accepted", "taken-over"}));
}

TEST_F(AlarmQueueTest, WhoLeavesADeskLeavesNothingInHandThere) {
    const Alarm fire = raise(AlarmClass::Fire);
    const Alarm intruder = raise(AlarmClass::Intruder);
    const Alarm fault = raise(AlarmClass::Fault);
    ASSERT_TRUE(queue().accept(m_ann, fire.id));
    ASSERT_TRUE(queue().accept(m_bob, intruder.id));
    access::Acting elsewhere = m_ann;
    elsewhere.workstation = "another desk";
    ASSERT_TRUE(queue().accept(elsewhere, fault.id));
    EXPECT_EQ(queue().releaseAll(m_ann).value(), 1);
    EXPECT_EQ(alarm(fire.id).state, AlarmState::Waiting);
    EXPECT_EQ(record(fire.id), (std::vector<std::string>{"raised", "accepted", "released"}));
    EXPECT_EQ(alarm(intruder.id).owner, "bob");
    EXPECT_EQ(alarm(fault.id).owner, "ann");
    EXPECT_EQ(queue().releaseAll(m_ann).value(), 0);
}

TEST_F(AlarmQueueTest, NextIsTheFirstThatWaits) {
    raise(AlarmClass::Intruder);
    raise(AlarmClass::Medical);
    EXPECT_EQ(queue().acceptNext(m_ann)->alarmClass, AlarmClass::Medical);
    EXPECT_EQ(queue().acceptNext(m_ann)->alarmClass, AlarmClass::Intruder);
    EXPECT_EQ(queue().acceptNext(m_ann).error().code, ErrorCode::NotFound);
}

TEST_F(AlarmQueueTest, WhatIsForwardedIsOnlyNextAtItsDesk) {
    const Alarm raised = raise(AlarmClass::Intruder);
    ASSERT_TRUE(queue().accept(m_ann, raised.id));
    ASSERT_TRUE(queue().forward(m_ann, raised.id, "desk of bob", "his area"));
    EXPECT_EQ(queue().acceptNext(m_ann).error().code, ErrorCode::NotFound);
    EXPECT_EQ(queue().acceptNext(m_bob)->id, raised.id);
    EXPECT_TRUE(alarm(raised.id).forwardedTo.empty());
}

TEST_F(AlarmQueueTest, WhatNobodyTakesWhereItWasForwardedWaitsEverywhereAgain) {
    const Alarm raised = raise(AlarmClass::Intruder);
    ASSERT_TRUE(queue().accept(m_ann, raised.id));
    ASSERT_TRUE(queue().forward(m_ann, raised.id, "desk that is not there", "his area"));
    EXPECT_EQ(queue().wakeDue(m_clock.now() + 119s).value(), 0);
    EXPECT_EQ(queue().wakeDue(m_clock.now() + 120s).value(), 1);
    EXPECT_EQ(queue().wakeDue(m_clock.now() + 240s).value(), 0) << "once";
    EXPECT_EQ(queue().record(m_ann, raised.id)->entries.back().text, "Nobody took it at desk that is not there.");
    EXPECT_EQ(queue().acceptNext(m_ann)->id, raised.id);

    const Alarm fire = raise(AlarmClass::Fire);
    ASSERT_TRUE(queue().accept(m_ann, fire.id));
    ASSERT_TRUE(queue().forward(m_ann, fire.id, "desk of bob", "his area"));
    EXPECT_EQ(queue().wakeDue(m_clock.now() + 30s).value(), 1);
}

TEST_F(AlarmQueueTest, WhatIsTakenWhereItWasForwardedStaysThere) {
    const Alarm raised = raise(AlarmClass::Fire);
    ASSERT_TRUE(queue().accept(m_ann, raised.id));
    ASSERT_TRUE(queue().forward(m_ann, raised.id, "desk of bob", "his area"));
    ASSERT_TRUE(queue().accept(m_bob, raised.id));
    EXPECT_EQ(queue().wakeDue(m_clock.now() + 1h).value(), 0);
    EXPECT_EQ(alarm(raised.id).owner, "bob");
}

TEST_F(AlarmQueueTest, OtherDesksAreThoseAtWhichAlarmsWereAnswered) {
    EXPECT_TRUE(queue().otherDesks(m_ann)->empty());
    const Alarm raised = raise(AlarmClass::Fire);
    ASSERT_TRUE(queue().accept(m_ann, raised.id));
    ASSERT_TRUE(queue().takeOver(m_bob, raised.id));
    EXPECT_EQ(queue().otherDesks(m_ann).value(), (std::vector<std::string>{"desk of bob"}));
    EXPECT_EQ(queue().otherDesks(m_bob).value(), (std::vector<std::string>{"desk of ann"}));
}

TEST_F(AlarmQueueTest, WhatIsParkedComesBackByItself) {
    const Alarm raised = raise(AlarmClass::Fault);
    ASSERT_TRUE(queue().accept(m_ann, raised.id));
    EXPECT_EQ(queue().park(m_ann, raised.id, m_clock.now() + 25h, "x").error().code, ErrorCode::InvalidInput);
    EXPECT_EQ(queue().park(m_ann, raised.id, m_clock.now(), "x").error().code, ErrorCode::InvalidInput);
    EXPECT_EQ(queue().park(m_ann, raised.id, m_clock.now() + 1h, "").error().code, ErrorCode::InvalidInput);
    ASSERT_TRUE(queue().park(m_ann, raised.id, m_clock.now() + 1h, "electrician comes at ten"));
    EXPECT_EQ(queue().wakeDue(m_clock.now() + 59min).value(), 0);
    EXPECT_EQ(queue().wakeDue(m_clock.now() + 60min).value(), 1);
    EXPECT_EQ(alarm(raised.id).state, AlarmState::Waiting);
    EXPECT_TRUE(alarm(raised.id).owner.empty());
}

TEST_F(AlarmQueueTest, AHeldOneIsShownWhenItsTimeIsOver) {
    response::NewAlarm held;
    held.alarmClass = AlarmClass::Intruder;
    held.joinKey = "premises 1 intruder";
    held.what = "Intruder alarm";
    held.raised = m_clock.now();
    held.heldUntil = m_clock.now() + 120s;
    const auto id = queue().raise(access::Acting::station(), held)->id;
    EXPECT_EQ(queue().snapshot(m_ann)->held.size(), 1U);
    EXPECT_EQ(queue().wakeDue(m_clock.now() + 120s).value(), 1);
    EXPECT_EQ(queue().snapshot(m_ann)->waiting.at(0).id, id);
}

TEST_F(AlarmQueueTest, StepsAreThoseOfThePlanAndEachIsRecorded) {
    const Alarm raised = raise(AlarmClass::Fire);
    EXPECT_TRUE(queue().record(m_ann, raised.id)->steps.empty());
    ASSERT_TRUE(queue().accept(m_ann, raised.id));
    const auto record = queue().record(m_ann, raised.id).value();
    EXPECT_EQ(record.plan, "Fire");
    ASSERT_EQ(record.steps.size(), 5U);
    const auto* next = response::nextStep(record.steps, record.alarm);
    ASSERT_NE(next, nullptr);
    EXPECT_EQ(next->step.kind, StepKind::Call);
    m_clock.advance(20s);
    const auto after = queue().completeStep(m_ann, raised.id, {1, false, "Mr Shah: toast, no fire"}).value();
    EXPECT_EQ(after.steps.at(0).result, "Mr Shah: toast, no fire");
    EXPECT_EQ(after.steps.at(0).doneBy, "ann");
    EXPECT_EQ(after.alarm.acted, m_clock.now());
    EXPECT_EQ(queue().completeStep(m_ann, raised.id, {1, false, "again"}).error().code, ErrorCode::InvalidInput);
    EXPECT_EQ(queue().completeStep(m_ann, raised.id, {2, false, " "}).error().code, ErrorCode::InvalidInput);
    EXPECT_EQ(queue().completeStep(m_ann, raised.id, {9, false, "x"}).error().code, ErrorCode::InvalidInput);
}

TEST_F(AlarmQueueTest, WhatIsSeenConfirmsAndChangesTheSteps) {
    const Alarm raised = raise(AlarmClass::Intruder);
    ASSERT_TRUE(queue().accept(m_ann, raised.id));
    auto record = queue().record(m_ann, raised.id).value();
    EXPECT_EQ(response::nextStep(record.steps, record.alarm)->step.kind, StepKind::Camera);
    response::StepResult seen{1, false, "two men climb in at the back"};
    seen.confirms = true;
    record = queue().completeStep(m_ann, raised.id, seen).value();
    EXPECT_TRUE(record.alarm.isConfirmed);
    EXPECT_EQ(record.alarm.priority, 2);
    EXPECT_EQ(response::nextStep(record.steps, record.alarm)->step.kind, StepKind::Police);
}

TEST_F(AlarmQueueTest, IsNotClosedBeforeItsStepsAreDone) {
    const Alarm raised = raise(AlarmClass::Fire);
    ASSERT_TRUE(queue().accept(m_ann, raised.id));
    const auto refused = queue().close(m_ann, raised.id, {"genuine", ""});
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("1. Call the premises"), std::string::npos);
    EXPECT_EQ(queue().close(m_ann, raised.id, {"genuine", "", "no time"}).error().code, ErrorCode::NotPermitted);
    doSteps(m_ann, raised.id);
    EXPECT_EQ(queue().close(m_ann, raised.id, {"nonsense", ""}).error().code, ErrorCode::InvalidInput);
    ASSERT_TRUE(queue().close(m_ann, raised.id, {"false-user", "toast"}));
    EXPECT_EQ(alarm(raised.id).state, AlarmState::Closed);
    EXPECT_EQ(alarm(raised.id).outcome, "false-user");
    EXPECT_EQ(queue().close(m_ann, raised.id, {"genuine", ""}).error().code, ErrorCode::InvalidInput);
    EXPECT_TRUE(queue().snapshot(m_ann)->inHand.empty());
}

TEST_F(AlarmQueueTest, ASupervisorMayCloseItWithAReason) {
    const Alarm raised = raise(AlarmClass::Fire);
    ASSERT_TRUE(queue().takeOver(m_sue, raised.id));
    ASSERT_TRUE(queue().close(m_sue, raised.id, {"duplicate", "", "the same fire as alarm 7"}));
    const auto entries = queue().record(m_sue, raised.id)->entries;
    EXPECT_NE(entries.at(entries.size() - 2).text.find("the same fire as alarm 7"), std::string::npos);
}

TEST_F(AlarmQueueTest, RightsAreCheckedHere) {
    const Alarm raised = raise(AlarmClass::Fire);
    for (const auto role : {access::Role::Engineer, access::Role::Auditor, access::Role::Administrator}) {
        EXPECT_EQ(queue().accept(person("x", role), raised.id).error().code, ErrorCode::NotPermitted);
        EXPECT_EQ(queue().takeOver(person("x", role), raised.id).error().code, ErrorCode::NotPermitted);
        EXPECT_EQ(queue().note(person("x", role), raised.id, "x").error().code, ErrorCode::NotPermitted);
    }
    EXPECT_TRUE(queue().snapshot(person("x", access::Role::Auditor)));
    EXPECT_EQ(queue().snapshot(person("x", access::Role::Engineer)).error().code, ErrorCode::NotPermitted);
    EXPECT_EQ(queue().accept(m_ann, AlarmId{99}).error().code, ErrorCode::NotFound);
}

TEST_F(AlarmQueueTest, WhenItWasFirstShownIsRemembered) {
    const Alarm raised = raise(AlarmClass::Fire);
    ASSERT_TRUE(queue().present(m_ann, {raised.id, AlarmId{99}}));
    const auto first = alarm(raised.id).presented;
    m_clock.advance(10s);
    ASSERT_TRUE(queue().present(m_bob, {raised.id}));
    EXPECT_EQ(alarm(raised.id).presented, first);
}

TEST_F(AlarmQueueTest, EveryLineIsVouchedFor) {
    const Alarm raised = raise(AlarmClass::Fire);
    ASSERT_TRUE(queue().accept(m_ann, raised.id));
    ASSERT_TRUE(queue().note(m_bob, raised.id, "smoke seen from the street"));
    store::AuditLog log{*m_database};
    EXPECT_TRUE(log.verify({&response::alarmWitness(), &response::alarmEntryWitness()})->problems.empty());
}

ActionPlan plan(const char* name, std::vector<response::PlanStep> steps = {}) {
    ActionPlan plan;
    plan.name = name;
    plan.steps = std::move(steps);
    plan.steps.push_back({StepKind::Outcome, "What was it?"});
    return plan;
}

TEST_F(AlarmQueueTest, TheClosestPlanHolds) {
    response::ActionPlans plans{*m_database};
    ActionPlan schools = plan("Schools");
    schools.premisesKind = "school";
    ActionPlan nights = plan("Schools at night");
    nights.premisesKind = "school";
    nights.hours = base::WeeklySchedule::parse("Mon-Sun 20:00-06:00").value();
    ActionPlan one = plan("That school");
    one.premises = estate::PremisesId{7};
    for (const ActionPlan& each : {schools, nights, one}) {
        ASSERT_TRUE(plans.save(m_sue, each));
    }
    const auto chosen = [&](std::int64_t premises, const char* kind, const char* when) {
        return m_database
            ->read([&](soci::session& sql) -> base::Result<std::string> {
                const response::ActionPlans::Wanted wanted{AlarmClass::Intruder, estate::PremisesId{premises}, kind,
                                                           base::parseTime(when).value()};
                return response::ActionPlans::choose(sql, wanted).name;
            })
            .value();
    };
    EXPECT_EQ(chosen(1, "shop", "2026-11-20T12:00"), "Intruder");
    EXPECT_EQ(chosen(1, "school", "2026-11-20T12:00"), "Schools");
    EXPECT_EQ(chosen(1, "school", "2026-11-20T23:00"), "Schools at night");
    EXPECT_EQ(chosen(7, "school", "2026-11-20T23:00"), "That school");
}

TEST_F(AlarmQueueTest, APlanThatIsChangedIsANewOne) {
    response::ActionPlans plans{*m_database};
    auto saved = plans.save(m_sue, plan("Ours")).value();
    const Alarm raised = raise(AlarmClass::Intruder);
    ASSERT_TRUE(queue().accept(m_ann, raised.id));
    EXPECT_EQ(queue().record(m_ann, raised.id)->steps.size(), 1U);
    ActionPlan changed = saved;
    changed.steps.insert(changed.steps.begin(), {StepKind::Call, "Call them"});
    ASSERT_TRUE(plans.save(m_sue, changed));
    EXPECT_EQ(plans.save(m_sue, changed).error().code, ErrorCode::NotFound) << "it was changed meanwhile";
    EXPECT_EQ(plans.list(m_sue)->size(), 1U);
    EXPECT_EQ(queue().record(m_ann, raised.id)->steps.size(), 1U);
    ASSERT_TRUE(plans.retire(m_sue, plans.list(m_sue)->at(0).id));
    EXPECT_TRUE(plans.list(m_sue)->empty());
    store::AuditLog log{*m_database};
    EXPECT_TRUE(
        log.verify({&response::alarmWitness(), &response::alarmEntryWitness(), &plans.witness()})->problems.empty());
}

TEST_F(AlarmQueueTest, APlanIsCheckedBeforeItHolds) {
    response::ActionPlans plans{*m_database};
    EXPECT_EQ(plans.save(m_ann, plan("Ours")).error().code, ErrorCode::NotPermitted);
    EXPECT_EQ(plans.save(m_sue, plan(" ")).error().code, ErrorCode::InvalidInput);
    EXPECT_EQ(plans.save(m_sue, plan("x", {{StepKind::Call, ""}})).error().code, ErrorCode::InvalidInput);
    EXPECT_EQ(plans.save(m_sue, plan("x", {{StepKind::Outcome, "What?"}})).error().code, ErrorCode::InvalidInput);
    ActionPlan endless = plan("x", std::vector<response::PlanStep>(30, {StepKind::Call, "Call"}));
    EXPECT_EQ(plans.save(m_sue, endless).error().code, ErrorCode::InvalidInput);
}

TEST(StandardPlans, EveryClassHasOneThatKeepsTheRules) {
    for (const auto& info : response::alarmClasses()) {
        const ActionPlan& standard = response::standardPlan(info.alarmClass);
        EXPECT_EQ(standard.alarmClass, info.alarmClass);
        EXPECT_TRUE(response::checkPlan(standard)) << info.code;
        EXPECT_EQ(response::stepsFromText(response::textOfSteps(standard.steps)).value(), standard.steps);
    }
}

TEST(PlanSteps, DamagedTextIsRefused) {
    for (const char* text : {"", "{}", "[1]", R"([{"kind":"fly","text":"x"}])", R"([{"kind":"call"}])",
                             R"([{"kind":"call","text":"x","when":"never"}])"}) {
        EXPECT_EQ(response::stepsFromText(text).error().code, ErrorCode::Damaged) << text;
    }
}

}  // namespace
}  // namespace leedswatch::tests
