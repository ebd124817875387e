#include "simulator/loop_maker.h"

#include <algorithm>
#include <cmath>

namespace leedswatch::simulator {
namespace {

constexpr double faultPicturesASecond = 12.5;
constexpr std::int64_t faultInterval = 7200;
constexpr int faultPictures = 25;

Encoder::Settings settingsFor(cv::Size size, double picturesASecond, int quality) {
    Encoder::Settings settings;
    settings.width = size.width;
    settings.height = size.height;
    settings.picturesASecond = picturesASecond;
    settings.quality = quality;
    return settings;
}

}  // namespace

base::Result<LoopMaker> LoopMaker::create(const Encoder::Settings& settings) {
    TRY_ASSIGN(auto encoder, Encoder::create(settings));
    FramePointer scaled = makeFrame(settings.width, settings.height);
    if (!scaled) {
        return base::fail(base::ErrorCode::Internal, "no memory for a picture");
    }
    return LoopMaker{std::move(encoder), std::move(scaled)};
}

LoopMaker::LoopMaker(std::unique_ptr<Encoder> encoder, FramePointer scaled)
    : m_encoder{std::move(encoder)}, m_scaled{std::move(scaled)}, m_loop{std::make_shared<PictureLoop>()} {
    m_loop->format = m_encoder->format();
}

base::Result<void> LoopMaker::add(const AVFrame& frame, std::int64_t time) {
    FramePointer sized;
    const bool fits = frame.width == m_scaled->width && frame.height == m_scaled->height;
    if (fits && frame.format == AV_PIX_FMT_YUV420P) {
        sized.reset(av_frame_clone(&frame));
    } else {
        TRY(scale(frame));
        sized.reset(av_frame_clone(m_scaled.get()));
    }
    if (!sized) {
        return base::fail(base::ErrorCode::Internal, "no memory for a picture");
    }
    TRY_ASSIGN(rtsp::AccessUnit unit, m_encoder->encode(*sized, time));
    m_loop->pictures.push_back({std::move(unit.bytes), time, unit.isKey});
    return {};
}

base::Result<void> LoopMaker::scale(const AVFrame& frame) {
    if (av_frame_make_writable(m_scaled.get()) < 0) {
        return base::fail(base::ErrorCode::Internal, "no memory for a picture");
    }
    m_scaler.reset(sws_getCachedContext(m_scaler.release(), frame.width, frame.height,
                                        static_cast<AVPixelFormat>(frame.format), m_scaled->width, m_scaled->height,
                                        AV_PIX_FMT_YUV420P, SWS_BILINEAR, nullptr, nullptr, nullptr));
    if (!m_scaler) {
        return base::fail(base::ErrorCode::Unsupported, "its pictures are of a kind that cannot be scaled");
    }
    sws_scale(m_scaler.get(), frame.data, frame.linesize, 0, frame.height, m_scaled->data, m_scaled->linesize);
    return {};
}

base::Result<SharedLoop> LoopMaker::finish(std::int64_t duration) {
    if (m_loop->pictures.empty()) {
        return base::fail(base::ErrorCode::Damaged, "there is no picture in it");
    }
    m_loop->duration = std::max(duration, m_loop->pictures.back().time + 1);
    return SharedLoop{std::move(m_loop)};
}

cv::Size fitWithin(cv::Size size, cv::Size limit) {
    const double factor =
        std::min({1.0, static_cast<double>(limit.width) / size.width, static_cast<double>(limit.height) / size.height});
    const auto even = [factor](int length) {
        return std::max(16, static_cast<int>(std::lround(length * factor)) / 2 * 2);
    };
    return {even(size.width), even(size.height)};
}

base::Result<void> decodeLoop(const PictureLoop& loop, std::size_t begin, std::size_t end,
                              const std::function<base::Result<void>(const AVFrame&, std::size_t)>& show) {
    const FfmpegHandle<AVCodecContext> decoder{avcodec_alloc_context3(avcodec_find_decoder(AV_CODEC_ID_H264))};
    const auto& record = loop.format.record;
    decoder->extradata = static_cast<std::uint8_t*>(av_mallocz(record.size() + AV_INPUT_BUFFER_PADDING_SIZE));
    decoder->extradata_size = static_cast<int>(record.size());
    std::transform(record.begin(), record.end(), decoder->extradata,
                   [](std::byte byte) { return std::to_integer<std::uint8_t>(byte); });
    decoder->thread_count = 1;
    decoder->flags |= AV_CODEC_FLAG_LOW_DELAY;
    if (const int result = avcodec_open2(decoder.get(), nullptr, nullptr); result < 0) {
        return base::fail(ffmpegError(result, "open the decoder"));
    }
    while (begin > 0 && !loop.pictures[begin].isKey) {
        --begin;
    }
    const FramePointer frame{av_frame_alloc()};
    const FfmpegHandle<AVPacket> packet{av_packet_alloc()};
    std::size_t shown = begin;
    const auto takeFrames = [&]() -> base::Result<void> {
        while (shown < end && avcodec_receive_frame(decoder.get(), frame.get()) == 0) {
            TRY(show(*frame, shown++));
        }
        return {};
    };
    for (std::size_t i = begin; i < end; ++i) {
        const auto& bytes = *loop.pictures[i].bytes;
        av_new_packet(packet.get(), static_cast<int>(bytes.size()));
        std::copy(bytes.begin(), bytes.end(), reinterpret_cast<std::byte*>(packet->data));
        const int result = avcodec_send_packet(decoder.get(), packet.get());
        av_packet_unref(packet.get());
        if (result < 0) {
            return base::fail(ffmpegError(result, "decode a picture"));
        }
        TRY(takeFrames());
    }
    avcodec_send_packet(decoder.get(), nullptr);
    return takeFrames();
}

base::Result<FramePointer> decodePicture(const PictureLoop& loop, std::size_t index) {
    FramePointer last{av_frame_alloc()};
    TRY(decodeLoop(loop, index, index + 1, [&](const AVFrame& frame, std::size_t) -> base::Result<void> {
        av_frame_unref(last.get());
        av_frame_ref(last.get(), &frame);
        return {};
    }));
    if (last->data[0] == nullptr) {
        return base::fail(base::ErrorCode::Damaged, "the picture cannot be decoded");
    }
    return last;
}

base::Result<SharedLoop> rescaleLoop(const PictureLoop& loop, cv::Size size) {
    const double seconds = static_cast<double>(loop.duration) / ticksASecond;
    TRY_ASSIGN(LoopMaker maker,
               LoopMaker::create(settingsFor(size, static_cast<double>(loop.pictures.size()) / seconds, 25)));
    TRY(decodeLoop(loop, 0, loop.pictures.size(), [&](const AVFrame& frame, std::size_t index) {
        return maker.add(frame, loop.pictures[index].time);
    }));
    return maker.finish(loop.duration);
}

base::Result<SharedLoop> makeStillLoop(const AVFrame& picture, cv::Size size) {
    TRY_ASSIGN(LoopMaker first, LoopMaker::create(settingsFor(size, faultPicturesASecond, 23)));
    TRY(first.add(picture, 0));
    TRY_ASSIGN(const SharedLoop key, first.finish(faultInterval));
    // What follows is encoded from what a decoder shows after the key picture: then nothing is left to be refined.
    TRY_ASSIGN(const FramePointer shown, decodePicture(*key, 0));
    TRY_ASSIGN(LoopMaker maker, LoopMaker::create(settingsFor(size, faultPicturesASecond, 23)));
    TRY(maker.add(picture, 0));
    for (int i = 1; i < faultPictures; ++i) {
        TRY(maker.add(*shown, i * faultInterval));
    }
    return maker.finish(faultPictures * faultInterval);
}

base::Result<SharedLoop> makeBlackLoop(cv::Size size) {
    const FramePointer frame = makeFrame(size.width, size.height);
    if (!frame) {
        return base::fail(base::ErrorCode::Internal, "no memory for a picture");
    }
    std::fill_n(frame->data[0], frame->linesize[0] * size.height, std::uint8_t{16});
    std::fill_n(frame->data[1], frame->linesize[1] * size.height / 2, std::uint8_t{128});
    std::fill_n(frame->data[2], frame->linesize[2] * size.height / 2, std::uint8_t{128});
    return makeStillLoop(*frame, size);
}

base::Result<SharedLoop> makeNoiseLoop(cv::Size size) {
    const FramePointer frame = makeFrame(size.width, size.height);
    if (!frame) {
        return base::fail(base::ErrorCode::Internal, "no memory for a picture");
    }
    TRY_ASSIGN(LoopMaker maker, LoopMaker::create(settingsFor(size, faultPicturesASecond, 38)));
    std::fill_n(frame->data[1], frame->linesize[1] * size.height / 2, std::uint8_t{128});
    std::fill_n(frame->data[2], frame->linesize[2] * size.height / 2, std::uint8_t{128});
    cv::Mat luma{size, CV_8UC1, frame->data[0], static_cast<std::size_t>(frame->linesize[0])};
    cv::RNG random{1};
    for (int i = 0; i < faultPictures; ++i) {
        random.fill(luma, cv::RNG::NORMAL, cv::Scalar{110}, cv::Scalar{60});
        TRY(maker.add(*frame, i * faultInterval));
    }
    return maker.finish(faultPictures * faultInterval);
}

}  // namespace leedswatch::simulator
