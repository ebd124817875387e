#include "station/receiver_lines.h"

#include "alarm/mlr2_line.h"
#include "alarm/mlr2_sender.h"
#include "estate/panel_protocols.h"
#include "estate/premises_registry.h"
#include "response/code_overrides.h"
#include "station/alarm_receiving.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"
#include "support/wait_until.h"

#include <asio/buffer.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/read.hpp>
#include <asio/write.hpp>
#include <gmock/gmock.h>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

const std::string kReceiverBeat = alarm::mlr2Heartbeat("01", '1');

/// A receiver's connection to the station.
class ConnectedReceiver {
public:
    explicit ConnectedReceiver(int port) {
        m_socket.connect({asio::ip::address_v4::loopback(), static_cast<asio::ip::port_type>(port)});
    }
    bool isAcknowledged(const std::string& line) {
        asio::write(m_socket, asio::buffer(line));
        char answer = 0;
        asio::read(m_socket, asio::buffer(&answer, 1));
        return answer == alarm::mlr2Acknowledgement;
    }

private:
    asio::io_context m_context;
    asio::ip::tcp::socket m_socket{m_context};
};

class ReceiverLinesTest : public testing::Test {
protected:
    ReceiverLinesTest() {
        m_database = store::Database::open(m_folder.path(), m_clock).value();
        m_feed = store::ChangeFeed::open(*m_database).value();
        import("account,name,premises,protocol\n1234,Library,LIB,MLR2\n5678,Baths,BATH,dc-09\n");
    }

    void start(const alarm::Mlr2PortSettings& receivers = {.port = 0}) {
        m_receiving.reset();
        m_receiving = std::make_unique<station::AlarmReceiving>(*m_database, m_clock,
                                                                alarm::AlarmPortSettings{.port = 0}, receivers);
        ASSERT_TRUE(m_receiving->start(*m_feed));
    }
    int port() { return m_receiving->receivers().port(); }
    void import(const std::string& csv) {
        const auto report = estate::PremisesRegistry{*m_database}.importCsv(access::Acting::commandLine(), csv);
        ASSERT_TRUE(report) << report.error().message;
    }
    std::vector<response::StoredSignal> stored() {
        return response::SignalJournal{*m_database}.list(access::Acting::commandLine(), {}).value();
    }
    std::vector<estate::Fault> faults() {
        m_receiving->keep();
        return estate::FaultRegister{*m_database}.current().value();
    }

