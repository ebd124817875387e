#include "response/walk_tests.h"

#include "alarm_testing_fixture.h"
#include "response/zone_learning.h"

#include <algorithm>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using base::ErrorCode;
using response::TestOutcome;
using response::WalkProgress;

class WalkTestsTest : public AlarmTestingRoom {
protected:
    response::WalkTest begin(const char* reference = "LIB", const char* area = "") {
        auto period = wanted(reference, 2h);
        period.area = area;
        const auto answer = requests().begin(m_operator, {period, "", "known by voice", {}, true});
        EXPECT_TRUE(answer) << answer.error().message;
        return answer->walk.value();
    }
    WalkProgress progress(const response::WalkTest& walk, std::optional<WalkProgress> before = {}) {
        return walks().progress(m_auditor, walk.id, std::move(before)).value();
    }
    static response::TalliedZone zone(const WalkProgress& progress, const char* number) {
        const auto zones = progress.tally.zones();
        const auto found = std::ranges::find(zones, number, &response::TalliedZone::number);
        return found == zones.end() ? response::TalliedZone{} : *found;
    }
};

TEST_F(WalkTestsTest, ZonesAreTickedOffAsTheirSignalsComeIn) {
    const auto walk = begin();
    auto before = progress(walk);
    EXPECT_EQ(before.tally.expected(), 4);
    EXPECT_EQ(before.tally.come(), 0);
    m_clock.advance(10s);
    receive("1001", "1130 01 012");
    receive("1001", "1130 01 012");
    receive("1001", "3130 01 012");
    const auto after = progress(walk, before);
    EXPECT_EQ(after.tally.come(), 1);
    const auto hall = zone(after, "12");
    EXPECT_EQ(hall.name, "Hall");
    EXPECT_EQ(hall.count, 2);
    EXPECT_EQ(hall.code, "130");
    EXPECT_TRUE(hall.isRestored());
    EXPECT_EQ(hall.first, m_clock.now());
    ASSERT_EQ(after.newest.size(), 3U);
    EXPECT_EQ(progress(walk).tally.zones().size(), after.tally.zones().size()) << "read on or anew, it is the same";
    EXPECT_EQ(progress(walk, after).tally.received(), 3) << "nothing is counted twice";
}

TEST_F(WalkTestsTest, TamperIsNoProofAndAnUnknownZoneIsUnexpected) {
    const auto walk = begin();
    receive("1001", "Nri1/TA2");
    receive("1001", "Nri1/BA77^Cellar^");
    receive("1001", "1612 01 003");
    const auto now = progress(walk);
    EXPECT_EQ(now.tally.come(), 0);
    EXPECT_FALSE(zone(now, "2").hasCome());
    EXPECT_EQ(zone(now, "2").other, "Tamper alarm");
    EXPECT_FALSE(zone(now, "3").hasCome()) << "point not tested";
    EXPECT_EQ(now.tally.unexpected(), 1);
    EXPECT_EQ(zone(now, "77").name, "Cellar");
    EXPECT_FALSE(zone(now, "77").isExpected);
    // A panel in walk-test mode says it in its own way.
    receive("1001", "1611 01 003");
    EXPECT_TRUE(zone(progress(walk), "3").hasCome());
    // Learnt while it lasts: expected from then on.
    ASSERT_EQ(response::ZoneLearning{*m_database}.learn(m_operator, premises("LIB"), m_clock.now() - 1h).value(), 1);
    const auto learnt = progress(walk, now);
    EXPECT_EQ(learnt.tally.expected(), 5);
    EXPECT_EQ(learnt.tally.unexpected(), 0);
    EXPECT_EQ(learnt.tally.come(), 2);
}

TEST_F(WalkTestsTest, NothingIsLostWhenTheStationIsKilledInTheMiddle) {
    const auto walk = begin();
    receive("1001", "Nri1/BA12");
    reopen();
    ASSERT_EQ(walks().lasting(m_auditor)->size(), 1U);
    // Stored, and killed before it was judged.
    store("1001", "Nri1/BA2");
    reopen();
    receive("1001", "Nri1/HA3");
    EXPECT_EQ(progress(walks().lasting(m_auditor)->front()).tally.come(), 3);
    EXPECT_EQ(progress(walk).walk.engineer, "Mr Dale of Alarms Ltd");
}

