#include "response/opening_rules.h"

#include "base/local_time.h"
#include "estate/premises_registry.h"
#include "response/alarm_queue.h"
#include "response/set_states.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using estate::HoursLevel;
using estate::OpeningCalendar;
using estate::OpeningHours;
using estate::OpeningMonitor;
using response::Alarm;
using response::AlarmState;

base::UtcTime at(const char* time) {
    return base::parseTime(time).value();
}

OpeningHours hours(const char* text, HoursLevel level = HoursLevel::Standard, const char* first = "",
                   const char* last = "") {
    OpeningHours hours;
    hours.level = level;
    hours.hours = base::WeeklySchedule::parse(text).value();
    hours.firstDay = first;
    hours.lastDay = last;
    return hours;
}

TEST(OpeningCalendar, TemporaryHoursHoldBeforeHolidaysAndThoseBeforeStandardOnes) {
    const OpeningCalendar calendar{{hours("Mon-Fri 08:00-18:00"), hours("Mon-Sun 10:00-16:00", HoursLevel::Holiday),
                                    hours("Mon-Sun 08:00-22:00", HoursLevel::Temporary, "2026-12-23", "2026-12-24")},
                                   {"2026-12-25", "2026-12-24"}};
    EXPECT_TRUE(calendar.isOpen(at("2026-12-22T17:00")));  // Tuesday, standard
    EXPECT_FALSE(calendar.isOpen(at("2026-12-22T19:00")));
    EXPECT_TRUE(calendar.isOpen(at("2026-12-23T21:00")));   // temporary
    EXPECT_TRUE(calendar.isOpen(at("2026-12-24T21:00")));   // temporary before the holiday
    EXPECT_FALSE(calendar.isOpen(at("2026-12-25T09:00")));  // holiday
    EXPECT_TRUE(calendar.isOpen(at("2026-12-25T11:00")));
}

TEST(OpeningCalendar, APublicHolidayWithoutHoursIsClosed) {
    const OpeningCalendar calendar{{hours("Mon-Fri 08:00-18:00")}, {"2026-12-25"}};
    EXPECT_FALSE(calendar.isOpen(at("2026-12-25T11:00")));
}

// The last Sunday in March has no 01:00 to 02:00, that in October has it twice.
TEST(OpeningCalendar, TheNightsOfTheClockChangesAreByTheClockOnTheWall) {
    const OpeningCalendar calendar{{hours("Sat 18:00-01:30; Sun 01:45-03:00")}, {}};
    EXPECT_TRUE(calendar.isOpen(at("2026-03-29T00:59")));
    EXPECT_TRUE(calendar.isOpen(at("2026-03-29T02:00"))) << "the first minute behind the hour that is left out";
    EXPECT_FALSE(calendar.isOpen(at("2026-03-29T03:00")));
    EXPECT_TRUE(calendar.isOpen(at("2026-10-25T01:29:00+01:00")));
    EXPECT_FALSE(calendar.isOpen(at("2026-10-25T01:30:00+01:00")));
    EXPECT_TRUE(calendar.isOpen(at("2026-10-25T01:29:00+00:00"))) << "once more in the second hour";
    EXPECT_FALSE(calendar.isOpen(at("2026-10-25T01:40:00+00:00")));
    EXPECT_TRUE(calendar.isOpen(at("2026-10-25T01:45:00+00:00")));
}

class OpeningRulesTest : public testing::Test {
protected:
    OpeningRulesTest() {
        m_database = store::Database::open(m_folder.path(), m_clock).value();
        EXPECT_TRUE(estate::PremisesRegistry{*m_database}.importCsv(m_acting, "account,name\n1001,Otley Library\n"));
        m_panel = estate::PremisesRegistry{*m_database}.panels()->front();
        import("premises,hours,monitors\n1001,Mon-Fri 08:00-18:00,late-close;early-open;late-open;early-close\n");
    }
    void import(const std::string& csv) {
        const auto imported = estate::OpeningHoursRegistry{*m_database}.importCsv(m_acting, csv);
        EXPECT_TRUE(imported) << imported.error().message;
    }
    /// A panel says that it was set or unset; what the rules made of it.
    std::optional<response::Decision> say(bool isSet, const char* when) {
        return m_database
            ->write([&](store::Transaction& transaction) -> base::Result<std::optional<response::Decision>> {
                response::writeSetState(transaction.sql(), m_panel.id, "1", {isSet, at(when), "7"});
                response::NewAlarm wanted;
                wanted.premises = m_panel.premises;
                wanted.panel = m_panel.id;
                wanted.what = "User 7";
                wanted.raised = at(when);
                response::AlarmChange change{transaction, m_acting};
                auto decision = response::judgeSetting(change, wanted, isSet);
                change.finish("test", "test");
                return decision;
            })
            .value();
    }
    int look(const char* when) { return response::watchOpening(*m_database, at(when)).value(); }
    std::vector<Alarm> waiting() { return response::AlarmQueue{*m_database}.snapshot(m_acting)->waiting; }

