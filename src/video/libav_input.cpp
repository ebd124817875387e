#include "video/libav_input.h"

#include "base/log.h"
#include "video/ffmpeg_codec.h"

#include <cctype>
#include <span>

namespace leedswatch::video {
namespace {

std::string percentEncode(std::string_view text) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    std::string encoded;
    for (const char letter : text) {
        const auto value = static_cast<unsigned char>(letter);
        if (std::isalnum(value) != 0 || letter == '-' || letter == '_' || letter == '.') {
            encoded.push_back(letter);
        } else {
            encoded.push_back('%');
            encoded.push_back(kDigits[value / 16]);
            encoded.push_back(kDigits[value % 16]);
        }
    }
    return encoded;
}

std::string whatIsSent(const AVStream* refused) {
    if (refused == nullptr) {
        return "no video";
    }
    const AVCodecID codec = refused->codecpar->codec_id;
    return codec == AV_CODEC_ID_NONE ? "video in a coding that is not known"
                                     : std::string{avcodec_get_name(codec)} + " video";
}

}  // namespace

void Patience::renew(std::chrono::milliseconds limit) {
    m_deadline = m_clock.steadyNow() + limit;
}

bool Patience::isOver() const {
    return m_clock.steadyNow() >= m_deadline;
}

AVIOInterruptCB Patience::callback() {
    const auto ask = +[](void* self) {
        const auto& patience = *static_cast<Patience*>(self);
        return patience.isStopped() || patience.isOver() ? 1 : 0;
    };
    return {ask, this};
}

base::Result<VideoTrack> VideoTrack::choose(AVFormatContext& input, const std::string& name,
                                            const std::string& advice) {
    AVStream* chosen = nullptr;
    const AVStream* refused = nullptr;
    std::unique_ptr<StreamParser> parser;
    for (unsigned i = 0; i < input.nb_streams; ++i) {
        AVStream* stream = input.streams[i];
        stream->discard = AVDISCARD_ALL;
        // The picture of an album or of an index is a video stream too.
        const bool isPicture = (stream->disposition & AV_DISPOSITION_ATTACHED_PIC) != 0;
        if (stream->codecpar->codec_type != AVMEDIA_TYPE_VIDEO || isPicture || chosen != nullptr) {
            continue;
        }
        const auto codec = codecFromFfmpeg(stream->codecpar->codec_id);
        parser = codec ? StreamParser::create(*codec) : nullptr;
        chosen = parser ? stream : nullptr;
        refused = parser ? refused : stream;
    }
    if (chosen == nullptr) {
        return base::fail(base::ErrorCode::Unsupported, name + " sends " + whatIsSent(refused) + "; " + advice);
    }
    chosen->discard = AVDISCARD_DEFAULT;
    const auto* parameters = chosen->codecpar;
    parser->describe(
        std::as_bytes(std::span{parameters->extradata, static_cast<std::size_t>(parameters->extradata_size)}));
    return VideoTrack{*chosen, std::move(parser)};
}

Packet VideoTrack::convert(const AVPacket& packet, const base::Clock& clock) {
    Packet converted = m_parser->convert(std::as_bytes(std::span{packet.data, static_cast<std::size_t>(packet.size)}));
    if (!converted.format || !converted.bytes || converted.bytes->empty()) {
        return {};
    }
    converted.isKey = converted.isKey || (packet.flags & AV_PKT_FLAG_KEY) != 0;
    converted.arrival = clock.now();
    converted.arrivedAt = clock.steadyNow();
    const std::int64_t said = packet.pts != AV_NOPTS_VALUE ? packet.pts : packet.dts;
    const AVRational timeBase = packet.time_base.num > 0 ? packet.time_base : m_stream->time_base;
    const auto time =
        said == AV_NOPTS_VALUE ? std::nullopt : std::optional{av_rescale_q(said, timeBase, {1, kMediaTicksPerSecond})};
    converted.time = m_times.mend(time, converted.arrivedAt);
    return converted;
}

void VideoTrack::followOn(VideoTrack next) {
    m_stream = next.m_stream;
    m_parser = std::move(next.m_parser);
}

std::string inSeconds(std::chrono::milliseconds time) {
    const auto tenths = time.count() / 100;
    return std::to_string(tenths / 10) + (tenths % 10 == 0 ? "" : "." + std::to_string(tenths % 10)) + " s";
}

base::Result<std::string> withCredentials(const std::string& url, const std::string& username,
                                          const std::string& password, std::size_t longest) {
    if (username.empty()) {
        return url;
    }
    const std::string credentials = percentEncode(username) + ":" + percentEncode(password);
    if (credentials.size() > longest) {
        return base::fail(base::ErrorCode::InvalidInput,
                          "the user name and password of the camera are too long together: " + std::to_string(longest) +
                              " letters at most");
    }
    const auto authority = url.find("://") + 3;
    return url.substr(0, authority) + credentials + "@" + url.substr(authority);
}

}  // namespace leedswatch::video
