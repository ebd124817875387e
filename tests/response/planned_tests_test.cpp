#include "alarm_testing_fixture.h"

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using base::ErrorCode;
using base::LocalDate;
using response::NewTestResult;
using response::PlannedTest;
using response::PlanState;
using response::Recurrence;
using response::TestKind;
using response::TestOutcome;

class PlannedTestsTest : public AlarmTestingRoom {
protected:
    PlannedTest made(LocalDate first, std::chrono::minutes ofDay, Recurrence every) {
        PlannedTest test;
        test.premises = premises("LIB");
        test.kind = TestKind::Fire;
        test.first = first;
        test.ofDay = ofDay;
        test.every = every;
        test.lasts = 30min;
        test.who = "caretaker";
        return test;
    }
    PlannedTest plan(LocalDate first, std::chrono::minutes ofDay, Recurrence every) {
        auto planned = plans().plan(m_supervisor, made(first, ofDay, every));
        EXPECT_TRUE(planned) << planned.error().message;
        return planned.value_or(PlannedTest{});
    }
    PlannedTest now(const PlannedTest& test) { return plans().find(m_auditor, test.id).value(); }
    void goTo(const char* time) { m_clock.advance(base::parseTime(time).value() - m_clock.now()); }
    static std::string local(base::UtcTime time) { return base::formatLocal(time); }
};

TEST_F(PlannedTestsTest, AWeeklyTestKeepsItsHourOnTheWallAcrossTheEdgesOfSummer) {
    const auto test = plan({2026, 3, 24}, 10h, Recurrence::Weekly);
    EXPECT_EQ(local(test.due), "2026-03-24 10:00:00 GMT");
    EXPECT_EQ(local(dueOf(test, 1)), "2026-03-31 10:00:00 BST");
    EXPECT_EQ(dueOf(test, 1) - dueOf(test, 0), 7 * 24h - 1h);
    const auto autumn = plan({2026, 10, 20}, 10h, Recurrence::Weekly);
    EXPECT_EQ(dueOf(autumn, 1) - dueOf(autumn, 0), 7 * 24h + 1h);
    const auto onTheDay = plan({2026, 3, 22}, 90min, Recurrence::Weekly);
    EXPECT_EQ(local(dueOf(onTheDay, 1)), "2026-03-29 02:00:00 BST") << "01:30 is left out that night";
    const auto inAutumn = plan({2026, 10, 18}, 90min, Recurrence::Weekly);
    EXPECT_EQ(local(dueOf(inAutumn, 1)), "2026-10-25 01:30:00 BST") << "the first of the two";
}

TEST_F(PlannedTestsTest, ATestOnThe31stComesBackAfterAShorterMonth) {
    const auto test = plan({2026, 3, 31}, 9h, Recurrence::Monthly);
    EXPECT_EQ(dayOf(test, 1), (LocalDate{2026, 4, 30}));
    EXPECT_EQ(dayOf(test, 2), (LocalDate{2026, 5, 31}));
    EXPECT_EQ(dayOf(test, 11), (LocalDate{2027, 2, 28}));
    EXPECT_EQ(dayOf(plan({2026, 11, 30}, 9h, Recurrence::Quarterly), 1), (LocalDate{2027, 2, 28}));
    EXPECT_EQ(dayOf(plan({2028, 2, 29}, 9h, Recurrence::Yearly), 4), (LocalDate{2032, 2, 29}));
    EXPECT_EQ(dayOf(plan({2028, 2, 29}, 9h, Recurrence::Yearly), 1), (LocalDate{2029, 2, 28}));
}

TEST_F(PlannedTestsTest, ATestThatIsMissedStaysOverdueUntilSomebodySaysWhatCameOfIt) {
    const auto test = plan({2026, 3, 3}, 10h, Recurrence::Weekly);
    EXPECT_EQ(now(test).state, PlanState::Coming);
    goTo("2026-03-03T10:20");
    EXPECT_EQ(now(test).state, PlanState::DueToday);
    goTo("2026-03-03T10:31");
    EXPECT_EQ(now(test).state, PlanState::Overdue);
    goTo("2026-03-18T12:00");
    EXPECT_EQ(now(test).state, PlanState::Overdue);
    EXPECT_EQ(local(now(test).due), "2026-03-03 10:00:00 GMT") << "the oldest is not forgotten";
    const auto due = plans().list(m_auditor, {{}, m_clock.now(), 100}).value();
    ASSERT_EQ(due.size(), 1U);
    EXPECT_EQ(due[0].reference, "LIB");
    // Said to be missed, one after the other.
    EXPECT_EQ(plans().record(m_operator, test.id, {TestOutcome::NotCarriedOut, "", ""}).error().code,
              ErrorCode::InvalidInput);
    ASSERT_TRUE(plans().record(m_operator, test.id, {TestOutcome::NotCarriedOut, "nobody was there", ""}));
    EXPECT_EQ(local(now(test).due), "2026-03-10 10:00:00 GMT");
    EXPECT_EQ(now(test).state, PlanState::Overdue);
    // Carried out now: it is the newest of those that were due, and the one before is kept as missed.
    const auto result = plans().record(m_operator, test.id, {TestOutcome::Passed, "", ""}).value();
    EXPECT_EQ(local(*result.due), "2026-03-17 10:00:00 GMT");
    EXPECT_EQ(result.byWhom, "caretaker");
    EXPECT_EQ(local(now(test).due), "2026-03-24 10:00:00 GMT");
    const auto history = results().list(m_auditor, {premises("LIB")}).value();
    ASSERT_EQ(history.size(), 3U);
    EXPECT_EQ(history[0].outcome, TestOutcome::Passed);
    EXPECT_EQ(history[1].outcome, TestOutcome::NotCarriedOut);
    EXPECT_EQ(local(*history[1].due), "2026-03-10 10:00:00 GMT");
    EXPECT_TRUE(isAuditSound());
}

