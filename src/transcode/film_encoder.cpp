#include "transcode/film_encoder.h"

#include "video/ffmpeg_error.h"

#include <algorithm>
#include <cmath>

namespace leedswatch::transcode {
namespace {

constexpr double kKeyPictureSeconds = 2;
constexpr int kNoKeyByCount = 100'000;

video::DictionaryHandle optionsOf(const FilmSettings& settings) {
    AVDictionary* options = nullptr;
    av_dict_set(&options, "preset", settings.preset.c_str(), 0);
    av_dict_set_int(&options, "crf", settings.quality, 0);
    if (settings.isLive) {
        av_dict_set(&options, "tune", "zerolatency", 0);
        av_dict_set(&options, "forced-idr", "1", 0);
        av_dict_set(&options, "x264-params", "scenecut=0:repeat-headers=1", 0);
    }
    return video::DictionaryHandle{options};
}

}  // namespace

base::Result<FilmEncoder> FilmEncoder::create(const AVFrame& first, AVRational timeBase, const FilmSettings& settings) {
    const AVCodec* codec = avcodec_find_encoder_by_name("libx264");
    video::CodecContextHandle encoder{codec == nullptr ? nullptr : avcodec_alloc_context3(codec)};
    if (!encoder) {
        return base::fail(base::ErrorCode::Unsupported, "this FFmpeg has no libx264");
    }
    encoder->width = first.width;
    encoder->height = first.height;
    encoder->pix_fmt = AV_PIX_FMT_YUV420P;
    encoder->sample_aspect_ratio = {1, 1};
    encoder->time_base = timeBase;
    encoder->framerate = settings.pictureRate;
    encoder->color_range = first.color_range;
    encoder->colorspace = first.colorspace;
    encoder->color_primaries = first.color_primaries;
    encoder->color_trc = first.color_trc;
    encoder->gop_size = std::max(1, static_cast<int>(std::lround(av_q2d(settings.pictureRate) * kKeyPictureSeconds)));
    encoder->thread_count = settings.threads;
    if (settings.isLive) {
        encoder->max_b_frames = 0;
        encoder->gop_size = kNoKeyByCount;
    } else {
        encoder->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    }
    AVDictionary* options = optionsOf(settings).release();
    const int answer = avcodec_open2(encoder.get(), codec, &options);
    av_dict_free(&options);
    if (answer < 0) {
        return base::fail(base::ErrorCode::Unsupported,
                          video::errorFromFfmpeg(answer, "encode pictures as H.264").message);
    }
    return FilmEncoder{std::move(encoder), settings.isLive};
}

FilmEncoder::FilmEncoder(video::CodecContextHandle encoder, bool isLive)
    : m_encoder{std::move(encoder)}, m_packet{av_packet_alloc()}, m_isLive{isLive} {}

base::Result<void> FilmEncoder::put(AVFrame& picture, const Take& take) {
    // What the source's encoder chose for this picture is nothing to this one. Live pictures may come at half their
    // rate for a while, so their key pictures go by the clock.
    const std::int64_t step = std::llround(kKeyPictureSeconds / av_q2d(m_encoder->time_base));
    const bool isKeyDue = m_isLive && (!m_lastKey || picture.pts - *m_lastKey >= step);
    m_lastKey = isKeyDue ? picture.pts : m_lastKey;
    picture.pict_type = isKeyDue ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE;
    picture.interlaced_frame = 0;
    return send(&picture, take);
}

base::Result<void> FilmEncoder::finish(const Take& take) {
    return send(nullptr, take);
}

base::Result<void> FilmEncoder::send(const AVFrame* picture, const Take& take) {
    int answer = avcodec_send_frame(m_encoder.get(), picture);
    while (answer >= 0) {
        answer = avcodec_receive_packet(m_encoder.get(), m_packet.get());
        if (answer == AVERROR(EAGAIN) || answer == AVERROR_EOF) {
            return {};
        }
        if (answer >= 0) {
            const auto taken = take(*m_packet);
            av_packet_unref(m_packet.get());
            TRY(taken);
        }
    }
    return base::fail(base::ErrorCode::Internal, video::errorFromFfmpeg(answer, "encode a picture").message);
}

}  // namespace leedswatch::transcode
