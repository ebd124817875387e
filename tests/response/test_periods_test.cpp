#include "alarm_testing_fixture.h"

#include <algorithm>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using base::ErrorCode;
using response::Decision;
using response::TestPeriod;
using response::TestPeriodEvent;

class TestPeriodsTest : public AlarmTestingRoom {
protected:
    TestPeriod begin(const TestPeriod& period) {
        auto begun = periods().begin(m_operator, period);
        EXPECT_TRUE(begun) << begun.error().message;
        return begun.value_or(TestPeriod{});
    }
};

TEST_F(TestPeriodsTest, WhatIsOnTestIsShownWithWhatCameMeanwhile) {
    store("1001", "Nri1/BA12");
    const auto period = begin(wanted("LIB"));
    receive("1001", "Nri1/BA2");
    receive("1001", "Nri1/BR2");
    receive("1002", "Nri1/BA2");
    const auto running = periods().running(m_auditor).value();
    ASSERT_EQ(running.size(), 1U);
    EXPECT_EQ(running[0].period.id, period.id);
    EXPECT_EQ(running[0].reference, "LIB");
    EXPECT_EQ(running[0].received, 2) << "neither what came before nor other premises'";
    EXPECT_EQ(running[0].latest, m_clock.now());
    EXPECT_EQ(periods().running(person("ed", access::Role::Engineer)).error().code, ErrorCode::NotPermitted);
}

TEST_F(TestPeriodsTest, ANoticeIsWrittenWhenATestEndsByItself) {
    auto period = wanted("LIB", 30min);
    period.kind = response::TestKind::WalkTest;
    period = begin(period);
    m_clock.advance(5min);
    EXPECT_EQ(receive("1001", "Nri1/BA12^Hall^").outcome, Decision::Outcome::Logged);
    m_clock.advance(10s);
    receive("1001", "Nri1/BR12");
    receive("1001", "Nri1/TA2");
    receive("1001", "Nri1/RP");
    EXPECT_EQ(periods().endDue(m_clock.now()).value(), 0);
    m_clock.advance(30min);
    EXPECT_EQ(periods().endDue(m_clock.now()).value(), 1);
    const auto list = reports().list(m_auditor, {}).value();
    ASSERT_EQ(list.size(), 1U);
    EXPECT_EQ(list[0].endedBy, "station");
    EXPECT_EQ(list[0].received, 4);
    EXPECT_EQ(list[0].hidden, 2) << "the intruder alarm and the tamper would have been alarms";
    EXPECT_EQ(list[0].missing, 3);
    const auto report = reports().find(m_auditor, list[0].id).value();
    EXPECT_EQ(report.missing, (std::vector<std::string>{"zone 2 Door (area 1)", "zone 3 Till (area 1)",
                                                        "zone 20 Smoke loft (area 2)"}));
    const auto hall = std::ranges::find(report.zones, "12", &response::TalliedZone::number);
    ASSERT_NE(hall, report.zones.end());
    EXPECT_EQ(hall->count, 1);
    EXPECT_EQ(hall->restores, 1);
    EXPECT_TRUE(hall->isRestored());
    ASSERT_EQ(report.events.size(), 1U);
    EXPECT_EQ(report.events[0].words, "Automatic (periodic) test report, area 1");
    EXPECT_TRUE(isAuditSound());
}

TEST_F(TestPeriodsTest, ANoticeOutlivesTheStationAndIsTheSameWhateverComesLater) {
    auto period = wanted("LIB", 30min);
    period.kind = response::TestKind::HoldUp;
    period = begin(period);
    receive("1001", "Nri1/HA3");
    ASSERT_TRUE(periods().end(m_operator, period.id));
    receive("1001", "Nri1/BA12");
    ASSERT_TRUE(zones().save(m_operator, premises("LIB"),
                             {.panel = zones().list(m_root, premises("LIB"))->front().panel,
                              .number = "4",
                              .name = "Till 2",
                              .kind = estate::ZoneKind::HoldUp}));
    reopen();
    const auto report = reports().ofPeriod(m_auditor, period.id).value();
    EXPECT_EQ(report.received, 1);
    EXPECT_EQ(report.hidden, 0) << "somebody's life may depend on it: it was shown";
    EXPECT_TRUE(report.missing.empty());
    EXPECT_EQ(report.period.endedBy, "olive");
    EXPECT_EQ(periods().end(m_operator, period.id).error().code, ErrorCode::NotFound);
}

