#include "network/channel.h"

#include "network/socket.h"
#include "network/tls.h"

#include <netinet/tcp.h>
#include <poll.h>

#include <cerrno>

namespace leedswatch::network {
namespace {

bool isNotYet(int error) {
    return error == EAGAIN || error == EWOULDBLOCK || error == EINTR;
}

base::Error goneError() {
    return {base::ErrorCode::Disconnected, "the connection was ended by the other side"};
}

class TcpChannel final : public Channel {
public:
    TcpChannel(Socket socket, const Endpoint& peer) : m_socket{std::move(socket)}, m_peer{peer} {}

    base::Result<std::size_t> readAvailable(std::span<std::byte> room) override {
        const auto got = ::recv(m_socket.get(), room.data(), room.size(), 0);
        if (got > 0) {
            return static_cast<std::size_t>(got);
        }
        return got < 0 && isNotYet(errno) ? base::Result<std::size_t>{0U} : base::fail(goneError());
    }

    base::Result<void> write(std::span<const std::byte> bytes, const Patience& patience) override {
        while (!bytes.empty()) {
            const auto sent = ::send(m_socket.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent >= 0) {
                bytes = bytes.subspan(static_cast<std::size_t>(sent));
            } else if (isNotYet(errno)) {
                TRY(patience.waitFor(m_socket.get(), POLLOUT));
            } else {
                return base::fail(goneError());
            }
        }
        return {};
    }

    int descriptor() const override { return m_socket.get(); }
    Endpoint peer() const override { return m_peer; }
    Endpoint local() const override {
        Endpoint endpoint;
        endpoint.size = sizeof endpoint.address;
        ::getsockname(m_socket.get(), reinterpret_cast<sockaddr*>(&endpoint.address), &endpoint.size);
        return endpoint;
    }

private:
    const Socket m_socket;
    const Endpoint m_peer;
};

base::Error connectError(int reason, const Host& host) {
    if (reason == ECONNREFUSED) {
        return {base::ErrorCode::Unreachable, "nothing listens at " + host.text() + "; check its port"};
    }
    return {base::ErrorCode::Unreachable, "no answer from " + host.text() + "; check its power and its network"};
}

base::Result<std::unique_ptr<Channel>> connectTo(const Endpoint& endpoint, const Host& host, const Patience& patience) {
    Socket socket{::socket(endpoint.family(), SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
    if (!socket.isOpen()) {
        return base::fail(base::ErrorCode::Internal, base::errorFromErrno(errno, "open a socket").message);
    }
    const int yes = 1;
    ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    const auto* address = reinterpret_cast<const sockaddr*>(&endpoint.address);
    if (::connect(socket.get(), address, endpoint.size) != 0) {
        if (errno != EINPROGRESS) {
            return base::fail(connectError(errno, host));
        }
        if (auto waited = patience.waitFor(socket.get(), POLLOUT); !waited) {
            return base::fail(patience.isStopped() ? std::move(waited).error() : connectError(ETIMEDOUT, host));
        }
        int reason = 0;
        socklen_t size = sizeof reason;
        if (::getsockopt(socket.get(), SOL_SOCKET, SO_ERROR, &reason, &size) != 0 || reason != 0) {
            return base::fail(connectError(reason, host));
        }
    }
    return std::make_unique<TcpChannel>(std::move(socket), endpoint);
}

}  // namespace

base::Result<std::unique_ptr<Channel>> Channel::connect(const Host& host, const std::vector<Endpoint>& addresses,
                                                        const Patience& patience) {
    base::Error last{base::ErrorCode::Unreachable, host.text() + " has no address"};
    for (std::size_t index = 0; index < addresses.size() && !patience.isOver(); ++index) {
        // A name with several addresses must not wait for the first one's silence until nothing is left for the others.
        const bool isLast = index + 1 == addresses.size();
        auto channel =
            connectTo(addresses[index], host, isLast ? patience : patience.within(std::chrono::milliseconds{1500}));
        if (channel) {
            return channel;
        }
        last = channel.error();
    }
    return base::fail(std::move(last));
}

base::Result<std::unique_ptr<Channel>> Channel::connectTls(const Host& host, const std::vector<Endpoint>& addresses,
                                                           const std::filesystem::path& authorities,
                                                           const Patience& patience) {
    TRY_ASSIGN(auto plain, connect(host, addresses, patience));
    return startTls(std::move(plain), host, authorities, patience);
}

base::Result<std::size_t> Channel::readSome(std::span<std::byte> room, const Patience& patience) {
    while (true) {
        TRY_ASSIGN(const std::size_t count, readAvailable(room));
        if (count > 0) {
            return count;
        }
        TRY(patience.waitFor(descriptor(), POLLIN));
    }
}

}  // namespace leedswatch::network
