#include "alarm/mlr2_port.h"

#include "alarm/mlr2_line.h"
#include "alarm/mlr2_sender.h"
#include "line_store.h"
#include "support/fake_clock.h"

#include <asio/buffer.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/read.hpp>
#include <asio/write.hpp>
#include <fcntl.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <unistd.h>

#include <cstdlib>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using alarm::Mlr2Port;
using alarm::Mlr2PortSettings;
using alarm::Mlr2ReceiverState;
using asio::ip::tcp;

constexpr const char* acknowledged = "\x06";
constexpr const char* refused = "\x15";

std::string contactId(std::string_view event, std::string_view account = "1234") {
    return fmt::format("5011 18{}{}01001\x14", account, event);
}
const std::string intruder = contactId("E130");
const std::string heartbeat = alarm::mlr2Heartbeat("01", '1');

/// A receiver's connection, byte by byte.
class ReceiverSocket {
public:
    explicit ReceiverSocket(int port) {
        m_socket.connect({asio::ip::address_v4::loopback(), static_cast<asio::ip::port_type>(port)});
        m_socket.set_option(tcp::no_delay{true});
    }
    ReceiverSocket(asio::io_context& context, tcp::acceptor& acceptor) : m_socket{context} {
        acceptor.accept(m_socket);
    }
    void send(std::string_view bytes) { asio::write(m_socket, asio::buffer(bytes)); }
    /// The next byte; empty if the connection is closed.
    std::string answer() {
        char byte = 0;
        std::error_code error;
        asio::read(m_socket, asio::buffer(&byte, 1), error);
        return error ? std::string{} : std::string{byte};
    }
    std::string ask(std::string_view bytes) {
        send(bytes);
        return answer();
    }
    bool hasAnswer() { return m_socket.available() > 0; }
    void closeInOrder() {
        m_socket.shutdown(tcp::socket::shutdown_send);
        m_socket.close();
    }
    /// As a machine does that was switched off and on.
    void reset() {
        m_socket.set_option(asio::socket_base::linger{true, 0});
        m_socket.close();
    }

private:
    asio::io_context m_context;
    tcp::socket m_socket{m_context};
};

class Mlr2PortTest : public testing::Test {
protected:
    void open(Mlr2PortSettings settings = {.port = 0}) {
        auto opened = Mlr2Port::open(settings, store, clock);
        ASSERT_TRUE(opened) << opened.error().message;
        port = *std::move(opened);
    }
    bool soonHas(const std::function<bool(const alarm::Mlr2PortCounts&)>& condition) {
        return waitUntil([&] { return condition(port->counts()); }, 20s);
    }
    bool soonGone() {
        return soonHas([](const auto& counts) { return counts.connections == 0; });
    }

