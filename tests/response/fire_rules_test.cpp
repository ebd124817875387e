#include "response/fire_rules.h"

#include "base/local_time.h"
#include "estate/premises_registry.h"
#include "response/alarm_queue.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

using base::ErrorCode;
using response::FireDecision;
using response::FireHandling;
using response::StepKind;

class FireRulesTest : public testing::Test {
protected:
    FireRulesTest() {
        m_database = store::Database::open(m_folder.path(), m_clock).value();
        EXPECT_TRUE(estate::PremisesRegistry{*m_database}.importCsv(
            m_acting, "account,name,class\n1001,Queens Hotel,Hotel\n1002,Grange,care home\n1003,Depot,depot\n"));
    }
    response::FireRules rules() { return response::FireRules{*m_database}; }
    estate::Premises premises(const char* reference) {
        return estate::PremisesRegistry{*m_database}.find(reference).value();
    }
    FireDecision decide(const char* reference, const char* localTime) {
        const auto place = premises(reference);
        return m_database
            ->read([&](soci::session& sql) -> base::Result<FireDecision> {
                return response::FireRules::decide(sql, place.id, place.kind, base::parseTime(localTime).value());
            })
            .value();
    }
    response::AlarmRecord raiseFire(FireHandling handling, bool isConfirmed) {
        response::NewAlarm alarm;
        alarm.alarmClass = response::AlarmClass::Fire;
        alarm.joinKey = "fire " + std::to_string(++m_number);
        alarm.premises = premises("1003").id;
        alarm.what = "Fire alarm";
        alarm.raised = m_clock.now();
        alarm.isConfirmed = isConfirmed;
        alarm.fireHandling = handling;
        const auto id = queue().raise(m_acting, alarm).value().id;
        EXPECT_TRUE(queue().accept(m_acting, id));
        return queue().record(m_acting, id).value();
    }
    response::AlarmQueue queue() { return response::AlarmQueue{*m_database}; }

    TemporaryFolder m_folder;
    FakeClock m_clock{base::fromStored(1'800'000'000'000'000)};
    std::unique_ptr<store::Database> m_database;
    access::Acting m_acting = access::Acting::commandLine();
    int m_number = 0;
};

TEST_F(FireRulesTest, WherePeopleSleepTheFireServiceIsCalledAtOnce) {
    EXPECT_EQ(decide("1002", "2026-11-23 14:00").handling, FireHandling::Pass);
    EXPECT_EQ(decide("1003", "2026-11-23 14:00").handling, FireHandling::Challenge);
    EXPECT_EQ(decide("1003", "2026-11-23 14:00").reason, "Fire rule for all premises: the premises are called first.");
}

TEST_F(FireRulesTest, AHotelIsChallengedByDayAndNotByNight) {
    EXPECT_EQ(decide("1001", "2026-11-23 20:59").handling, FireHandling::Challenge);
    EXPECT_EQ(decide("1001", "2026-11-23 21:00").handling, FireHandling::Pass);
    EXPECT_EQ(decide("1001", "2026-11-24 07:59").handling, FireHandling::Pass);
    EXPECT_EQ(decide("1001", "2026-11-24 08:00").handling, FireHandling::Challenge);
    // Both 01:30s of the night in which the clocks go back, and the morning after the one in which they go on.
    EXPECT_EQ(decide("1001", "2026-10-25 01:30 BST").handling, FireHandling::Pass);
    EXPECT_EQ(decide("1001", "2026-10-25 01:30 GMT").handling, FireHandling::Pass);
    EXPECT_EQ(decide("1001", "2026-03-29 07:59 BST").handling, FireHandling::Pass);
    EXPECT_EQ(decide("1001", "2026-03-29 08:00 BST").handling, FireHandling::Challenge);
}

TEST_F(FireRulesTest, ARuleOfTheAreaComesBeforeOneOfAll) {
    ASSERT_EQ(rules()
                  .importCsv(m_acting,
                             "authority,kind,hours,handling\n,,,challenge\n,depot,,pass\n"
                             "North,,,confirm\nNorth,,Mon-Sun 18:00-08:00,challenge\n")
                  .value(),
              4);
    EXPECT_EQ(decide("1003", "2026-11-23 14:00").handling, FireHandling::Pass);
    ASSERT_TRUE(rules().setAuthority(m_acting, premises("1003").id, "north"));
    EXPECT_EQ(decide("1003", "2026-11-23 14:00").handling, FireHandling::Confirm);
    EXPECT_EQ(decide("1003", "2026-11-23 19:00").handling, FireHandling::Challenge);
    const auto report = rules().importAuthorities(m_acting, "premises,authority\n1001,North\n1003,north\n");
    ASSERT_TRUE(report);
    EXPECT_EQ(report->changed, 1);
    EXPECT_EQ(report->unchanged, 1);
    EXPECT_EQ(decide("1001", "2026-11-23 14:00").handling, FireHandling::Confirm);
}

TEST_F(FireRulesTest, RulesThatLeaveSomebodyOutAreNotTaken) {
    const std::string header = "authority,kind,hours,handling\n";
    EXPECT_EQ(rules().importCsv(m_acting, header + ",depot,,pass\n").error().code, ErrorCode::InvalidInput);
    EXPECT_EQ(rules().importCsv(m_acting, header + ",,,pass\n,,,confirm\n").error().code, ErrorCode::InvalidInput);
    EXPECT_EQ(rules().importCsv(m_acting, header + ",,,perhaps\n").error().code, ErrorCode::InvalidInput);
    EXPECT_EQ(rules().importCsv(m_acting, header + ",,,pass\n,,25:00,pass\n").error().code, ErrorCode::InvalidInput);
    access::Acting operatorActing;
    operatorActing.username = "ann";
    EXPECT_EQ(rules().importCsv(operatorActing, header + ",,,pass\n").error().code, ErrorCode::NotPermitted);
    EXPECT_EQ(rules().list(m_acting)->size(), 11U);  // the standard ones stay
}

TEST_F(FireRulesTest, ThePlanCallsThePremisesOnlyToChallenge) {
    const auto first = [](const response::AlarmRecord& record) {
        return response::nextStep(record.steps, record.alarm)->step.kind;
    };
    EXPECT_EQ(first(raiseFire(FireHandling::Challenge, false)), StepKind::Call);
    EXPECT_EQ(first(raiseFire(FireHandling::Pass, false)), StepKind::FireService);
    EXPECT_EQ(first(raiseFire(FireHandling::Challenge, true)), StepKind::FireService);
}

TEST_F(FireRulesTest, AFireServiceThatWantsAConfirmationIsNotCalledWithoutOne) {
    const auto record = raiseFire(FireHandling::Confirm, false);
    const auto step =
        std::ranges::find_if(record.steps, [](const auto& one) { return one.step.kind == StepKind::FireService; });
    ASSERT_NE(step, record.steps.end());
    ASSERT_NE(response::gateOf(record, step->position), nullptr);
    EXPECT_FALSE(queue().completeStep(m_acting, record.alarm.id, {step->position, false, "Log 7"}));
    ASSERT_TRUE(queue().completeStep(m_acting, record.alarm.id, {1, false, "Yes, smoke in the hall", true}));
    EXPECT_TRUE(queue().completeStep(m_acting, record.alarm.id, {step->position, false, "Log 7"}));
}

}  // namespace
}  // namespace leedswatch::tests
