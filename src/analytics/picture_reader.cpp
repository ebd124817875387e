#include "analytics/picture_reader.h"

#include "video/ffmpeg_error.h"
#include "video/film_file.h"
#include "video/picture_colours.h"

namespace leedswatch::analytics {
namespace {

constexpr int decodedPadding = 32;  // pixels

}  // namespace

base::Result<PictureReader> PictureReader::open(const std::filesystem::path& file) {
    TRY_ASSIGN(video::InputHandle input, video::openFilm(file));
    const AVCodec* codec = nullptr;
    const int stream = av_find_best_stream(input.get(), AVMEDIA_TYPE_VIDEO, -1, -1, &codec, 0);
    if (stream < 0 || codec == nullptr) {
        return base::fail(base::ErrorCode::Unsupported, "there is no video that can be decoded in " + file.string());
    }
    for (unsigned other = 0; other < input->nb_streams; ++other) {
        input->streams[other]->discard = static_cast<int>(other) == stream ? AVDISCARD_DEFAULT : AVDISCARD_ALL;
    }
    video::CodecContextHandle decoder{avcodec_alloc_context3(codec)};
    int answer = avcodec_parameters_to_context(decoder.get(), input->streams[stream]->codecpar);
    if (answer >= 0) {
        decoder->pkt_timebase = input->streams[stream]->time_base;
        decoder->thread_count = 1;
        answer = avcodec_open2(decoder.get(), codec, nullptr);
    }
    if (answer < 0) {
        return base::fail(video::errorFromFfmpeg(answer, "decode " + file.string()));
    }
    return PictureReader{file, std::move(input), stream, std::move(decoder)};
}

PictureReader::PictureReader(std::filesystem::path file, video::InputHandle input, int stream,
                             video::CodecContextHandle decoder)
    : m_file{std::move(file)},
      m_input{std::move(input)},
      m_stream{stream},
      m_decoder{std::move(decoder)},
      m_packet{av_packet_alloc()},
      m_frame{av_frame_alloc()} {}

std::optional<double> PictureReader::length() const {
    if (m_input->duration == AV_NOPTS_VALUE || m_input->duration <= 0) {
        return std::nullopt;
    }
    return static_cast<double>(m_input->duration) / AV_TIME_BASE;
}

base::Result<std::optional<PictureReader::Picture>> PictureReader::next() {
    for (;;) {
        const int answer = avcodec_receive_frame(m_decoder.get(), m_frame.get());
        if (answer >= 0) {
            return take();
        }
        if (answer == AVERROR_EOF || m_isDrained) {
            if (m_pictures == 0) {
                return base::fail(base::ErrorCode::Damaged, "there is no picture in " + m_file.string());
            }
            return std::nullopt;
        }
        // What a damaged packet is answered with is not the end: the next one may be good.
        const int read = av_read_frame(m_input.get(), m_packet.get());
        if (read < 0) {
            m_isDrained = true;
            avcodec_send_packet(m_decoder.get(), nullptr);
        } else if (m_packet->stream_index == m_stream) {
            avcodec_send_packet(m_decoder.get(), m_packet.get());
        }
        av_packet_unref(m_packet.get());
    }
}

// A picture without a time of its own follows the one before at the rate of the stream.
PictureReader::Picture PictureReader::take() {
    const AVStream& stream = *m_input->streams[m_stream];
    const std::int64_t time = m_frame->best_effort_timestamp;
    const double step = stream.avg_frame_rate.num > 0 ? av_q2d(av_inv_q(stream.avg_frame_rate)) : 1.0 / 25;
    if (time != AV_NOPTS_VALUE) {
        m_begin = m_begin.value_or(time);
        m_seconds = static_cast<double>(time - *m_begin) * av_q2d(stream.time_base);
    } else if (m_pictures > 0) {
        m_seconds += step;
    }
    ++m_pictures;
    return {m_frame.get(), m_seconds};
}

base::Result<cv::Mat> ColourConverter::convert(const AVFrame& frame) {
    const video::PictureColours colours = video::coloursOf(frame);
    m_scaler.reset(sws_getCachedContext(m_scaler.release(), frame.width, frame.height, colours.format, frame.width,
                                        frame.height, AV_PIX_FMT_BGR24, SWS_BILINEAR | SWS_ACCURATE_RND, nullptr,
                                        nullptr, nullptr));
    if (!m_scaler) {
        return base::fail(video::cannotBeShown(frame));
    }
    video::setColours(*m_scaler, colours);
    // libswscale writes whole vectors, beyond the last pixel of a row.
    cv::Mat padded(frame.height, frame.width + decodedPadding, CV_8UC3);  // braces would make a list of it
    cv::Mat picture = padded(cv::Rect{0, 0, frame.width, frame.height});
    std::uint8_t* const planes[4] = {picture.data, nullptr, nullptr, nullptr};
    const int strides[4] = {static_cast<int>(picture.step[0]), 0, 0, 0};
    sws_scale(m_scaler.get(), frame.data, frame.linesize, 0, frame.height, planes, strides);
    return picture;
}

}  // namespace leedswatch::analytics
