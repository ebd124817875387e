#include "station/supervision_watch.h"

#include "alarm/dc09_stream.h"
#include "response/test_periods.h"
#include "station/alarm_receiving.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"
#include "support/wait_until.h"

#include <asio/buffer.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/write.hpp>
#include <gtest/gtest.h>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using estate::SignallingPath;
using response::PathChange;
using response::PathState;
using response::TestChange;
using response::TestState;

class SupervisionWatchTest : public testing::Test {
protected:
    SupervisionWatchTest() {
        m_database = store::Database::open(m_folder.path(), m_clock).value();
        m_feed = store::ChangeFeed::open(*m_database).value();
    }

    void import(const std::string& csv) {
        const auto report = estate::PremisesRegistry{*m_database}.importCsv(access::Acting::commandLine(), csv);
        ASSERT_TRUE(report) << report.error().message;
    }
    void start(int port = 0) {
        m_receiving = std::make_unique<station::AlarmReceiving>(
            *m_database, m_clock, alarm::AlarmPortSettings{.port = port}, alarm::Mlr2PortSettings{});
        ASSERT_TRUE(m_receiving->start(*m_feed));
    }
    /// A message over a connection of its own, and its answer.
    void say(const std::string& token, const std::string& account, const std::string& line = "0",
             const std::string& data = "") {
        asio::io_context context;
        asio::ip::tcp::socket socket{context};
        socket.connect({asio::ip::address_v4::loopback(), static_cast<asio::ip::port_type>(m_receiving->port())});
        asio::write(socket, asio::buffer(alarm::encodeDc09({.token = token,
                                                            .sequence = std::to_string(m_sequence++),
                                                            .line = line,
                                                            .account = account,
                                                            .content = data + "]"})));
        alarm::Dc09Stream stream;
        while (!stream.next()) {
            std::array<char, 512> room{};
            stream.add({room.data(), socket.read_some(asio::buffer(room))});
        }
    }
    void poll(const std::string& account, const std::string& line = "0") { say("NULL", account, line); }
    void wait(base::Microseconds time) {
        m_clock.advance(time);
        m_receiving->keep();
    }
    PathState state(const std::string& account, SignallingPath path = SignallingPath::Primary) {
        const auto memory = response::SupervisionJournal{*m_database}.memory().value();
        for (const auto& standing : memory.paths) {
            if (standing.panel == panel(account) && standing.path == path) {
                return standing.state;
            }
        }
        return PathState::Unknown;
    }
    estate::PanelId panel(const std::string& account) {
        const auto panels = estate::PremisesRegistry{*m_database}.panels().value();
        for (const estate::Panel& one : panels) {
            if (one.account == account) {
                return one.id;
            }
        }
        return {};
    }
    /// In their order.
    template <typename Change>
    std::vector<Change> changes() {
        std::vector<Change> found;
        const auto all = response::SupervisionJournal{*m_database}.changesAfter({}, 100'000).value();
        for (const auto& one : all) {
            if (const auto* change = std::get_if<Change>(&one.change)) {
                found.push_back(*change);
            }
        }
        return found;
    }
    std::vector<estate::Fault> faults() { return estate::FaultRegister{*m_database}.current().value(); }

    TemporaryFolder m_folder;
    FakeClock m_clock{base::fromStored(1'700'000'000'000'000)};
    std::unique_ptr<store::Database> m_database;
    std::unique_ptr<store::ChangeFeed> m_feed;
    std::unique_ptr<station::AlarmReceiving> m_receiving;
    int m_sequence = 1'000;
};

TEST_F(SupervisionWatchTest, HasAPathFailedThatIsNotHeardAndRestoredByTwoPolls) {
    import("account,name,path_category\n1001,Town Hall,SP4\n1002,Library,SP1\n");
    start();
    poll("1001");
    poll("1002");
    wait(1s);
    EXPECT_EQ(state("1001"), PathState::Up);
    EXPECT_TRUE(faults().empty());
    wait(3min);
    EXPECT_EQ(state("1001"), PathState::Failed);
    EXPECT_EQ(state("1002"), PathState::Up);
    ASSERT_EQ(faults().size(), 1U);
    EXPECT_EQ(faults().front().cause, "1 alarm panel is not heard: 1001.");
    poll("1001");
    wait(20s);
    EXPECT_EQ(state("1001"), PathState::Failed);
    poll("1001");
    wait(1s);
    EXPECT_EQ(state("1001"), PathState::Up);
    EXPECT_TRUE(faults().empty());
    const auto told = changes<PathChange>();
    ASSERT_EQ(told.size(), 4U);
    EXPECT_EQ(told.at(2).to, PathState::Failed);
    EXPECT_EQ(told.at(3).to, PathState::Up);
}

TEST_F(SupervisionWatchTest, TellsTheTwoPathsOfAPanelApartByTheirLines) {
    import("account,name,line,path_category,alternative_line\n1001,Town Hall,1,DP3,2\n");
    start();
    poll("1001", "1");
    poll("1001", "2");
    wait(1s);
    EXPECT_EQ(state("1001"), PathState::Up);
    EXPECT_EQ(state("1001", SignallingPath::Alternative), PathState::Up);
    wait(174s);
    EXPECT_EQ(state("1001"), PathState::Failed);
    EXPECT_EQ(state("1001", SignallingPath::Alternative), PathState::Up);
    ASSERT_EQ(faults().size(), 1U);
    EXPECT_EQ(faults().front().cause, "1 alarm panel is heard by one of two paths only: 1001.");
    wait(174s);
    EXPECT_EQ(state("1001", SignallingPath::Alternative), PathState::Failed);
    EXPECT_TRUE(changes<PathChange>().back().isCatastrophic);
    EXPECT_EQ(faults().front().cause, "1 alarm panel is not heard: 1001.");
}

TEST_F(SupervisionWatchTest, TellsTheTwoPathsOfAPanelApartByTheirNetworks) {
    import(
        "account,name,path_category,alternative_source\n1001,Town Hall,DP3,127.0.0.0/8\n1002,Baths,DP3,10.0.0.0/8\n");
    start();
    poll("1001");
    poll("1002");
    wait(1s);
    EXPECT_EQ(state("1001"), PathState::Unknown);
    EXPECT_EQ(state("1001", SignallingPath::Alternative), PathState::Up);
    EXPECT_EQ(state("1002"), PathState::Up);
    EXPECT_EQ(state("1002", SignallingPath::Alternative), PathState::Unknown);
}

TEST_F(SupervisionWatchTest, HasAPanelOverdueThatDoesNotSendItsTest) {
    import("account,name,test_hours\n1001,Town Hall,24\n1002,Library,24\n");
    start();
    wait(26h);
    say("SIA-DCS", "1001", "0", "#1001|Nri1/RP00");
    say("ADM-CID", "1002", "0", "#1002|1130 01 001");
    wait(1h);
    ASSERT_EQ(changes<TestChange>().size(), 1U);
    EXPECT_EQ(changes<TestChange>().front().panel, panel("1002"));
    ASSERT_EQ(faults().size(), 1U);
    EXPECT_EQ(faults().front().cause, "1 alarm panel has not sent a test in time: 1002.");
    say("ADM-CID", "1002", "0", "#1002|1602 00 000");
    wait(1s);
    EXPECT_EQ(changes<TestChange>().back().to, TestState::Ok);
    EXPECT_TRUE(faults().empty());
}

TEST_F(SupervisionWatchTest, CountsATestSignalOfASystemThatIsOnTest) {
    import("account,name,test_hours\n1001,Town Hall,24\n1002,Library,24\n");
    start();
    wait(23h);
    const auto all = estate::PremisesRegistry{*m_database}.list().value();
    for (const estate::Premises& premises : all) {
        response::TestPeriod period;
        period.premises = premises.id;
        period.ends = m_clock.now() + 8h;
        period.byWhom = "Mr Dale, known by voice";
        period.reason = "service";
        ASSERT_TRUE(response::TestPeriods{*m_database}.begin(access::Acting::commandLine(), period));
    }
    say("SIA-DCS", "1001", "0", "#1001|Nri1/RP00");
    say("ADM-CID", "1002", "0", "#1002|1602 00 000");
    wait(20h);
    EXPECT_TRUE(changes<TestChange>().empty()) << "on test or not, the way to us was proved";
    wait(7h);
    EXPECT_EQ(changes<TestChange>().size(), 2U) << "and from then on the next one is waited for";
}

TEST_F(SupervisionWatchTest, FailsNobodyBecauseTheStationWasOff) {
    import("account,name,path_category,test_hours\n1001,Town Hall,SP4,24\n1002,Library,SP2,\n");
    start();
    poll("1001");
    poll("1002");
    say("SIA-DCS", "1001", "0", "#1001|Nri1/RP00");
    wait(10s);
    m_receiving->stop();
    m_clock.advance(30h);
    start();
    wait(1s);
    EXPECT_EQ(state("1001"), PathState::Up);
    wait(100s);
    EXPECT_EQ(state("1001"), PathState::Up);
    wait(80s);
    EXPECT_EQ(state("1001"), PathState::Failed);
    EXPECT_EQ(state("1002"), PathState::Up);
    wait(24h);
    EXPECT_EQ(state("1002"), PathState::Late);
    EXPECT_TRUE(changes<TestChange>().empty());
}

TEST_F(SupervisionWatchTest, KeepsWhatHasFailedOverARestart) {
    import("account,name,path_category\n1001,Town Hall,SP4\n");
    start();
    poll("1001");
    wait(3min);
    ASSERT_EQ(state("1001"), PathState::Failed);
    const auto since = response::SupervisionJournal{*m_database}.memory()->paths.front().since;
    m_receiving->stop();
    m_clock.advance(1h);
    start();
    wait(1s);
    EXPECT_EQ(response::SupervisionJournal{*m_database}.memory()->paths.front().since, since);
    EXPECT_EQ(faults().size(), 1U);
    EXPECT_EQ(changes<PathChange>().size(), 2U);
}

TEST_F(SupervisionWatchTest, CountsNoSilenceWhileItsOwnPortIsShut) {
    import("account,name,path_category\n1001,Town Hall,SP4\n");
    asio::io_context context;
    asio::ip::tcp::acceptor other{context, {asio::ip::address_v4::loopback(), 0}};
    start(other.local_endpoint().port());
    wait(10min);
    EXPECT_EQ(state("1001"), PathState::Unknown);
    other.close();
    wait(0s);
    ASSERT_NE(m_receiving->port(), 0);
    wait(170s);
    EXPECT_EQ(state("1001"), PathState::Unknown);
    wait(10s);
    EXPECT_EQ(state("1001"), PathState::Failed);
}

TEST_F(SupervisionWatchTest, MindsNoStepOfTheWallClock) {
    import("account,name,path_category\n1001,Town Hall,SP4\n");
    start();
    poll("1001");
    wait(1s);
    m_clock.stepWallClock(1h);
    wait(1s);
    EXPECT_EQ(state("1001"), PathState::Up);
    m_clock.stepWallClock(-2h);
    wait(3min);
    EXPECT_EQ(state("1001"), PathState::Failed);
}

TEST_F(SupervisionWatchTest, HasOneFaultForThousandsOfPanelsAndTellsEachChangeOnce) {
    std::string csv = "account,name,path_category\n";
    for (int account = 1'000; account < 3'000; ++account) {
        csv += std::to_string(account) + ",Premises,SP5\n";
    }
    import(csv);
    start();
    wait(2min);
    ASSERT_TRUE(waitUntil([&] { return changes<PathChange>().size() >= 2'000U; }, 20s));
    ASSERT_EQ(faults().size(), 1U);
    EXPECT_EQ(faults().front().cause, "2000 alarm panels are not heard: 1000, 1001, 1002 and 1997 more.");
    EXPECT_EQ(response::SupervisionJournal{*m_database}.changesAfter({}, 100'000)->size(), 2'000U);
}

TEST_F(SupervisionWatchTest, WritesLaterWhatCannotBeWrittenNow) {
    import("account,name,path_category\n1001,Town Hall,SP4\n");
    start();
    const auto refuse = [&](const char* how) {
        ASSERT_TRUE(m_database->write([&](store::Transaction& transaction) -> base::Result<void> {
            transaction.sql() << how;
            return {};
        }));
    };
    refuse(
        "CREATE TRIGGER full BEFORE INSERT ON supervision_change BEGIN SELECT RAISE(ABORT, 'the disk is full'); END");
    wait(3min);
    EXPECT_EQ(state("1001"), PathState::Unknown);
    EXPECT_TRUE(changes<PathChange>().empty());
    refuse("DROP TRIGGER full");
    wait(1s);
    EXPECT_EQ(state("1001"), PathState::Failed);
    EXPECT_EQ(changes<PathChange>().size(), 1U);
}

}  // namespace
}  // namespace leedswatch::tests
