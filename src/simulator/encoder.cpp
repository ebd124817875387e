#include "simulator/encoder.h"

#include "simulator/annex_b.h"

extern "C" {
#include <libavutil/imgutils.h>
#include <libavutil/opt.h>
}

#include <opencv2/imgproc.hpp>

#include <cmath>

namespace leedswatch::simulator {
namespace {

void configure(AVCodecContext& context, const Encoder::Settings& settings) {
    context.width = settings.width;
    context.height = settings.height;
    context.pix_fmt = AV_PIX_FMT_YUV420P;
    context.time_base = {1, 90000};
    context.framerate = av_d2q(settings.picturesASecond, 1000);
    context.max_b_frames = 0;
    context.gop_size = 1000;  // key pictures are forced by time
    context.thread_count = 1;
    context.color_range = AVCOL_RANGE_MPEG;
    context.flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    av_opt_set(context.priv_data, "preset", "ultrafast", 0);
    av_opt_set(context.priv_data, "tune", "zerolatency", 0);
    av_opt_set(context.priv_data, "profile", "main", 0);
    av_opt_set(context.priv_data, "forced-idr", "1", 0);
    av_opt_set_double(context.priv_data, "crf", settings.quality, 0);
    av_opt_set(context.priv_data, "x264-params", "scenecut=0", 0);
}

}  // namespace

base::Result<std::unique_ptr<Encoder>> Encoder::create(const Settings& settings) {
    const AVCodec* codec = avcodec_find_encoder_by_name("libx264");
    if (codec == nullptr) {
        return base::fail(base::ErrorCode::Unsupported, "this FFmpeg has no H.264 encoder (libx264)");
    }
    FfmpegHandle<AVCodecContext> context{avcodec_alloc_context3(codec)};
    configure(*context, settings);
    if (const int result = avcodec_open2(context.get(), codec, nullptr); result < 0) {
        return base::fail(ffmpegError(
            result, "open the encoder for " + std::to_string(settings.width) + "x" + std::to_string(settings.height)));
    }
    const auto* extra = reinterpret_cast<const std::byte*>(context->extradata);
    rtsp::VideoFormat format{makeAvcRecord({extra, static_cast<std::size_t>(context->extradata_size)}), settings.width,
                             settings.height};
    if (format.record.empty()) {
        return base::fail(base::ErrorCode::Internal, "the encoder gave no parameter sets");
    }
    return std::unique_ptr<Encoder>{new Encoder{settings, std::move(context), std::move(format)}};
}

Encoder::Encoder(const Settings& settings, FfmpegHandle<AVCodecContext> context, rtsp::VideoFormat format)
    : m_settings{settings},
      m_context{std::move(context)},
      m_format{std::move(format)},
      m_packet{av_packet_alloc()},
      m_frame{makeFrame(settings.width, settings.height)} {}

base::Result<rtsp::AccessUnit> Encoder::encode(AVFrame& frame, std::int64_t time) {
    const bool isKey = !m_lastKey || time - *m_lastKey >= m_settings.keyInterval;
    frame.pts = time;
    frame.pict_type = isKey ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE;
    if (const int result = avcodec_send_frame(m_context.get(), &frame); result < 0) {
        return base::fail(ffmpegError(result, "encode a picture"));
    }
    if (const int result = avcodec_receive_packet(m_context.get(), m_packet.get()); result < 0) {
        return base::fail(ffmpegError(result, "take the encoded picture"));
    }
    const auto* data = reinterpret_cast<const std::byte*>(m_packet->data);
    rtsp::AccessUnit unit{
        std::make_shared<const std::vector<std::byte>>(toAvc({data, static_cast<std::size_t>(m_packet->size)})), time,
        (m_packet->flags & AV_PKT_FLAG_KEY) != 0};
    av_packet_unref(m_packet.get());
    if (unit.isKey) {
        m_lastKey = time;
    }
    return unit;
}

base::Result<rtsp::AccessUnit> Encoder::encode(const cv::Mat& picture, std::int64_t time) {
    // The encoder may still hold the memory of the last picture.
    if (!m_frame || av_frame_make_writable(m_frame.get()) < 0) {
        return base::fail(base::ErrorCode::Internal, "no memory for a picture");
    }
    copyToFrame(picture, m_planes, *m_frame);
    return encode(*m_frame, time);
}

void copyToFrame(const cv::Mat& picture, cv::Mat& planes, AVFrame& frame) {
    cv::cvtColor(picture, planes, cv::COLOR_BGR2YUV_I420);
    const std::uint8_t* from[4]{};
    int strides[4]{};
    av_image_fill_arrays(const_cast<std::uint8_t**>(from), strides, planes.data, AV_PIX_FMT_YUV420P, frame.width,
                         frame.height, 1);
    av_image_copy(frame.data, frame.linesize, from, strides, AV_PIX_FMT_YUV420P, frame.width, frame.height);
}

}  // namespace leedswatch::simulator
