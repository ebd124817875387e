#include "station/alarm_receiving.h"

#include "alarm/dc09_stream.h"
#include "estate/premises_registry.h"
#include "support/system_clock.h"
#include "support/temporary_folder.h"
#include "support/wait_until.h"

#include <asio/buffer.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/write.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/mount.h>
#include <unistd.h>

#include <fstream>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using alarm::Dc09Frame;

/// A panel with a connection of its own.
class DialledPanel {
public:
    explicit DialledPanel(int port) {
        m_socket.connect({asio::ip::address_v4::loopback(), static_cast<asio::ip::port_type>(port)});
    }
    void send(const Dc09Frame& frame) { asio::write(m_socket, asio::buffer(alarm::encodeDc09(frame))); }
    Dc09Frame ask(const Dc09Frame& frame) {
        send(frame);
        return answer();
    }
    bool hasAnswer() { return m_socket.available() > 0; }
    Dc09Frame answer() {
        while (true) {
            if (const auto item = m_stream.next()) {
                return std::get<Dc09Frame>(*item);
            }
            std::array<char, 512> room{};
            m_stream.add({room.data(), m_socket.read_some(asio::buffer(room))});
        }
    }

private:
    asio::io_context m_context;
    asio::ip::tcp::socket m_socket{m_context};
    alarm::Dc09Stream m_stream;
};

Dc09Frame event(const std::string& account, int sequence, const std::string& code = "BA") {
    return {.token = "SIA-DCS",
            .sequence = fmt::format("{:04}", sequence),
            .line = "0",
            .account = account,
            .content = fmt::format("#{}|Nri1/{}01]", account, code)};
}

class AlarmReceivingTest : public testing::Test {
protected:
    AlarmReceivingTest() {
        m_database = store::Database::open(m_folder.path(), kClock).value();
        m_feed = store::ChangeFeed::open(*m_database).value();
    }

    void start(int port = 0) {
        m_receiving =
            std::make_unique<station::AlarmReceiving>(*m_database, kClock, alarm::AlarmPortSettings{.port = port});
        ASSERT_TRUE(m_receiving->start(*m_feed));
    }
    void import(const std::string& csv) {
        const auto report = estate::PremisesRegistry{*m_database}.importCsv(access::Acting::commandLine(), csv);
        ASSERT_TRUE(report) << report.error().message;
    }
    std::vector<response::StoredSignal> stored(const response::SignalQuery& query = {}) {
        return response::SignalJournal{*m_database}.list(access::Acting::commandLine(), query).value();
    }

    TemporaryFolder m_folder;
    std::unique_ptr<store::Database> m_database;
    std::unique_ptr<store::ChangeFeed> m_feed;
    std::unique_ptr<station::AlarmReceiving> m_receiving;
};

TEST_F(AlarmReceivingTest, HasASignalInTheStoreWhenThePanelIsAnswered) {
    import("account,name\n1234,Town Hall\n");
    start();
    DialledPanel panel{m_receiving->port()};
    for (int sequence = 1; sequence <= 20; ++sequence) {
        EXPECT_EQ(panel.ask(event("1234", sequence)).token, "ACK");
        ASSERT_EQ(stored().size(), static_cast<std::size_t>(sequence));
    }
    EXPECT_TRUE(stored().front().signal.panel);
    EXPECT_EQ(stored().front().signal.received.sequence, "0020");
}

TEST_F(AlarmReceivingTest, LearnsOfANewKeyWhileItRuns) {
    start();
    const auto key = alarm::PanelKey::of("sixteen letters!").value();
    const auto sealed = [&] {
        Dc09Frame frame = event("1234", 7);
        frame.encrypted = true;
        frame.content = alarm::encryptDc09("#1234|Nri1/HA01]" + alarm::dc09Timestamp(kClock.now()), key);
        return frame;
    };
    EXPECT_EQ(DialledPanel{m_receiving->port()}.ask(sealed()).token, "DUH");
    import("account,name,key,key_format\n1234,Town Hall,sixteen letters!,text\n");
    const bool isHeard = waitUntil([&] { return DialledPanel{m_receiving->port()}.ask(sealed()).token == "ACK"; }, 20s);
    EXPECT_TRUE(isHeard);
    EXPECT_TRUE(stored().front().signal.received.wasEncrypted);
}

