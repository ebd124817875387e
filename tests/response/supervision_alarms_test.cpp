#include "response/supervision_alarms.h"

#include "estate/premises_registry.h"
#include "response/alarm_queue.h"
#include "response/supervision_journal.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using estate::SignallingPath;
using response::Alarm;
using response::AlarmClass;
using response::PathState;
using response::TestState;

class SupervisionAlarmsTest : public testing::Test {
protected:
    SupervisionAlarmsTest() {
        m_database = store::Database::open(m_folder.path(), m_clock).value();
        std::string csv = "account,name,path_category,alternative_line,test_hours\n1001,Otley Library,DP3,2,24\n";
        for (int number = 0; number < 40; ++number) {
            csv += std::to_string(2000 + number) + ",Depot " + std::to_string(number) + ",SP5,,\n";
        }
        EXPECT_TRUE(estate::PremisesRegistry{*m_database}.importCsv(m_acting, csv));
        const auto panels = estate::PremisesRegistry{*m_database}.panels().value();
        for (const auto& panel : panels) {
            m_panels.push_back(panel.id);
        }
    }

    void change(estate::PanelId panel, SignallingPath path, PathState from, PathState to, bool isCatastrophic = false) {
        response::SupervisionChanges changes;
        changes.paths.push_back({panel, path, from, to, m_clock.now(), isCatastrophic});
        ASSERT_TRUE(response::SupervisionJournal{*m_database}.add(changes, {}));
    }
    void changeTest(TestState from, TestState to) {
        response::SupervisionChanges changes;
        changes.tests.push_back({m_panels.front(), from, to, m_clock.now()});
        ASSERT_TRUE(response::SupervisionJournal{*m_database}.add(changes, {}));
    }
    int judge() { return response::raiseSupervised(*m_database, 200).value(); }
    std::vector<Alarm> waiting() { return response::AlarmQueue{*m_database}.snapshot(m_acting)->waiting; }

    TemporaryFolder m_folder;
    FakeClock m_clock{base::fromStored(1'800'000'000'000'000)};
    std::unique_ptr<store::Database> m_database;
    std::vector<estate::PanelId> m_panels;
    const access::Acting m_acting = access::Acting::commandLine();
};

TEST_F(SupervisionAlarmsTest, AFailedPathIsAnAlarmUntilItIsUpAgain) {
    change(m_panels[1], SignallingPath::Primary, PathState::Up, PathState::Late);
    EXPECT_EQ(judge(), 1);
    EXPECT_TRUE(waiting().empty()) << "late is not failed";
    change(m_panels[1], SignallingPath::Primary, PathState::Late, PathState::Failed);
    EXPECT_EQ(judge(), 1);
    ASSERT_EQ(waiting().size(), 1U);
    EXPECT_EQ(waiting()[0].what, "The primary path of account 2000 has failed");
    EXPECT_EQ(judge(), 0) << "each change is judged once";
    change(m_panels[1], SignallingPath::Primary, PathState::Failed, PathState::Up);
    judge();
    EXPECT_TRUE(waiting().empty());
}

TEST_F(SupervisionAlarmsTest, WhatSomebodyHasTakenIsTheirsToClose) {
    change(m_panels[1], SignallingPath::Primary, PathState::Up, PathState::Failed);
    judge();
    response::AlarmQueue queue{*m_database};
    const auto id = queue.acceptNext(m_acting)->id;
    change(m_panels[1], SignallingPath::Primary, PathState::Failed, PathState::Up);
    judge();
    const auto record = queue.record(m_acting, id).value();
    EXPECT_EQ(record.alarm.state, response::AlarmState::InHand);
    EXPECT_EQ(record.entries.back().kind, response::EntryKind::Restored);
}

TEST_F(SupervisionAlarmsTest, BothPathsAreMoreUrgentAndStayWhileOneIsFailed) {
    const auto panel = m_panels.front();
    change(panel, SignallingPath::Alternative, PathState::Up, PathState::Failed);
    judge();
    EXPECT_EQ(waiting().at(0).priority, 5);
    change(panel, SignallingPath::Primary, PathState::Up, PathState::Failed, true);
    judge();
    ASSERT_EQ(waiting().size(), 1U);
    EXPECT_EQ(waiting()[0].priority, 3);
    change(panel, SignallingPath::Primary, PathState::Failed, PathState::Up, true);
    judge();
    ASSERT_EQ(waiting().size(), 1U);
    EXPECT_EQ(waiting()[0].priority, 5);
    change(panel, SignallingPath::Alternative, PathState::Failed, PathState::Up);
    judge();
    EXPECT_TRUE(waiting().empty());
}

TEST_F(SupervisionAlarmsTest, AnOverdueTestIsAnAlarmUntilItComes) {
    changeTest(TestState::Ok, TestState::Overdue);
    judge();
    ASSERT_EQ(waiting().size(), 1U);
    EXPECT_EQ(waiting()[0].alarmClass, AlarmClass::FailToTest);
    changeTest(TestState::Overdue, TestState::Ok);
    judge();
    EXPECT_TRUE(waiting().empty());
}

TEST_F(SupervisionAlarmsTest, ManyFailedPathsAreOneIncident) {
    for (std::size_t number = 1; number < m_panels.size(); ++number) {
        change(m_panels[number], SignallingPath::Primary, PathState::Up, PathState::Failed);
    }
    EXPECT_EQ(judge(), 40);
    ASSERT_EQ(waiting().size(), 1U);
    EXPECT_EQ(waiting()[0].place, "Many premises");
}

}  // namespace
}  // namespace leedswatch::tests
