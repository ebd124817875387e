#include "video/tls_tunnel.h"

#include "network/channel.h"
#include "network/socket.h"

#include <netinet/in.h>
#include <netinet/tcp.h>

#include <array>
#include <cerrno>
#include <thread>
#include <utility>

namespace leedswatch::video {
namespace {

constexpr std::chrono::milliseconds kPollStep{50};
constexpr std::chrono::seconds kWritePatience{5};
constexpr std::size_t kTunnelChunk = 32U << 10U;

using network::Socket;

base::Result<Socket> listenForOne(int& port) {
    Socket listener{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* general = reinterpret_cast<sockaddr*>(&address);
    if (!listener.isOpen() || ::bind(listener.get(), general, size) != 0 || ::listen(listener.get(), 1) != 0 ||
        ::getsockname(listener.get(), general, &size) != 0) {
        return base::fail(base::ErrorCode::Internal,
                          base::errorFromErrno(errno, "open a port of this machine for an encrypted camera").message);
    }
    port = ntohs(address.sin_port);
    return listener;
}

class OpenTunnel final : public TlsTunnel {
public:
    OpenTunnel(std::unique_ptr<network::Channel> camera, Socket listener, int port, const base::Clock& clock)
        : m_port{port},
          m_clock{clock},
          m_camera{std::move(camera)},
          m_listener{std::move(listener)},
          m_thread{[this](const std::stop_token& stop) { run(stop); }} {}

    ~OpenTunnel() override {
        m_thread.request_stop();
        m_thread.join();
    }
    OpenTunnel(const OpenTunnel&) = delete;
    OpenTunnel& operator=(const OpenTunnel&) = delete;

    int port() const override { return m_port; }

private:
    void run(const std::stop_token& stop) {
        while (!stop.stop_requested() && !m_local.isOpen()) {
            if (network::Patience{m_clock, stop, kPollStep}.waitFor(m_listener.get(), POLLIN)) {
                m_local = Socket{::accept4(m_listener.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK)};
                const int yes = 1;
                ::setsockopt(m_local.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
            }
        }
        m_listener = Socket{};
        while (!stop.stop_requested() && pass(stop)) {
        }
        m_local = Socket{};  // whoever reads from us learns that it is over
    }

    /// What has come on either side goes to the other; false when either has gone.
    bool pass(const std::stop_token& stop) {
        const network::Patience patience{m_clock, stop, kWritePatience};
        std::array<std::byte, kTunnelChunk> chunk{};
        const auto fromCamera = m_camera->readAvailable(chunk);
        if (!fromCamera || !sendToLocal(std::span{chunk}.first(*fromCamera), patience)) {
            return false;
        }
        const auto fromLocal = ::recv(m_local.get(), chunk.data(), chunk.size(), 0);
        if (fromLocal == 0 || (fromLocal < 0 && errno != EAGAIN && errno != EINTR)) {
            return false;
        }
        if (fromLocal > 0 && !m_camera->write(std::span{chunk}.first(static_cast<std::size_t>(fromLocal)), patience)) {
            return false;
        }
        if (*fromCamera == 0 && fromLocal < 0) {
            std::array<pollfd, 2> waiting{{{m_camera->descriptor(), POLLIN, 0}, {m_local.get(), POLLIN, 0}}};
            static_cast<void>(network::Patience{m_clock, stop, kPollStep}.waitForAny(waiting.data(), waiting.size()));
        }
        return true;
    }

    bool sendToLocal(std::span<const std::byte> bytes, const network::Patience& patience) const {
        while (!bytes.empty()) {
            const auto sent = ::send(m_local.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent >= 0) {
                bytes = bytes.subspan(static_cast<std::size_t>(sent));
            } else if ((errno != EAGAIN && errno != EINTR) || !patience.waitFor(m_local.get(), POLLOUT)) {
                return false;
            }
        }
        return true;
    }

    const int m_port;
    const base::Clock& m_clock;
    // The thread's only.
    const std::unique_ptr<network::Channel> m_camera;
    Socket m_listener;
    Socket m_local;

    std::jthread m_thread;
};

}  // namespace

base::Result<std::unique_ptr<TlsTunnel>> TlsTunnel::open(const network::Host& host,
                                                         const std::filesystem::path& authorities,
                                                         const network::Patience& patience) {
    TRY_ASSIGN(const auto addresses, network::findAddresses(host, patience));
    TRY_ASSIGN(auto camera, network::Channel::connectTls(host, addresses, authorities, patience));
    int port = 0;
    TRY_ASSIGN(auto listener, listenForOne(port));
    return std::make_unique<OpenTunnel>(std::move(camera), std::move(listener), port, patience.clock());
}

}  // namespace leedswatch::video
