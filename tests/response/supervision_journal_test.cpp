#include "response/supervision_journal.h"

#include "estate/premises_registry.h"
#include "store/audit_log.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using estate::PanelId;
using estate::SignallingPath;
using response::HeardPaths;
using response::PathChange;
using response::PathStanding;
using response::PathState;
using response::SupervisionChanges;
using response::TestChange;
using response::TestState;

class SupervisionJournalTest : public testing::Test {
protected:
    SupervisionJournalTest() {
        m_database = store::Database::open(m_folder.path(), m_clock).value();
        EXPECT_TRUE(estate::PremisesRegistry{*m_database}.importCsv(access::Acting::commandLine(),
                                                                    "account,name\n1001,A\n1002,B\n"));
        m_journal = std::make_unique<response::SupervisionJournal>(*m_database);
    }

    PathChange change(PanelId panel, PathState from, PathState to, bool isCatastrophic = false) const {
        return {.panel = panel, .from = from, .to = to, .when = m_clock.now(), .isCatastrophic = isCatastrophic};
    }
    void add(const SupervisionChanges& changes, const HeardPaths& heard = {}) {
        const auto added = m_journal->add(changes, heard);
        ASSERT_TRUE(added) << added.error().message;
    }

    TemporaryFolder m_folder;
    FakeClock m_clock{base::fromStored(1'700'000'000'000'000)};
    std::unique_ptr<store::Database> m_database;
    std::unique_ptr<response::SupervisionJournal> m_journal;
};

constexpr PanelId one{1};
constexpr PanelId two{2};

TEST_F(SupervisionJournalTest, RemembersHowPathsStandAndHowLongTheyWereSilentWhileSomebodyWatched) {
    EXPECT_EQ(m_journal->memory()->alive, std::nullopt);
    add({.paths = {change(one, PathState::Unknown, PathState::Up)}},
        {.uptime = 100h, .paths = {{.panel = one, .heard = m_clock.now(), .silence = 5s, .pollInterval = 30s}}});
    m_clock.advance(2h);  // the station is off
    auto memory = m_journal->memory().value();
    EXPECT_EQ(memory.uptime, 100h);
    EXPECT_EQ(memory.alive, m_clock.now() - 2h);
    ASSERT_EQ(memory.paths.size(), 1U);
    EXPECT_EQ(memory.paths.front().state, PathState::Up);
    EXPECT_EQ(memory.paths.front().since, m_clock.now() - 2h);
    EXPECT_EQ(memory.paths.front().silence, 5s);
    EXPECT_EQ(memory.paths.front().pollInterval, 30s);
    ASSERT_TRUE(m_journal->setHeard({.uptime = 101h}));
    memory = m_journal->memory().value();
    EXPECT_EQ(memory.paths.front().silence, 1h + 5s);
}

TEST_F(SupervisionJournalTest, KeepsWhatIsHeardApartFromTheState) {
    add({.paths = {change(one, PathState::Up, PathState::Failed)}});
    ASSERT_TRUE(m_journal->setHeard(
        {.uptime = 1h, .paths = {{.panel = one, .state = PathState::Up, .heard = m_clock.now(), .silence = 0s}}}));
    const auto memory = m_journal->memory().value();
    EXPECT_EQ(memory.paths.front().state, PathState::Failed);
    EXPECT_EQ(memory.paths.front().heard, m_clock.now());
}

TEST_F(SupervisionJournalTest, RemembersTests) {
    ASSERT_TRUE(m_journal->setHeard({.uptime = 10h, .tests = {{.panel = one, .since = m_clock.now(), .waited = 1h}}}));
    add({.tests = {TestChange{one, TestState::Ok, TestState::Overdue, m_clock.now()}}}, {.uptime = 40h});
    auto tests = m_journal->memory()->tests;
    ASSERT_EQ(tests.size(), 1U);
    EXPECT_EQ(tests.front().state, TestState::Overdue);
    EXPECT_EQ(tests.front().tested, std::nullopt);
    EXPECT_EQ(tests.front().waited, 31h);
}

TEST_F(SupervisionJournalTest, ForgetsTheStateOfAPathThatIsSupervisedNoLonger) {
    add({.paths = {change(one, PathState::Up, PathState::Failed), change(one, PathState::Failed, PathState::Unknown)}});
    EXPECT_TRUE(m_journal->memory()->paths.empty());
    EXPECT_EQ(m_journal->changes(access::Acting::commandLine(), {})->size(), 2U);
}

TEST_F(SupervisionJournalTest, ReadsItsChangesBack) {
    const auto failed = change(one, PathState::Late, PathState::Failed, true);
    add({.paths = {failed}});
    m_clock.advance(1min);
    const TestChange overdue{two, TestState::Ok, TestState::Overdue, m_clock.now()};
    add({.tests = {overdue}});
    const auto acting = access::Acting::commandLine();
    const auto all = m_journal->changes(acting, {}).value();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(std::get<TestChange>(all.at(0).change), overdue);
    EXPECT_EQ(std::get<PathChange>(all.at(1).change), failed);
    const auto ofOne = m_journal->changes(acting, {.panel = one}).value();
    ASSERT_EQ(ofOne.size(), 1U);
    EXPECT_EQ(ofOne.front().id, all.at(1).id);
    EXPECT_EQ(m_journal->changes(acting, {.from = m_clock.now()})->size(), 1U);
    const auto after = m_journal->changesAfter(ofOne.front().id, 10).value();
    ASSERT_EQ(after.size(), 1U);
    EXPECT_EQ(after.front().id, all.at(0).id);
}

TEST_F(SupervisionJournalTest, LetsThoseReadWhoMayReadTheLog) {
    access::Acting acting;
    acting.role = access::Role::Operator;
    EXPECT_TRUE(m_journal->changes(acting, {}));
    acting.role = access::Role::Engineer;
    const bool mayRead = access::mayDo(access::Role::Engineer, access::Right::ReadLog);
    EXPECT_EQ(m_journal->changes(acting, {}).has_value(), mayRead);
}

TEST_F(SupervisionJournalTest, IsVouchedForByTheAuditLog) {
    add({.paths = {change(one, PathState::Up, PathState::Failed), change(two, PathState::Up, PathState::Failed)}});
    add({.paths = {change(one, PathState::Failed, PathState::Up)}});
    const std::vector<const store::AuditWitness*> all{&estate::PremisesRegistry::witness(),
                                                      &estate::PremisesRegistry::panelWitness(),
                                                      &response::SupervisionJournal::witness()};
    store::AuditLog log{*m_database};
    EXPECT_TRUE(log.verify(all)->problems.empty());
    const auto forged = m_database->write([](store::Transaction& transaction) -> base::Result<void> {
        transaction.sql() << "UPDATE supervision_change SET after = 'late' WHERE id = 2";
        return {};
    });
    ASSERT_TRUE(forged);
    EXPECT_EQ(log.verify(all)->problems.size(), 1U);
}

}  // namespace
}  // namespace leedswatch::tests
