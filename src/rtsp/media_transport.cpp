#include "rtsp/media_transport.h"

#include <arpa/inet.h>
#include <net/if.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>

namespace leedswatch::rtsp {
namespace {

constexpr int kReceiveBuffer = 4 << 20;
constexpr std::size_t kLargestDatagram = 65'536;
constexpr int kPortAttempts = 50;
constexpr std::chrono::milliseconds kPatience{60};
constexpr std::size_t kMostWaiting = 64;
constexpr std::int64_t kMostApart = 3'000;

int numberIn(std::string_view text) {
    int number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

const sockaddr* general(const network::Endpoint& endpoint) {
    return reinterpret_cast<const sockaddr*>(&endpoint.address);
}

network::Endpoint addressOf(int descriptor) {
    network::Endpoint endpoint;
    endpoint.size = sizeof endpoint.address;
    ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&endpoint.address), &endpoint.size);
    return endpoint;
}

network::Socket bound(const network::Endpoint& at, bool isShared) {
    network::Socket socket{::socket(at.family(), SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)};
    // As much as the system allows; a picture comes in one burst.
    ::setsockopt(socket.get(), SOL_SOCKET, SO_RCVBUF, &kReceiveBuffer, sizeof kReceiveBuffer);
    const int yes = 1;
    if (isShared) {
        ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    }
    return ::bind(socket.get(), general(at), at.size) == 0 ? std::move(socket) : network::Socket{};
}

bool joinGroup(int descriptor, const network::Endpoint& group, const network::Endpoint& local) {
    if (group.family() == AF_INET6) {
        ipv6_mreq request{};
        request.ipv6mr_multiaddr = reinterpret_cast<const sockaddr_in6&>(group.address).sin6_addr;
        return ::setsockopt(descriptor, IPPROTO_IPV6, IPV6_JOIN_GROUP, &request, sizeof request) == 0;
    }
    // On the interface that leads to the camera, and on the system's own choice: a camera on this machine sends there.
    ip_mreq request{};
    request.imr_multiaddr = reinterpret_cast<const sockaddr_in&>(group.address).sin_addr;
    const bool onUsual = ::setsockopt(descriptor, IPPROTO_IP, IP_ADD_MEMBERSHIP, &request, sizeof request) == 0;
    if (local.family() != AF_INET) {
        return onUsual;
    }
    request.imr_interface = reinterpret_cast<const sockaddr_in&>(local.address).sin_addr;
    const bool onLocal = ::setsockopt(descriptor, IPPROTO_IP, IP_ADD_MEMBERSHIP, &request, sizeof request) == 0;
    return onLocal || onUsual;
}

}  // namespace

TransportAnswer TransportAnswer::read(std::string_view text) {
    TransportAnswer answer;
    text = text.substr(0, text.find(','));
    while (!text.empty()) {
        const auto end = std::min(text.find(';'), text.size());
        const std::string_view part = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const auto equals = part.find('=');
        if (equals == std::string_view::npos) {
            continue;
        }
        const std::string_view name = part.substr(0, equals);
        const std::string_view value = part.substr(equals + 1);
        if (name == "interleaved") {
            answer.firstChannel = numberIn(value);
            const auto dash = value.find('-');
            answer.secondChannel =
                dash == std::string_view::npos ? *answer.firstChannel + 1 : numberIn(value.substr(dash + 1));
        } else if (name == "server_port") {
            answer.serverPort = numberIn(value);
        } else if (name == "port") {
            answer.port = numberIn(value);
        } else if (name == "destination") {
            answer.destination = value;
        } else if (name == "source") {
            answer.source = value;
        }
    }
    return answer;
}

UdpPorts::UdpPorts(network::Socket rtp, network::Socket rtcp, int rtpPort)
    : m_rtp{std::move(rtp)}, m_rtcp{std::move(rtcp)}, m_rtpPort{rtpPort}, m_datagram(kLargestDatagram) {}

base::Result<UdpPorts> UdpPorts::openFor(const network::Endpoint& local) {
    for (int attempt = 0; attempt < kPortAttempts; ++attempt) {
        network::Socket rtp = bound(local.withPort(0), false);
        const int port = rtp.isOpen() ? addressOf(rtp.get()).port() : 0;
        if (port == 0 || port % 2 != 0) {
            continue;
        }
        network::Socket rtcp = bound(local.withPort(port + 1), false);
        if (rtcp.isOpen()) {
            return UdpPorts{std::move(rtp), std::move(rtcp), port};
        }
    }
    return base::fail(base::ErrorCode::Busy, "this machine has no two free UDP ports");
}

