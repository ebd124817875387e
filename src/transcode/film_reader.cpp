#include "transcode/film_reader.h"

#include "video/ffmpeg_error.h"
#include "video/film_file.h"

#include <algorithm>

namespace leedswatch::transcode {
namespace {

constexpr std::int64_t kLongestPauseSeconds = 60;
constexpr AVRational kUsualStep{1, 25};

std::int64_t stepOf(const AVStream& stream) {
    const AVRational step = stream.avg_frame_rate.num > 0 ? av_inv_q(stream.avg_frame_rate) : kUsualStep;
    return std::max<std::int64_t>(1, av_rescale_q(1, step, stream.time_base));
}

base::Result<video::CodecContextHandle> openFilmDecoder(const AVCodec& codec, const AVStream& stream,
                                                        const std::filesystem::path& file) {
    video::CodecContextHandle decoder{avcodec_alloc_context3(&codec)};
    int answer = avcodec_parameters_to_context(decoder.get(), stream.codecpar);
    if (answer >= 0) {
        decoder->pkt_timebase = stream.time_base;
        decoder->thread_count = 1;
        answer = avcodec_open2(decoder.get(), &codec, nullptr);
    }
    if (answer < 0) {
        return base::fail(video::errorFromFfmpeg(answer, "decode " + file.string()));
    }
    return decoder;
}

}  // namespace

base::Result<FilmReader> FilmReader::open(const std::filesystem::path& file) {
    TRY_ASSIGN(video::InputHandle input, video::openFilm(file));
    const AVCodec* codec = nullptr;
    const int stream = av_find_best_stream(input.get(), AVMEDIA_TYPE_VIDEO, -1, -1, &codec, 0);
    if (stream < 0 || codec == nullptr) {
        return base::fail(base::ErrorCode::Unsupported, "there is no video that can be decoded in " + file.string());
    }
    for (unsigned other = 0; other < input->nb_streams; ++other) {
        input->streams[other]->discard = static_cast<int>(other) == stream ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
    }
    TRY_ASSIGN(auto decoder, openFilmDecoder(*codec, *input->streams[stream], file));
    return FilmReader{file, std::move(input), stream, std::move(decoder)};
}

FilmReader::FilmReader(std::filesystem::path file, video::InputHandle input, int stream,
                       video::CodecContextHandle decoder)
    : m_file{std::move(file)},
      m_input{std::move(input)},
      m_stream{stream},
      m_decoder{std::move(decoder)},
      m_packet{av_packet_alloc()},
      m_frame{av_frame_alloc()},
      m_step{stepOf(*m_input->streams[stream])} {}

base::Result<const AVFrame*> FilmReader::next() {
    for (;;) {
        const int answer = avcodec_receive_frame(m_decoder.get(), m_frame.get());
        if (answer >= 0) {
            const bool isDamaged = m_frame->decode_error_flags != 0 || (m_frame->flags & AV_FRAME_FLAG_CORRUPT) != 0;
            m_damage.damagedPictures += isDamaged ? 1 : 0;
            mendTime();
            m_frame->sample_aspect_ratio =
                av_guess_sample_aspect_ratio(m_input.get(), m_input->streams[m_stream], m_frame.get());
            ++m_pictures;
            return m_frame.get();
        }
        if (answer == AVERROR_EOF || (m_isDrained && answer != AVERROR(EAGAIN))) {
            if (m_pictures == 0) {
                return base::fail(base::ErrorCode::Damaged, "there is no picture in " + m_file.string());
            }
            return nullptr;
        }
        feed();
    }
}

void FilmReader::feed() {
    const int read = av_read_frame(m_input.get(), m_packet.get());
    if (read < 0) {
        m_isDrained = true;
        if (read != AVERROR_EOF) {
            m_damage.end = video::errorFromFfmpeg(read, "it breaks off").message;
        }
        avcodec_send_packet(m_decoder.get(), nullptr);
    } else if (m_packet->stream_index == m_stream) {
        const bool isTorn = (m_packet->flags & AV_PKT_FLAG_CORRUPT) != 0;
        const bool isRefused = avcodec_send_packet(m_decoder.get(), m_packet.get()) < 0;
        m_damage.refusedPackets += isTorn || isRefused ? 1 : 0;
    }
    av_packet_unref(m_packet.get());
}

void FilmReader::mendTime() {
    const std::int64_t said = m_frame->best_effort_timestamp;
    if (said != AV_NOPTS_VALUE && !m_begin) {
        m_begin = said;
        // Pictures that came before any time was known have been given times from 0 on.
        m_shift = m_pictures == 0 ? 0 : m_last + m_step;
    }
    if (m_pictures == 0) {
        m_frame->pts = 0;
        return;
    }
    const std::int64_t time = said == AV_NOPTS_VALUE ? m_last : said - *m_begin + m_shift;
    const std::int64_t longest = av_rescale_q(kLongestPauseSeconds, {1, 1}, timeBase());
    if (time > m_last && time - m_last <= longest) {
        m_step = time - m_last;
        m_frame->pts = m_last = time;
        return;
    }
    m_damage.mendedTimes += m_begin ? 1 : 0;  // an elementary stream knows no times at all
    m_frame->pts = m_last + m_step;
    // A leap stays where it is: what comes after it has times that follow from the mended one.
    m_shift += said == AV_NOPTS_VALUE || m_last + m_step == time ? 0 : m_frame->pts - time;
    m_last = m_frame->pts;
}

std::optional<double> FilmReader::seconds() const {
    if (stream().duration > 0) {
        return static_cast<double>(stream().duration) * av_q2d(timeBase());
    }
    return m_input->duration > 0 ? std::optional{static_cast<double>(m_input->duration) / AV_TIME_BASE} : std::nullopt;
}

}  // namespace leedswatch::transcode
