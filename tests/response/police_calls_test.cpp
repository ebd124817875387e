#include "response/police_calls.h"

#include "estate/premises_registry.h"
#include "response/alarm_change.h"
#include "response/alarm_queue.h"
#include "response/engineer_visits.h"
#include "response/test_periods.h"
#include "store/audit_log.h"
#include "store/audit_witness.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using base::ErrorCode;
using estate::PoliceSystem;
using estate::PoliceSystemKind;
using response::AlarmClass;
using response::AlarmId;
using response::PoliceVerdict;
using response::StepKind;
using response::VerdictSource;

class PoliceCallsTest : public testing::Test {
protected:
    PoliceCallsTest() {
        m_database = store::Database::open(m_folder.path(), m_clock).value();
        EXPECT_TRUE(estate::PremisesRegistry{*m_database}.importCsv(
            m_sue, "account,name,police_reference\n1001,Otley Library,WY 12345\n1002,Hall Lane School,\n"));
        m_library = estate::PremisesRegistry{*m_database}.find("1001").value().id;
        m_school = estate::PremisesRegistry{*m_database}.find("1002").value().id;
    }

    static access::Acting acting(const char* name, access::Role role) {
        access::Acting acting;
        acting.username = name;
        acting.role = role;
        acting.workstation = "desk 1";
        return acting;
    }
    estate::PoliceSystems systems() { return estate::PoliceSystems{*m_database}; }
    response::PoliceCalls calls() { return response::PoliceCalls{*m_database}; }
    response::AlarmQueue queue() { return response::AlarmQueue{*m_database}; }
    PoliceSystem system(PoliceSystemKind kind = PoliceSystemKind::Intruder) {
        const auto all = systems().of(m_ann, m_library).value();
        for (const PoliceSystem& one : all) {
            if (one.kind == kind) {
                return one;
            }
        }
        return {};
    }

    /// Taken, and at its step for the police.
    AlarmId raise(AlarmClass alarmClass, bool isConfirmed, std::optional<estate::PremisesId> premises = {}) {
        response::NewAlarm alarm;
        alarm.alarmClass = alarmClass;
        alarm.joinKey = "key " + std::to_string(++m_number);
        alarm.premises = premises.value_or(m_library);
        alarm.what = "Something";
        alarm.raised = m_clock.now();
        alarm.isConfirmed = isConfirmed;
        const auto id = queue().raise(access::Acting::station(), alarm).value().id;
        EXPECT_TRUE(queue().accept(m_ann, id));
        return id;
    }
    int policeStep(AlarmId id) {
        const auto record = queue().record(m_ann, id).value();
        for (const auto& step : record.steps) {
            if (step.step.kind == StepKind::Police) {
                return step.position;
            }
        }
        return 0;
    }
    response::StepGate gate(AlarmId id) {
        const auto record = queue().record(m_ann, id).value();
        const auto* gate = response::gateOf(record, policeStep(id));
        return gate == nullptr ? response::StepGate{} : *gate;
    }
    base::Result<response::AlarmRecord> callPolice(AlarmId id) {
        return queue().completeStep(m_ann, id, {policeStep(id), false, "Log 431"});
    }
    void close(AlarmId id, const std::string& outcome) {
        EXPECT_TRUE(queue().close(m_sue, takeOver(id), {outcome, "", "the rest does not matter here"}));
    }
    AlarmId takeOver(AlarmId id) {
        EXPECT_TRUE(queue().takeOver(m_sue, id));
        return id;
    }
    void falseCall(AlarmClass alarmClass = AlarmClass::Intruder) {
        const auto id = raise(alarmClass, true);
        EXPECT_TRUE(callPolice(id));
        close(id, "false-user");
    }
    std::string lastNote(AlarmId id) {
        std::string text;
        const auto record = queue().record(m_ann, id).value();
        for (const auto& entry : record.entries) {
            text = entry.kind == response::EntryKind::Note && entry.details.contains("police") ? entry.text : text;
        }
        return text;
    }

