#include "rtsp/media_receiver.h"

namespace leedswatch::rtsp {

MediaReceiver::MediaReceiver(MediaDescription media, OnPacket onPacket)
    : m_media{std::move(media)}, m_onPacket{std::move(onPacket)}, m_reception{m_media.clockRate} {}

void MediaReceiver::useChannels(unsigned rtp, unsigned rtcp) {
    m_rtpChannel = rtp;
    m_rtcpChannel = rtcp;
}

void MediaReceiver::take(const InterleavedFrame& frame, base::SteadyTime now) {
    if (frame.channel == m_rtpChannel) {
        takePacket(frame.bytes, now);
    } else if (frame.channel == m_rtcpChannel) {
        takeReport(frame.bytes, now);
    }
}

bool MediaReceiver::takeDatagrams(base::SteadyTime now) {
    if (!m_ports) {
        return false;
    }
    for (auto bytes = m_ports->receive(false); !bytes.empty(); bytes = m_ports->receive(false)) {
        if (const auto packet = readRtpPacket(bytes)) {
            m_reorder.add(packet->sequence, bytes, now);
        }
    }
    for (auto bytes = m_ports->receive(true); !bytes.empty(); bytes = m_ports->receive(true)) {
        takeReport(bytes, now);
    }
    bool anything = false;
    while (const auto bytes = m_reorder.take(now)) {
        takePacket(*bytes, now);
        anything = true;
    }
    return anything;
}

void MediaReceiver::takePacket(Bytes bytes, base::SteadyTime now) {
    const auto packet = readRtpPacket(bytes);
    if (!packet || packet->payloadType != m_media.payloadType) {
        return;
    }
    const auto place = m_reception.received(*packet, now);
    if (place != Reception::Place::Late) {
        m_onPacket(*packet, place != Reception::Place::Next);
    }
}

void MediaReceiver::takeReport(Bytes bytes, base::SteadyTime now) {
    if (const auto report = readSenderReport(bytes)) {
        m_report = report;
        m_reception.reported(*report, now);
    }
}

std::optional<base::UtcTime> MediaReceiver::senderTime(std::uint32_t timestamp) const {
    if (!m_report) {
        return std::nullopt;
    }
    const auto since = static_cast<std::int32_t>(timestamp - m_report->timestamp);
    return m_report->time + base::Microseconds{std::int64_t{since} * 1'000'000 / m_media.clockRate};
}

void MediaReceiver::sendReport(Conversation& conversation, std::uint32_t self, const network::Patience& patience) {
    const auto report = m_reception.makeReport(self, patience.clock().steadyNow());
    if (m_ports) {
        m_ports->sendReport(report);
    } else if (m_rtcpChannel) {
        static_cast<void>(conversation.sendFrame(*m_rtcpChannel, report, patience));
    }
}

}  // namespace leedswatch::rtsp
