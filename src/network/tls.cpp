#include "network/tls.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>

#include <algorithm>
#include <limits>

namespace leedswatch::network {
namespace {

struct SslFree {
    void operator()(SSL* connection) const { SSL_free(connection); }
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
};
using Connection = std::unique_ptr<SSL, SslFree>;
using Context = std::unique_ptr<SSL_CTX, SslFree>;

class TlsChannel final : public Channel {
public:
    TlsChannel(std::unique_ptr<Channel> plain, Context context, Connection connection)
        : m_plain{std::move(plain)}, m_context{std::move(context)}, m_connection{std::move(connection)} {}

    base::Result<std::size_t> readAvailable(std::span<std::byte> room) override {
        ERR_clear_error();
        const int got = SSL_read(m_connection.get(), room.data(), clamped(room.size()));
        if (got > 0) {
            return static_cast<std::size_t>(got);
        }
        const int reason = SSL_get_error(m_connection.get(), got);
        if (reason == SSL_ERROR_WANT_READ || reason == SSL_ERROR_WANT_WRITE) {
            return 0U;
        }
        return base::fail(base::ErrorCode::Disconnected, "the encrypted connection was ended by the other side");
    }

    base::Result<void> write(std::span<const std::byte> bytes, const Patience& patience) override {
        while (!bytes.empty()) {
            ERR_clear_error();
            const int sent = SSL_write(m_connection.get(), bytes.data(), clamped(bytes.size()));
            if (sent > 0) {
                bytes = bytes.subspan(static_cast<std::size_t>(sent));
                continue;
            }
            const int reason = SSL_get_error(m_connection.get(), sent);
            if (reason != SSL_ERROR_WANT_READ && reason != SSL_ERROR_WANT_WRITE) {
                return base::fail(base::ErrorCode::Disconnected,
                                  "the encrypted connection was ended by the other side");
            }
            TRY(patience.waitFor(descriptor(), static_cast<short>(reason == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT)));
        }
        return {};
    }

    int descriptor() const override { return m_plain->descriptor(); }
    Endpoint peer() const override { return m_plain->peer(); }
    Endpoint local() const override { return m_plain->local(); }

private:
    static int clamped(std::size_t size) {
        return static_cast<int>(std::min<std::size_t>(size, std::numeric_limits<int>::max()));
    }

    const std::unique_ptr<Channel> m_plain;
    const Context m_context;
    const Connection m_connection;
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

base::Error handshakeError(const SSL& connection, const Host& host, const std::filesystem::path& authorities) {
    const long verdict = SSL_get_verify_result(&connection);
    ERR_clear_error();
    if (verdict != X509_V_OK && !authorities.empty()) {
        return {base::ErrorCode::NotPermitted, host.text() + " shows a certificate that " +
                                                   authorities.filename().string() + " does not vouch for (" +
                                                   X509_verify_cert_error_string(verdict) +
                                                   "); find out whether the camera was replaced before you trust it"};
    }
    return {base::ErrorCode::Unsupported, host.text() + " answers, but not with TLS; correct its port, or use rtsp://"};
}

base::Result<void> shakeHands(SSL& connection, const Host& host, const std::filesystem::path& authorities,
                              const Patience& patience) {
    while (true) {
        ERR_clear_error();
        const int result = SSL_connect(&connection);
        if (result == 1) {
            return {};
        }
        const int reason = SSL_get_error(&connection, result);
        if (reason != SSL_ERROR_WANT_READ && reason != SSL_ERROR_WANT_WRITE) {
            return base::fail(handshakeError(connection, host, authorities));
        }
        const auto waited = patience.waitFor(SSL_get_fd(&connection),
                                             static_cast<short>(reason == SSL_ERROR_WANT_READ ? POLLIN : POLLOUT));
        if (!waited && !patience.isStopped()) {
            return base::fail(base::ErrorCode::TimedOut,
                              host.text() +
                                  " accepts connections, but does not finish the TLS handshake; check its "
                                  "port, or restart the camera");
        }
        TRY(waited);
    }
}

}  // namespace

base::Result<std::unique_ptr<Channel>> startTls(std::unique_ptr<Channel> plain, const Host& host,
                                                const std::filesystem::path& authorities, const Patience& patience) {
    TRY_ASSIGN(auto context, makeContext(authorities));
    TRY_ASSIGN(auto connection, makeConnection(*context, host.name, plain->descriptor()));
    TRY(shakeHands(*connection, host, authorities, patience));
    return std::make_unique<TlsChannel>(std::move(plain), std::move(context), std::move(connection));
}

}  // namespace leedswatch::network