base::Result<UdpPorts> UdpPorts::join(const network::Endpoint& group, const network::Endpoint& local) {
    const int port = group.port();
    network::Socket rtp = bound(group, true);
    network::Socket rtcp = bound(group.withPort(port + 1), true);
    if (!rtp.isOpen() || !rtcp.isOpen()) {
        return base::fail(base::ErrorCode::Busy, "the UDP ports of the group are in use by another program");
    }
    if (!joinGroup(rtp.get(), group, local) || !joinGroup(rtcp.get(), group, local)) {
        return base::fail(base::ErrorCode::Unreachable,
                          "this machine cannot join the group; check whether its network carries multicast");
    }
    UdpPorts ports{std::move(rtp), std::move(rtcp), port};
    ports.m_isGroup = true;
    return ports;
}

void UdpPorts::setPeer(const network::Endpoint& machine, int rtpPort) {
    m_peer = machine;
    m_peerRtcpPort = rtpPort > 0 ? rtpPort + 1 : 0;
    if (rtpPort > 0) {
        // The least that is an RTP packet (RFC 3550, section 5.1) and an RTCP receiver report without a block.
        static constexpr std::array<unsigned char, 12> kOpener{0x80};
        static constexpr std::array<unsigned char, 8> kReportOpener{0x80, 201, 0, 1};
        const auto rtp = machine.withPort(rtpPort);
        const auto rtcp = machine.withPort(m_peerRtcpPort);
        ::sendto(m_rtp.get(), kOpener.data(), kOpener.size(), 0, general(rtp), rtp.size);
        ::sendto(m_rtcp.get(), kReportOpener.data(), kReportOpener.size(), 0, general(rtcp), rtcp.size);
    }
}

Bytes UdpPorts::receive(bool isRtcp) {
    while (true) {
        network::Endpoint from;
        from.size = sizeof from.address;
        const auto size = ::recvfrom(isRtcp ? m_rtcp.get() : m_rtp.get(), m_datagram.data(), m_datagram.size(), 0,
                                     reinterpret_cast<sockaddr*>(&from.address), &from.size);
        if (size < 0) {
            return {};
        }
        // What a camera on this machine sends to a group comes from whichever of the machine's addresses.
        const bool isPeer = m_peer.size > 0 && (from.isSameMachineAs(m_peer) || (m_isGroup && m_peer.isLoopback()));
        if (size > 0 && isPeer) {
            return Bytes{m_datagram}.first(static_cast<std::size_t>(size));
        }
    }
}

void UdpPorts::sendReport(Bytes report) const {
    if (m_peerRtcpPort > 0) {
        const auto to = m_peer.withPort(m_peerRtcpPort);
        ::sendto(m_rtcp.get(), report.data(), report.size(), 0, general(to), to.size);
    }
}

void ReorderBuffer::add(std::uint16_t sequence, Bytes packet, base::SteadyTime now) {
    if (!m_next) {
        m_next = sequence;
    }
    const std::int64_t number = *m_next + static_cast<std::int16_t>(sequence - static_cast<std::uint16_t>(*m_next));
    if (number < *m_next - kMostApart || number > *m_next + kMostApart) {
        // Another stream has begun; what waits belongs to the one before.
        m_waiting.clear();
        m_next = sequence;
        m_waiting[sequence] = {{packet.begin(), packet.end()}, now};
        return;
    }
    // One that is too late, or came twice, is of no more use.
    if (number >= *m_next) {
        m_waiting.try_emplace(number, Waiting{{packet.begin(), packet.end()}, now});
    }
}

std::optional<std::vector<std::byte>> ReorderBuffer::take(base::SteadyTime now) {
    if (m_waiting.empty()) {
        return std::nullopt;
    }
    const auto first = m_waiting.begin();
    const bool isNext = first->first == *m_next;
    if (!isNext && m_waiting.size() < kMostWaiting && now - first->second.since < kPatience) {
        return std::nullopt;
    }
    m_next = first->first + 1;
    auto bytes = std::move(first->second.bytes);
    m_waiting.erase(first);
    return bytes;
}

}  // namespace leedswatch::rtsp
