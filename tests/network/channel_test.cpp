#include "network/channel.h"

#include "network/socket.h"
#include "support/system_clock.h"

#include <gtest/gtest.h>

#include <array>
#include <future>
#include <string>

namespace leedswatch::tests {
namespace {

using namespace std::chrono_literals;
using network::Socket;

/// A listening socket on loopback, whose visitors are taken one by one.
class Listener {
public:
    Listener() {
        const auto address = network::findAddresses({"127.0.0.1", 1}, {kClock, {}, 5s})->front().withPort(0);
        ::bind(m_socket.get(), reinterpret_cast<const sockaddr*>(&address.address), address.size);
        ::listen(m_socket.get(), 4);
        network::Endpoint local;
        local.size = sizeof local.address;
        ::getsockname(m_socket.get(), reinterpret_cast<sockaddr*>(&local.address), &local.size);
        host.port = local.port();
    }
    [[nodiscard]] Socket accept() const { return Socket{::accept(m_socket.get(), nullptr, nullptr)}; }
    void close() { m_socket = Socket{}; }

    network::Host host{"127.0.0.1", 0};

private:
    Socket m_socket{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
};

base::Result<std::unique_ptr<network::Channel>> connectTo(const network::Host& host) {
    const network::Patience patience{kClock, {}, 5s};
    TRY_ASSIGN(const auto addresses, network::findAddresses(host, patience));
    return network::Channel::connect(host, addresses, patience);
}

TEST(Channel, CarriesBytesBothWays) {
    Listener listener;
    const auto channel = connectTo(listener.host).value();
    const Socket other = listener.accept();
    const std::string greeting = "OPTIONS";
    ASSERT_TRUE(channel->write(std::as_bytes(std::span{greeting}), {kClock, {}, 5s}));
    std::array<char, 16> got{};
    ASSERT_EQ(::recv(other.get(), got.data(), got.size(), 0), 7);
    ASSERT_EQ(::send(other.get(), "RTSP", 4, 0), 4);
    std::array<std::byte, 16> room{};
    const auto read = channel->readSome(room, {kClock, {}, 5s});
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(*read, 4U);
    EXPECT_EQ(channel->readAvailable(room).value(), 0U) << "nothing more has come, and nothing is waited for";
}

TEST(Channel, TellsAClosedPortAndAnEndedConnection) {
    Listener listener;
    const auto channel = connectTo(listener.host).value();
    static_cast<void>(listener.accept());
    std::array<std::byte, 16> room{};
    EXPECT_EQ(channel->readSome(room, {kClock, {}, 5s}).error().code, base::ErrorCode::Disconnected);
    listener.close();
    const auto refused = connectTo(listener.host);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, base::ErrorCode::Unreachable);
    EXPECT_NE(refused.error().message.find("nothing listens"), std::string::npos) << refused.error().message;
}

TEST(Channel, AWaitEndsWithItsPatience) {
    Listener listener;
    const auto channel = connectTo(listener.host).value();
    std::array<std::byte, 16> room{};
    EXPECT_EQ(channel->readSome(room, {kClock, {}, 60ms}).error().code, base::ErrorCode::TimedOut);
    std::stop_source stop;
    auto reading = std::async(std::launch::async, [&] {
        return channel->readSome(room, {kClock, stop.get_token(), 60s}).error().code;
    });
    stop.request_stop();
    EXPECT_EQ(reading.get(), base::ErrorCode::Cancelled);
}

TEST(Channel, AWriteThatNobodyTakesEndsWithItsPatience) {
    Listener listener;
    const auto channel = connectTo(listener.host).value();
    const Socket other = listener.accept();
    const std::vector<std::byte> much(16U << 20U);
    EXPECT_EQ(channel->write(much, {kClock, {}, 100ms}).error().code, base::ErrorCode::TimedOut);
}

TEST(Channel, ATlsHandshakeWithSomebodyWhoIsSilentEndsInWords) {
    Listener listener;
    const network::Patience patience{kClock, {}, 100ms};
    const auto addresses = network::findAddresses(listener.host, patience).value();
    const auto channel = network::Channel::connectTls(listener.host, addresses, {}, patience);
    ASSERT_FALSE(channel);
    EXPECT_EQ(channel.error().code, base::ErrorCode::TimedOut);
    EXPECT_NE(channel.error().message.find("TLS handshake"), std::string::npos) << channel.error().message;
}

}  // namespace
}  // namespace leedswatch::tests
