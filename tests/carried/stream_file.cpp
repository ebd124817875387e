#include "carried/stream_file.h"

#include "video/ffmpeg_codec.h"
#include "video/stream_parser.h"

extern "C" {
#include <libavcodec/bsf.h>
#include <libavutil/imgutils.h>
#include <libavutil/md5.h>
}

#include <algorithm>
#include <array>
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>

namespace leedswatch::tests {
namespace {

struct FilterCloser {
    void operator()(AVBSFContext* filter) const { av_bsf_free(&filter); }
};
using FilterHandle = std::unique_ptr<AVBSFContext, FilterCloser>;

struct RawPacket {
    std::vector<std::byte> bytes;
    std::optional<std::int64_t> time;  // 90 kHz, if the file says
};

struct RawStream {
    video::InputHandle input;
    AVStream* stream = nullptr;
    video::CodecParametersHandle parameters;  // null: nothing that could be read
    std::vector<std::byte> description;
    std::vector<RawPacket> packets;
};

/// What stands between a file and a camera's stream: lengths become start codes, and of MPEG-4 in AVI, where two
/// pictures may share a packet, each gets its own.
FilterHandle makeFilter(const AVStream& stream) {
    const AVCodecParameters& parameters = *stream.codecpar;
    const bool hasLengths = parameters.extradata_size > 0 && parameters.extradata[0] == 1;
    const char* name = "null";
    if (parameters.codec_id == AV_CODEC_ID_H264 && hasLengths) {
        name = "h264_mp4toannexb";
    } else if (parameters.codec_id == AV_CODEC_ID_HEVC && hasLengths) {
        name = "hevc_mp4toannexb";
    } else if (parameters.codec_id == AV_CODEC_ID_MPEG4) {
        name = "mpeg4_unpack_bframes";
    }
    AVBSFContext* filter = nullptr;
    av_bsf_alloc(av_bsf_get_by_name(name), &filter);
    avcodec_parameters_copy(filter->par_in, &parameters);
    filter->time_base_in = stream.time_base;
    if (av_bsf_init(filter) < 0) {
        av_bsf_free(&filter);
    }
    return FilterHandle{filter};
}

RawStream readRaw(const std::filesystem::path& file) {
    RawStream raw;
    AVFormatContext* context = nullptr;
    if (avformat_open_input(&context, file.c_str(), nullptr, nullptr) < 0) {
        return raw;
    }
    raw.input.reset(context);
    avformat_find_stream_info(context, nullptr);
    const int found = av_find_best_stream(context, AVMEDIA_TYPE_VIDEO, -1, -1, nullptr, 0);
    if (found < 0) {
        return raw;
    }
    raw.stream = context->streams[found];
    const FilterHandle filter = makeFilter(*raw.stream);
    const video::PacketHandle packet{av_packet_alloc()};
    const std::string container = context->iformat->name;
    const bool isRaw = container == "h264" || container == "avi";  // the latter knows the order of decoding only
    while (filter && av_read_frame(context, packet.get()) >= 0) {
        if (packet->stream_index != found || av_bsf_send_packet(filter.get(), packet.get()) < 0) {
            av_packet_unref(packet.get());
            continue;
        }
        while (av_bsf_receive_packet(filter.get(), packet.get()) >= 0) {
            const auto* begin = reinterpret_cast<const std::byte*>(packet->data);
            const std::int64_t time = packet->pts != AV_NOPTS_VALUE ? packet->pts : packet->dts;
            const bool timed = !isRaw && time != AV_NOPTS_VALUE;
            raw.packets.push_back({{begin, begin + packet->size}, {}});
            if (timed) {
                raw.packets.back().time = av_rescale_q(time, raw.stream->time_base, {1, video::kMediaTicksPerSecond});
            }
            av_packet_unref(packet.get());
        }
    }
    if (filter) {
        raw.parameters.reset(avcodec_parameters_alloc());
        avcodec_parameters_copy(raw.parameters.get(), filter->par_out);
        const auto* begin = reinterpret_cast<const std::byte*>(raw.parameters->extradata);
        raw.description.assign(begin, begin + raw.parameters->extradata_size);
    }
    return raw;
}

/// libavcodec as it is, told of a stream by its parameters.
class DirectDecoder {
public:
    explicit DirectDecoder(const AVCodecParameters& parameters) {
        const AVCodec* codec = avcodec_find_decoder(parameters.codec_id);
        m_decoder.reset(avcodec_alloc_context3(codec));
        avcodec_parameters_to_context(m_decoder.get(), &parameters);
        m_decoder->thread_count = 1;
        m_isOpen = avcodec_open2(m_decoder.get(), codec, nullptr) >= 0;
    }
    void decode(std::span<const std::byte> bytes) {
        if (!m_isOpen || av_new_packet(m_packet.get(), static_cast<int>(bytes.size())) < 0) {
            return;
        }
        std::copy(bytes.begin(), bytes.end(), reinterpret_cast<std::byte*>(m_packet->data));
        m_packet->pts = m_given++;
        avcodec_send_packet(m_decoder.get(), m_packet.get());
        av_packet_unref(m_packet.get());
        take();
    }
    void finish() {
        if (m_isOpen) {
            avcodec_send_packet(m_decoder.get(), nullptr);
            take();
        }
    }