TEST_F(AlarmReceivingTest, AnswersAnAccountThatNobodyKnowsAndKeepsItApart) {
    import("account,name\n1234,Town Hall\n");
    start();
    DialledPanel panel{m_receiving->port()};
    EXPECT_EQ(panel.ask(event("1234", 1)).token, "ACK");
    EXPECT_EQ(panel.ask(event("9999", 2)).token, "ACK");
    const auto unknown = stored({.account = "", .onlyOfNobody = true});
    ASSERT_EQ(unknown.size(), 1U);
    EXPECT_EQ(unknown.front().signal.received.account, "9999");
}

TEST_F(AlarmReceivingTest, RaisesAFaultIfThePortIsTakenAndTriesAgain) {
    start();
    const int port = m_receiving->port();
    auto other = std::move(m_receiving);
    start(port);
    EXPECT_EQ(m_receiving->port(), 0);
    estate::FaultRegister faults{*m_database};
    ASSERT_EQ(faults.current().value().size(), 1U);
    EXPECT_EQ(faults.current().value().front().kind, "alarm-port");
    other.reset();
    m_receiving->keep();
    EXPECT_EQ(m_receiving->port(), port);
    EXPECT_TRUE(faults.current().value().empty());
}

TEST_F(AlarmReceivingTest, AnswersNothingWhileNothingCanBeStoredSaysSoAndGoesOnByItself) {
    import("account,name\n1234,Town Hall\n");
    start();
    const auto execute = [&](const char* how) {
        ASSERT_TRUE(m_database->write([&](store::Transaction& transaction) -> base::Result<void> {
            transaction.sql() << how;
            return {};
        }));
    };
    execute("CREATE TRIGGER broken BEFORE INSERT ON signal BEGIN SELECT RAISE(ABORT, 'the disk is broken'); END");
    DialledPanel panel{m_receiving->port()};
    panel.send(event("1234", 1));
    estate::FaultRegister faults{*m_database};
    ASSERT_TRUE(waitUntil(
        [&] {
            m_receiving->keep();
            return !faults.current()->empty();
        },
        30s));
    EXPECT_EQ(faults.current()->front().kind, "alarm-store");
    EXPECT_NE(faults.current()->front().cause.find("the disk is broken"), std::string::npos);
    EXPECT_FALSE(panel.hasAnswer());
    execute("DROP TRIGGER broken");
    EXPECT_EQ(DialledPanel{m_receiving->port()}.ask(event("1234", 1)).token, "ACK");
    m_receiving->keep();
    EXPECT_TRUE(faults.current()->empty());
}

/// A disk of its own under the data folder: a tmpfs. Only root can mount one.
class AlarmsOnARealDisk : public AlarmReceivingTest {
protected:
    void SetUp() override {
        m_feed.reset();
        m_database.reset();
        if (::geteuid() != 0 || ::mount("tmpfs", m_folder.path().c_str(), "tmpfs", 0, "size=16m") != 0) {
            GTEST_SKIP() << "A disk that fills needs a mount, and that needs root and the right to mount.";
        }
        m_isMounted = true;
        m_database = store::Database::open(m_folder.path(), kClock).value();
        m_feed = store::ChangeFeed::open(*m_database).value();
    }
    void TearDown() override {
        m_receiving.reset();
        m_feed.reset();
        m_database.reset();
        if (m_isMounted) {
            ::umount2(m_folder.path().c_str(), MNT_DETACH);
        }
    }
    void fillUp() {
        std::ofstream big{bigFile(), std::ios::binary};
        const std::string block(4U << 10U, 'x');
        while (big.write(block.data(), static_cast<std::streamsize>(block.size())).flush()) {
        }
    }
    std::filesystem::path bigFile() const { return m_folder.path() / "big"; }

    bool m_isMounted = false;
};

