#include "support/test_stream.h"

#include "video/ffmpeg_handles.h"
#include "video/h264.h"

#include <stdexcept>

namespace leedswatch::tests {
namespace {

struct Encoded {
    std::vector<std::byte> bytes;
    std::int64_t frame = 0;
};

void drawFrame(AVFrame& frame, int number) {
    unsigned noise = 12345U + static_cast<unsigned>(number);
    for (int y = 0; y < frame.height; ++y) {
        for (int x = 0; x < frame.width; ++x) {
            noise = noise * 1664525U + 1013904223U;
            frame.data[0][y * frame.linesize[0] + x] =
                static_cast<std::uint8_t>(x + y + number * 3 + static_cast<int>(noise >> 29U));
        }
    }
    for (int y = 0; y < frame.height / 2; ++y) {
        for (int x = 0; x < frame.width / 2; ++x) {
            frame.data[1][y * frame.linesize[1] + x] = static_cast<std::uint8_t>(128 + y + number);
            frame.data[2][y * frame.linesize[2] + x] = static_cast<std::uint8_t>(64 + x + number);
        }
    }
}

video::CodecContextHandle openEncoder(const TestStream& stream) {
    av_log_set_level(AV_LOG_QUIET);
    const AVCodec* codec = avcodec_find_encoder_by_name("libx264");
    video::CodecContextHandle encoder{avcodec_alloc_context3(codec)};
    encoder->width = stream.width;
    encoder->height = stream.height;
    encoder->pix_fmt = AV_PIX_FMT_YUV420P;
    encoder->time_base = {1, stream.framesPerSecond};
    encoder->framerate = {stream.framesPerSecond, 1};
    encoder->gop_size = stream.gop;
    encoder->keyint_min = stream.gop;
    encoder->max_b_frames = stream.reordersPictures ? 2 : 0;
    encoder->thread_count = 1;
    AVDictionary* options = nullptr;
    av_dict_set(&options, "preset", "ultrafast", 0);
    av_dict_set(&options, "x264-params",
                stream.reordersPictures ? "scenecut=0:bframes=2:b-adapt=0" : "scenecut=0:bframes=0", 0);
    const int answer = avcodec_open2(encoder.get(), codec, &options);
    av_dict_free(&options);
    if (answer < 0) {
        throw std::runtime_error{"x264 does not open"};
    }
    return encoder;
}

void takePackets(AVCodecContext& encoder, std::vector<Encoded>& encoded) {
    const video::PacketHandle packet{av_packet_alloc()};
    while (avcodec_receive_packet(&encoder, packet.get()) == 0) {
        const auto* begin = reinterpret_cast<const std::byte*>(packet->data);
        encoded.push_back({{begin, begin + packet->size}, packet->pts});
        av_packet_unref(packet.get());
    }
}

std::vector<Encoded> encode(const TestStream& stream, int frames) {
    const auto encoder = openEncoder(stream);
    std::vector<Encoded> encoded;
    for (int number = 0; number < frames; ++number) {
        const video::FrameHandle frame{av_frame_alloc()};
        frame->width = stream.width;
        frame->height = stream.height;
        frame->format = AV_PIX_FMT_YUV420P;
        av_frame_get_buffer(frame.get(), 0);
        drawFrame(*frame, number);
        frame->pts = number;
        avcodec_send_frame(encoder.get(), frame.get());
        takePackets(*encoder, encoded);
    }
    avcodec_send_frame(encoder.get(), nullptr);
    takePackets(*encoder, encoded);
    return encoded;
}

}  // namespace

std::vector<std::vector<std::byte>> makeAnnexB(const TestStream& stream, int frames) {
    std::vector<std::vector<std::byte>> pictures;
    for (Encoded& one : encode(stream, frames)) {
        pictures.push_back(std::move(one.bytes));
    }
    return pictures;
}

std::vector<video::Packet> makePackets(const TestStream& stream, int frames, base::UtcTime arrival,
                                       base::SteadyTime arrivedAt) {
    video::H264Stream h264;
    std::vector<video::Packet> packets;
    for (const Encoded& one : encode(stream, frames)) {
        const auto unit = h264.convert(one.bytes);
        const std::int64_t ticks = video::kMediaTicksPerSecond / stream.framesPerSecond;
        const auto order = static_cast<std::int64_t>(packets.size());
        video::Packet packet;
        packet.format = h264.format();
        packet.bytes = unit.bytes;
        packet.isKey = unit.isKey;
        packet.time = stream.firstTime + one.frame * ticks;
        packet.arrival = arrival + video::durationOfTicks(order * ticks);
        packet.arrivedAt = arrivedAt + video::durationOfTicks(order * ticks);
        packets.push_back(std::move(packet));
    }
    return packets;
}

}  // namespace leedswatch::tests
