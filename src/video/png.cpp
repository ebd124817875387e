#include "video/png.h"

#include "video/ffmpeg_error.h"

#include <cstring>
#include <span>

namespace leedswatch::video {

namespace {

struct Rows {
    int width;
    int height;
    AVPixelFormat format;
    std::size_t bytesAPixel;
    const std::uint8_t* pixels;
    AVRational pixelAspect;
};

base::Result<FrameHandle> frameOf(const Rows& rows) {
    FrameHandle frame{av_frame_alloc()};
    frame->width = rows.width;
    frame->height = rows.height;
    frame->format = rows.format;
    frame->sample_aspect_ratio = rows.pixelAspect;
    if (const int answer = av_frame_get_buffer(frame.get(), 0); answer < 0) {
        return base::fail(errorFromFfmpeg(answer, "write a PNG picture"));
    }
    const std::size_t row = static_cast<std::size_t>(rows.width) * rows.bytesAPixel;
    for (int y = 0; y < rows.height; ++y) {
        std::memcpy(frame->data[0] + static_cast<std::ptrdiff_t>(y) * frame->linesize[0],
                    rows.pixels + static_cast<std::size_t>(y) * row, row);
    }
    return frame;
}

base::Result<std::vector<std::byte>> encode(const Rows& rows) {
    const AVCodec* codec = avcodec_find_encoder(AV_CODEC_ID_PNG);
    if (codec == nullptr) {
        return base::fail(base::ErrorCode::Unsupported, "this installation of FFmpeg cannot write PNG files");
    }
    const CodecContextHandle context{avcodec_alloc_context3(codec)};
    context->width = rows.width;
    context->height = rows.height;
    context->pix_fmt = rows.format;
    context->time_base = {1, 25};
    context->sample_aspect_ratio = rows.pixelAspect;
    if (const int answer = avcodec_open2(context.get(), codec, nullptr); answer < 0) {
        return base::fail(errorFromFfmpeg(answer, "write a PNG picture"));
    }
    TRY_ASSIGN(const FrameHandle frame, frameOf(rows));
    const PacketHandle packet{av_packet_alloc()};
    int answer = avcodec_send_frame(context.get(), frame.get());
    if (answer >= 0) {
        answer = avcodec_receive_packet(context.get(), packet.get());
    }
    if (answer < 0) {
        return base::fail(errorFromFfmpeg(answer, "write a PNG picture"));
    }
    const auto bytes = std::as_bytes(std::span{packet->data, static_cast<std::size_t>(packet->size)});
    return std::vector<std::byte>{bytes.begin(), bytes.end()};
}

}  // namespace

base::Result<std::vector<std::byte>> pngOf(const FullPicture& picture) {
    return encode({picture.width,
                   picture.height,
                   AV_PIX_FMT_RGB24,
                   3,
                   picture.pixels.data(),
                   {picture.pixelAspectNumerator, picture.pixelAspectDenominator}});
}

base::Result<std::vector<std::byte>> pngOf(const GreyPicture& picture) {
    return encode({picture.width, picture.height, AV_PIX_FMT_GRAY8, 1, picture.pixels, {1, 1}});
}

}  // namespace leedswatch::video
