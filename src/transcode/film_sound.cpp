#include "transcode/film_sound.h"

#include "transcode/film_reader.h"
#include "video/ffmpeg_error.h"
#include "video/film_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace leedswatch::transcode {
namespace {

constexpr std::int64_t kBitsOfOneChannel = 96'000;

bool isPlayedFromMp4(AVCodecID codec) {
    constexpr std::array kKnown{AV_CODEC_ID_AAC, AV_CODEC_ID_MP3, AV_CODEC_ID_AC3};
    return std::ranges::find(kKnown, codec) != kKnown.end();
}

/// The nearest of the rates that AAC has.
int rateForAac(int rate) {
    constexpr std::array kRates{8'000, 11'025, 12'000, 16'000, 22'050, 24'000, 32'000, 44'100, 48'000};
    return *std::ranges::min_element(kRates, {}, [rate](int known) { return std::abs(known - rate); });
}

}  // namespace

base::Result<std::optional<FilmSound>> FilmSound::open(const std::filesystem::path& file, std::int64_t begin,
                                                       AVRational timeBase) {
    TRY_ASSIGN(auto input, video::openFilm(file));
    const int stream = av_find_best_stream(input.get(), AVMEDIA_TYPE_AUDIO, -1, -1, nullptr, 0);
    if (stream < 0 || input->streams[stream]->codecpar->sample_rate <= 0) {
        return std::optional<FilmSound>{};
    }
    for (unsigned other = 0; other < input->nb_streams; ++other) {
        input->streams[other]->discard = static_cast<int>(other) == stream ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
    }
    FilmSound sound{std::move(input), stream};
    sound.m_begin = av_rescale_q(begin, timeBase, sound.m_input->streams[stream]->time_base);
    if (!isPlayedFromMp4(sound.m_parameters->codec_id) && !sound.openCoders()) {
        return std::optional<FilmSound>{};
    }
    return std::optional{std::move(sound)};
}

FilmSound::FilmSound(video::InputHandle input, int stream)
    : m_input{std::move(input)},
      m_stream{stream},
      m_timeBase{m_input->streams[stream]->time_base},
      m_parameters{avcodec_parameters_alloc()} {
    avcodec_parameters_copy(m_parameters.get(), m_input->streams[stream]->codecpar);
}

std::string FilmSound::description() const {
    const char* source = avcodec_get_name(m_input->streams[m_stream]->codecpar->codec_id);
    return m_encoder ? std::string{"made AAC of "} + source : fmt::format("copied ({})", source);
}

bool FilmSound::openCoders() {
    const AVCodecParameters& source = *m_input->streams[m_stream]->codecpar;
    const AVCodec* codec = avcodec_find_decoder(source.codec_id);
    m_decoder.reset(codec == nullptr ? nullptr : avcodec_alloc_context3(codec));
    if (!m_decoder || avcodec_parameters_to_context(m_decoder.get(), &source) < 0) {
        return false;
    }
    m_decoder->pkt_timebase = m_timeBase;
    m_decoder->thread_count = 1;
    return avcodec_open2(m_decoder.get(), codec, nullptr) >= 0 && openEncoder();
}

bool FilmSound::openEncoder() {
    const AVCodec* codec = avcodec_find_encoder(AV_CODEC_ID_AAC);
    m_encoder.reset(codec == nullptr ? nullptr : avcodec_alloc_context3(codec));
    if (!m_encoder) {
        return false;
    }
    const int channels = std::clamp(m_decoder->ch_layout.nb_channels, 1, 2);
    av_channel_layout_default(&m_encoder->ch_layout, channels);
    m_encoder->sample_rate = rateForAac(m_decoder->sample_rate);
    m_encoder->sample_fmt = AV_SAMPLE_FMT_FLTP;
    m_encoder->bit_rate = kBitsOfOneChannel * channels;
    m_encoder->time_base = {1, m_encoder->sample_rate};
    m_encoder->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    m_timeBase = m_encoder->time_base;
    return avcodec_open2(m_encoder.get(), codec, nullptr) >= 0 &&
           avcodec_parameters_from_context(m_parameters.get(), m_encoder.get()) >= 0;
}

base::Result<video::PacketHandle> FilmSound::next() {
    if (!m_encoder) {
        return nextCopied();
    }
    while (m_made.empty() && !m_isDone) {
        TRY(encodeSome());
    }
    if (m_made.empty()) {
        return video::PacketHandle{};
    }
    auto packet = std::move(m_made.front());
    m_made.pop_front();
    return packet;
}

video::PacketHandle FilmSound::nextCopied() {
    video::PacketHandle packet{av_packet_alloc()};
    while (av_read_frame(m_input.get(), packet.get()) >= 0) {
        const std::int64_t said = packet->pts != AV_NOPTS_VALUE ? packet->pts : packet->dts;
        const std::int64_t time = said == AV_NOPTS_VALUE ? m_last + 1 : said - m_begin;
        if (packet->stream_index == m_stream && packet->size > 0 && time >= 0 && time > m_last) {
            packet->pts = packet->dts = m_last = time;
            return packet;
        }
        av_packet_unref(packet.get());
    }
    return nullptr;
}

base::Result<void> FilmSound::encodeSome() {
    const video::PacketHandle packet{av_packet_alloc()};
    const video::FrameHandle sound{av_frame_alloc()};
    const bool isOver = av_read_frame(m_input.get(), packet.get()) < 0;
    if (isOver || packet->stream_index == m_stream) {
        avcodec_send_packet(m_decoder.get(), isOver ? nullptr : packet.get());
    }
    while (avcodec_receive_frame(m_decoder.get(), sound.get()) >= 0) {
        sound->pts =
            sound->best_effort_timestamp == AV_NOPTS_VALUE ? AV_NOPTS_VALUE : sound->best_effort_timestamp - m_begin;
        TRY(filter(sound.get()));
    }
    if (isOver) {
        m_isDone = true;
        return filter(nullptr);
    }
    return {};
}

base::Result<void> FilmSound::filter(const AVFrame* sound) {
    if (!m_graph && sound != nullptr) {
        // Holes are filled and overlaps cut, so it stays with the pictures; it begins with the first of them.
        const std::string filters = fmt::format(
            "aresample={}:async=1:min_hard_comp=0.05:first_pts=0,aformat=sample_fmts=fltp:channel_layouts={}",
            m_encoder->sample_rate, m_encoder->ch_layout.nb_channels == 1 ? "mono" : "stereo");
        TRY_ASSIGN(auto graph, FilterGraph::createForSound(*sound, m_input->streams[m_stream]->time_base, filters,
                                                           static_cast<unsigned>(m_encoder->frame_size)));
        m_graph.emplace(std::move(graph));
    }
    if (!m_graph) {
        return {};
    }
    if (sound == nullptr) {
        TRY(m_graph->finish());
    } else if (const auto put = m_graph->put(*sound); !put) {
        return {};  // of another kind than the rest
    }
    while (true) {
        TRY_ASSIGN(const auto ready, m_graph->take());
        if (!ready) {
            break;
        }
        ready->pts = av_rescale_q(ready->pts, m_graph->timeBase(), m_encoder->time_base);
        encode(ready.get());
    }
    if (sound == nullptr) {
        encode(nullptr);
    }
    return {};
}

void FilmSound::encode(const AVFrame* sound) {
    avcodec_send_frame(m_encoder.get(), sound);
    video::PacketHandle packet{av_packet_alloc()};
    while (avcodec_receive_packet(m_encoder.get(), packet.get()) >= 0) {
        m_made.push_back(std::move(packet));
        packet.reset(av_packet_alloc());
    }
}

}  // namespace leedswatch::transcode