    TemporaryFolder m_folder;
    FakeClock m_clock{base::fromStored(1'800'000'000'000'000)};
    std::unique_ptr<store::Database> m_database;
    access::Acting m_ann = acting("ann", access::Role::Operator);
    access::Acting m_sue = acting("sue", access::Role::Supervisor);
    estate::PremisesId m_library;
    estate::PremisesId m_school;
    int m_number = 0;
};

TEST_F(PoliceCallsTest, AConfirmedAlarmIsPassedOnByReferenceAndIsInTheLedger) {
    const auto id = raise(AlarmClass::Intruder, true);
    EXPECT_FALSE(gate(id).isClosed);
    EXPECT_EQ(gate(id).facts, "Reference: WY 12345, level 1");
    ASSERT_TRUE(callPolice(id));
    const auto ledger = calls().list(m_ann, m_library).value();
    ASSERT_EQ(ledger.size(), 1U);
    EXPECT_EQ(ledger[0].alarm, std::optional{id});
    EXPECT_EQ(ledger[0].reference, "WY 12345");
    EXPECT_EQ(ledger[0].words, "Log 431");
    EXPECT_FALSE(ledger[0].verdict);
    close(id, "genuine");
    EXPECT_EQ(calls().list(m_ann, m_library).value()[0].verdict, PoliceVerdict::Genuine);
}

TEST_F(PoliceCallsTest, AnAlarmThatIsNotConfirmedIsNotPassedOn) {
    const auto id = raise(AlarmClass::Intruder, false);
    EXPECT_TRUE(gate(id).isClosed);
    const auto refused = callPolice(id);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::InvalidInput);
    EXPECT_NE(refused.error().message.find("not confirmed"), std::string::npos);
    EXPECT_TRUE(calls().list(m_ann, m_library).value().empty());
    EXPECT_TRUE(queue().completeStep(m_ann, id, {policeStep(id), true, "not confirmed"}));
}

TEST_F(PoliceCallsTest, WithoutAReferenceThePoliceAreNotCalled) {
    const auto id = raise(AlarmClass::Intruder, true, m_school);
    ASSERT_TRUE(gate(id).isClosed);
    EXPECT_EQ(gate(id).reasons.front(), "There is no police reference for the intruder system of these premises.");
    // The reference of one system is none for another.
    const auto holdUp = raise(AlarmClass::HoldUp, true);
    EXPECT_TRUE(gate(holdUp).isClosed);
}

TEST_F(PoliceCallsTest, ACrimeThatAPersonSawIsAnEmergencyCallThatIsNotInTheLedger) {
    const auto id = raise(AlarmClass::Intruder, false, m_school);
    const auto record = queue().record(m_ann, id).value();
    ASSERT_EQ(record.steps.front().step.kind, StepKind::Camera);
    ASSERT_TRUE(queue().completeStep(m_ann, id, {1, false, "Two people at the safe", true}));
    EXPECT_FALSE(gate(id).isClosed);
    EXPECT_NE(gate(id).facts.find("999, without a reference"), std::string::npos);
    EXPECT_TRUE(callPolice(id));
    EXPECT_TRUE(calls().list(m_ann, m_school).value().empty());
}

TEST_F(PoliceCallsTest, MedicalAndHelpPointsNeedNoReference) {
    const auto id = raise(AlarmClass::HelpPoint, false, m_school);
    EXPECT_FALSE(gate(id).isClosed);
    EXPECT_TRUE(callPolice(id));
}

TEST_F(PoliceCallsTest, ThreeFalseCallsInTwelveMonthsEndTheResponse) {
    falseCall();
    EXPECT_EQ(system().level, 1);
    const auto second = raise(AlarmClass::Intruder, true);
    EXPECT_NE(gate(second).facts.find("1 false call in twelve months."), std::string::npos);
    ASSERT_TRUE(callPolice(second));
    close(second, "false-equipment");
    EXPECT_EQ(lastNote(second),
              "2nd false call in twelve months of the intruder system: the police warn in writing; they stop at 3.");
    const auto third = raise(AlarmClass::Intruder, true);
    EXPECT_NE(gate(third).facts.find("with one more the police stop coming"), std::string::npos);
    ASSERT_TRUE(callPolice(third));
    close(third, "false-unknown");
    EXPECT_EQ(system().level, 3);
    EXPECT_NE(lastNote(third).find("The level is 3 until a supervisor gives it back."), std::string::npos);
    const auto levels = systems().levels(m_ann, m_library, PoliceSystemKind::Intruder).value();
    ASSERT_EQ(levels.size(), 1U);
    EXPECT_EQ(levels[0].who, "station");
    const auto fourth = raise(AlarmClass::Intruder, true);
    EXPECT_TRUE(gate(fourth).isClosed);
    EXPECT_FALSE(callPolice(fourth));
}

TEST_F(PoliceCallsTest, CallsOfMoreThanTwelveMonthsAgoCountNoMore) {
    falseCall();
    falseCall();
    EXPECT_EQ(calls().count(m_ann, m_library, PoliceSystemKind::Intruder).value().calls, 2);
    m_clock.advance(std::chrono::days{366});
    EXPECT_EQ(calls().count(m_ann, m_library, PoliceSystemKind::Intruder).value().calls, 0);
    falseCall();
    EXPECT_EQ(system().level, 1);
}

TEST_F(PoliceCallsTest, TwoFalseHoldUpCallsEndItAndItComesBackForConfirmedOnesOnly) {
    PoliceSystem holdUp;
    holdUp.kind = PoliceSystemKind::HoldUp;
    holdUp.reference = "WY 777";
    holdUp.needsConfirmation = false;
    ASSERT_TRUE(systems().set(m_sue, m_library, holdUp));
    const auto unconfirmed = raise(AlarmClass::HoldUp, false);
    EXPECT_FALSE(gate(unconfirmed).isClosed);
    falseCall(AlarmClass::HoldUp);
    falseCall(AlarmClass::HoldUp);
    EXPECT_EQ(system(PoliceSystemKind::HoldUp).level, 3);
    EXPECT_EQ(system().level, 1);  // the intruder system has a ledger of its own
    m_clock.advance(std::chrono::days{90});
    ASSERT_TRUE(systems().setLevel(m_sue, m_library, PoliceSystemKind::HoldUp, 1, "Letter of 4 May"));
    EXPECT_TRUE(system(PoliceSystemKind::HoldUp).needsConfirmation);
    EXPECT_EQ(calls().count(m_ann, m_library, PoliceSystemKind::HoldUp).value().calls, 0);
    EXPECT_TRUE(gate(raise(AlarmClass::HoldUp, false)).isClosed);
    EXPECT_FALSE(gate(raise(AlarmClass::HoldUp, true)).isClosed);
}

TEST_F(PoliceCallsTest, AVerdictIsChangedByANewLineAndOnlyByASupervisor) {
    falseCall();
    const auto call = calls().list(m_ann, m_library).value().at(0);
    EXPECT_EQ(call.verdict, PoliceVerdict::False);
    EXPECT_EQ(call.source, VerdictSource::Outcome);
    const auto refused =
        calls().judge(m_ann, call.id, PoliceVerdict::Genuine, VerdictSource::Police, "A window was broken");
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, ErrorCode::NotPermitted);
    EXPECT_FALSE(calls().judge(m_sue, call.id, PoliceVerdict::Genuine, VerdictSource::Police, " "));
    ASSERT_TRUE(calls().judge(m_sue, call.id, PoliceVerdict::Genuine, VerdictSource::Police, "A window was broken"));
    EXPECT_EQ(calls().list(m_ann, m_library).value().at(0).verdict, PoliceVerdict::Genuine);
    EXPECT_EQ(calls().count(m_ann, m_library, PoliceSystemKind::Intruder).value().calls, 0);
}

