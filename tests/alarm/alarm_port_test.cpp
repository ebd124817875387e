#include "alarm/alarm_port.h"

#include "alarm/dc09_stream.h"
#include "alarm/port_fixture.h"

#include <asio/ip/udp.hpp>
#include <fmt/format.h>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using alarm::AlarmPort;

std::string frame(std::string_view token, std::string_view sequence, std::string_view data,
                  std::string_view account = "1234") {
    return alarm::encodeDc09({.token = std::string{token},
                              .sequence = std::string{sequence},
                              .line = "0",
                              .account = std::string{account},
                              .content = std::string{data} + "]"});
}

std::string signal(std::string_view sequence, std::string_view code = "BA") {
    return frame("SIA-DCS", sequence, fmt::format("#1234|Nri1/{}01", code));
}

using AlarmPortTest = PortFixture<>;

TEST_F(AlarmPortTest, AnswersASignalWhenItIsStoredAndNotBefore) {
    store.wait();
    open();
    Panel panel{port->port()};
    panel.send(signal("0001"));
    ASSERT_TRUE(store.has(1));
    EXPECT_FALSE(panel.hasAnswer());
    store.finish(0);
    EXPECT_EQ(panel.answer(), "ACK 0001");
}

TEST_F(AlarmPortTest, DoesNotAnswerWhatCouldNotBeStored) {
    open();
    store.fails = true;
    Panel panel{port->port()};
    panel.send(signal("0001"));
    ASSERT_TRUE(store.has(1));
    ASSERT_TRUE(soon([&] { return port->counts().notTaken == 1; }));
    store.fails = false;
    panel.send(signal("0001"));
    EXPECT_EQ(panel.answer(), "ACK 0001");
    EXPECT_EQ(store.sequences().size(), 2U);
}

TEST_F(AlarmPortTest, TakesManyMessagesOnOneConnectionJoinedAndSplit) {
    open();
    Panel panel{port->port()};
    panel.send(signal("0001") + frame("NULL", "0002", "") + signal("0003").substr(0, 9));
    EXPECT_EQ(panel.answer(), "ACK 0001");
    EXPECT_EQ(panel.answer(), "ACK 0002");
    panel.send(signal("0003").substr(9));
    EXPECT_EQ(panel.answer(), "ACK 0003");
    EXPECT_EQ(store.polls, 1);
}

TEST_F(AlarmPortTest, AnswersInTheOrderOfTheMessages) {
    store.wait();
    open();
    Panel panel{port->port()};
    panel.send(signal("0001") + signal("0002") + frame("NULL", "0003", ""));
    ASSERT_TRUE(store.has(2));
    store.finish(1);
    EXPECT_FALSE(panel.hasAnswer());
    store.finish(0);
    EXPECT_EQ(panel.answer(), "ACK 0001");
    EXPECT_EQ(panel.answer(), "ACK 0002");
    EXPECT_EQ(panel.answer(), "ACK 0003");
}

TEST_F(AlarmPortTest, StoresASignalWhoseSenderHasGone) {
    store.wait();
    open();
    {
        Panel panel{port->port()};
        panel.send(signal("0001"));
        ASSERT_TRUE(store.has(1));
    }
    ASSERT_TRUE(soon([&] { return port->counts().connections == 0; }));
    store.finish(0);
    Panel next{port->port()};
    next.send(frame("NULL", "0002", ""));
    EXPECT_EQ(next.answer(), "ACK 0002");
}

TEST_F(AlarmPortTest, MayBeClosedBeforeTheStoreHasFinished) {
    store.wait();
    open();
    Panel panel{port->port()};
    panel.send(signal("0001"));
    ASSERT_TRUE(store.has(1));
    port.reset();
    store.finish(0);
    EXPECT_EQ(panel.answer(), "");
}

