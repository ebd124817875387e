#include "rtsp/test_pictures.h"

#include "support/test_encoder.h"
#include "video/stream_parser.h"

#include <cstring>

namespace leedswatch::tests {
namespace {

void drawBars(AVFrame& frame, int number) {
    for (int y = 0; y < frame.height; ++y) {
        for (int x = 0; x < frame.width; ++x) {
            frame.data[0][y * frame.linesize[0] + x] = static_cast<std::uint8_t>((x * 3 + number * 8 + y) & 255);
        }
    }
    for (int y = 0; y < frame.height / 2; ++y) {
        std::memset(frame.data[1] + y * frame.linesize[1], 100, static_cast<std::size_t>(frame.width / 2));
        std::memset(frame.data[2] + y * frame.linesize[2], 150, static_cast<std::size_t>(frame.width / 2));
    }
}

video::VideoCodec codecOf(rtsp::Coding coding) {
    switch (coding) {
        case rtsp::Coding::H264: return video::VideoCodec::H264;
        case rtsp::Coding::H265: return video::VideoCodec::H265;
        case rtsp::Coding::Jpeg: return video::VideoCodec::Mjpeg;
        case rtsp::Coding::Mpeg4: return video::VideoCodec::Mpeg4;
    }
    return video::VideoCodec::H264;
}

}  // namespace

TestPictures encodeTestPictures(int width, int height, int count, int gop, const TestCoding& how) {
    EncoderSettings settings{
        .codec = codecOf(how.coding),
        .width = width,
        .height = height,
        .gop = gop,
        .bFrames = how.bFrames,
        .x264 = how.coding == rtsp::Coding::Jpeg || how.coding == rtsp::Coding::Mpeg4 ? "" : "b-adapt=0"};
    if (how.coding == rtsp::Coding::Jpeg) {
        settings.options = {{"huffman", how.ownHuffmanTables ? "optimal" : "default"}};
    }
    const auto encoder = openEncoder(settings);
    const auto parser = video::StreamParser::create(settings.codec);
    TestPictures pictures;
    encodePictures(*encoder, count, drawBars, [&](const AVPacket& encoded) {
        const video::Packet packet = parser->convert(bytesOf(encoded));
        pictures.units.push_back({packet.bytes, encoded.pts * ticksAPicture, packet.isKey});
    });
    pictures.format = {parser->format()->record, width, height, how.coding};
    return pictures;
}

rtsp::AccessUnit at(const rtsp::AccessUnit& unit, std::int64_t time) {
    return {unit.bytes, time, unit.isKey};
}

}  // namespace leedswatch::tests
