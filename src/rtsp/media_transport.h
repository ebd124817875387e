#pragma once

#include "network/socket.h"
#include "rtsp/client.h"
#include "rtsp/conversation.h"

namespace leedswatch::rtsp {

/// The value of Transport in the answer to SETUP, as far as a receiver needs it.
struct TransportAnswer {
    std::optional<int> firstChannel;  ///< interleaved; nothing: as it was asked for
    std::optional<int> secondChannel;
    int serverPort = 0;       ///< of RTP over UDP; RTCP has the next
    std::string destination;  ///< of multicast
    int port = 0;             ///< of multicast
    std::string source;

    [[nodiscard]] static TransportAnswer read(std::string_view text);
};

/// Two UDP ports for RTP and RTCP, the second the first's next.
class UdpPorts {
public:
    /// Errors: Busy (no two free), Internal.
    [[nodiscard]] static base::Result<UdpPorts> openFor(const network::Endpoint& local);
    /// Of a multicast group; `local` is the interface it is joined on.
    [[nodiscard]] static base::Result<UdpPorts> join(const network::Endpoint& group, const network::Endpoint& local);

    [[nodiscard]] int rtpPort() const { return m_rtpPort; }
    [[nodiscard]] int rtp() const { return m_rtp.get(); }
    [[nodiscard]] int rtcp() const { return m_rtcp.get(); }
    /// From now on only what comes from there counts, and reports go there. A packet on each opens the way through a
    /// firewall.
    void setPeer(const network::Endpoint& machine, int rtpPort);
    /// One datagram, if one has come from the peer; empty if not.
    [[nodiscard]] Bytes receive(bool isRtcp);
    void sendReport(Bytes report) const;

private:
    UdpPorts(network::Socket rtp, network::Socket rtcp, int rtpPort);

    network::Socket m_rtp;
    network::Socket m_rtcp;
    int m_rtpPort = 0;
    bool m_isGroup = false;
    network::Endpoint m_peer;
    int m_peerRtcpPort = 0;
    std::vector<std::byte> m_datagram;
};

/// Puts datagrams that overtook each other into order again; gives up waiting for one that is missing after 60 ms or 64
/// others.
class ReorderBuffer {
public:
    void add(std::uint16_t sequence, Bytes packet, base::SteadyTime now);
    /// The next in order, or the one behind a hole that nothing will fill.
    [[nodiscard]] std::optional<std::vector<std::byte>> take(base::SteadyTime now);

private:
    struct Waiting {
        std::vector<std::byte> bytes;
        base::SteadyTime since;
    };
    std::optional<std::int64_t> m_next;
    std::map<std::int64_t, Waiting> m_waiting;
};

}  // namespace leedswatch::rtsp
