#include "video/file_sound.h"

#include "video/ffmpeg_codec.h"
#include "video/packet.h"

#include <utility>

namespace leedswatch::video {
namespace {

constexpr std::size_t kMostHeard = 1024;
// Times in files are rounded, to milliseconds in some.
constexpr std::int64_t kHair = kMediaTicksPerSecond / 500;

}  // namespace

void FileSound::choose(AVFormatContext& input) {
    m_stream = -1;
    m_refusal = "the file has none";
    for (unsigned i = 0; i < input.nb_streams; ++i) {
        AVStream& stream = *input.streams[i];
        if (stream.codecpar->codec_type != AVMEDIA_TYPE_AUDIO) {
            continue;
        }
        if (auto format = soundFormatOf(*stream.codecpar)) {
            // A loop begins with the same format again; then it stays the same object.
            m_format = m_format && *m_format == *format ? m_format : std::move(format);
            m_stream = static_cast<int>(i);
            m_unit = stream.time_base;
            stream.discard = AVDISCARD_DEFAULT;
            m_refusal = {};
            return;
        }
        m_refusal = "its sound is neither AAC in an MP4 nor G.711";
    }
    m_format = nullptr;
}

void FileSound::picture(std::int64_t line, std::int64_t time) {
    m_offset = time - line;
}

void FileSound::add(const AVPacket& packet, std::int64_t loopBegin, std::int64_t fileBegin) {
    if (packet.stream_index != m_stream || !m_format || !m_offset || packet.size <= 0 || packet.pts == AV_NOPTS_VALUE ||
        m_heard.size() >= kMostHeard) {
        return;
    }
    const std::int64_t inFile = av_rescale_q(packet.pts, m_unit, {1, kMediaTicksPerSecond}) - fileBegin;
    const std::int64_t time = loopBegin + inFile + *m_offset;
    if (inFile < 0 || (m_end && time < *m_end - kHair)) {
        return;
    }
    const auto* bytes = reinterpret_cast<const std::byte*>(packet.data);
    m_heard.push_back({m_format, std::make_shared<const std::vector<std::byte>>(bytes, bytes + packet.size), time});
    m_end = time + av_rescale(m_heard.back().samples(), kMediaTicksPerSecond, m_format->sampleRate);
}

}  // namespace leedswatch::video