    FakeClock clock{base::fromStored(1'800'000'000'000'000)};
    LineStore store;
    std::unique_ptr<Mlr2Port> port;
};

TEST_F(Mlr2PortTest, AcknowledgesALineWhenItIsStoredAndNotBefore) {
    store.waits = true;
    open();
    ReceiverSocket receiver{port->port()};
    receiver.send(intruder);
    ASSERT_TRUE(store.has(1));
    EXPECT_FALSE(receiver.hasAnswer());
    store.finish();
    EXPECT_EQ(receiver.answer(), acknowledged);
    const auto signal = store.signals().front();
    EXPECT_EQ(signal.protocol, "MLR2");
    EXPECT_EQ(signal.token, "5");
    EXPECT_EQ(signal.receiver, "01");
    EXPECT_EQ(signal.line, "1");
    EXPECT_EQ(signal.account, "1234");
    EXPECT_EQ(signal.raw, intruder);
    EXPECT_EQ(signal.data, intruder.substr(0, intruder.size() - 1));
    EXPECT_EQ(signal.codes.codes.at(0).code, "130");
}

TEST_F(Mlr2PortTest, GivesALineThatIsStoredTooLateNoAnswerUntilItComesAgain) {
    store.waits = true;
    open();
    ReceiverSocket receiver{port->port()};
    receiver.send(intruder);
    ASSERT_TRUE(store.has(1));
    clock.advance(3'600ms);
    store.waits = false;
    store.finish();
    ASSERT_TRUE(soonHas([](const auto& counts) { return counts.unanswered == 1; }));
    EXPECT_FALSE(receiver.hasAnswer());
    clock.advance(400ms);
    EXPECT_EQ(receiver.ask(intruder), acknowledged);
    EXPECT_EQ(store.events(), 1U);
    EXPECT_EQ(port->counts().again, 1U);
}

TEST_F(Mlr2PortTest, NeverAcknowledgesWhatCouldNotBeStored) {
    store.fails = true;
    open();
    ReceiverSocket receiver{port->port()};
    for (int time = 0; time < 4; ++time) {
        receiver.send(intruder);
        ASSERT_TRUE(store.has(static_cast<std::size_t>(time) + 1));
        clock.advance(4s);
    }
    ASSERT_TRUE(soonHas([](const auto& counts) { return counts.unanswered == 4; }));
    EXPECT_FALSE(receiver.hasAnswer());
    store.fails = false;
    // The receiver goes on at the first heartbeat that is acknowledged.
    EXPECT_EQ(receiver.ask(heartbeat), acknowledged);
    EXPECT_EQ(receiver.ask(intruder), acknowledged);
    EXPECT_EQ(store.events(), 1U);
}

TEST_F(Mlr2PortTest, KeepsTwoIdenticalEventsOnOneConnection) {
    open();
    ReceiverSocket receiver{port->port()};
    EXPECT_EQ(receiver.ask(intruder), acknowledged);
    EXPECT_EQ(receiver.ask(intruder), acknowledged);
    clock.advance(10s);
    EXPECT_EQ(receiver.ask(intruder), acknowledged);
    EXPECT_EQ(store.events(), 3U);
}

TEST_F(Mlr2PortTest, KeepsTwoIdenticalEventsOfAReceiverThatConnectsForEach) {
    open();
    for (int time = 0; time < 3; ++time) {
        ReceiverSocket receiver{port->port()};
        EXPECT_EQ(receiver.ask(intruder), acknowledged);
        receiver.closeInOrder();
        ASSERT_TRUE(soonGone());
    }
    EXPECT_EQ(store.events(), 3U);
}

TEST_F(Mlr2PortTest, KnowsALineWhoseAnswerWasLostOnTheWay) {
    open();
    ReceiverSocket receiver{port->port()};
    EXPECT_EQ(receiver.ask(intruder), acknowledged);
    clock.advance(4s);
    EXPECT_EQ(receiver.ask(intruder), acknowledged);
    EXPECT_EQ(store.events(), 1U);
    EXPECT_EQ(receiver.ask(heartbeat), acknowledged);
    EXPECT_EQ(receiver.ask(intruder), acknowledged);
    EXPECT_EQ(store.events(), 2U);
}

TEST_F(Mlr2PortTest, KnowsALineThatComesAgainOnTheNextConnectionAsItWasNotAnswered) {
    store.waits = true;
    open();
    {
        ReceiverSocket receiver{port->port()};
        receiver.send(intruder);
        ASSERT_TRUE(store.has(1));
    }
    ASSERT_TRUE(soonGone());
    store.waits = false;
    store.finish();
    ReceiverSocket next{port->port()};
    EXPECT_EQ(next.ask(heartbeat), acknowledged);
    EXPECT_EQ(next.ask(intruder), acknowledged);
    EXPECT_EQ(store.events(), 1U);
    EXPECT_EQ(next.ask(intruder), acknowledged);
    EXPECT_EQ(store.events(), 2U);
}

TEST_F(Mlr2PortTest, KnowsALineThatComesAgainAsItsAnswerWasLostWithTheConnection) {
    open();
    {
        ReceiverSocket receiver{port->port()};
        EXPECT_EQ(receiver.ask(intruder), acknowledged);
        receiver.reset();
    }
    ASSERT_TRUE(soonGone());
    ReceiverSocket next{port->port()};
    EXPECT_EQ(next.ask(intruder), acknowledged);
    EXPECT_EQ(store.events(), 1U);
}

TEST_F(Mlr2PortTest, TakesALineForNewIfTheReceiverWentOnBeforeItsConnectionBroke) {
    open();
    {
        ReceiverSocket receiver{port->port()};
        EXPECT_EQ(receiver.ask(intruder), acknowledged);
        EXPECT_EQ(receiver.ask(heartbeat), acknowledged);
        receiver.reset();
    }
    ASSERT_TRUE(soonGone());
    ReceiverSocket next{port->port()};
    EXPECT_EQ(next.ask(intruder), acknowledged);
    EXPECT_EQ(store.events(), 2U);
}

TEST_F(Mlr2PortTest, KnowsTheLastLineOfTheStationBefore) {
    open({.port = 0,
          .remembered = {{"127.0.0.1:999 tcp", intruder.substr(0, intruder.size() - 1), "before"},
                         {"10.1.2.3:999 tcp", "5011 181234E13101001", "elsewhere"}}});
    ReceiverSocket receiver{port->port()};
    EXPECT_EQ(receiver.ask(intruder), acknowledged);
    EXPECT_EQ(store.signals().front().sequence, "before");
    EXPECT_EQ(receiver.ask(contactId("E131")), acknowledged);
    EXPECT_NE(store.signals().back().sequence, "elsewhere");
}

TEST_F(Mlr2PortTest, RefusesWhatIsNoLineAndKeepsALineThatItDoesNotKnow) {
    open();
    ReceiverSocket receiver{port->port()};
    EXPECT_EQ(receiver.ask(heartbeat), acknowledged);
    EXPECT_EQ(receiver.ask("18\x14"), refused);
    EXPECT_EQ(receiver.ask(std::string(600, 'x') + "\x14"), refused);
    EXPECT_EQ(port->counts().noLines, 2U);
    EXPECT_EQ(receiver.ask("Z011 what is this\x14"), acknowledged);
    ASSERT_EQ(store.signals().size(), 1U);
    EXPECT_EQ(store.signals().front().data, "Z011 what is this");
    EXPECT_TRUE(store.signals().front().codes.codes.empty());
}

TEST_F(Mlr2PortTest, ReadsAdemcoLinesOnTheSamePort) {
    open();
    ReceiverSocket receiver{port->port()};
    EXPECT_EQ(receiver.ask("\n11 1234 18 E131 01 C015 \r"), acknowledged);
    EXPECT_EQ(receiver.ask(intruder), acknowledged);
    EXPECT_EQ(store.signals().at(0).protocol, "Ademco 685");
    EXPECT_EQ(store.signals().at(0).codes.codes.at(0).code, "131");
    EXPECT_EQ(store.signals().at(1).protocol, "MLR2");
}

TEST_F(Mlr2PortTest, HearsLinesHoweverTheyAreSplitAndJoined) {
    open();
    ReceiverSocket receiver{port->port()};
    for (const char byte : intruder) {
        receiver.send({&byte, 1});
    }
    EXPECT_EQ(receiver.answer(), acknowledged);
    receiver.send(contactId("E131") + contactId("E132") + heartbeat + contactId("E133"));
    for (int answer = 0; answer < 4; ++answer) {
        EXPECT_EQ(receiver.answer(), acknowledged);
    }
    EXPECT_EQ(store.events(), 4U);
}

TEST_F(Mlr2PortTest, GivesUpHalfALineAndHearsTheNext) {
    open({.port = 0, .partialTime = 50ms});
    ReceiverSocket receiver{port->port()};
    EXPECT_EQ(receiver.ask(heartbeat), acknowledged);
    receiver.send(intruder.substr(0, 9));
    ASSERT_TRUE(soonHas([](const auto& counts) { return counts.noLines == 1; }));
    EXPECT_EQ(receiver.ask(intruder), acknowledged);
    EXPECT_EQ(store.signals().front().account, "1234");
}

TEST_F(Mlr2PortTest, ClosesAndCountsStrangers) {
    open();
    const std::string dc09 = "\n5989001B\"SIA-DCS\"0001L0#1234[]\r";
    for (const std::string& greeting : {std::string{"GET / HTTP/1.1\r\n\r\n"}, std::string{"\x16\x03\x01\x02\x03"},
                                        std::string{"SSH-2.0-scan\r\n"}, dc09, std::string(5'000, 'x')}) {
        ReceiverSocket stranger{port->port()};
        std::error_code ignored;
        stranger.send(greeting);
        EXPECT_EQ(stranger.answer(), "");
    }
    const auto counts = port->counts();
    for (const char* name : {"HTTP", "TLS", "SSH", "DC-09", "unknown"}) {
        EXPECT_EQ(counts.strangers.count(name), 1U) << name;
    }
    EXPECT_TRUE(store.signals().empty());
}

TEST_F(Mlr2PortTest, RefusesConnectionsAboveItsNumber) {
    open({.port = 0, .mostConnections = 1});
    ReceiverSocket first{port->port()};
    EXPECT_EQ(first.ask(heartbeat), acknowledged);
    ReceiverSocket second{port->port()};
    EXPECT_EQ(second.answer(), "");
    EXPECT_EQ(port->counts().connectionsRefused, 1U);
}

TEST_F(Mlr2PortTest, MayBeClosedBeforeTheStoreHasFinished) {
    store.waits = true;
    open();
    ReceiverSocket receiver{port->port()};
    receiver.send(intruder);
    ASSERT_TRUE(store.has(1));
    port.reset();
    store.finish();
    EXPECT_EQ(receiver.answer(), "");
}

TEST_F(Mlr2PortTest, SaysHowLongAReceiverWasSilentAndWhatItSaysOfItself) {
    open();
    ReceiverSocket receiver{port->port()};
    EXPECT_EQ(receiver.ask(intruder), acknowledged);
    EXPECT_TRUE(port->receivers().empty());  // it has promised no heartbeats
    EXPECT_EQ(receiver.ask(heartbeat), acknowledged);
    clock.advance(91s);
    ASSERT_EQ(port->receivers().size(), 1U);
    EXPECT_EQ(port->receivers().front().name, "receiver at 127.0.0.1");
    EXPECT_EQ(port->receivers().front().silent, 91s);
    EXPECT_EQ(receiver.ask("0011 line card 2 absent\x14"), acknowledged);
    EXPECT_EQ(port->receivers().front().silent, 0s);
    EXPECT_EQ(port->receivers().front().troubles, 1U);
    EXPECT_EQ(port->receivers().front().trouble, "line card 2 absent");
    EXPECT_EQ(store.signals().back().codes.codes.at(0).text, "line card 2 absent");
}

TEST_F(Mlr2PortTest, ListensAgainWhenItsPortIsFree) {
    open();
    LineStore otherStore;
    const auto other = Mlr2Port::open({.port = port->port()}, otherStore, clock);
    ASSERT_TRUE(other);
    EXPECT_EQ((*other)->port(), 0);
    EXPECT_NE((*other)->whyNotListening().find("another program listens"), std::string::npos);
    EXPECT_FALSE(Mlr2Port::open({.address = "no address", .port = 0}, otherStore, clock));
}

TEST_F(Mlr2PortTest, CallsAReceiverAndCallsItAgainWhenTheConnectionEnds) {
    asio::io_context context;
    tcp::acceptor acceptor{context, {asio::ip::address_v4::loopback(), 0}};
    const int number = acceptor.local_endpoint().port();
    open({.connect = {{"127.0.0.1", number}}, .firstPause = 10ms, .longestPause = 20ms});
    {
        ReceiverSocket receiver{context, acceptor};
        EXPECT_EQ(receiver.ask(heartbeat), acknowledged);
        EXPECT_EQ(receiver.ask(intruder), acknowledged);
        receiver.reset();
    }
    ReceiverSocket again{context, acceptor};
    EXPECT_EQ(again.ask(intruder), acknowledged);
    EXPECT_EQ(again.ask(contactId("R130")), acknowledged);
    EXPECT_EQ(store.events(), 2U);
    EXPECT_EQ(port->receivers().front().name, fmt::format("receiver at 127.0.0.1:{}", number));
    EXPECT_TRUE(port->receivers().front().isConfigured);
    EXPECT_EQ(port->port(), 0);
}

TEST_F(Mlr2PortTest, SaysWhyAReceiverIsNotReached) {
    open({.connect = {{"127.0.0.1", 1}}, .serial = {{"/nowhere/ttyS9"}}, .firstPause = 10ms, .longestPause = 20ms});
    const auto hasReasons = [&] {
        const auto all = port->receivers();
        return std::all_of(all.begin(), all.end(), [](const Mlr2ReceiverState& one) { return !one.whyNot.empty(); });
    };
    ASSERT_TRUE(waitUntil(hasReasons, 20s));
    const auto all = port->receivers();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].name, "receiver at /nowhere/ttyS9");
    EXPECT_EQ(all[0].whyNot, "the serial device /nowhere/ttyS9 is not there");
    clock.advance(95s);
    EXPECT_EQ(port->receivers()[1].silent, 95s);
}

/// The receiver's end of a serial line.
class PseudoTerminal {
public:
    PseudoTerminal() {
        m_master = ::posix_openpt(O_RDWR | O_NOCTTY);
        ::grantpt(m_master);
        ::unlockpt(m_master);
        name = ::ptsname(m_master);
    }
    ~PseudoTerminal() { ::close(m_master); }
    PseudoTerminal(const PseudoTerminal&) = delete;
    PseudoTerminal& operator=(const PseudoTerminal&) = delete;

    std::string ask(std::string_view bytes) {
        EXPECT_EQ(::write(m_master, bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
        pollfd wait{m_master, POLLIN, 0};
        char byte = 0;
        return ::poll(&wait, 1, 20'000) == 1 && ::read(m_master, &byte, 1) == 1 ? std::string{byte} : std::string{};
    }

    std::string name;

private:
    int m_master = -1;
};

TEST_F(Mlr2PortTest, HearsReceiversOnSerialLines) {
    PseudoTerminal first;
    PseudoTerminal second;
    open({.serial = {{first.name, 9'600}, {second.name, 1'200, alarm::SerialSettings::Framing::EightNone}}});
    ASSERT_TRUE(soonHas([](const auto& counts) { return counts.connections == 2; }));
    EXPECT_EQ(first.ask(heartbeat), acknowledged);
    EXPECT_EQ(first.ask(intruder), acknowledged);
    EXPECT_EQ(second.ask(intruder), acknowledged);
    EXPECT_EQ(second.ask("18\x14"), refused);
    EXPECT_EQ(store.events(), 2U);
    EXPECT_EQ(store.signals().front().source, first.name + " serial");
}

TEST_F(Mlr2PortTest, OpensASerialLineAgainThatWasUnplugged) {
    auto terminal = std::make_unique<PseudoTerminal>();
    open({.serial = {{terminal->name, 9'600}}, .firstPause = 10ms, .longestPause = 20ms});
    ASSERT_TRUE(soonHas([](const auto& counts) { return counts.connections == 1; }));
    EXPECT_EQ(terminal->ask(intruder), acknowledged);
    terminal.reset();
    EXPECT_TRUE(soonGone());
    EXPECT_FALSE(port->receivers().front().isConnected);
}

TEST_F(Mlr2PortTest, TakesAllThatASenderHasThroughAStoreThatFailsForATime) {
    open();
    store.fails = true;
    const auto sender = alarm::Mlr2Sender::start(
        {.to = {"127.0.0.1", port->port()}, .heartbeat = 100ms, .answerTime = 40ms, .reconnectPause = 10ms});
    for (int zone = 1; zone <= 20; ++zone) {
        EXPECT_TRUE(sender->send(fmt::format("5011 181234E13001{:03}\x14", zone)));
    }
    ASSERT_TRUE(waitUntil([&] { return sender->counts().isHoldingBack && sender->counts().resent >= 3; }, 20s));
    EXPECT_EQ(sender->counts().acknowledged, 0U);
    store.fails = false;
    ASSERT_TRUE(waitUntil([&] { return sender->counts().acknowledged == 20; }, 20s));
    EXPECT_EQ(sender->counts().buffered, 0U);
    EXPECT_EQ(store.events(), 20U);
}

TEST_F(Mlr2PortTest, TakesALineOnceThoughThePortEndsBeforeItAnswers) {
    store.waits = true;
    open();
    const int number = port->port();
    const auto sender = alarm::Mlr2Sender::start(
        {.to = {"127.0.0.1", number}, .heartbeat = 100ms, .answerTime = 4s, .reconnectPause = 10ms});
    EXPECT_TRUE(sender->send(intruder));
    ASSERT_TRUE(store.has(1));
    const auto first = store.signals().front();
    port.reset();
    store.waits = false;
    store.finish();
    open({.port = number, .remembered = {{first.source, first.data, first.sequence}}});
    EXPECT_EQ(port->port(), number);
    ASSERT_TRUE(waitUntil([&] { return sender->counts().acknowledged == 1; }, 20s));
    EXPECT_EQ(store.events(), 1U);
}

TEST(Mlr2Sender, KeepsNoMoreThanItsBuffer) {
    const auto sender = alarm::Mlr2Sender::start({.to = {"127.0.0.1", 1}, .mostBuffered = 3});
    EXPECT_TRUE(sender->send(intruder));
    EXPECT_TRUE(sender->send(intruder));
    EXPECT_TRUE(sender->send(intruder));
    EXPECT_FALSE(sender->send(intruder));
    EXPECT_EQ(sender->counts().buffered, 3U);
}

}  // namespace
}  // namespace leedswatch::tests