TEST_F(PlannedTestsTest, ATestThatIsStartedFromItsEntryIsOnTestWithItsScope) {
    auto wantedTest = made({2026, 3, 2}, 10h, Recurrence::Once);
    wantedTest.area = "2";
    const auto test = plans().plan(m_supervisor, wantedTest).value();
    const auto period = plans().start(m_operator, test.id, wanted("SCH", 20min)).value();
    EXPECT_EQ(period.premises, premises("LIB")) << "the plan's premises, whatever was said";
    EXPECT_EQ(period.area, "2");
    EXPECT_EQ(now(test).state, PlanState::Running);
    EXPECT_EQ(plans().start(m_operator, test.id, wanted("LIB")).error().code, ErrorCode::Busy);
    EXPECT_EQ(plans().record(m_operator, test.id, {}).error().code, ErrorCode::Busy);
    EXPECT_EQ(plans().retire(m_supervisor, test.id, "x").error().code, ErrorCode::Busy);
    receive("1001", "Nri2/FA20");
    m_clock.advance(25min);
    EXPECT_EQ(periods().endDue(m_clock.now()).value(), 1);
    EXPECT_EQ(now(test).state, PlanState::Ended) << "its result is outstanding";
    EXPECT_TRUE(reports().ofPeriod(m_auditor, period.id)->missing.empty()) << "one fire signal is what it wants";
    const auto result = plans().record(m_operator, test.id, {TestOutcome::Passed, "bells heard", "Mr Dale"}).value();
    EXPECT_EQ(result.reported, std::vector<std::string>{"20 Smoke loft (area 2)"});
    EXPECT_EQ(plans().find(m_auditor, test.id).error().code, ErrorCode::NotFound) << "it came once";
    EXPECT_EQ(results().list(m_auditor, {premises("LIB")})->front().found, "bells heard");
}

TEST_F(PlannedTestsTest, AFireTestWithoutAFireSignalSaysSo) {
    const auto test = plan({2026, 3, 2}, 10h, Recurrence::Weekly);
    const auto period = plans().start(m_operator, test.id, wanted("LIB")).value();
    receive("1001", "Nri1/BA12");
    ASSERT_TRUE(periods().end(m_operator, period.id));
    EXPECT_EQ(reports().ofPeriod(m_auditor, period.id)->missing, std::vector<std::string>{"a fire signal"});
    auto path = made({2026, 3, 2}, 10h, Recurrence::Weekly);
    path.kind = TestKind::Path;
    const auto pathTest = plans().plan(m_supervisor, path).value();
    const auto second = plans().start(m_operator, pathTest.id, wanted("LIB")).value();
    receive("1001", "1602 00 000");
    ASSERT_TRUE(periods().end(m_operator, second.id));
    EXPECT_TRUE(reports().ofPeriod(m_auditor, second.id)->missing.empty());
}

