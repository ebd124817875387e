#include "response/alarm_rules.h"

#include "alarm/dc09_reader.h"
#include "estate/premises_registry.h"
#include "response/alarm_rows.h"
#include "response/engineer_visits.h"
#include "response/event_words.h"
#include "response/service_figures.h"
#include "response/set_states.h"
#include "response/test_periods.h"
#include "store/audit_log.h"
#include "store/audit_witness.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using response::Alarm;
using response::AlarmClass;
using response::AlarmState;
using response::Decision;
using response::PolicySetting;

class Panels final : public alarm::AccountBook {
public:
    std::optional<alarm::PanelAccount> find(std::string_view /*line*/, std::string_view /*account*/) const override {
        return alarm::PanelAccount{};
    }
};

class AlarmRulesTest : public testing::Test {
protected:
    AlarmRulesTest() {
        m_database = store::Database::open(m_folder.path(), m_clock).value();
        std::string csv = "account,name,address,class\n1001,Otley Library,\"1 Bondgate, Otley\",library\n";
        csv += "1002,Hall Lane School,,school\n1003,Vicar Lane help point,,help-point\n";
        for (int number = 0; number < 60; ++number) {
            csv += std::to_string(2000 + number) + ",Depot " + std::to_string(number) + ",,depot\n";
        }
        EXPECT_TRUE(premises().importCsv(access::Acting::commandLine(), csv));
    }

    estate::PremisesRegistry premises() { return estate::PremisesRegistry{*m_database}; }
    estate::Panel panel(const std::string& account) {
        const auto panels = premises().panels().value();
        const auto found = std::ranges::find(panels, account, &estate::Panel::account);
        return found == panels.end() ? estate::Panel{} : *found;
    }

    /// A panel's message, received now and judged; the newest decision.
    Decision receive(const std::string& account, const std::string& data) {
        const auto id = store(account, data);
        EXPECT_EQ(rules().judgeWaiting(100).value(), 1);
        const auto decisions = rules().decisions(access::Acting::commandLine(), id).value();
        return decisions.empty() ? Decision{} : decisions.back().decision;
    }
    response::SignalId store(const std::string& account, const std::string& data) {
        const std::string token = data[0] == 'N' ? "SIA-DCS" : "ADM-CID";
        const std::string body =
            "\"" + token + "\"" + nextSequence() + "L0#" + account + "[#" + account + "|" + data + "]";
        auto frame = alarm::parseDc09Body(body, alarm::CrcForm::Ascii).value();
        frame.raw = body;
        const auto outcome = alarm::Dc09Reader{m_book}.read(frame, "10.1.2.3:5012 tcp", m_clock.now());
        auto received = std::get<alarm::ReceivedSignal>(outcome.what);
        const auto known = panel(account);
        auto events = response::judge(received, known.transmitter);
        const response::JudgedSignal signal{received, known.id.isValid() ? std::optional{known.id} : std::nullopt,
                                            std::move(events)};
        return response::SignalJournal{*m_database}.add({signal}).value().at(0).id;
    }
    std::string nextSequence() {
        const std::string number = std::to_string(++m_sequence);
        return std::string(4 - number.size(), '0') + number;
    }
    response::AlarmRules rules() { return response::AlarmRules{*m_database}; }

    std::vector<Alarm> alarms(AlarmState state) {
        return m_database
            ->read([&](soci::session& sql) -> base::Result<std::vector<Alarm>> {
                return response::selectAlarms(sql, state, 1000);
            })
            .value();
    }
    Alarm alarm(const Decision& decision) {
        return m_database
            ->read([&](soci::session& sql) -> base::Result<Alarm> {
                return response::selectAlarm(sql, decision.alarm.value()).value();
            })
            .value();
    }
    std::vector<response::AlarmEntry> record(const Decision& decision) {
        return m_database
            ->read([&](soci::session& sql) -> base::Result<std::vector<response::AlarmEntry>> {
                return response::selectEntries(sql, decision.alarm.value());
            })
            .value();
    }

