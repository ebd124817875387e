#include "video/tls_tunnel.h"

#include "video/connection_probe.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <thread>
#include <utility>
#include <vector>

namespace leedswatch::video {
namespace {

constexpr int kStepMilliseconds = 50;
constexpr std::size_t kChunk = 32U << 10U;

struct SslFree {
    void operator()(SSL* connection) const { SSL_free(connection); }
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
using Connection = std::unique_ptr<SSL, SslFree>;
using Context = std::unique_ptr<SSL_CTX, SslFree>;

class Socket {
public:
    explicit Socket(int descriptor = -1) : m_descriptor{descriptor} {}
    Socket(Socket&& other) noexcept : m_descriptor{std::exchange(other.m_descriptor, -1)} {}
    Socket& operator=(Socket&& other) noexcept {
        std::swap(m_descriptor, other.m_descriptor);
        return *this;
    }
    ~Socket() {
        if (m_descriptor >= 0) {
            ::close(m_descriptor);
        }
    }
    [[nodiscard]] int get() const { return m_descriptor; }
    [[nodiscard]] bool isOpen() const { return m_descriptor >= 0; }

private:
    int m_descriptor;
};

base::Result<Socket> listenForOne(int& port) {
    Socket listener{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* general = reinterpret_cast<sockaddr*>(&address);
    if (!listener.isOpen() || ::bind(listener.get(), general, size) != 0 || ::listen(listener.get(), 1) != 0 ||
        ::getsockname(listener.get(), general, &size) != 0) {
        return base::fail(base::errorFromErrno(errno, "open a port of this machine for an encrypted camera"));
    }
    port = ntohs(address.sin_port);
    return listener;
}

/// Bytes on their way in one direction.
struct Flow {
    std::vector<unsigned char> bytes;
    std::size_t sent = 0;
    [[nodiscard]] bool isEmpty() const { return sent == bytes.size(); }
    [[nodiscard]] const unsigned char* begin() const { return bytes.data() + sent; }
    [[nodiscard]] std::size_t left() const { return bytes.size() - sent; }
};

class OpenTunnel final : public TlsTunnel {
public:
    OpenTunnel(Context context, Connection connection, Socket camera, Socket listener, int port)
        : m_port{port},
          m_context{std::move(context)},
          m_camera{std::move(camera)},
          m_listener{std::move(listener)},
          m_connection{std::move(connection)},
          m_thread{[this](const std::stop_token& stop) { run(stop); }} {}

    ~OpenTunnel() override {
        m_thread.request_stop();
        m_thread.join();
    }

    int port() const override { return m_port; }

private:
    void run(const std::stop_token& stop) {
        while (!stop.stop_requested() && !m_local.isOpen()) {
            pollfd waiting{m_listener.get(), POLLIN, 0};
            if (::poll(&waiting, 1, kStepMilliseconds) > 0) {
                m_local = Socket{::accept4(m_listener.get(), nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK)};
                const int yes = 1;
                ::setsockopt(m_local.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
            }
        }
        m_listener = Socket{};
        while (!stop.stop_requested() && pass()) {
        }
        m_local = Socket{};  // whoever reads from us learns that it is over
    }

    /// One round in both directions; false when either side has gone.
    bool pass() {
        const bool wantsCamera = m_toLocal.isEmpty();
        const bool wantsLocal = m_toCamera.isEmpty();
        if (wantsCamera && SSL_pending(m_connection.get()) == 0) {
            std::array<pollfd, 2> waiting{{{m_camera.get(), POLLIN, 0}, {m_local.get(), 0, 0}}};
            waiting[0].events = static_cast<short>(POLLIN | (wantsLocal ? 0 : POLLOUT));
            waiting[1].events = static_cast<short>(wantsLocal ? POLLIN : 0);
            ::poll(waiting.data(), waiting.size(), kStepMilliseconds);
        } else if (!wantsCamera) {
            pollfd waiting{m_local.get(), POLLOUT, 0};
            ::poll(&waiting, 1, kStepMilliseconds);
        }
        return (!wantsCamera || readCamera()) && (!wantsLocal || readLocal()) && writeLocal() && writeCamera();
    }

    bool readCamera() {
        m_toLocal.bytes.resize(kChunk);
        m_toLocal.sent = 0;
        const int got = SSL_read(m_connection.get(), m_toLocal.bytes.data(), static_cast<int>(kChunk));
        m_toLocal.bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
        return got > 0 || isWaiting(got);
    }

    bool readLocal() {
        m_toCamera.bytes.resize(kChunk);
        m_toCamera.sent = 0;
        const auto got = ::recv(m_local.get(), m_toCamera.bytes.data(), kChunk, 0);
        m_toCamera.bytes.resize(got > 0 ? static_cast<std::size_t>(got) : 0);
        return got > 0 || (got < 0 && (errno == EAGAIN || errno == EINTR));
    }

    bool writeLocal() {
        if (m_toLocal.isEmpty()) {
            return true;
        }
        const auto sent = ::send(m_local.get(), m_toLocal.begin(), m_toLocal.left(), MSG_NOSIGNAL);
        m_toLocal.sent += sent > 0 ? static_cast<std::size_t>(sent) : 0;
        return sent >= 0 || errno == EAGAIN || errno == EINTR;
    }

    bool writeCamera() {
        if (m_toCamera.isEmpty()) {
            return true;
        }
        const int sent = SSL_write(m_connection.get(), m_toCamera.begin(), static_cast<int>(m_toCamera.left()));
        m_toCamera.sent += sent > 0 ? static_cast<std::size_t>(sent) : 0;
        return sent > 0 || isWaiting(sent);
    }

    [[nodiscard]] bool isWaiting(int result) const {
        const int reason = SSL_get_error(m_connection.get(), result);
        ERR_clear_error();
        return reason == SSL_ERROR_WANT_READ || reason == SSL_ERROR_WANT_WRITE;
    }

    const int m_port;
    // The thread's only.
    const Context m_context;
    const Socket m_camera;
    Socket m_listener;
    const Connection m_connection;
    Socket m_local;
    Flow m_toLocal;
    Flow m_toCamera;

    std::jthread m_thread;
};

base::Result<Context> makeContext(const std::filesystem::path& authorities) {
    Context context{SSL_CTX_new(TLS_client_method())};
    if (!context) {
        return base::fail(base::ErrorCode::Internal, "no memory for TLS");
    }
    // Cameras are old: what they speak is better than nothing where nothing is proved anyway.
    SSL_CTX_set_min_proto_version(context.get(), authorities.empty() ? TLS1_VERSION : TLS1_2_VERSION);
    SSL_CTX_set_mode(context.get(), SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    if (!authorities.empty()) {
        SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
        if (SSL_CTX_load_verify_locations(context.get(), authorities.c_str(), nullptr) != 1) {
            ERR_clear_error();
            return base::fail(base::ErrorCode::NotFound,
                              authorities.string() + " holds no certificates that can be read (PEM); mend it");
        }
    }
    return context;
}

base::Result<Connection> makeConnection(SSL_CTX& context, const std::string& name, int descriptor) {
    Connection connection{SSL_new(&context)};
    if (!connection || SSL_set_fd(connection.get(), descriptor) != 1) {
        return base::fail(base::ErrorCode::Internal, "no memory for TLS");
    }
    if (X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(connection.get()), name.c_str()) != 1) {
        ERR_clear_error();
        SSL_set1_host(connection.get(), name.c_str());
        SSL_set_tlsext_host_name(connection.get(), name.c_str());
    }
    return connection;
}

base::Error handshakeError(const SSL& connection, const std::string& host, const std::filesystem::path& authorities) {
    const long verdict = SSL_get_verify_result(&connection);
    ERR_clear_error();
    if (verdict != X509_V_OK && !authorities.empty()) {
        return {base::ErrorCode::NotPermitted, host + " shows a certificate that " + authorities.filename().string() +
                                                   " does not vouch for (" + X509_verify_cert_error_string(verdict) +
                                                   "); find out whether the camera was replaced before you trust it"};
    }
    return {base::ErrorCode::Unsupported, host + " answers, but not with TLS; correct its port, or use rtsp://"};
}

base::Result<void> shakeHands(SSL& connection, const std::string& host, const std::filesystem::path& authorities,
                              const Patience& patience) {
    while (true) {
        const int result = SSL_connect(&connection);
        if (result == 1) {
            return {};
        }
        const int reason = SSL_get_error(&connection, result);
        if (reason != SSL_ERROR_WANT_READ && reason != SSL_ERROR_WANT_WRITE) {
            return base::fail(handshakeError(connection, host, authorities));
        }
        if (patience.isStopped()) {
            return base::fail(base::ErrorCode::Cancelled, "connecting to " + host + " was stopped");
        }
        if (patience.isOver()) {
            return base::fail(base::ErrorCode::TimedOut,
                              host + " accepts connections, but does not finish the TLS handshake; restart the camera");
        }
        pollfd waiting{SSL_get_fd(&connection), 0, 0};
        waiting.events = reason == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT;
        ::poll(&waiting, 1, kStepMilliseconds);
    }
}

}  // namespace

base::Result<std::unique_ptr<TlsTunnel>> TlsTunnel::open(const std::string& host, const std::string& name,
                                                         const std::filesystem::path& authorities,
                                                         const Patience& patience) {
    TRY_ASSIGN(auto context, makeContext(authorities));
    TRY_ASSIGN(const int descriptor, connectTo(host, patience));
    Socket camera{descriptor};
    TRY_ASSIGN(auto connection, makeConnection(*context, name, camera.get()));
    TRY(shakeHands(*connection, host, authorities, patience));
    int port = 0;
    TRY_ASSIGN(auto listener, listenForOne(port));
    return std::make_unique<OpenTunnel>(std::move(context), std::move(connection), std::move(camera),
                                        std::move(listener), port);
}

}  // namespace leedswatch::video