    std::vector<std::string> sums;               // in the order of showing
    std::map<std::size_t, std::int64_t> places;  // of the packet that began a picture, in that order

private:
    void take() {
        while (avcodec_receive_frame(m_decoder.get(), m_frame.get()) >= 0) {
            places.emplace(static_cast<std::size_t>(std::max<std::int64_t>(m_frame->pts, 0)),
                           static_cast<std::int64_t>(sums.size()));
            sums.push_back(md5Of(*m_frame));
        }
    }

    video::CodecContextHandle m_decoder;
    video::PacketHandle m_packet{av_packet_alloc()};
    video::FrameHandle m_frame{av_frame_alloc()};
    bool m_isOpen = false;
    std::int64_t m_given = 0;
};

}  // namespace

std::optional<std::filesystem::path> footage(const std::string& name) {
    const char* folder = std::getenv("LEEDSWATCH_FOOTAGE");
    if (folder == nullptr || !std::filesystem::exists(std::filesystem::path{folder} / name)) {
        return std::nullopt;
    }
    return std::filesystem::path{folder} / name;
}

StreamFile readStreamFile(const std::filesystem::path& file, base::UtcTime begin) {
    av_log_set_level(AV_LOG_QUIET);
    StreamFile result;
    const RawStream raw = readRaw(file);
    if (!raw.parameters) {
        return result;
    }
    result.codec = avcodec_get_name(raw.parameters->codec_id);
    DirectDecoder direct{*raw.parameters};
    for (const RawPacket& packet : raw.packets) {
        direct.decode(packet.bytes);
    }
    direct.finish();
    result.direct = std::move(direct.sums);
    const auto codec = video::codecFromFfmpeg(raw.parameters->codec_id);
    result.isCarried = codec.has_value();
    if (!codec) {
        return result;
    }
    const auto parser = video::StreamParser::create(*codec);
    parser->describe(raw.description);
    constexpr std::int64_t kFrame = video::kMediaTicksPerSecond / 25;
    std::int64_t time = 0;
    std::optional<std::int64_t> zero;
    std::int64_t latest = 0;
    for (std::size_t i = 0; i < raw.packets.size(); ++i) {
        const auto place = direct.places.find(i);
        time = raw.packets[i].time            ? *raw.packets[i].time
               : place != direct.places.end() ? place->second * kFrame
                                              : time;
        video::Packet packet = parser->convert(raw.packets[i].bytes);
        if (!packet.format || packet.bytes->empty()) {
            continue;
        }
        zero = zero.value_or(time);
        packet.time = time - *zero;
        latest = std::max(latest, packet.time);
        const auto order = video::durationOfTicks(latest);
        packet.arrival = begin + order;
        packet.arrivedAt = base::SteadyTime{order};
        result.packets.push_back(std::move(packet));
    }
    return result;
}

std::vector<std::string> decodeDirectly(const std::vector<video::Packet>& packets) {
    const video::CodecParametersHandle parameters{avcodec_parameters_alloc()};
    video::describeTo(*parameters, *packets.front().format);
    DirectDecoder direct{*parameters};
    for (const video::Packet& packet : packets) {
        direct.decode(*packet.bytes);
    }
    direct.finish();
    return direct.sums;
}

std::string md5Of(const AVFrame& picture) {
    const auto format = static_cast<AVPixelFormat>(picture.format);
    const int size = av_image_get_buffer_size(format, picture.width, picture.height, 1);
    std::vector<std::uint8_t> samples(static_cast<std::size_t>(std::max(size, 0)));
    av_image_copy_to_buffer(samples.data(), size, picture.data, picture.linesize, format, picture.width, picture.height,
                            1);
    std::array<std::uint8_t, 16> digest{};
    av_md5_sum(digest.data(), samples.data(), samples.size());
    std::string text;
    for (const std::uint8_t byte : digest) {
        constexpr const char* kDigits = "0123456789abcdef";
        text.push_back(kDigits[byte >> 4U]);
        text.push_back(kDigits[byte & 15U]);
    }
    return text;
}

std::vector<std::string> readFrameMd5(const std::filesystem::path& file) {
    std::ifstream lines{file};
    std::vector<std::string> sums;
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("0,")) {
            sums.push_back(line.substr(line.rfind(' ') + 1));
        }
    }
    return sums;
}

}  // namespace leedswatch::tests