    Panels m_book;
    TemporaryFolder m_folder;
    FakeClock m_clock{base::fromStored(1'800'000'000'000'000)};
    std::unique_ptr<store::Database> m_database;
    int m_sequence = 0;
};

TEST_F(AlarmRulesTest, AHoldUpIsShownAtOnceAndFirst) {
    receive("1002", "NBV01");
    const Decision holdUp = receive("1001", "Nri1/HA03^Till 2^");
    EXPECT_EQ(holdUp.outcome, Decision::Outcome::Raised);
    const auto waiting = alarms(AlarmState::Waiting);
    ASSERT_EQ(waiting.size(), 2U);
    EXPECT_EQ(waiting[0].alarmClass, AlarmClass::HoldUp);
    EXPECT_TRUE(waiting[0].isLifeSafety);
    EXPECT_EQ(waiting[0].place, "Otley Library, 1 Bondgate, Otley");
    EXPECT_EQ(waiting[0].what, "Hold-up alarm, zone 03 (Till 2), area 1");
}

TEST_F(AlarmRulesTest, AnUnconfirmedIntruderIsHeldForItsUserToCallItOff) {
    const Decision intruder = receive("1001", "NBA03");
    EXPECT_EQ(intruder.outcome, Decision::Outcome::Held);
    EXPECT_EQ(alarm(intruder).until, m_clock.now() + 120s);
    m_clock.advance(40s);
    const Decision abort = receive("1001", "NBC03");
    EXPECT_EQ(abort.outcome, Decision::Outcome::Closed);
    EXPECT_EQ(alarm(intruder).state, AlarmState::Closed);
    EXPECT_EQ(alarm(intruder).outcome, "called off");
}

TEST_F(AlarmRulesTest, ASecondDetectorConfirmsAndShowsWhatWasHeld) {
    receive("1001", "NBA03");
    m_clock.advance(60s);
    const Decision second = receive("1001", "NBA05");
    EXPECT_EQ(second.outcome, Decision::Outcome::Joined);
    const Alarm confirmed = alarm(second);
    EXPECT_TRUE(confirmed.isConfirmed);
    EXPECT_EQ(confirmed.state, AlarmState::Waiting);
    EXPECT_EQ(confirmed.priority, 2);
    EXPECT_EQ(confirmed.signals, 2);
}

TEST_F(AlarmRulesTest, TheSameDetectorTwiceConfirmsNothing) {
    receive("1001", "NBA03");
    m_clock.advance(60s);
    EXPECT_FALSE(alarm(receive("1001", "NBA03")).isConfirmed);
}

TEST_F(AlarmRulesTest, ASecondDetectorAfterTheWindowConfirmsNothing) {
    receive("1001", "NBA03");
    m_clock.advance(31min);
    EXPECT_FALSE(alarm(receive("1001", "NBA05")).isConfirmed);
}

// BS 8243: the confirmation is of one set period.
TEST_F(AlarmRulesTest, ADetectorOfTheSetPeriodBeforeConfirmsNothing) {
    receive("1001", "NBA03");
    receive("1001", "NOP01");
    m_clock.advance(1min);
    receive("1001", "NCL01");
    m_clock.advance(1min);
    EXPECT_FALSE(alarm(receive("1001", "NBA05")).isConfirmed);
}

TEST_F(AlarmRulesTest, ThePanelsOwnConfirmationIsNotHeld) {
    const Decision confirmed = receive("1001", "NBV00");
    EXPECT_EQ(confirmed.outcome, Decision::Outcome::Raised);
    EXPECT_TRUE(alarm(confirmed).isConfirmed);
    EXPECT_EQ(alarm(confirmed).state, AlarmState::Waiting);
}

// BS 8243: with two paths, one lost and an intruder alarm by the other are taken for an attack.
TEST_F(AlarmRulesTest, AnIntruderIsConfirmedByALostPathOfTwo) {
    const auto id = panel("1001").id.value();
    const auto write = [&](const char* path, const char* state) {
        const std::string name = path;
        const std::string standing = state;
        ASSERT_TRUE(m_database->write([&](store::Transaction& transaction) -> base::Result<void> {
            const long long key = id;
            transaction.sql() << "INSERT INTO panel_path (panel_id, path, state, since) VALUES (:id, :path, :state, 0)",
                soci::use(key, "id"), soci::use(name, "path"), soci::use(standing, "state");
            return {};
        }));
    };
    write("primary", "failed");
    EXPECT_FALSE(alarm(receive("1001", "NBA03")).isConfirmed) << "a single path that is cut confirms nothing";
    write("alternative", "up");
    EXPECT_TRUE(alarm(receive("1001", "NBA03")).isConfirmed);
}

TEST_F(AlarmRulesTest, AHoldUpIsConfirmedWithinHours) {
    receive("1001", "NHA03");
    m_clock.advance(7h);
    EXPECT_TRUE(alarm(receive("1001", "NHA04")).isConfirmed);
}

TEST_F(AlarmRulesTest, ACallPointConfirmsAFire) {
    EXPECT_TRUE(alarm(receive("1001", "1115 01 003")).isConfirmed);
    EXPECT_FALSE(alarm(receive("1002", "1111 01 003")).isConfirmed);
}

TEST_F(AlarmRulesTest, ACancelAfterItIsShownLowersAndLeavesItToAPerson) {
    receive("1001", "NBA03");
    receive("1001", "NTA09");  // tamper is never held
    const auto tamper = alarms(AlarmState::Waiting).at(0);
    receive("1001", "NBC03");
    const auto waiting = alarms(AlarmState::Waiting);
    ASSERT_EQ(waiting.size(), 1U);
    EXPECT_EQ(waiting[0].id, tamper.id);
    EXPECT_EQ(waiting[0].priority, 7);
}

TEST_F(AlarmRulesTest, ACancelNeverTouchesAHoldUp) {
    const Decision holdUp = receive("1001", "NHA03");
    receive("1001", "NBC03");
    EXPECT_EQ(alarm(holdUp).state, AlarmState::Waiting);
    EXPECT_EQ(alarm(holdUp).priority, 1);
}

TEST_F(AlarmRulesTest, OnTestNothingIsShownButLifeSafety) {
    response::TestPeriods periods{*m_database};
    response::TestPeriod wanted;
    wanted.premises = panel("1001").premises;
    wanted.ends = m_clock.now() + 2h;
    wanted.byWhom = "Jo of Alarms Ltd, password given";
    wanted.reason = "service visit";
    ASSERT_TRUE(periods.begin(access::Acting::commandLine(), wanted));
    const Decision hidden = receive("1001", "NBA03");
    EXPECT_EQ(hidden.outcome, Decision::Outcome::Logged);
    EXPECT_NE(hidden.reasons.at(0).find("On test until"), std::string::npos);
    const Decision shown = receive("1001", "NHA03");
    EXPECT_EQ(shown.outcome, Decision::Outcome::Raised);
    EXPECT_NE(shown.reasons.back().find("on test; life safety is shown"), std::string::npos);
    EXPECT_EQ(receive("1002", "NTA03").outcome, Decision::Outcome::Raised);
    // Neither is the other's: of the two that were shown, one is of a test in the service figures.
    const auto figures = response::ServiceFigures{*m_database}.report(access::Acting::commandLine(),
                                                                      {m_clock.now() - 1h, m_clock.now() + 1h});
    EXPECT_EQ(figures->all.open.tests, 1);
    EXPECT_EQ(figures->all.open.count, 1);
    m_clock.advance(2h + 1s);
    EXPECT_EQ(periods.endDue(m_clock.now()).value(), 1);
    EXPECT_EQ(receive("1001", "NTA03").outcome, Decision::Outcome::Raised);
}

TEST_F(AlarmRulesTest, ATestOfAZoneHidesThatZoneAlone) {
    response::TestPeriods periods{*m_database};
    response::TestPeriod wanted;
    wanted.premises = panel("1001").premises;
    wanted.zone = "03";
    wanted.ends = m_clock.now() + 1h;
    wanted.byWhom = "Jo";
    wanted.reason = "walk test";
    wanted.showsLifeSafety = false;
    ASSERT_TRUE(periods.begin(access::Acting::commandLine(), wanted));
    EXPECT_EQ(receive("1001", "NHA03").outcome, Decision::Outcome::Logged);
    EXPECT_EQ(receive("1001", "NHA04").outcome, Decision::Outcome::Raised);
}

TEST_F(AlarmRulesTest, ATestHasAReasonAndAnEnd) {
    response::TestPeriods periods{*m_database};
    response::TestPeriod wanted;
    wanted.premises = panel("1001").premises;
    wanted.ends = m_clock.now() + 1h;
    EXPECT_EQ(periods.begin(access::Acting::commandLine(), wanted).error().code, base::ErrorCode::InvalidInput);
    wanted.byWhom = "Jo";
    wanted.reason = "service";
    wanted.ends = m_clock.now() + 9h;
    EXPECT_EQ(periods.begin(access::Acting::commandLine(), wanted).error().code, base::ErrorCode::InvalidInput);
    wanted.ends = m_clock.now();
    EXPECT_EQ(periods.begin(access::Acting::commandLine(), wanted).error().code, base::ErrorCode::InvalidInput);
}

TEST_F(AlarmRulesTest, ADetectorThatRunsAwayIsOneLoweredAlarm) {
    Decision last;
    for (int number = 0; number < 30; ++number) {
        last = receive("1001", "NTA03");
        m_clock.advance(5s);
    }
    const auto waiting = alarms(AlarmState::Waiting);
    ASSERT_EQ(waiting.size(), 1U);
    EXPECT_TRUE(waiting[0].isRunaway);
    EXPECT_EQ(waiting[0].priority, 8);
    EXPECT_EQ(waiting[0].signals, 30);
    EXPECT_LT(record(last).size(), 20U);
}

TEST_F(AlarmRulesTest, ASlowDribbleRunsAwayByTheBucket) {
    Decision last;
    for (int number = 0; number < 40; ++number) {
        last = receive("1001", "NTA03");
        m_clock.advance(2min);
    }
    EXPECT_TRUE(alarm(last).isRunaway);
}

TEST_F(AlarmRulesTest, ARunawayHoldUpIsNotLowered) {
    Decision last;
    for (int number = 0; number < 20; ++number) {
        last = receive("1001", "NHA03");
        m_clock.advance(10s);
    }
    EXPECT_TRUE(alarm(last).isRunaway);
    EXPECT_EQ(alarm(last).priority, 1);
}

TEST_F(AlarmRulesTest, ARestoreEndsAFaultAndNotAnAlarm) {
    const Decision battery = receive("1001", "NYT00");
    EXPECT_EQ(battery.outcome, Decision::Outcome::Raised);
    const Decision mains = receive("1001", "NAT00");
    EXPECT_EQ(mains.outcome, Decision::Outcome::Held);
    EXPECT_EQ(receive("1001", "NAR00").outcome, Decision::Outcome::Closed);
    EXPECT_EQ(alarm(mains).state, AlarmState::Closed);
    EXPECT_EQ(alarm(battery).state, AlarmState::Waiting);
    const Decision fire = receive("1001", "NFA07");
    EXPECT_EQ(receive("1001", "NFR07").outcome, Decision::Outcome::Joined);
    EXPECT_EQ(alarm(fire).state, AlarmState::Waiting);
}

TEST_F(AlarmRulesTest, AMainsFaultWaitsToBeRestored) {
    const Decision mains = receive("1001", "1301 00 000");
    EXPECT_EQ(mains.outcome, Decision::Outcome::Held);
    EXPECT_EQ(receive("1001", "3301 00 000").outcome, Decision::Outcome::Closed);
}

TEST_F(AlarmRulesTest, FaultsOfManyPremisesAtOnceAreOneIncident) {
    for (int number = 0; number < 60; ++number) {
        receive(std::to_string(2000 + number), "NYT00");
    }
    const auto waiting = alarms(AlarmState::Waiting);
    ASSERT_EQ(waiting.size(), 1U);
    EXPECT_EQ(waiting[0].place, "Many premises");
    EXPECT_EQ(waiting[0].signals, 40);
    m_clock.advance(1h);
    EXPECT_EQ(receive("1001", "NYT00").outcome, Decision::Outcome::Raised);
}

TEST_F(AlarmRulesTest, AnAccountThatNobodyKnowsIsShownWithWhereItCameFrom) {
    const Decision unknown = receive("9999", "NBA03");
    EXPECT_EQ(alarm(unknown).alarmClass, AlarmClass::Unknown);
    EXPECT_NE(alarm(unknown).place.find("9999"), std::string::npos);
    EXPECT_NE(alarm(unknown).place.find("10.1.2.3"), std::string::npos);
    const Decision holdUp = receive("9999", "NHA03");
    EXPECT_EQ(alarm(holdUp).alarmClass, AlarmClass::HoldUp);
    EXPECT_TRUE(alarm(holdUp).isLifeSafety);
}

TEST_F(AlarmRulesTest, ACodeThatNoTableHasIsShown) {
    const Decision unmapped = receive("1001", "NQZ07");
    EXPECT_EQ(alarm(unmapped).alarmClass, AlarmClass::Unknown);
    EXPECT_NE(alarm(unmapped).what.find("QZ"), std::string::npos);
}

TEST_F(AlarmRulesTest, AHelpPointIsAClassOfItsOwn) {
    EXPECT_EQ(alarm(receive("1003", "NPA01")).alarmClass, AlarmClass::HelpPoint);
}

TEST_F(AlarmRulesTest, WhatNeedsNoAnswerIsWrittenDownWithItsReason) {
    for (const char* data : {"NRP00", "NOP01", "NCL01", "NBB04", "6130 01 003"}) {
        const Decision decision = receive("1001", data);
        EXPECT_EQ(decision.outcome, Decision::Outcome::Logged) << data;
        EXPECT_FALSE(decision.reasons.empty()) << data;
    }
    EXPECT_TRUE(alarms(AlarmState::Waiting).empty());
}

TEST_F(AlarmRulesTest, UrgentOnesAreJudgedFirst) {
    store("1001", "NTA03");
    const auto holdUp = store("1002", "NHA03");
    EXPECT_EQ(rules().judgeWaiting(1).value(), 1);
    EXPECT_FALSE(rules().decisions(access::Acting::commandLine(), holdUp).value().empty());
    EXPECT_EQ(rules().judgeWaiting(10).value(), 1);
    EXPECT_EQ(rules().judgeWaiting(10).value(), 0);
}

TEST_F(AlarmRulesTest, AnEngineerOnSiteLowersWhatIsShownButLifeSafety) {
    EXPECT_EQ(receive("1001", "1466 01 001").outcome, Decision::Outcome::Logged);
    const auto visits = response::EngineerVisits{*m_database}.lasting().value();
    ASSERT_EQ(visits.size(), 1U);
    EXPECT_EQ(visits[0].placedBy, "station");
    const auto tamper = alarm(receive("1001", "1137 01 002"));
    EXPECT_EQ(tamper.priority, 7);
    EXPECT_NE(record(receive("1001", "1137 01 002")).front().details["reasons"].dump().find("engineer is on site"),
              std::string::npos);
    EXPECT_EQ(alarm(receive("1001", "1120 01 003")).priority, response::infoOf(AlarmClass::HoldUp).priority);
    const auto elsewhere = alarm(receive("1002", "1137 01 002"));
    EXPECT_EQ(elsewhere.priority, response::infoOf(AlarmClass::Tamper).priority);
    receive("1001", "3466 01 001");
    EXPECT_TRUE(response::EngineerVisits{*m_database}.lasting().value().empty());
    receive("1001", "1627 01 000");
    EXPECT_EQ(response::EngineerVisits{*m_database}.lasting().value().size(), 1U);
    receive("1001", "1628 01 000");
    EXPECT_TRUE(response::EngineerVisits{*m_database}.lasting().value().empty());
}

TEST_F(AlarmRulesTest, AConfirmedAlarmBesideAnEngineerStaysLower) {
    receive("1001", "NLB");
    receive("1001", "NBA03");
    const auto confirmed = alarm(receive("1001", "NBA04"));
    EXPECT_TRUE(confirmed.isConfirmed);
    EXPECT_EQ(confirmed.priority, 7);
}

TEST_F(AlarmRulesTest, AFireIsHandledByThePremisesKind) {
    const Decision library = receive("1001", "1111 01 001");
    EXPECT_EQ(alarm(library).fireHandling, response::FireHandling::Challenge);
    EXPECT_EQ(record(library).front().details["reasons"].dump(),
              R"(["Fire rule for all premises: the premises are called first."])");
    ASSERT_TRUE(premises().importCsv(access::Acting::commandLine(), "account,name,class\n1004,Grange,Care Home\n"));
    EXPECT_EQ(alarm(receive("1004", "1111 01 001")).fireHandling, response::FireHandling::Pass);
}

TEST_F(AlarmRulesTest, PremisesMayHaveNumbersOfTheirOwn) {
    response::ResponsePolicies policies{*m_database};
    const auto acting = access::Acting::commandLine();
    ASSERT_TRUE(policies.set(acting, panel("1001").premises, PolicySetting::AbortWindow, 0));
    EXPECT_EQ(receive("1001", "NBA03").outcome, Decision::Outcome::Raised);
    EXPECT_EQ(receive("1002", "NBA03").outcome, Decision::Outcome::Held);
    EXPECT_EQ(policies.set(acting, std::nullopt, PolicySetting::AbortWindow, 601).error().code,
              base::ErrorCode::InvalidInput);
    access::Acting person;
    person.role = access::Role::Operator;
    EXPECT_EQ(policies.set(person, std::nullopt, PolicySetting::AbortWindow, 60).error().code,
              base::ErrorCode::NotPermitted);
}

TEST_F(AlarmRulesTest, TheAuditLogVouchesForAlarmsEntriesAndDecisions) {
    receive("1001", "NHA03");
    receive("1001", "NHA04");
    store::AuditLog log{*m_database};
    const std::vector<const store::AuditWitness*> witnesses{&response::SignalJournal::witness(),
                                                            &response::AlarmRules::witness(),
                                                            &response::alarmWitness(),
                                                            &response::alarmEntryWitness(),
                                                            &estate::PremisesRegistry::witness(),
                                                            &estate::PremisesRegistry::panelWitness()};
    const auto problems = [&] { return log.verify(witnesses).value().problems.size(); };
    EXPECT_EQ(problems(), 0U);
    const auto forge = [&](const char* text) {
        EXPECT_TRUE(m_database->write([&](store::Transaction& transaction) -> base::Result<void> {
            transaction.sql() << text;
            return {};
        }));
    };
    forge("UPDATE alarm_entry SET text = 'nothing' WHERE id = 1");
    EXPECT_EQ(problems(), 1U);
    forge("UPDATE alarm SET what = 'nothing' WHERE id = 1");
    EXPECT_EQ(problems(), 2U);
    forge("UPDATE signal_decision SET reasons = '[]' WHERE id = 2");
    EXPECT_EQ(problems(), 3U);
}

}  // namespace
}  // namespace leedswatch::tests
