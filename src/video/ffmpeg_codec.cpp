#include "video/ffmpeg_codec.h"

#include <cstring>

namespace leedswatch::video {

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
    const std::size_t size = format.record.size();
    if (size > 0) {
        parameters.extradata = static_cast<std::uint8_t*>(av_mallocz(size + AV_INPUT_BUFFER_PADDING_SIZE));
        std::memcpy(parameters.extradata, format.record.data(), size);
        parameters.extradata_size = static_cast<int>(size);
    }
}

}  // namespace leedswatch::video