TEST_F(TestPeriodsTest, ATestIsProlongedByEightHoursFromNowAtMost) {
    const auto period = begin(wanted("LIB", 60min));
    m_clock.advance(50min);
    const auto ends = m_clock.now() + 2h;
    ASSERT_TRUE(periods().prolong(m_operator, period.id, ends, "Mr Dale, rang again"));
    m_clock.advance(30min);
    EXPECT_EQ(periods().endDue(m_clock.now()).value(), 0);
    EXPECT_EQ(receive("1001", "Nri1/BA12").outcome, Decision::Outcome::Logged);
    EXPECT_EQ(periods().prolong(m_operator, period.id, m_clock.now() + 8h + 1s, "x").error().code,
              ErrorCode::InvalidInput);
    EXPECT_EQ(periods().prolong(m_operator, period.id, ends, " ").error().code, ErrorCode::InvalidInput);
    EXPECT_EQ(periods().prolong(m_auditor, period.id, ends, "x").error().code, ErrorCode::NotPermitted);
    const auto record = periods().record(m_auditor, period.id).value();
    ASSERT_EQ(record.size(), 2U);
    EXPECT_EQ(record[0].kind, TestPeriodEvent::Kind::Begun);
    EXPECT_EQ(record[1].kind, TestPeriodEvent::Kind::Prolonged);
    EXPECT_EQ(record[1].ends, ends);
    EXPECT_EQ(record[1].words, "Mr Dale, rang again");
    m_clock.advance(2h);
    EXPECT_EQ(periods().endDue(m_clock.now()).value(), 1);
    EXPECT_EQ(periods().prolong(m_operator, period.id, m_clock.now() + 1h, "x").error().code, ErrorCode::NotFound);
    EXPECT_EQ(periods().record(m_auditor, period.id)->back().kind, TestPeriodEvent::Kind::Ended);
}

TEST_F(TestPeriodsTest, AZoneIsTheSameWithAndWithoutLeadingZeros) {
    auto period = wanted("LIB");
    period.zone = "012";
    begin(period);
    EXPECT_EQ(receive("1001", "1130 01 012").outcome, Decision::Outcome::Logged);
    EXPECT_EQ(receive("1001", "Nri1/BA12").outcome, Decision::Outcome::Logged);
    EXPECT_EQ(receive("1001", "1130 01 002").outcome, Decision::Outcome::Held);
    EXPECT_EQ(periods().running(m_auditor)->front().received, 2);
}

TEST_F(TestPeriodsTest, WhatWasReceivedBeforeATestIsNotHiddenByIt) {
    const auto id = store("1001", "Nri1/TA12");
    m_clock.advance(1s);
    begin(wanted("LIB"));
    response::AlarmRules rules{*m_database};
    ASSERT_EQ(rules.judgeWaiting(100).value(), 1);
    EXPECT_EQ(rules.decisions(m_root, id)->front().decision.outcome, Decision::Outcome::Raised);
}

TEST_F(TestPeriodsTest, ASignalBelongsToATestThoughTheClockIsSetBack) {
    const auto period = begin(wanted("LIB", 2h));
    m_clock.stepWallClock(-90min);
    store("1001", "Nri1/BA12");
    ASSERT_TRUE(periods().end(m_operator, period.id));
    EXPECT_EQ(reports().ofPeriod(m_auditor, period.id)->received, 1);
}