TEST_F(PoliceCallsTest, CallsOfBeforeAreWrittenDownFromALetter) {
    response::PoliceCalls::Told told;
    told.premises = m_library;
    told.why = "Letter of 4 May";
    told.at = m_clock.now() + 1h;
    EXPECT_FALSE(calls().add(m_sue, told));
    for (int month = 1; month <= 3; ++month) {
        told.at = m_clock.now() - month * std::chrono::days{30};
        ASSERT_TRUE(calls().add(m_sue, told));
    }
    EXPECT_EQ(system().level, 3);
    told.premises = m_school;
    EXPECT_EQ(calls().add(m_sue, told).error().code, ErrorCode::NotFound);
}

TEST_F(PoliceCallsTest, NobodyIsSentToATestOrAnEngineer) {
    response::TestPeriod test;
    test.premises = m_library;
    test.ends = m_clock.now() + 1h;
    test.byWhom = "Jo";
    test.reason = "service";
    const auto period = response::TestPeriods{*m_database}.begin(m_ann, test).value();
    const auto id = raise(AlarmClass::Intruder, true);
    ASSERT_TRUE(gate(id).isClosed);
    EXPECT_EQ(gate(id).reasons.front().substr(0, 13), "On test until");
    ASSERT_TRUE(response::TestPeriods{*m_database}.end(m_ann, period.id));
    EXPECT_FALSE(gate(id).isClosed);
    response::EngineerVisit visit;
    visit.premises = m_library;
    visit.engineer = "Jo of Alarms Ltd, card seen";
    visit.ends = m_clock.now() + 2h;
    response::EngineerVisits visits{*m_database};
    ASSERT_TRUE(visits.begin(m_ann, visit));
    ASSERT_TRUE(gate(id).isClosed);
    EXPECT_NE(gate(id).reasons.front().find("Jo of Alarms Ltd"), std::string::npos);
    m_clock.advance(2h);
    EXPECT_FALSE(gate(id).isClosed);  // it ends by itself, whether the station has written it or not
    EXPECT_EQ(visits.endDue(m_clock.now()).value(), 1);
    EXPECT_TRUE(visits.lasting().value().empty());
}

