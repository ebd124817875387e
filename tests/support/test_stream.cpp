#include "support/test_stream.h"

#include "support/test_encoder.h"
#include "video/stream_parser.h"

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

std::vector<Encoded> encode(const TestStream& stream, int frames) {
    const bool hasOptions = stream.codec == video::VideoCodec::H264 || stream.codec == video::VideoCodec::H265;
    std::vector<std::pair<std::string, std::string>> options;
    if (stream.codec == video::VideoCodec::Mjpeg) {
        options = {{"huffman", "default"}};  // as cameras do
    }
    const auto encoder = openEncoder({.codec = stream.codec,
                                      .width = stream.width,
                                      .height = stream.height,
                                      .picturesPerSecond = stream.framesPerSecond,
                                      .gop = stream.gop,
                                      .bFrames = stream.reordersPictures ? 2 : 0,
                                      .x264 = hasOptions ? "b-adapt=0" + stream.encoder : "",
                                      .options = options});
    std::vector<Encoded> encoded;
    encodePictures(*encoder, frames, drawFrame, [&encoded](const AVPacket& packet) {
        const auto bytes = bytesOf(packet);
        encoded.push_back({{bytes.begin(), bytes.end()}, packet.pts});
    });
    return encoded;
}

}  // namespace

std::vector<std::vector<std::byte>> makePictures(const TestStream& stream, int frames) {
    std::vector<std::vector<std::byte>> pictures;
    for (Encoded& one : encode(stream, frames)) {
        pictures.push_back(std::move(one.bytes));
    }
    return pictures;
}

std::vector<video::Packet> makePackets(const TestStream& stream, int frames, base::UtcTime arrival,
                                       base::SteadyTime arrivedAt) {
    const auto parser = video::StreamParser::create(stream.codec);
    std::vector<video::Packet> packets;
    for (const Encoded& one : encode(stream, frames)) {
        video::Packet packet = parser->convert(one.bytes);
        const std::int64_t ticks = video::kMediaTicksPerSecond / stream.framesPerSecond;
        const auto order = static_cast<std::int64_t>(packets.size());
        packet.time = stream.firstTime + one.frame * ticks;
        packet.arrival = arrival + video::durationOfTicks(order * ticks);
        packet.arrivedAt = arrivedAt + video::durationOfTicks(order * ticks);
        packets.push_back(std::move(packet));
    }
    return packets;
}

}  // namespace leedswatch::tests