TEST_F(WalkTestsTest, ItsResultIsKeptWithEveryZone) {
    const auto walk = begin();
    receive("1001", "Nri1/BA12");
    EXPECT_EQ(walks().finish(m_operator, walk.id, {TestOutcome::Partly, "", ""}, true).error().code,
              ErrorCode::InvalidInput);
    EXPECT_EQ(walks().finish(m_auditor, walk.id, {}, true).error().code, ErrorCode::NotPermitted);
    const auto result =
        walks().finish(m_operator, walk.id, {TestOutcome::Partly, "no key to the till", ""}, true).value();
    EXPECT_EQ(result.reported, std::vector<std::string>{"12 Hall (area 1)"});
    EXPECT_EQ(result.missing.size(), 3U);
    EXPECT_EQ(result.byWhom, "Mr Dale of Alarms Ltd");
    EXPECT_TRUE(periods().lasting()->empty());
    // What comes or is renamed later changes nothing of it.
    receive("1001", "Nri1/BA2");
    ASSERT_TRUE(zones().importCsv(m_root, "premises,zone,name\nLIB,12,Foyer\nLIB,99,Attic\n"));
    reopen();
    const auto kept = progress(walk);
    EXPECT_EQ(kept.tally.expected(), 4);
    EXPECT_EQ(kept.tally.come(), 1);
    EXPECT_EQ(zone(kept, "12").name, "Hall");
    EXPECT_TRUE(kept.walk.ended);
    EXPECT_EQ(walks().finish(m_operator, walk.id, {}, true).error().code, ErrorCode::InvalidInput);
    EXPECT_EQ(walks().history(m_auditor, premises("LIB"))->size(), 1U);
    EXPECT_EQ(results().list(m_auditor, {premises("LIB")})->front().walk, walk.id);
    EXPECT_TRUE(isAuditSound());
}

TEST_F(WalkTestsTest, OneLastsForPremisesAndOnlyWhileTheyAreOnTest) {
    const auto walk = begin();
    EXPECT_EQ(walks().begin(m_operator, {walk.period, "x", {}}).error().code, ErrorCode::Busy);
    ASSERT_TRUE(periods().end(m_operator, walk.period));
    const auto now = progress(walk);
    EXPECT_FALSE(now.onTest) << "alarms are shown again, and the desk must say so";
    EXPECT_FALSE(now.walk.ended);
    ASSERT_TRUE(walks().finish(m_operator, walk.id, {}, true));
    EXPECT_EQ(walks().begin(m_operator, {walk.period, "x", {}}).error().code, ErrorCode::NotFound);
    EXPECT_EQ(begin("SCH").premises, premises("SCH"));
}

TEST_F(WalkTestsTest, AnAreaIsWalkedAlone) {
    const auto walk = begin("LIB", "02");
    EXPECT_EQ(progress(walk).tally.expected(), 1);
    receive("1001", "1130 01 012");
    receive("1001", "1110 02 020");
    const auto now = progress(walk);
    EXPECT_EQ(now.tally.come(), 1);
    EXPECT_EQ(now.tally.unexpected(), 0) << "area 1 is not on test";
    EXPECT_EQ(now.tally.received(), 1);
}

TEST_F(WalkTestsTest, PanelsOfOnePremisesAreToldApart) {
    ASSERT_TRUE(zones().importCsv(m_root, "premises,account,zone,name\nSCH,1002,1,Gym\nSCH,1003,1,Boiler room\n"));
    EXPECT_EQ(zones().importCsv(m_root, "premises,zone,name\nSCH,1,Gym\n").error().code, ErrorCode::InvalidInput);
    const auto walk = begin("SCH");
    receive("1003", "Nri1/FA1");
    const auto zonesNow = progress(walk).tally.zones();
    ASSERT_EQ(zonesNow.size(), 2U);
    EXPECT_FALSE(zonesNow[0].hasCome());
    EXPECT_EQ(zonesNow[1].name, "Boiler room");
    EXPECT_TRUE(zonesNow[1].hasCome());
}