TEST_F(AlarmsOnARealDisk, AFullOneIsAFaultThatIsWrittenInItsReserveAndNobodyIsAnsweredForNothing) {
    import("account,name\n1234,Town Hall\n");
    start();
    EXPECT_EQ(DialledPanel{m_receiving->port()}.ask(event("1234", 1)).token, "ACK");
    fillUp();
    // Few enough for the descriptors that a process has, of which each takes five.
    constexpr int wave = 50;
    constexpr std::size_t mostPanels = 150;
    std::vector<std::unique_ptr<DialledPanel>> panels;
    int sent = 0;
    const auto faults = [&] { return estate::FaultRegister{*m_database}.current().value(); };
    ASSERT_TRUE(waitUntil(
        [&] {
            for (int panel = 0; panel < wave && panels.size() < mostPanels; ++panel) {
                panels.push_back(std::make_unique<DialledPanel>(m_receiving->port()));
                panels.back()->send(event("1234", ++sent + 1, std::string(2'000, ' ') + "BA"));
            }
            m_receiving->keep();
            return !faults().empty();
        },
        60s));
    const auto fault = faults().front();
    EXPECT_EQ(fault.kind, "alarm-store");
    EXPECT_NE(fault.cause.find("Alarms cannot be stored"), std::string::npos);
    EXPECT_NE(fault.message.find("Free some space"), std::string::npos);
    int answered = 0;
    for (const auto& panel : panels) {
        answered += panel->hasAnswer() ? 1 : 0;
    }
    EXPECT_LE(static_cast<std::size_t>(answered), stored({.account = "", .most = 100'000}).size());
    // There is room again: a panel is answered, and the fault ends.
    std::filesystem::remove(bigFile());
    EXPECT_EQ(DialledPanel{m_receiving->port()}.ask(event("1234", 1)).token, "ACK");
    m_receiving->keep();
    EXPECT_TRUE(faults().empty());
}

TEST_F(AlarmReceivingTest, EndsTheFaultOfAFullDiskThoughNoSignalComes) {
    estate::FaultRegister faults{*m_database};
    ASSERT_TRUE(faults.raise("alarm-store", "alarm receiving", "of the station that ran before", "wait"));
    start();
    m_receiving->keep();
    EXPECT_TRUE(faults.current().value().empty());
}

TEST_F(AlarmReceivingTest, ShowsWhatWentThroughThePort) {
    start();
    DialledPanel panel{m_receiving->port()};
    EXPECT_EQ(panel.ask(event("1234", 1)).token, "ACK");
    EXPECT_EQ(panel.ask({.token = "SCN-S8", .sequence = "0002", .line = "0", .account = "1", .content = "]"}).token,
              "DUH");
    m_receiving->keep();
    const auto statuses = response::PortStatuses{*m_database}.list().value();
    ASSERT_EQ(statuses.size(), 1U);
    EXPECT_EQ(statuses[0].port, fmt::format("127.0.0.1 port {}", m_receiving->port()));
    EXPECT_EQ(statuses[0].counts.signals, 1U);
    EXPECT_EQ(statuses[0].counts.connections, 1U);
    EXPECT_EQ(statuses[0].counts.refusals.size(), 1U);
    EXPECT_EQ(statuses[0].waiting, 0);
}

TEST_F(AlarmReceivingTest, WritesWhatItHeardBeforeItStops) {
    import("account,name\n1234,Town Hall\n");
    start();
    DialledPanel panel{m_receiving->port()};
    EXPECT_EQ(panel.ask(event("1234", 1)).token, "ACK");
    m_receiving->stop();
    EXPECT_EQ(stored().size(), 1U);
}

TEST_F(AlarmReceivingTest, WritesWhenAPanelWasHeardByAPollOrASignal) {
    import("account,name\n1234,Town Hall\n5678,Library\n9012,Baths\n");
    start();
    DialledPanel panel{m_receiving->port()};
    EXPECT_EQ(panel.ask(event("1234", 1)).token, "ACK");
    EXPECT_EQ(panel.ask({.token = "NULL", .sequence = "0000", .line = "0", .account = "5678", .content = "]"}).token,
              "ACK");
    EXPECT_EQ(panel.ask({.token = "NULL", .sequence = "0000", .line = "0", .account = "6666", .content = "]"}).token,
              "ACK");
    m_receiving->keep();
    estate::PremisesRegistry registry{*m_database};
    const auto heard = registry.heard().value();
    EXPECT_EQ(heard.size(), 2U);
    EXPECT_TRUE(heard.contains(registry.panels().value().at(0).id));
    EXPECT_TRUE(heard.contains(registry.panels().value().at(1).id));
}

TEST_F(AlarmReceivingTest, TakesASignalOnceThoughItIsSentUntilItIsAnswered) {
    import("account,name\n1234,Town Hall\n");
    start();
    for (int time = 0; time < 3; ++time) {
        EXPECT_EQ(DialledPanel{m_receiving->port()}.ask(event("1234", 1)).token, "ACK");
    }
    ASSERT_EQ(stored().size(), 1U);
    EXPECT_EQ(stored().front().repetitions, 2);
}

}  // namespace
}  // namespace leedswatch::tests