TEST_F(PlannedTestsTest, ACalendarCountsWhatComesAndWhatWasDone) {
    const auto test = plan({2026, 3, 3}, 10h, Recurrence::Weekly);
    plan({2026, 3, 17}, 9h, Recurrence::Once);
    goTo("2026-03-12T12:00");
    auto days = plans().days(m_auditor, {2026, 3, 1}, {2026, 4, 1}).value();
    EXPECT_EQ((days[{2026, 3, 3}].outstanding), 1);
    EXPECT_EQ((days[{2026, 3, 17}].coming), 2);
    EXPECT_EQ((days[{2026, 3, 31}].coming), 1);
    EXPECT_EQ(days.size(), 5U);
    const auto onDay = plans().on(m_auditor, {2026, 3, 17}).value();
    ASSERT_EQ(onDay.size(), 2U);
    EXPECT_EQ(local(onDay[0].due), "2026-03-17 09:00:00 GMT");
    EXPECT_EQ(onDay[1].occurrence, 2);
    EXPECT_EQ(onDay[1].state, PlanState::Coming);
    EXPECT_TRUE(plans().on(m_auditor, {2026, 3, 18})->empty());
    ASSERT_TRUE(plans().record(m_operator, test.id, {TestOutcome::Failed, "no bell", ""}));
    days = plans().days(m_auditor, {2026, 3, 1}, {2026, 4, 1}).value();
    EXPECT_EQ((days[{2026, 3, 12}].done), 2) << "the one that was missed is written down too";
    EXPECT_EQ((days[{2026, 3, 12}].failed), 2);
    EXPECT_EQ((days[{2026, 3, 3}].outstanding), 0);
}

TEST_F(PlannedTestsTest, APlanIsChangedAndTakenAwayByThoseWhoMay) {
    const auto test = plan({2026, 3, 3}, 10h, Recurrence::Weekly);
    auto later = test;
    later.ofDay = 11h;
    EXPECT_EQ(plans().change(m_operator, later).error().code, ErrorCode::NotPermitted);
    EXPECT_EQ(plans().plan(m_operator, test).error().code, ErrorCode::NotPermitted);
    EXPECT_EQ(local(plans().change(m_supervisor, later)->due), "2026-03-03 11:00:00 GMT");
    goTo("2026-03-11T12:00");
    auto renamed = now(test);
    renamed.who = "Mrs Shah";
    EXPECT_EQ(local(plans().change(m_supervisor, renamed)->due), "2026-03-03 11:00:00 GMT")
        << "a change of other things forgets nothing that is overdue";
    EXPECT_EQ(plans().retire(m_supervisor, test.id, " ").error().code, ErrorCode::InvalidInput);
    ASSERT_TRUE(plans().retire(m_supervisor, test.id, "the system is gone"));
    EXPECT_EQ(plans().find(m_auditor, test.id).error().code, ErrorCode::NotFound);
    EXPECT_EQ(plans().plan(m_supervisor, made({2026, 3, 1}, 9h, Recurrence::Once)).error().code,
              ErrorCode::InvalidInput);
    auto endless = made({2026, 3, 20}, 9h, Recurrence::Once);
    endless.lasts = 9h;
    EXPECT_EQ(plans().plan(m_supervisor, endless).error().code, ErrorCode::InvalidInput);
    EXPECT_TRUE(isAuditSound());
}

TEST_F(PlannedTestsTest, APlanComesFromAFileAndGoesBackIntoOne) {
    const std::string csv =
        "premises,kind,first_day,time,every,who,instructions\nLIB,fire,2020-01-07,10:00,weekly,caretaker,\"ring, then "
        "wait\"\nSCH,walk-test,2026-03-31,14:30,yearly,'=1+1,\n";
    const auto report = plans().importCsv(m_supervisor, csv).value();
    EXPECT_EQ(report.added, 2);
    EXPECT_EQ(plans().importCsv(m_supervisor, csv)->unchanged, 2);
    const auto all = plans().list(m_auditor, {}).value();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(local(all[0].due), "2026-03-03 10:00:00 GMT") << "from today on: what was before was not promised here";
    EXPECT_EQ(all[1].who, "=1+1");
    const auto exported = plans().exportCsv(m_auditor).value();
    EXPECT_NE(exported.find("LIB,fire,2020-01-07,10:00,weekly,60,,,caretaker,\"ring, then wait\",no,"),
              std::string::npos);
    EXPECT_NE(exported.find("'=1+1"), std::string::npos) << "no formula for a spreadsheet";
    EXPECT_EQ(plans().importCsv(m_supervisor, exported)->unchanged, 2);
    for (const char* row :
         {"NO,fire,2026-03-31,10:00,", "LIB,bells,2026-03-31,10:00,", "LIB,fire,2026-02-30,10:00,",
          "LIB,fire,2026-03-31,24:00,", "LIB,fire,2026-03-31,10:00,daily", "LIB,fire,2020-01-01,10:00,"}) {
        const auto refused =
            plans().importCsv(m_supervisor, std::string{"premises,kind,first_day,time,every\n"} + row + "\n");
        ASSERT_FALSE(refused) << row;
        EXPECT_EQ(refused.error().code, ErrorCode::InvalidInput);
        EXPECT_NE(refused.error().message.find("line 2"), std::string::npos);
    }
    EXPECT_EQ(plans().importCsv(m_operator, csv).error().code, ErrorCode::NotPermitted);
}

}  // namespace
}  // namespace leedswatch::tests
