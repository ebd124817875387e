#include "live_support/test_camera.h"

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>
#include <utility>
#include <vector>

namespace leedswatch::tests {
namespace {

constexpr std::chrono::milliseconds kFrame{40};

/// A slice that says nothing new; nobody decodes it.
const auto kSkipped = std::make_shared<const std::vector<std::byte>>(
    std::vector{std::byte{0}, std::byte{0}, std::byte{0}, std::byte{4}, std::byte{0x41}, std::byte{0x9a}, std::byte{1},
                std::byte{2}});

int listenAnywhere(int& port) {
    const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(listener, reinterpret_cast<sockaddr*>(&address), size) != 0 || ::listen(listener, 8) != 0 ||
        ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
        throw std::runtime_error{"no port to listen on"};
    }
    port = ntohs(address.sin_port);
    return listener;
}

rtsp::VideoFormat formatOf(const video::Packet& packet) {
    const auto& format = *packet.format;
    const auto coding = format.codec == video::VideoCodec::H265 ? rtsp::Coding::H265 : rtsp::Coding::H264;
    return {format.record, format.width, format.height, coding};
}

std::string urlOf(int port) {
    return "rtsp://127.0.0.1:" + std::to_string(port) + "/main";
}

}  // namespace

TestCamera::TestCamera(const rtsp::Credentials& credentials, int port, const rtsp::ServerSettings& settings)
    : m_packets{makePackets({}, 50, {}, {})} {
    auto server = rtsp::Server::start("127.0.0.1", port, settings);
    if (!server) {
        throw std::runtime_error{server.error().message};
    }
    m_server = std::move(*server);
    m_mount = m_server->addMount("/main", rtsp::FirstPictures::NextKeyFrame, credentials);
    m_mount->setFormat(formatOf(m_packets.front()));
    m_thread = std::jthread{[this](const std::stop_token& stop) { run(stop); }};
}

TestCamera::~TestCamera() {
    m_thread.request_stop();
    m_thread.join();
}

void TestCamera::sound() {
    m_mount->setSound(rtsp::SoundFormat{rtsp::SoundCoding::MuLaw, 8'000, 1, {}});
    m_sounds = true;
}

std::string TestCamera::url() const {
    return urlOf(m_server->port());
}

void TestCamera::become(const TestStream& stream) {
    auto packets = makePackets(stream, 50, {}, {});
    const std::scoped_lock lock{m_mutex};
    m_others = std::move(packets);
}

void TestCamera::run(const std::stop_token& stop) {
    auto due = std::chrono::steady_clock::now();
    std::int64_t first = 0;
    for (std::int64_t number = 0; !stop.stop_requested(); ++number) {
        if (takeOthers()) {
            first = number;
        }
        const auto& packet = m_packets[static_cast<std::size_t>(number - first) % m_packets.size()];
        if (!m_silent) {
            const auto& standing = packet.isKey ? m_packets.front().bytes : kSkipped;
            m_mount->push({m_frozen ? standing : packet.bytes, number * 3600, packet.isKey});
            if (m_sounds) {
                const std::vector<std::byte> heard(320, static_cast<std::byte>(number % 251));
                m_mount->pushSound({std::make_shared<const std::vector<std::byte>>(heard), number * 3600, true});
            }
        }
        due += kFrame;
        std::unique_lock lock{m_mutex};
        m_pace.wait_until(lock, stop, due, [] { return false; });
    }
}

bool TestCamera::takeOthers() {
    const std::scoped_lock lock{m_mutex};
    if (m_others.empty()) {
        return false;
    }
    m_packets = std::exchange(m_others, {});
    m_mount->setFormat(formatOf(m_packets.front()));
    return true;
}

SilentServer::SilentServer(std::string answer) : m_answer{std::move(answer)}, m_listener{listenAnywhere(m_port)} {
    m_thread = std::jthread{[this](const std::stop_token& stop) { run(stop); }};
}

SilentServer::~SilentServer() {
    m_thread.request_stop();
    m_thread.join();
    ::close(m_listener);
}

std::string SilentServer::url() const {
    return urlOf(m_port);
}

void SilentServer::run(const std::stop_token& stop) {
    std::vector<int> accepted;
    while (!stop.stop_requested()) {
        pollfd waiting{m_listener, POLLIN, 0};
        if (::poll(&waiting, 1, 20) <= 0) {
            continue;
        }
        const int connection = ::accept(m_listener, nullptr, nullptr);
        accepted.push_back(connection);
        if (!m_answer.empty() && ::send(connection, m_answer.data(), m_answer.size(), MSG_NOSIGNAL) < 0) {
            break;
        }
    }
    for (const int connection : accepted) {
        ::close(connection);
    }
}

std::string closedPort() {
    int port = 0;
    ::close(listenAnywhere(port));
    return urlOf(port);
}

}  // namespace leedswatch::tests