TEST_F(TestPeriodsTest, ThePasswordIsComparedAndNeverKept) {
    response::TestRequest request{wanted("LIB"), "sparrow", "", {}, false};
    EXPECT_EQ(requests().begin(m_operator, request).error().code, ErrorCode::SignInFailed);
    EXPECT_TRUE(periods().lasting()->empty());
    request.word = " Heron ";
    const auto answer = requests().begin(m_operator, request).value();
    ASSERT_TRUE(answer.period);
    EXPECT_EQ(answer.period->byWhom, "Mr Dale of Alarms Ltd, gave the password");
    EXPECT_EQ(answer.period->placedBy, "olive");
    EXPECT_EQ(requests().begin(m_auditor, request).error().code, ErrorCode::NotPermitted);
    const auto held = m_database->read([](soci::session& sql) -> base::Result<int> {
        int count = 0;
        sql << "SELECT count(*) FROM audit_event WHERE lower(CAST(body AS TEXT)) LIKE '%heron%' OR lower(CAST(body AS "
               "TEXT)) LIKE '%sparrow%'",
            soci::into(count);
        return count;
    });
    EXPECT_EQ(held.value(), 0);
}

TEST_F(TestPeriodsTest, WhoIsUnderThreatGetsNoTestAndAHoldUpIsRaised) {
    const response::TestRequest request{wanted("LIB"), "kingfisher", "", {}, true};
    const auto answer = requests().begin(m_operator, request).value();
    EXPECT_TRUE(answer.isUnderThreat);
    EXPECT_FALSE(answer.period);
    EXPECT_TRUE(periods().lasting()->empty()) << "nothing is hidden";
    const auto waiting = response::AlarmQueue{*m_database}.snapshot(m_operator)->waiting;
    ASSERT_EQ(waiting.size(), 1U);
    EXPECT_EQ(waiting[0].alarmClass, response::AlarmClass::HoldUp);
    EXPECT_EQ(waiting[0].place, "Otley Library, 1 Bondgate, Otley");
}

TEST_F(TestPeriodsTest, WithoutAPasswordItIsWrittenHowElseTheyAreKnown) {
    response::TestRequest request{wanted("SCH"), "", "", {}, false};
    EXPECT_EQ(requests().begin(m_operator, request).error().code, ErrorCode::InvalidInput);
    request.word = "heron";
    EXPECT_EQ(requests().begin(m_operator, request).error().code, ErrorCode::InvalidInput) << "none is kept for these";
    request.word.clear();
    request.knownBy = "rang back at the firm's number";
    EXPECT_EQ(requests().begin(m_operator, request)->period->byWhom,
              "Mr Dale of Alarms Ltd, rang back at the firm's number");
    request.wanted.byWhom = " ";
    EXPECT_EQ(requests().begin(m_operator, request).error().code, ErrorCode::InvalidInput);
}

TEST_F(TestPeriodsTest, PremisesAreFoundByTheirWordsReferenceOrAccount) {
    estate::PremisesSearch search{*m_database};
    const auto first = [&](const char* typed) {
        const auto found = search.find(m_operator, typed).value();
        return found.empty() ? std::string{} : found.front().premises.reference;
    };
    EXPECT_EQ(first("LIB"), "LIB");
    EXPECT_EQ(first("1003"), "SCH");
    EXPECT_EQ(first("libr"), "LIB");
    EXPECT_EQ(first("bondg otl"), "LIB");
    EXPECT_EQ(first("\"' OR * NEAR("), "");
    EXPECT_EQ(first("library\" OR \"school"), "");
    EXPECT_EQ(first("  "), "");
    EXPECT_EQ(search.find(m_operator, "100")->size(), 2U);
    ASSERT_TRUE(
        estate::PremisesRegistry{*m_database}.importCsv(m_root, "account,name,premises\n1001,Wharfe Centre,LIB\n"));
    EXPECT_EQ(first("wharfe"), "LIB") << "a changed name is found";
    EXPECT_EQ(first("libr"), "");
    EXPECT_EQ(search.find(person("ed", access::Role::Engineer), "LIB").error().code, ErrorCode::NotPermitted);
    EXPECT_EQ(search.exactly(m_operator, "nowhere").error().code, ErrorCode::NotFound);
}

}  // namespace
}  // namespace leedswatch::tests
