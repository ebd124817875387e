#include "hostile_server.h"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <condition_variable>
#include <stdexcept>

namespace leedswatch::tests {

bool HostileConnection::waitFor(short event) {
    while (!m_stop.stop_requested()) {
        pollfd waiting{m_descriptor, event, 0};
        if (::poll(&waiting, 1, 20) > 0) {
            return (waiting.revents & (POLLERR | POLLNVAL)) == 0;
        }
    }
    return false;
}

std::string HostileConnection::request() {
    std::string text;
    while (text.find("\r\n\r\n") == std::string::npos && waitFor(POLLIN)) {
        char letter = 0;
        if (::recv(m_descriptor, &letter, 1, 0) != 1) {
            return {};
        }
        text.push_back(letter);
    }
    return text;
}

bool HostileConnection::send(const std::string& bytes) {
    std::size_t sent = 0;
    while (sent < bytes.size() && waitFor(POLLOUT)) {
        const auto count = ::send(m_descriptor, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count <= 0) {
            return false;
        }
        sent += static_cast<std::size_t>(count);
    }
    return sent == bytes.size();
}

void HostileConnection::trickle(const std::string& bytes) {
    std::mutex mutex;
    std::condition_variable_any pace;
    for (const char letter : bytes) {
        if (!send(std::string(1, letter))) {
            return;
        }
        std::unique_lock lock{mutex};
        if (pace.wait_for(lock, m_stop, std::chrono::seconds{1}, [] { return false; }) || m_stop.stop_requested()) {
            return;
        }
    }
}

void HostileConnection::holdOn() {
    char letter = 0;
    while (waitFor(POLLIN) && ::recv(m_descriptor, &letter, 1, 0) == 1) {
    }
}

HostileServer::HostileServer(Script script) : m_script{std::move(script)} {
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(m_listener, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(m_listener, 16) != 0 ||
        ::getsockname(m_listener, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
        throw std::runtime_error{"no port to listen on"};
    }
    m_port = ntohs(address.sin_port);
    m_thread = std::jthread{[this](const std::stop_token& stop) { run(stop); }};
}

HostileServer::~HostileServer() {
    m_thread.request_stop();
    m_thread.join();
    ::close(m_listener);
}

std::string HostileServer::url(const std::string& scheme, const std::string& path) const {
    return scheme + "://127.0.0.1:" + std::to_string(m_port) + path;
}

void HostileServer::run(const std::stop_token& stop) {
    std::vector<std::jthread> connections;
    while (!stop.stop_requested()) {
        pollfd waiting{m_listener, POLLIN, 0};
        if (::poll(&waiting, 1, 20) <= 0) {
            continue;
        }
        const int descriptor = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        connections.emplace_back([this, descriptor](const std::stop_token& mine) {
            HostileConnection connection{descriptor, mine};
            m_script(connection);
            ::close(descriptor);
        });
    }
}

std::string sequenceOf(const std::string& request) {
    const auto at = request.find("CSeq: ");
    return at == std::string::npos ? "0" : request.substr(at + 6, request.find("\r\n", at) - at - 6);
}

}  // namespace leedswatch::tests
