#pragma once

#include <openssl/ssl.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <thread>

namespace leedswatch::tests {

/// A certificate in the name of 127.0.0.1 that vouches for itself.
struct TestCertificate {
    TestCertificate();

    std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key;
    std::unique_ptr<X509, decltype(&X509_free)> certificate;

    void writeTo(const std::filesystem::path& file) const;
    /// Certificate and key, PEM.
    [[nodiscard]] std::string identity() const;
};

/// A TLS server on loopback that hands what comes through to a plain server on this machine and back, as a camera's own
/// does. One connection at a time.
class TlsServer {
public:
    TlsServer(const TestCertificate& certificate, int plainPort);
    ~TlsServer();
    TlsServer(const TlsServer&) = delete;
    TlsServer& operator=(const TlsServer&) = delete;

    [[nodiscard]] std::string url(const std::string& scheme, const std::string& host = "127.0.0.1") const {
        return scheme + "://" + host + ":" + std::to_string(m_port) + "/main";
    }

private:
    void run(const std::stop_token& stop);
    void serve(int connection, const std::stop_token& stop);

    const int m_plainPort;
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> m_context;
    int m_port = 0;
    int m_listener = -1;
    std::jthread m_thread;
};

}  // namespace leedswatch::tests
