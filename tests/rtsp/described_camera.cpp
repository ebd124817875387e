#include "rtsp/described_camera.h"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <stdexcept>

namespace leedswatch::tests {
namespace {

bool isReadable(int descriptor, const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        pollfd waiting{descriptor, POLLIN, 0};
        if (::poll(&waiting, 1, 20) > 0) {
            return true;
        }
    }
    return false;
}

/// The value of a header, or nothing.
std::string headerOf(const std::string& request, const std::string& name) {
    const auto at = request.find(name + ": ");
    const auto begin = at + name.size() + 2;
    return at == std::string::npos ? "" : request.substr(begin, request.find("\r\n", begin) - begin);
}

}  // namespace

DescribedCamera::DescribedCamera(std::string description, Oddities oddities)
    : m_description{std::move(description)}, m_oddities{std::move(oddities)} {
    m_listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* general = reinterpret_cast<sockaddr*>(&address);
    if (::bind(m_listener, general, size) != 0 || ::listen(m_listener, 8) != 0 ||
        ::getsockname(m_listener, general, &size) != 0) {
        throw std::runtime_error{"no port to listen on"};
    }
    m_port = ntohs(address.sin_port);
    m_thread = std::jthread{[this](const std::stop_token& stop) { run(stop); }};
}

DescribedCamera::~DescribedCamera() {
    m_thread.request_stop();
    m_thread.join();
    ::close(m_listener);
}

std::string DescribedCamera::url() const {
    return "rtsp://127.0.0.1:" + std::to_string(m_port) + "/stream";
}

std::vector<std::string> DescribedCamera::requests() const {
    const std::scoped_lock lock{m_mutex};
    return m_requests;
}

int DescribedCamera::asked(const std::string& text) const {
    const auto all = requests();
    return static_cast<int>(
        std::ranges::count_if(all, [&](const std::string& one) { return one.find(text) != std::string::npos; }));
}

void DescribedCamera::run(const std::stop_token& stop) {
    std::vector<std::jthread> connections;
    while (isReadable(m_listener, stop)) {
        const int connection = ::accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        connections.emplace_back([this, connection](const std::stop_token& mine) {
            serve(connection, mine);
            ::close(connection);
        });
    }
}

void DescribedCamera::serve(int connection, const std::stop_token& stop) {
    std::string text;
    while (isReadable(connection, stop)) {
        char letter = 0;
        if (::recv(connection, &letter, 1, 0) != 1) {
            return;
        }
        text.push_back(letter);
        if (!text.ends_with("\r\n\r\n")) {
            continue;
        }
        {
            const std::scoped_lock lock{m_mutex};
            m_requests.push_back(text.substr(0, text.find("\r\n")) + " " + headerOf(text, "Transport"));
        }
        const std::string answer = answerTo(text);
        text.clear();
        if (::send(connection, answer.data(), answer.size(), MSG_NOSIGNAL) < 0) {
            return;
        }
    }
}

std::string DescribedCamera::answerTo(const std::string& request) const {
    int status = 200;
    for (const auto& [part, odd] : m_oddities) {
        status = request.find(part) != std::string::npos ? odd : status;
    }
    if (status == 0) {
        return {};
    }
    std::string head =
        "RTSP/1.0 " + std::to_string(status) + " As Asked\r\nCSeq: " + headerOf(request, "CSeq") + "\r\n";
    if (status == 200 && request.starts_with("DESCRIBE")) {
        return head + "Content-Type: application/sdp\r\nContent-Length: " + std::to_string(m_description.size()) +
               "\r\n\r\n" + m_description;
    }
    if (status == 200 && request.starts_with("SETUP")) {
        head += "Session: 7\r\nTransport: " + headerOf(request, "Transport") + "\r\n";
    }
    return head + "\r\n";
}

}  // namespace leedswatch::tests
