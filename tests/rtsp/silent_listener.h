#pragma once

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace leedswatch::tests {

/// Accepts connections on 127.0.0.1, as the system does for a program that listens, and never says a word.
class SilentListener {
public:
    SilentListener() {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* general = reinterpret_cast<sockaddr*>(&address);
        ::bind(m_descriptor, general, size);
        ::listen(m_descriptor, 8);
        ::getsockname(m_descriptor, general, &size);
        m_port = ntohs(address.sin_port);
    }
    ~SilentListener() {
        ::close(m_descriptor);
        if (m_visitor >= 0) {
            ::close(m_visitor);
        }
    }
    SilentListener(const SilentListener&) = delete;
    SilentListener& operator=(const SilentListener&) = delete;

    /// Until somebody has connected, who stays connected.
    void waitForVisitor() { m_visitor = ::accept(m_descriptor, nullptr, nullptr); }
    [[nodiscard]] int port() const { return m_port; }

private:
    int m_descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int m_port = 0;
    int m_visitor = -1;
};

}  // namespace leedswatch::tests
