#include "video/sound_track.h"

#include "video/ffmpeg_codec.h"

namespace leedswatch::video {

const char* SoundTrack::muxerFor(const SoundFormat* format) {
    return format == nullptr || format->codec == SoundCodec::Aac ? "mp4" : "mov";
}

SoundTrack::SoundTrack(AVFormatContext& muxer, std::shared_ptr<const SoundFormat> format)
    : m_format{std::move(format)},
      m_stream{static_cast<int>(muxer.nb_streams)},
      m_placer{m_format->sampleRate},
      m_packet{av_packet_alloc()} {
    // What a camera sends wrong is left as it is; libavformat would put a filter in its way for good.
    muxer.flags &= ~AVFMT_FLAG_AUTO_BSF;
    AVStream* stream = avformat_new_stream(&muxer, nullptr);
    stream->time_base = {1, m_format->sampleRate};
    describeTo(*stream->codecpar, *m_format);
}

void SoundTrack::write(AVFormatContext& muxer, std::span<const SoundPacket> sound, std::int64_t zero) {
    for (const SoundPacket& one : sound) {
        const bool isOurs = !one.bytes->empty() && *one.format == *m_format;
        const auto at = isOurs && one.time >= zero ? m_placer.place(one.time - zero, one.samples()) : std::nullopt;
        if (!at) {
            ++m_leftOut;
            continue;
        }
        // The muxer copies what it is given; the bytes stay ours and are not changed.
        m_packet->data = reinterpret_cast<std::uint8_t*>(const_cast<std::byte*>(one.bytes->data()));
        m_packet->size = static_cast<int>(one.bytes->size());
        m_packet->pts = *at;
        m_packet->dts = *at;
        m_packet->duration = one.samples();
        m_packet->flags = AV_PKT_FLAG_KEY;
        m_packet->stream_index = m_stream;
        m_leftOut += av_write_frame(&muxer, m_packet.get()) < 0 ? 1 : 0;
        av_packet_unref(m_packet.get());
    }
}

}  // namespace leedswatch::video
