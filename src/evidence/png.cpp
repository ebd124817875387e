#include "evidence/png.h"

#include "video/ffmpeg_error.h"

#include <cstring>
#include <span>

namespace leedswatch::evidence {

base::Result<std::vector<std::byte>> pngOf(const video::FullPicture& picture) {
    const AVCodec* codec = avcodec_find_encoder(AV_CODEC_ID_PNG);
    if (codec == nullptr) {
        return base::fail(base::ErrorCode::Unsupported, "this installation of FFmpeg cannot write PNG files");
    }
    const video::CodecContextHandle context{avcodec_alloc_context3(codec)};
    context->width = picture.width;
    context->height = picture.height;
    context->pix_fmt = AV_PIX_FMT_RGB24;
    context->time_base = {1, 25};
    context->sample_aspect_ratio = {picture.pixelAspectNumerator, picture.pixelAspectDenominator};
    if (const int answer = avcodec_open2(context.get(), codec, nullptr); answer < 0) {
        return base::fail(video::errorFromFfmpeg(answer, "write a PNG picture"));
    }
    const video::FrameHandle frame{av_frame_alloc()};
    frame->width = picture.width;
    frame->height = picture.height;
    frame->format = AV_PIX_FMT_RGB24;
    frame->sample_aspect_ratio = context->sample_aspect_ratio;
    if (const int answer = av_frame_get_buffer(frame.get(), 0); answer < 0) {
        return base::fail(video::errorFromFfmpeg(answer, "write a PNG picture"));
    }
    const std::size_t row = static_cast<std::size_t>(picture.width) * 3;
    for (int y = 0; y < picture.height; ++y) {
        std::memcpy(frame->data[0] + static_cast<std::ptrdiff_t>(y) * frame->linesize[0],
                    picture.pixels.data() + static_cast<std::size_t>(y) * row, row);
    }
    const video::PacketHandle packet{av_packet_alloc()};
    int answer = avcodec_send_frame(context.get(), frame.get());
    if (answer >= 0) {
        answer = avcodec_receive_packet(context.get(), packet.get());
    }
    if (answer < 0) {
        return base::fail(video::errorFromFfmpeg(answer, "write a PNG picture"));
    }
    const auto bytes = std::as_bytes(std::span{packet->data, static_cast<std::size_t>(packet->size)});
    return std::vector<std::byte>{bytes.begin(), bytes.end()};
}

}  // namespace leedswatch::evidence
