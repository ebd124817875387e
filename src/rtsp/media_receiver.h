#pragma once

#include "rtsp/media_transport.h"
#include "rtsp/rtp.h"
#include "rtsp/session_description.h"

#include <functional>

namespace leedswatch::rtsp {

/// One medium of a session on its way in: its packets in order, whether they come inside the connection, to two ports
/// or to a group; what of them was lost; and what its sender says of the time. It knows nothing of codings. One thread.
class MediaReceiver {
public:
    /// `afterGap`: the packet before is missing.
    using OnPacket = std::function<void(const RtpPacket& packet, bool afterGap)>;

    MediaReceiver(MediaDescription media, OnPacket onPacket);
    MediaReceiver(const MediaReceiver&) = delete;
    MediaReceiver& operator=(const MediaReceiver&) = delete;

    void useChannels(unsigned rtp, unsigned rtcp);
    void usePorts(UdpPorts ports) { m_ports = std::move(ports); }
    void useNoPorts() { m_ports.reset(); }
    /// Null while it comes inside the connection.
    [[nodiscard]] UdpPorts* ports() { return m_ports ? &*m_ports : nullptr; }
    [[nodiscard]] const MediaDescription& media() const { return m_media; }

    /// A frame of the connection; one that is another medium's is passed over.
    void take(const InterleavedFrame& frame, base::SteadyTime now);
    /// What has come to the ports; waits for nothing. True if a packet was handed on.
    bool takeDatagrams(base::SteadyTime now);

    /// By the newest sender report; nothing before the first.
    [[nodiscard]] std::optional<base::UtcTime> senderTime(std::uint32_t timestamp) const;
    [[nodiscard]] std::int64_t lostPackets() const { return m_reception.lost(); }
    /// Tells the sender how its packets come. What cannot be sent shows when reading fails.
    void sendReport(Conversation& conversation, std::uint32_t self, const network::Patience& patience);

private:
    void takePacket(Bytes bytes, base::SteadyTime now);
    void takeReport(Bytes bytes, base::SteadyTime now);

    const MediaDescription m_media;
    const OnPacket m_onPacket;
    std::optional<UdpPorts> m_ports;
    ReorderBuffer m_reorder;
    std::optional<unsigned> m_rtpChannel;
    std::optional<unsigned> m_rtcpChannel;
    Reception m_reception;
    std::optional<SenderReport> m_report;
};

}  // namespace leedswatch::rtsp