TEST_F(AlarmPortTest, AnswersADatagramToWhereItCameFrom) {
    open();
    asio::io_context context;
    asio::ip::udp::socket socket{context, {asio::ip::address_v4::loopback(), 0}};
    const std::string message = signal("0007");
    socket.send_to(asio::buffer(message.substr(0, message.size() - 1)),
                   {asio::ip::address_v4::loopback(), static_cast<asio::ip::port_type>(port->port())});
    std::array<char, 512> room{};
    asio::ip::udp::endpoint from;
    const std::size_t size = socket.receive_from(asio::buffer(room), from);
    const auto item = alarm::parseDc09Datagram({room.data(), size});
    EXPECT_EQ(std::get<alarm::Dc09Frame>(item).sequence, "0007");
    EXPECT_EQ(from.port(), port->port());
}

TEST_F(AlarmPortTest, ClosesAndCountsStrangers) {
    open();
    for (const char* greeting : {"GET / HTTP/1.1\r\n\r\n", "\x16\x03\x01\x02\x03", "SSH-2.0-scan\r\n"}) {
        Panel stranger{port->port()};
        stranger.send(greeting);
        EXPECT_EQ(stranger.answer(), "");
    }
    const auto counts = port->counts();
    EXPECT_EQ(counts.strangers.at("HTTP"), 1U);
    EXPECT_EQ(counts.strangers.at("TLS"), 1U);
    EXPECT_EQ(counts.strangers.at("SSH"), 1U);
    EXPECT_TRUE(store.sequences().empty());
}

TEST_F(AlarmPortTest, PassesOverWhatIsWrongAndHearsWhatFollows) {
    open();
    Panel panel{port->port()};
    std::string wrong = signal("0001");
    wrong[1] = wrong[1] == '0' ? '1' : '0';
    panel.send(wrong + signal("0002"));
    EXPECT_EQ(panel.answer(), "ACK 0002");
    EXPECT_EQ(port->counts().faults.at("crc"), 1U);
}

TEST_F(AlarmPortTest, SaysThatItDoesNotUnderstandAndCountsWhy) {
    open();
    Panel panel{port->port()};
    panel.send(frame("SCN-S8", "0001", "x"));
    EXPECT_EQ(panel.answer(), "DUH 0001");
    EXPECT_EQ(port->counts().refusals.at("of a kind that is not received here"), 1U);
}

TEST_F(AlarmPortTest, GivesUpHalfAMessageAndHearsTheNext) {
    open({.partialTime = 50ms});
    Panel panel{port->port()};
    panel.send(signal("0001").substr(0, 30));
    ASSERT_TRUE(soon([&] { return port->counts().faults.contains("partial"); }));
    panel.send(signal("0002"));
    EXPECT_EQ(panel.answer(), "ACK 0002");
}

TEST_F(AlarmPortTest, ClosesAConnectionOnWhichNothingComes) {
    open({.idleTime = 50ms});
    Panel panel{port->port()};
    EXPECT_EQ(panel.answer(), "");
}

TEST_F(AlarmPortTest, KeepsTheConnectionOfAPanelThatPollsLessOften) {
    book.pollInterval = 1h;
    open({.idleTime = 50ms});
    Panel stranger{port->port()};
    Panel panel{port->port()};
    panel.send(frame("NULL", "0001", "]"));
    EXPECT_EQ(panel.answer(), "ACK 0001");
    // A connection of nobody is closed meanwhile.
    EXPECT_EQ(stranger.answer(), "");
    panel.send(frame("NULL", "0002", "]"));
    EXPECT_EQ(panel.answer(), "ACK 0002");
}

TEST_F(AlarmPortTest, KeepsNoConnectionForLongWhenTheyBecomeFew) {
    book.pollInterval = 1h;
    open({.mostConnections = 4, .idleTime = 50ms});
    std::vector<std::unique_ptr<Panel>> panels;
    for (int number = 0; number < 4; ++number) {
        panels.push_back(std::make_unique<Panel>(port->port()));
        panels.back()->send(frame("NULL", "0001", "]"));
        EXPECT_EQ(panels.back()->answer(), "ACK 0001");
    }
    // One too many for three quarters.
    EXPECT_TRUE(soon([&] { return port->counts().connections < 4; }));
}