    TemporaryFolder m_folder;
    FakeClock m_clock{at("2026-11-23T12:00")};  // a Monday
    std::unique_ptr<store::Database> m_database;
    estate::Panel m_panel;
    const access::Acting m_acting = access::Acting::commandLine();
};

TEST_F(OpeningRulesTest, WhatIsNotSetAtTheEndIsLateToCloseOnceADay) {
    EXPECT_EQ(look("2026-11-23T18:30"), 0) << "the panel has never said";
    EXPECT_FALSE(say(false, "2026-11-23T08:01"));
    EXPECT_EQ(look("2026-11-23T18:14"), 0) << "within the tolerance";
    EXPECT_EQ(look("2026-11-23T18:16"), 1);
    EXPECT_EQ(look("2026-11-23T18:17"), 0);
    ASSERT_EQ(waiting().size(), 1U);
    EXPECT_EQ(waiting()[0].what, "Late to close: not set at 18:16:00");
    const auto set = say(true, "2026-11-23T18:40");
    ASSERT_TRUE(set);
    EXPECT_EQ(set->outcome, response::Decision::Outcome::Closed);
    EXPECT_TRUE(waiting().empty());
}

TEST_F(OpeningRulesTest, WhatSomebodyHasIsTheirsToClose) {
    say(false, "2026-11-23T08:01");
    look("2026-11-23T18:16");
    response::AlarmQueue queue{*m_database};
    const auto id = queue.acceptNext(m_acting)->id;
    EXPECT_EQ(say(true, "2026-11-23T18:40")->outcome, response::Decision::Outcome::Joined);
    EXPECT_EQ(queue.record(m_acting, id)->alarm.state, AlarmState::InHand);
}

TEST_F(OpeningRulesTest, UnsetOutsideTheHoursIsAnAlarm) {
    EXPECT_FALSE(say(false, "2026-11-23T07:50")) << "a little early";
    const auto early = say(false, "2026-11-24T03:00");
    ASSERT_TRUE(early);
    EXPECT_EQ(early->outcome, response::Decision::Outcome::Raised);
    EXPECT_EQ(waiting().at(0).alarmClass, response::AlarmClass::OpenClose);
}

TEST_F(OpeningRulesTest, StillSetAfterTheHoursBeganIsLateToOpen) {
    say(true, "2026-11-23T18:00");
    EXPECT_EQ(look("2026-11-24T08:10"), 0);
    EXPECT_EQ(look("2026-11-24T08:16"), 1);
    EXPECT_EQ(say(false, "2026-11-24T08:30")->outcome, response::Decision::Outcome::Closed);
}

TEST_F(OpeningRulesTest, SetWithinTheHoursIsAnAlarmWhereThatIsWatched) {
    EXPECT_EQ(say(true, "2026-11-23T12:00")->outcome, response::Decision::Outcome::Raised);
    import("premises,hours\n1001,Mon-Fri 08:00-18:00\n");
    say(false, "2026-11-23T12:30");
    EXPECT_FALSE(say(true, "2026-11-24T12:00"));
}

TEST_F(OpeningRulesTest, OnAPublicHolidayNobodyOpens) {
    ASSERT_TRUE(
        estate::OpeningHoursRegistry{*m_database}.importHolidays(m_acting, "day,name\n2026-12-25,Christmas Day\n"));
    EXPECT_EQ(say(false, "2026-12-25T11:00")->outcome, response::Decision::Outcome::Raised);
}

TEST_F(OpeningRulesTest, AFileIsCheckedAndTakenWhole) {
    estate::OpeningHoursRegistry registry{*m_database};
    for (const char* csv :
         {"premises,hours\n9999,Mon 08:00-09:00\n", "premises,hours\n1001,sometimes\n",
          "premises,hours,level\n1001,Mon 08:00-09:00,often\n",
          "premises,hours,level\n1001,Mon 08:00-09:00,temporary\n",
          "premises,hours,level,first_day,last_day\n1001,Mon 08:00-09:00,temporary,2026-12-24,2026-12-23\n",
          "premises,hours,tolerance\n1001,Mon 08:00-09:00,999\n",
          "premises,hours,monitors\n1001,Mon 08:00-09:00,everything\n"}) {
        EXPECT_EQ(registry.importCsv(m_acting, csv).error().code, base::ErrorCode::InvalidInput) << csv;
    }
    EXPECT_EQ(registry.importHolidays(m_acting, "day,name\nChristmas,x\n").error().code, base::ErrorCode::InvalidInput);
    access::Acting person;
    person.role = access::Role::Operator;
    EXPECT_EQ(registry.importCsv(person, "premises,hours\n").error().code, base::ErrorCode::NotPermitted);
}

}  // namespace
}  // namespace leedswatch::tests