    FakeClock m_clock{base::fromStored(1'800'000'000'000'000)};
    TemporaryFolder m_folder;
    std::unique_ptr<store::Database> m_database;
    std::unique_ptr<store::ChangeFeed> m_feed;
    std::unique_ptr<station::AlarmReceiving> m_receiving;
};

TEST_F(ReceiverLinesTest, HaveALineInTheStoreWhenItIsAcknowledged) {
    start();
    ConnectedReceiver receiver{port()};
    EXPECT_TRUE(receiver.isAcknowledged("5011 181234E13001017\x14"));
    ASSERT_EQ(stored().size(), 1U);
    const auto signal = stored().front().signal;
    EXPECT_TRUE(signal.panel);
    EXPECT_EQ(signal.received.protocol, "MLR2");
    EXPECT_EQ(signal.events.at(0).meaning.category, alarm::SignalCategory::Intruder);
    EXPECT_TRUE(receiver.isAcknowledged("5011 181234E13001017\x14"));
    EXPECT_EQ(stored().size(), 2U);
    m_clock.advance(4s);
    EXPECT_TRUE(receiver.isAcknowledged("5011 181234E13001017\x14"));
    EXPECT_EQ(stored().size(), 2U);
    EXPECT_EQ(stored().front().repetitions, 1);
}

TEST_F(ReceiverLinesTest, TakeALineOnceThatAStationStoredWhichThenEnded) {
    start();
    const std::string line = "5011 181234E13001017\x14";
    EXPECT_TRUE(ConnectedReceiver{port()}.isAcknowledged("5011 181234R13001017\x14"));
    EXPECT_TRUE(ConnectedReceiver{port()}.isAcknowledged(line));
    m_clock.advance(1min);
    start();
    ConnectedReceiver receiver{port()};
    EXPECT_TRUE(receiver.isAcknowledged(kReceiverBeat));
    EXPECT_TRUE(receiver.isAcknowledged(line));
    ASSERT_EQ(stored().size(), 2U);
    EXPECT_EQ(stored().front().repetitions, 1);
    EXPECT_TRUE(receiver.isAcknowledged("5011 181234R13001017\x14"));
    EXPECT_EQ(stored().size(), 3U);
}

TEST_F(ReceiverLinesTest, KeepWhatNobodyKnowsAsUnmapped) {
    start();
    ConnectedReceiver receiver{port()};
    EXPECT_TRUE(receiver.isAcknowledged("Z011 something new\x14"));
    EXPECT_EQ(stored().front().signal.events.at(0).meaning.category, alarm::SignalCategory::Unmapped);
    EXPECT_EQ(stored().front().signal.received.data, "Z011 something new");
}

TEST_F(ReceiverLinesTest, LearnOfANewMeaningWhileTheyRun) {
    start();
    ConnectedReceiver receiver{port()};
    const std::string line = "1011      1234 3 7\x14";
    EXPECT_TRUE(receiver.isAcknowledged(line));
    EXPECT_EQ(stored().front().signal.events.at(0).meaning.category, alarm::SignalCategory::Unmapped);
    const auto rule = response::checkedCodeRule(
        {.premises = "LIB", .scheme = "basic", .code = "3", .category = "alarm_holdup", .event = "Till"});
    ASSERT_TRUE(response::CodeOverrides{*m_database}.set(access::Acting::commandLine(), *rule));
    const auto isLearnt = [&] {
        return receiver.isAcknowledged(line) &&
               stored().front().signal.events.at(0).meaning.category == alarm::SignalCategory::HoldUp;
    };
    EXPECT_TRUE(waitUntil(isLearnt, 20s));
    EXPECT_TRUE(stored().front().signal.events.at(0).meaning.isOverridden);
}

TEST_F(ReceiverLinesTest, CountSignalsThatCameByAnotherProtocolThanTheirPanels) {
    start();
    ConnectedReceiver receiver{port()};
    EXPECT_TRUE(receiver.isAcknowledged("5011 181234E13001017\x14"));
    EXPECT_TRUE(receiver.isAcknowledged("5011 185678E13001017\x14"));
    EXPECT_TRUE(receiver.isAcknowledged("5011 185678R13001017\x14"));
    EXPECT_EQ(stored().size(), 3U);
    m_receiving->keep();
    const auto others = estate::PanelProtocols{*m_database}.others().value();
    ASSERT_EQ(others.size(), 1U);
    EXPECT_EQ(others.begin()->first.second, "MLR2");
    EXPECT_EQ(others.begin()->second.signals, 2);
    import("account,name,premises,protocol\n5678,Baths,BATH,\n");
    EXPECT_TRUE(estate::PanelProtocols{*m_database}.others()->empty());
}

TEST_F(ReceiverLinesTest, RaiseAFaultOfASilentReceiverAndEndItWhenItIsHeard) {
    start();
    ConnectedReceiver receiver{port()};
    EXPECT_TRUE(receiver.isAcknowledged(kReceiverBeat));
    m_clock.advance(89s);
    EXPECT_TRUE(faults().empty());
    m_clock.advance(1s);
    ASSERT_EQ(faults().size(), 1U);
    EXPECT_EQ(faults().front().kind, "alarm-receiver");
    EXPECT_EQ(faults().front().object, "receiver at 127.0.0.1");
    EXPECT_THAT(faults().front().cause, HasSubstr("for 90 seconds"));
    EXPECT_TRUE(receiver.isAcknowledged(kReceiverBeat));
    EXPECT_TRUE(faults().empty());
}

TEST_F(ReceiverLinesTest, MissASilentReceiverThroughANewStartUnlessSomebodyKnows) {
    start();
    EXPECT_TRUE(ConnectedReceiver{port()}.isAcknowledged(kReceiverBeat));
    m_clock.advance(91s);
    ASSERT_EQ(faults().size(), 1U);
    start();
    ASSERT_EQ(faults().size(), 1U);
    ASSERT_TRUE(estate::FaultRegister{*m_database}.acknowledge(access::Acting::commandLine(), faults().front().id));
    EXPECT_EQ(faults().size(), 1U);
    start();
    EXPECT_TRUE(faults().empty());
}

TEST_F(ReceiverLinesTest, RaiseAFaultOfAReceiverThatIsNotReached) {
    start({.connect = {{"127.0.0.1", 1}}, .serial = {{"/nowhere/ttyS9"}}});
    EXPECT_TRUE(faults().empty());
    m_clock.advance(90s);
    const auto hasBoth = [&] {
        const auto all = faults();
        return all.size() == 2 && all[0].cause.find("(last: ") != std::string::npos &&
               all[1].cause.find("(last: ") != std::string::npos;
    };
    EXPECT_TRUE(waitUntil(hasBoth, 20s));
}

TEST_F(ReceiverLinesTest, ShowWhatAReceiverReportsOfItselfUntilItIsOver) {
    start();
    ConnectedReceiver receiver{port()};
    EXPECT_TRUE(receiver.isAcknowledged("0011 UPS on battery\x14"));
    ASSERT_EQ(faults().size(), 1U);
    EXPECT_EQ(faults().front().kind, "alarm-receiver-trouble");
    EXPECT_EQ(faults().front().cause, "The receiver reports of itself: UPS on battery");
    EXPECT_EQ(stored().front().signal.events.at(0).meaning.category, alarm::SignalCategory::Trouble);
    EXPECT_TRUE(receiver.isAcknowledged("0011 UPS restored\x14"));
    EXPECT_TRUE(faults().empty());
    EXPECT_TRUE(receiver.isAcknowledged("0011 printer out of paper\x14"));
    ASSERT_EQ(faults().size(), 1U);
    ASSERT_TRUE(estate::FaultRegister{*m_database}.acknowledge(access::Acting::commandLine(), faults().front().id));
    EXPECT_TRUE(faults().empty());
}

TEST_F(ReceiverLinesTest, RaiseAFaultIfTheirPortIsTaken) {
    start();
    const int taken = port();
    auto other = std::move(m_receiving);
    start({.port = taken});
    EXPECT_EQ(port(), 0);
    ASSERT_EQ(faults().size(), 1U);
    EXPECT_EQ(faults().front().object, "port of alarm receivers");
    EXPECT_THAT(faults().front().cause, HasSubstr("another program listens"));
}

TEST_F(ReceiverLinesTest, TakeAllThatAReceiverSendsThroughANewStart) {
    start();
    const int number = port();
    const auto sender = alarm::Mlr2Sender::start(
        {.to = {"127.0.0.1", number}, .heartbeat = 50ms, .answerTime = 500ms, .reconnectPause = 20ms});
    for (int zone = 1; zone <= 100; ++zone) {
        EXPECT_TRUE(sender->send("5011 181234E13001" + std::to_string(1'000 + zone).substr(1) + "\x14"));
    }
    ASSERT_TRUE(waitUntil([&] { return sender->counts().acknowledged >= 20; }, 20s));
    start({.port = number});
    ASSERT_TRUE(waitUntil([&] { return sender->counts().acknowledged == 100; }, 60s));
    EXPECT_EQ(stored().size(), 100U);
}

}  // namespace
}  // namespace leedswatch::tests