TEST_F(AlarmPortTest, HoldsOffAStormWithoutHoldingBackALifeSafetySignal) {
    open({.allowances = {.usual = {.perSecond = 20, .burst = 3}}});
    Panel storm{port->port()};
    for (int number = 1; number <= 10; ++number) {
        storm.send(signal(fmt::format("{:04}", number)));
    }
    ASSERT_TRUE(soon([&] { return port->counts().held >= 5; }));
    Panel other{port->port()};
    other.send(signal("9999", "HA"));
    EXPECT_EQ(other.answer(), "ACK 9999");
    EXPECT_LT(store.sequences().size(), 11U);
    // What was held is not lost: it is stored and answered in its turn.
    for (int number = 1; number <= 10; ++number) {
        EXPECT_EQ(storm.answer(), fmt::format("ACK {:04}", number));
    }
    EXPECT_EQ(store.sequences().size(), 11U);
}

// Ten thousand panels behind one address repeat what waits: it must not take the place of what is new.
TEST_F(AlarmPortTest, WhatIsSentAgainWhileItIsHeldKeepsItsOnePlace) {
    open({.allowances = {.usual = {.perSecond = 1, .burst = 1}}, .mostHeld = 2});
    Panel first{port->port()};
    first.send(signal("0001"));
    EXPECT_EQ(first.answer(), "ACK 0001");
    first.send(signal("0002"));
    first.send(signal("0003"));
    ASSERT_TRUE(soon([&] { return port->counts().held == 2; }));
    Panel again{port->port()};
    for (int copy = 0; copy < 10; ++copy) {
        again.send(signal("0002"));
    }
    EXPECT_EQ(again.answer(), "ACK 0002") << "the newest copy is answered";
    EXPECT_EQ(first.answer(), "ACK 0003");
    EXPECT_EQ(store.sequences(), (std::vector<std::string>{"0001", "0002", "0003"}));
    EXPECT_EQ(port->counts().notTaken, 0U);
}

TEST_F(AlarmPortTest, DoesNotTakeWhatIsFarAboveTheAllowance) {
    open({.allowances = {.usual = {.perSecond = 0.001, .burst = 1}}, .mostHeld = 2});
    Panel panel{port->port()};
    for (int number = 1; number <= 5; ++number) {
        panel.send(signal(fmt::format("{:04}", number)));
    }
    ASSERT_TRUE(soon([&] { return port->counts().notTaken == 2; }));
    EXPECT_EQ(store.sequences(), std::vector<std::string>{"0001"});
}

TEST_F(AlarmPortTest, AllowsAMakersPlatformMoreThanOthers) {
    alarm::SourceAllowances allowances{.usual = {.perSecond = 0.001, .burst = 1}, .ofAddress = {}};
    ASSERT_TRUE(allowances.add("127.0.0.1=100:5"));
    open({.allowances = allowances});
    Panel platform{port->port()};
    for (int number = 1; number <= 5; ++number) {
        platform.send(signal(fmt::format("{:04}", number)));
        EXPECT_EQ(platform.answer(), fmt::format("ACK {:04}", number));
    }
    EXPECT_EQ(port->counts().held, 0U);
}

TEST_F(AlarmPortTest, RefusesConnectionsAboveItsNumber) {
    open({.mostConnections = 2});
    Panel first{port->port()};
    Panel second{port->port()};
    ASSERT_TRUE(soon([&] { return port->counts().connections == 2; }));
    Panel third{port->port()};
    EXPECT_EQ(third.answer(), "");
    EXPECT_EQ(port->counts().connectionsRefused, 1U);
    first.close();
    ASSERT_TRUE(soon([&] { return port->counts().connections == 1; }));
    Panel fourth{port->port()};
    fourth.send(signal("0004"));
    EXPECT_EQ(fourth.answer(), "ACK 0004");
}

TEST_F(AlarmPortTest, SaysWhoHasThePortOrThatTheAddressIsNone) {
    open();
    const auto taken = AlarmPort::open({.port = port->port()}, book, store, clock);
    ASSERT_FALSE(taken);
    EXPECT_EQ(taken.error().code, base::ErrorCode::Busy);
    const auto nowhere = AlarmPort::open({.address = "not an address"}, book, store, clock);
    ASSERT_FALSE(nowhere);
    EXPECT_EQ(nowhere.error().message, "\"not an address\" is no address to listen at");
}

}  // namespace
}  // namespace leedswatch::tests
