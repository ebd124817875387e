#include "station/test_keeper.h"

#include "estate/premises_registry.h"
#include "response/test_reports.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"
#include "support/wait_until.h"

#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;

class TestKeeperTest : public testing::Test {
protected:
    TestKeeperTest() {
        m_database = store::Database::open(m_folder.path(), m_clock).value();
        EXPECT_TRUE(estate::PremisesRegistry{*m_database}.importCsv(m_acting, "account,name\n1001,Library\n"));
    }
    response::TestPeriod begin(std::chrono::minutes minutes) {
        response::TestPeriod wanted;
        wanted.premises = estate::PremisesRegistry{*m_database}.list().value().front().id;
        wanted.ends = m_clock.now() + minutes;
        wanted.byWhom = "Mr Dale";
        wanted.reason = "new siren";
        return response::TestPeriods{*m_database}.begin(m_acting, wanted).value();
    }
    bool ends(response::TestPeriodId id) {
        return waitUntil([&] { return response::TestPeriods{*m_database}.find(m_acting, id)->ended.has_value(); }, 10s);
    }

    const access::Acting m_acting = access::Acting::commandLine();
    TemporaryFolder m_folder;
    FakeClock m_clock{base::fromStored(1'800'000'000'000'000)};
    std::unique_ptr<store::Database> m_database;
};

TEST_F(TestKeeperTest, ATestWhoseTimeIsUpEndsWithItsNoticeAndTheOthersGoOn) {
    const auto shorter = begin(30min);
    const auto longer = begin(2h);
    station::TestKeeper keeper{*m_database, m_clock};
    keeper.start();
    m_clock.advance(30min);
    EXPECT_TRUE(ends(shorter.id));
    EXPECT_FALSE(response::TestPeriods{*m_database}.find(m_acting, longer.id)->ended.has_value());
    EXPECT_EQ(response::TestReports{*m_database}.list(m_acting, {})->size(), 1U);
}

TEST_F(TestKeeperTest, AVisitOfAnEngineerEndsWhenItsTimeIsUp) {
    response::EngineerVisits visits{*m_database};
    response::EngineerVisit visit;
    visit.premises = estate::PremisesRegistry{*m_database}.list().value().front().id;
    visit.ends = m_clock.now() + 1h;
    visit.engineer = "Mr Dale of Otley Alarms";
    ASSERT_TRUE(visits.begin(m_acting, visit));
    station::TestKeeper keeper{*m_database, m_clock};
    keeper.start();
    EXPECT_EQ(visits.lasting()->size(), 1U);
    m_clock.advance(1h);
    EXPECT_TRUE(waitUntil([&] { return visits.lasting()->empty(); }, 10s));
}

// The wall clock is set back an hour: who is on test for half an hour is heard again after half an hour.
TEST_F(TestKeeperTest, AClockThatIsSetBackProlongsNoTest) {
    const auto period = begin(30min);
    station::TestKeeper keeper{*m_database, m_clock};
    keeper.start();
    m_clock.stepWallClock(-1h);
    m_clock.advance(30min);
    EXPECT_TRUE(ends(period.id));
}

}  // namespace
}  // namespace leedswatch::tests
