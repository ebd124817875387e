#include "video/rtsp_sound.h"

namespace leedswatch::video {
namespace {

std::shared_ptr<const SoundFormat> formatOf(const rtsp::MediaDescription& media) {
    if (media.encoding == "PCMU") {
        return g711Format(SoundCodec::MuLaw, media.clockRate, media.channels);
    }
    if (media.encoding == "PCMA") {
        return g711Format(SoundCodec::ALaw, media.clockRate, media.channels);
    }
    return media.encoding == "MPEG4-GENERIC" ? aacFormat(media.parameters) : nullptr;
}

}  // namespace

RtspSound::RtspSound(const rtsp::MediaDescription& media) : m_format{formatOf(media)}, m_clock{media.clockRate} {}

std::vector<SoundPacket> RtspSound::convert(std::vector<rtsp::StreamSound> heard) {
    std::vector<SoundPacket> packets;
    for (rtsp::StreamSound& one : heard) {
        const auto time = m_clock.place(one.timestamp, one.duration, one.cameraTime, one.arrivedAt);
        if (time && m_format) {
            packets.push_back({m_format, std::make_shared<const std::vector<std::byte>>(std::move(one.bytes)), *time});
        }
    }
    return packets;
}

}  // namespace leedswatch::video
