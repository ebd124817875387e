#include "video/raw_encoder.h"

#include "video/ffmpeg_error.h"

#include <algorithm>
#include <cmath>

namespace leedswatch::video {
namespace {

constexpr int kUsualRate = 25;
constexpr double kKeySeconds = 2;

CodecContextHandle openDecoder(const AVStream& stream) {
    const AVCodec* codec = avcodec_find_decoder(stream.codecpar->codec_id);
    CodecContextHandle decoder{codec == nullptr ? nullptr : avcodec_alloc_context3(codec)};
    if (!decoder || avcodec_parameters_to_context(decoder.get(), stream.codecpar) < 0) {
        return nullptr;
    }
    decoder->thread_count = 1;
    return avcodec_open2(decoder.get(), codec, nullptr) < 0 ? nullptr : std::move(decoder);
}

CodecContextHandle openEncoder(const AVStream& stream) {
    const AVCodec* codec = avcodec_find_encoder_by_name("libx264");
    CodecContextHandle encoder{codec == nullptr ? nullptr : avcodec_alloc_context3(codec)};
    if (!encoder) {
        return nullptr;
    }
    const AVRational rate = stream.avg_frame_rate.num > 0 ? stream.avg_frame_rate : AVRational{kUsualRate, 1};
    encoder->width = stream.codecpar->width / 2 * 2;
    encoder->height = stream.codecpar->height / 2 * 2;
    encoder->pix_fmt = AV_PIX_FMT_YUV420P;
    encoder->time_base = av_inv_q(rate);
    encoder->framerate = rate;
    encoder->gop_size = std::max(1, static_cast<int>(std::lround(av_q2d(rate) * kKeySeconds)));
    encoder->max_b_frames = 0;
    encoder->thread_count = 1;
    AVDictionary* options = nullptr;
    av_dict_set(&options, "preset", "veryfast", 0);
    av_dict_set(&options, "tune", "zerolatency", 0);
    av_dict_set(&options, "crf", "23", 0);
    av_dict_set(&options, "x264-params", "scenecut=0:repeat-headers=1", 0);
    const int opened = avcodec_open2(encoder.get(), codec, &options);
    av_dict_free(&options);
    return opened < 0 ? nullptr : std::move(encoder);
}

}  // namespace

base::Result<std::unique_ptr<RawEncoder>> RawEncoder::create(const AVStream& stream) {
    auto decoder = openDecoder(stream);
    auto encoder = decoder ? openEncoder(stream) : nullptr;
    if (!encoder) {
        return base::fail(
            base::ErrorCode::Unsupported,
            std::string{"its pictures ("} + avcodec_get_name(stream.codecpar->codec_id) + ") cannot be encoded here");
    }
    std::unique_ptr<RawEncoder> made{new RawEncoder{std::move(decoder), std::move(encoder)}};
    made->m_raw.reset(av_frame_alloc());
    made->m_picture.reset(av_frame_alloc());
    made->m_picture->format = AV_PIX_FMT_YUV420P;
    made->m_picture->width = made->m_encoder->width;
    made->m_picture->height = made->m_encoder->height;
    if (av_frame_get_buffer(made->m_picture.get(), 0) < 0) {
        return base::fail(base::ErrorCode::Internal, "no memory for a picture");
    }
    return made;
}

base::Result<void> RawEncoder::encode(AVPacket& packet) {
    const std::int64_t pts = packet.pts;
    const std::int64_t dts = packet.dts;
    const int stream = packet.stream_index;
    const int sent = avcodec_send_packet(m_decoder.get(), &packet);
    av_packet_unref(&packet);
    if (sent < 0 || avcodec_receive_frame(m_decoder.get(), m_raw.get()) < 0) {
        return {};  // half a picture, as a device gives when a cable moves
    }
    TRY(convert());
    m_picture->pts = m_number++;
    const int answer = avcodec_send_frame(m_encoder.get(), m_picture.get());
    const int received = answer < 0 ? answer : avcodec_receive_packet(m_encoder.get(), &packet);
    if (received < 0) {
        return base::fail(errorFromFfmpeg(received, "encode a picture"));
    }
    packet.pts = pts;
    packet.dts = dts;
    packet.stream_index = stream;
    return {};
}

base::Result<void> RawEncoder::convert() {
    m_scaler.reset(sws_getCachedContext(m_scaler.release(), m_raw->width, m_raw->height,
                                        static_cast<AVPixelFormat>(m_raw->format), m_picture->width, m_picture->height,
                                        AV_PIX_FMT_YUV420P, SWS_BILINEAR, nullptr, nullptr, nullptr));
    if (!m_scaler || av_frame_make_writable(m_picture.get()) < 0) {
        return base::fail(base::ErrorCode::Damaged, "its pictures are of no known kind");
    }
    sws_scale(m_scaler.get(), m_raw->data, m_raw->linesize, 0, m_raw->height, m_picture->data, m_picture->linesize);
    av_frame_unref(m_raw.get());
    return {};
}

}  // namespace leedswatch::video