TEST_F(WalkTestsTest, APlannedOneRecordsItsPlan) {
    response::PlannedTest plan;
    plan.premises = premises("LIB");
    plan.kind = response::TestKind::WalkTest;
    plan.first = {2026, 3, 2};
    plan.every = response::Recurrence::Yearly;
    plan = plans().plan(m_supervisor, plan).value();
    const auto answer = requests().begin(m_operator, {wanted("SCH"), "heron", "", plan.id, true});
    EXPECT_EQ(answer.error().code, ErrorCode::InvalidInput) << "the word is asked of the premises that were named";
    auto request = response::TestRequest{wanted("LIB"), "heron", "", plan.id, true};
    const auto walk = requests().begin(m_operator, request)->walk.value();
    receive("1001", "Nri1/BA12");
    ASSERT_TRUE(walks().finish(m_operator, walk.id, {TestOutcome::Passed, "", ""}, true));
    const auto next = plans().find(m_auditor, plan.id).value();
    EXPECT_EQ(base::formatLocal(next.due), "2027-03-02 10:00:00 GMT");
    const auto result = results().list(m_auditor, {}).value().front();
    EXPECT_EQ(result.plan, plan.id);
    EXPECT_EQ(result.reported, std::vector<std::string>{"12 Hall (area 1)"});
}

TEST_F(WalkTestsTest, ZonesAreLearntFromWhatWasSeen) {
    receive("1002", "Nri1/BA07^Gym^");
    receive("1002", "Nri3/FA8");
    receive("1002", "Nri1/OP2");
    receive("1002", "1602 00 000");
    response::ZoneLearning learning{*m_database};
    const auto found = learning.find(m_auditor, premises("SCH"), m_clock.now() - 24h).value();
    ASSERT_EQ(found.size(), 2U);
    EXPECT_EQ(found[0].number, "7");
    EXPECT_EQ(found[0].name, "Gym");
    EXPECT_EQ(found[0].kind, estate::ZoneKind::Intruder);
    EXPECT_EQ(found[1].kind, estate::ZoneKind::Fire);
    EXPECT_EQ(found[1].area, "3");
    EXPECT_EQ(learning.learn(m_auditor, premises("SCH"), m_clock.now() - 24h).error().code, ErrorCode::NotPermitted);
    EXPECT_EQ(learning.learn(m_operator, premises("SCH"), m_clock.now() - 24h).value(), 2);
    EXPECT_EQ(learning.learn(m_operator, premises("SCH"), m_clock.now() - 24h).value(), 0);
    EXPECT_EQ(zones().list(m_auditor, premises("SCH"))->size(), 2U);
}

TEST_F(WalkTestsTest, TheRegisterOfZonesRefusesWhatIsNone) {
    const auto panel = zones().list(m_root, premises("LIB"))->front().panel;
    for (const char* number : {"", "000", "1 2", "12345678901234567", "x;y"}) {
        EXPECT_EQ(zones().save(m_operator, premises("LIB"), {.panel = panel, .number = number}).error().code,
                  ErrorCode::InvalidInput)
            << number;
    }
    EXPECT_EQ(zones().save(m_operator, premises("SCH"), {.panel = panel, .number = "1"}).error().code,
              ErrorCode::NotFound);
    EXPECT_EQ(zones().save(m_auditor, premises("LIB"), {.panel = panel, .number = "1"}).error().code,
              ErrorCode::NotPermitted);
    const auto all = zones().list(m_auditor, premises("LIB")).value();
    std::vector<std::string> numbers;
    for (const auto& zone : all) {
        numbers.push_back(zone.number);
    }
    EXPECT_EQ(numbers, (std::vector<std::string>{"2", "3", "12", "20"})) << "as people count";
    EXPECT_EQ(zones().remove(m_operator, premises("LIB"), all[0].id).error().code, ErrorCode::NotPermitted);
    ASSERT_TRUE(zones().remove(m_supervisor, premises("LIB"), all[0].id));
    EXPECT_EQ(zones().remove(m_supervisor, premises("LIB"), all[0].id).error().code, ErrorCode::NotFound);
    EXPECT_EQ(zones().exportCsv(m_auditor, premises("LIB")).value(),
              "premises,account,zone,name,area,kind\r\nLIB,1001,3,Till,1,hold-up\r\nLIB,1001,12,Hall,1,intruder\r\n"
              "LIB,1001,20,Smoke loft,2,fire\r\n");
}

}  // namespace
}  // namespace leedswatch::tests