TEST_F(PoliceCallsTest, AVisitHasAnEngineerAndAnEnd) {
    response::EngineerVisits visits{*m_database};
    response::EngineerVisit visit;
    visit.premises = m_library;
    visit.ends = m_clock.now() + 1h;
    EXPECT_EQ(visits.begin(m_ann, visit).error().code, ErrorCode::InvalidInput);
    visit.engineer = "Jo";
    visit.ends = m_clock.now() + 13h;
    EXPECT_EQ(visits.begin(m_ann, visit).error().code, ErrorCode::InvalidInput);
    visit.ends = m_clock.now() + 1h;
    ASSERT_TRUE(visits.begin(m_ann, visit));
    visit.engineer = "Jo and Sam";
    const auto second = visits.begin(m_ann, visit).value();
    ASSERT_EQ(visits.lasting().value().size(), 1U);
    EXPECT_EQ(visits.lasting().value()[0].engineer, "Jo and Sam");
    EXPECT_TRUE(visits.end(m_ann, second.id));
    EXPECT_EQ(visits.end(m_ann, second.id).error().code, ErrorCode::NotFound);
}

TEST_F(PoliceCallsTest, ReferencesComeFromAFileAllOrNone) {
    const std::string header = "premises,system,reference,force,level,needs_confirmation\n";
    const auto wrong = systems().importCsv(m_sue, header + "1001,hold-up,WY 1,,,\n1001,horse,WY 2,,,\n");
    ASSERT_FALSE(wrong);
    EXPECT_NE(wrong.error().message.find("line 3"), std::string::npos);
    EXPECT_EQ(systems().of(m_ann, m_library).value().size(), 1U);
    EXPECT_EQ(systems().importCsv(m_ann, header).error().code, ErrorCode::NotPermitted);
    const auto report = systems().importCsv(
        m_sue,
        header + "1001,hold-up,WY 1,West Yorkshire Police,,yes\n1001,intruder,WY 12345,,3,\n1002,video,V 1,,,\n");
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->added, 2);
    EXPECT_EQ(system(PoliceSystemKind::HoldUp).force, "West Yorkshire Police");
    EXPECT_TRUE(system(PoliceSystemKind::HoldUp).needsConfirmation);
    EXPECT_EQ(system().level, 3);
    ASSERT_TRUE(systems().importCsv(m_sue, header + "1001,hold-up,-,,,\n"));
    EXPECT_EQ(system(PoliceSystemKind::HoldUp).reference, "");
}

TEST_F(PoliceCallsTest, TheIntruderReferenceIsThatOfTheListOfPremises) {
    PoliceSystem changed = system();
    changed.reference = "WY 99";
    ASSERT_TRUE(systems().set(m_sue, m_library, changed));
    EXPECT_EQ(estate::PremisesRegistry{*m_database}.find("1001").value().policeReference, "WY 99");
    EXPECT_EQ(systems().set(m_ann, m_library, changed).error().code, ErrorCode::NotPermitted);
    EXPECT_EQ(systems().setLevel(m_sue, m_library, PoliceSystemKind::Intruder, 4, "x").error().code,
              ErrorCode::InvalidInput);
    EXPECT_EQ(systems().setLevel(m_sue, m_library, PoliceSystemKind::Intruder, 2, "").error().code,
              ErrorCode::InvalidInput);
    EXPECT_EQ(systems().setLevel(m_sue, m_school, PoliceSystemKind::Intruder, 2, "x").error().code,
              ErrorCode::NotFound);
}

TEST_F(PoliceCallsTest, TheAuditLogVouchesForTheLedgerAndTheLevels) {
    falseCall();
    falseCall();
    falseCall();
    const std::vector<const store::AuditWitness*> witnesses{&estate::PremisesRegistry::witness(),
                                                            &estate::PremisesRegistry::panelWitness(),
                                                            &response::alarmWitness(),
                                                            &response::alarmEntryWitness(),
                                                            &response::PoliceCalls::witness(),
                                                            &response::PoliceCalls::verdictWitness(),
                                                            &estate::PoliceSystems::witness(),
                                                            &estate::PoliceSystems::levelWitness()};
    store::AuditLog log{*m_database};
    const auto good = log.verify(witnesses).value();
    EXPECT_TRUE(good.problems.empty()) << good.problems.front();
    ASSERT_TRUE(m_database->write([](store::Transaction& transaction) -> base::Result<void> {
        transaction.sql() << "UPDATE police_verdict SET verdict = 'genuine' WHERE id = 2";
        return {};
    }));
    EXPECT_FALSE(log.verify(witnesses)->problems.empty());
}

}  // namespace
}  // namespace leedswatch::tests
