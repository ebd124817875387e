#include "tls_server.h"

#include <netinet/in.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <stdexcept>

namespace leedswatch::tests {
namespace {

constexpr long kCertificateDay = 24L * 3600;

sockaddr_in loopback(int port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    return address;
}

/// What can be read now goes over; false at the end.
bool passPlain(int from, SSL& to) {
    std::array<char, 16384> bytes{};
    const auto got = ::recv(from, bytes.data(), bytes.size(), MSG_DONTWAIT);
    return got > 0 ? SSL_write(&to, bytes.data(), static_cast<int>(got)) > 0 : got < 0;
}

bool passSealed(SSL& from, int to) {
    std::array<char, 16384> bytes{};
    const int got = SSL_read(&from, bytes.data(), bytes.size());
    return got > 0 && ::send(to, bytes.data(), static_cast<std::size_t>(got), MSG_NOSIGNAL) == got;
}

}  // namespace

TestCertificate::TestCertificate() : key{EVP_EC_gen("P-256"), EVP_PKEY_free}, certificate{X509_new(), X509_free} {
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -kCertificateDay);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), kCertificateDay);
    X509_set_pubkey(certificate.get(), key.get());
    X509_NAME* name = X509_get_subject_name(certificate.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("test camera"), -1, -1,
                               0);
    X509_set_issuer_name(certificate.get(), name);
    X509_EXTENSION* names = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "IP:127.0.0.1");
    X509_add_ext(certificate.get(), names, -1);
    X509_EXTENSION_free(names);
    if (X509_sign(certificate.get(), key.get(), EVP_sha256()) == 0) {
        throw std::runtime_error{"no certificate"};
    }
}

void TestCertificate::writeTo(const std::filesystem::path& file) const {
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> output{std::fopen(file.c_str(), "w"), std::fclose};
    PEM_write_X509(output.get(), certificate.get());
}

std::string TestCertificate::identity() const {
    const std::unique_ptr<BIO, decltype(&BIO_free)> memory{BIO_new(BIO_s_mem()), BIO_free};
    PEM_write_bio_X509(memory.get(), certificate.get());
    PEM_write_bio_PrivateKey(memory.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    const char* text = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &text);
    return {text, static_cast<std::size_t>(size)};
}

TlsServer::TlsServer(const TestCertificate& certificate, int plainPort)
    : m_plainPort{plainPort}, m_context{SSL_CTX_new(TLS_server_method()), SSL_CTX_free} {
    SSL_CTX_use_certificate(m_context.get(), certificate.certificate.get());
    SSL_CTX_use_PrivateKey(m_context.get(), certificate.key.get());
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    auto address = loopback(0);
    socklen_t size = sizeof address;
    if (::bind(m_listener, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(m_listener, 8) != 0 ||
        ::getsockname(m_listener, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
        throw std::runtime_error{"no port to listen on"};
    }
    m_port = ntohs(address.sin_port);
    m_thread = std::jthread{[this](const std::stop_token& stop) { run(stop); }};
}

TlsServer::~TlsServer() {
    m_thread.request_stop();
    m_thread.join();
    ::close(m_listener);
}

void TlsServer::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        pollfd waiting{m_listener, POLLIN, 0};
        if (::poll(&waiting, 1, 20) > 0) {
            const int connection = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
            serve(connection, stop);
            ::close(connection);
        }
    }
}

void TlsServer::serve(int connection, const std::stop_token& stop) {
    const std::unique_ptr<SSL, decltype(&SSL_free)> sealed{SSL_new(m_context.get()), SSL_free};
    SSL_set_fd(sealed.get(), connection);
    if (SSL_accept(sealed.get()) != 1) {
        return;
    }
    const int plain = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const auto address = loopback(m_plainPort);
    bool goesOn = ::connect(plain, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    while (goesOn && !stop.stop_requested()) {
        std::array<pollfd, 2> waiting{{{connection, POLLIN, 0}, {plain, POLLIN, 0}}};
        const bool isPending = SSL_pending(sealed.get()) > 0;
        ::poll(waiting.data(), waiting.size(), isPending ? 0 : 20);
        goesOn = !(isPending || waiting[0].revents != 0) || passSealed(*sealed, plain);
        goesOn = goesOn && (waiting[1].revents == 0 || passPlain(plain, *sealed));
    }
    ::close(plain);
}

}  // namespace leedswatch::tests
