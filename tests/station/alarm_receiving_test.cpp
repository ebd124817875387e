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
    Dc09Frame ask(Dc09Frame frame) {
        asio::write(m_socket, asio::buffer(alarm::encodeDc09(frame)));
        return answer();
    }
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
