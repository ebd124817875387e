#include "simulator/tone.h"

#include "simulator/ffmpeg_handles.h"

#include <cmath>
#include <numbers>

namespace leedswatch::simulator {
namespace {

constexpr double kFrequency = 440;
constexpr double kLoudness = 0.25;
// Eight seconds: whole waves of the tone, and whole pieces of either coding.
constexpr int kSeconds = 8;
constexpr int kSpeechRate = 8'000;
constexpr int kSpeechPiece = 320;
constexpr int kAacRate = 16'000;
constexpr int kAacBits = 32'000;

AVCodecID ffmpegIdOf(rtsp::SoundCoding coding) {
    switch (coding) {
        case rtsp::SoundCoding::Aac: return AV_CODEC_ID_AAC;
        case rtsp::SoundCoding::MuLaw: return AV_CODEC_ID_PCM_MULAW;
        case rtsp::SoundCoding::ALaw: return AV_CODEC_ID_PCM_ALAW;
    }
    return AV_CODEC_ID_NONE;
}

base::Result<FfmpegHandle<AVCodecContext>> openEncoder(rtsp::SoundCoding coding) {
    const AVCodec* codec = avcodec_find_encoder(ffmpegIdOf(coding));
    FfmpegHandle<AVCodecContext> encoder{codec == nullptr ? nullptr : avcodec_alloc_context3(codec)};
    if (!encoder) {
        return base::fail(base::ErrorCode::Unsupported, "this FFmpeg has no encoder for the tone");
    }
    const bool isAac = coding == rtsp::SoundCoding::Aac;
    encoder->sample_fmt = isAac ? AV_SAMPLE_FMT_FLTP : AV_SAMPLE_FMT_S16;
    encoder->sample_rate = isAac ? kAacRate : kSpeechRate;
    encoder->bit_rate = kAacBits;
    encoder->flags |= AV_CODEC_FLAG_GLOBAL_HEADER;
    av_channel_layout_default(&encoder->ch_layout, 1);
    if (const int answer = avcodec_open2(encoder.get(), codec, nullptr); answer < 0) {
        return base::fail(ffmpegError(answer, "open an encoder for the tone"));
    }
    return encoder;
}

void draw(AVFrame& frame, std::int64_t first) {
    for (int i = 0; i < frame.nb_samples; ++i) {
        const double phase = static_cast<double>(first + i) / frame.sample_rate * kFrequency;
        const double value = kLoudness * std::sin(2 * std::numbers::pi * phase);
        if (frame.format == AV_SAMPLE_FMT_FLTP) {
            reinterpret_cast<float*>(frame.data[0])[i] = static_cast<float>(value);
        } else {
            reinterpret_cast<std::int16_t*>(frame.data[0])[i] = static_cast<std::int16_t>(std::lround(value * 32767));
        }
    }
}

base::Result<void> encodePiece(AVCodecContext& encoder, AVPacket& packet, std::int64_t first, Tone& tone) {
    const FramePointer frame{av_frame_alloc()};
    frame->format = encoder.sample_fmt;
    frame->nb_samples = static_cast<int>(tone.samples);
    frame->sample_rate = encoder.sample_rate;
    av_channel_layout_default(&frame->ch_layout, 1);
    frame->pts = first;
    int answer = av_frame_get_buffer(frame.get(), 0);
    if (answer >= 0) {
        draw(*frame, first);
        answer = avcodec_send_frame(&encoder, frame.get());
    }
    while (answer >= 0 && avcodec_receive_packet(&encoder, &packet) >= 0) {
        const auto* bytes = reinterpret_cast<const std::byte*>(packet.data);
        tone.pieces.push_back(std::make_shared<const std::vector<std::byte>>(bytes, bytes + packet.size));
        av_packet_unref(&packet);
    }
    return answer < 0 ? base::Result<void>{base::fail(ffmpegError(answer, "encode the tone"))} : base::Result<void>{};
}

}  // namespace

base::Result<SharedTone> makeTone(rtsp::SoundCoding coding) {
    TRY_ASSIGN(const auto encoder, openEncoder(coding));
    const FfmpegHandle<AVPacket> packet{av_packet_alloc()};
    auto tone = std::make_shared<Tone>();
    tone->samples = encoder->frame_size > 0 ? encoder->frame_size : kSpeechPiece;
    const auto* record = reinterpret_cast<const std::byte*>(encoder->extradata);
    tone->format = {coding, encoder->sample_rate, 1, {record, record + encoder->extradata_size}};
    const auto round = static_cast<std::size_t>(std::int64_t{kSeconds} * encoder->sample_rate / tone->samples);
    // The second round goes on from the first, as it will from itself.
    for (std::int64_t first = 0; tone->pieces.size() < 2 * round; first += tone->samples) {
        TRY(encodePiece(*encoder, *packet, first, *tone));
    }
    tone->pieces.erase(tone->pieces.begin(), tone->pieces.begin() + static_cast<std::ptrdiff_t>(round));
    return SharedTone{std::move(tone)};
}

}  // namespace leedswatch::simulator
