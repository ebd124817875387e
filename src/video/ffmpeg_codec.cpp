#include "video/ffmpeg_codec.h"

#include <cstring>
#include <span>

namespace leedswatch::video {
namespace {

void setRecord(AVCodecParameters& parameters, const std::vector<std::byte>& record) {
    if (!record.empty()) {
        parameters.extradata = static_cast<std::uint8_t*>(av_mallocz(record.size() + AV_INPUT_BUFFER_PADDING_SIZE));
        std::memcpy(parameters.extradata, record.data(), record.size());
        parameters.extradata_size = static_cast<int>(record.size());
    }
}

AVCodecID ffmpegIdOf(SoundCodec codec) {
    switch (codec) {
        case SoundCodec::Aac: return AV_CODEC_ID_AAC;
        case SoundCodec::MuLaw: return AV_CODEC_ID_PCM_MULAW;
        case SoundCodec::ALaw: return AV_CODEC_ID_PCM_ALAW;
    }
    return AV_CODEC_ID_NONE;
}

}  // namespace

AVCodecID ffmpegIdOf(VideoCodec codec) {
    switch (codec) {
        case VideoCodec::H264: return AV_CODEC_ID_H264;
        case VideoCodec::H265: return AV_CODEC_ID_HEVC;
        case VideoCodec::Mjpeg: return AV_CODEC_ID_MJPEG;
        case VideoCodec::Mpeg4: return AV_CODEC_ID_MPEG4;
    }
    return AV_CODEC_ID_NONE;
}

std::optional<VideoCodec> codecFromFfmpeg(AVCodecID id) {
    for (const VideoCodec codec : {VideoCodec::H264, VideoCodec::H265, VideoCodec::Mjpeg, VideoCodec::Mpeg4}) {
        if (ffmpegIdOf(codec) == id) {
            return codec;
        }
    }
    return std::nullopt;
}

void describeTo(AVCodecParameters& parameters, const StreamFormat& format) {
    parameters.codec_type = AVMEDIA_TYPE_VIDEO;
    parameters.codec_id = ffmpegIdOf(format.codec);
    parameters.width = format.width;
    parameters.height = format.height;
    setRecord(parameters, format.record);
}

void describeTo(AVCodecParameters& parameters, const SoundFormat& format) {
    parameters.codec_type = AVMEDIA_TYPE_AUDIO;
    parameters.codec_id = ffmpegIdOf(format.codec);
    parameters.sample_rate = format.sampleRate;
    av_channel_layout_default(&parameters.ch_layout, format.channels);
    if (format.codec == SoundCodec::Aac) {
        parameters.frame_size = static_cast<int>(format.samplesIn(0));
    } else {
        parameters.bits_per_coded_sample = 8;
        parameters.block_align = format.channels;
    }
    setRecord(parameters, format.record);
}

std::shared_ptr<const SoundFormat> soundFormatOf(const AVCodecParameters& parameters) {
    if (parameters.codec_type != AVMEDIA_TYPE_AUDIO) {
        return nullptr;
    }
    if (parameters.codec_id == AV_CODEC_ID_AAC) {
        const auto record =
            std::as_bytes(std::span{parameters.extradata, static_cast<std::size_t>(parameters.extradata_size)});
        return aacFormat({record.begin(), record.end()});
    }
    for (const SoundCodec codec : {SoundCodec::MuLaw, SoundCodec::ALaw}) {
        if (parameters.codec_id == ffmpegIdOf(codec)) {
            return g711Format(codec, parameters.sample_rate, parameters.ch_layout.nb_channels);
        }
    }
    return nullptr;
}

}  // namespace leedswatch::video
