#include "support/test_encoder.h"

#include <stdexcept>

namespace leedswatch::tests {
namespace {

void require(bool good, const std::string& what) {
    if (!good) {
        throw std::runtime_error{"test pictures: " + what};
    }
}

const char* encoderOf(video::VideoCodec codec) {
    switch (codec) {
        case video::VideoCodec::H264: return "libx264";
        case video::VideoCodec::H265: return "libx265";
        case video::VideoCodec::Mjpeg: return "mjpeg";
        case video::VideoCodec::Mpeg4: return "mpeg4";
    }
    return "";
}

video::DictionaryHandle optionsOf(const EncoderSettings& settings) {
    AVDictionary* options = nullptr;
    std::string parameters = "scenecut=0:bframes=" + std::to_string(settings.bFrames);
    if (settings.codec == video::VideoCodec::H265) {
        parameters += ":open-gop=0:repeat-headers=1:info=0:pools=none:frame-threads=1:log-level=none:keyint=" +
                      std::to_string(settings.gop) + ":min-keyint=" + std::to_string(settings.gop);
    }
    parameters += settings.x264.empty() ? "" : ":" + settings.x264;
    if (settings.codec == video::VideoCodec::H264 || settings.codec == video::VideoCodec::H265) {
        av_dict_set(&options, "preset", "ultrafast", 0);
        av_dict_set(&options, settings.codec == video::VideoCodec::H264 ? "x264-params" : "x265-params",
                    parameters.c_str(), 0);
    }
    for (const auto& [name, value] : settings.options) {
        av_dict_set(&options, name.c_str(), value.c_str(), 0);
    }
    return video::DictionaryHandle{options};
}

void takePackets(AVCodecContext& encoder, AVPacket& packet, const std::function<void(AVPacket&)>& take) {
    while (avcodec_receive_packet(&encoder, &packet) >= 0) {
        take(packet);
        av_packet_unref(&packet);
    }
}

}  // namespace

video::CodecContextHandle openEncoder(const EncoderSettings& settings) {
    av_log_set_level(AV_LOG_QUIET);
    const AVCodec* codec = avcodec_find_encoder_by_name(encoderOf(settings.codec));
    require(codec != nullptr, std::string{"there is no "} + encoderOf(settings.codec));
    video::CodecContextHandle encoder{avcodec_alloc_context3(codec)};
    encoder->width = settings.width;
    encoder->height = settings.height;
    const bool isJpeg = settings.codec == video::VideoCodec::Mjpeg;
    encoder->pix_fmt = isJpeg ? AV_PIX_FMT_YUVJ420P : AV_PIX_FMT_YUV420P;
    encoder->time_base = {1, settings.picturesPerSecond};
    encoder->framerate = {settings.picturesPerSecond, 1};
    encoder->gop_size = settings.gop;
    encoder->keyint_min = settings.gop;
    encoder->max_b_frames = settings.bFrames;
    encoder->thread_count = 1;
    AVDictionary* options = optionsOf(settings).release();
    const int answer = avcodec_open2(encoder.get(), codec, &options);
    const bool allTaken = av_dict_count(options) == 0;
    av_dict_free(&options);
    require(answer >= 0 && allTaken, "the encoder does not open with these options");
    return encoder;
}

void encodePictures(AVCodecContext& encoder, int count, const std::function<void(AVFrame&, int)>& draw,
                    const std::function<void(AVPacket&)>& take) {
    const video::FrameHandle picture{av_frame_alloc()};
    picture->format = encoder.pix_fmt;
    picture->width = encoder.width;
    picture->height = encoder.height;
    require(av_frame_get_buffer(picture.get(), 0) >= 0, "no memory for a picture");
    const video::PacketHandle packet{av_packet_alloc()};
    for (int number = 0; number < count; ++number) {
        require(av_frame_make_writable(picture.get()) >= 0, "no memory for a picture");
        draw(*picture, number);
        picture->pts = number;
        require(avcodec_send_frame(&encoder, picture.get()) >= 0, "a picture is not encoded");
        takePackets(encoder, *packet, take);
    }
    require(avcodec_send_frame(&encoder, nullptr) >= 0, "the encoder does not end");
    takePackets(encoder, *packet, take);
}

std::span<const std::byte> bytesOf(const AVPacket& packet) {
    return {reinterpret_cast<const std::byte*>(packet.data), static_cast<std::size_t>(packet.size)};
}

}  // namespace leedswatch::tests
