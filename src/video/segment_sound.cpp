#include "video/segment_sound.h"

#include "video/ffmpeg_codec.h"

namespace leedswatch::video {
namespace {

constexpr std::size_t kMostPieces = 2'000'000;

}  // namespace

SegmentSound::SegmentSound(AVFormatContext& input) {
    for (unsigned i = 0; i < input.nb_streams && !m_format; ++i) {
        m_format = soundFormatOf(*input.streams[i]->codecpar);
        m_stream = static_cast<int>(i);
        m_unit = input.streams[i]->time_base;
    }
}

void SegmentSound::note(const AVPacket& packet) {
    if (m_format && packet.stream_index == m_stream && packet.size > 0 && packet.pos >= 0 &&
        m_pieces.size() < kMostPieces) {
        m_pieces.push_back({av_rescale_q(packet.pts, m_unit, {1, m_format->sampleRate}),
                            m_format->samplesIn(static_cast<std::size_t>(packet.size)), packet.pos, packet.size});
    }
}

}  // namespace leedswatch::video
