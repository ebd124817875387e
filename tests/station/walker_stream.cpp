#include "walker_stream.h"

#include "support/test_encoder.h"
#include "video/stream_parser.h"

#include <algorithm>
#include <cmath>

namespace leedswatch::tests {
namespace {

constexpr int width = 320;
constexpr int height = 240;
constexpr int rate = 25;
constexpr int coatWidth = 24;
constexpr int coatTop = 100;
constexpr int coatBottom = 170;

int wallAt(int x, int y) {
    return 120 + 25 * ((x / 16 + y / 12) % 2) + (x * 7 + y * 13) % 11;
}

void draw(AVFrame& frame, int number, const WalkerStream& stream) {
    const double seconds = static_cast<double>(number) / rate;
    const double way = (seconds - stream.comesAt) / (stream.leavesAt - stream.comesAt);
    const int coat = static_cast<int>(std::lround(way * (width + coatWidth))) - coatWidth;
    const bool isCovered = seconds >= stream.coveredAt && seconds < stream.uncoveredAt;
    unsigned noise = 99U + static_cast<unsigned>(number);
    for (int y = 0; y < height; ++y) {
        for (int x = 0; x < width; ++x) {
            noise = noise * 1664525U + 1013904223U;
            const bool isCoat = x >= coat && x < coat + coatWidth && y >= coatTop && y < coatBottom;
            const int scene = isCovered ? 60 + x / 40 : isCoat ? 35 : wallAt(x, y);
            const int value = scene + static_cast<int>(noise >> 30U);
            frame.data[0][y * frame.linesize[0] + x] = static_cast<std::uint8_t>(value);
        }
    }
    for (int plane : {1, 2}) {
        for (int y = 0; y < height / 2; ++y) {
            std::fill_n(frame.data[plane] + y * frame.linesize[plane], width / 2, std::uint8_t{128});
        }
    }
}

}  // namespace

std::vector<video::Packet> makePackets(const WalkerStream& stream, base::UtcTime arrival, base::SteadyTime arrivedAt) {
    const auto encoder = openEncoder({.width = width, .height = height, .picturesPerSecond = rate, .gop = rate});
    const auto parser = video::StreamParser::create(video::VideoCodec::H264);
    std::vector<video::Packet> packets;
    const auto take = [&](const AVPacket& coded) {
        video::Packet packet = parser->convert(bytesOf(coded));
        packet.time = coded.pts * (video::kMediaTicksPerSecond / rate);
        packet.arrival = arrival + video::durationOfTicks(packet.time);
        packet.arrivedAt = arrivedAt + video::durationOfTicks(packet.time);
        packets.push_back(std::move(packet));
    };
    encodePictures(
        *encoder, stream.seconds * rate, [&](AVFrame& frame, int number) { draw(frame, number, stream); }, take);
    return packets;
}

}  // namespace leedswatch::tests
