#include "coded_place.h"

#include "video/stream_parser.h"

#include <opencv2/imgproc.hpp>

#include <cmath>

namespace leedswatch::analytics {
namespace {

void fill(AVFrame& frame, const cv::Mat& picture) {
    cv::Mat sized;
    cv::resize(picture, sized, {frame.width, frame.height}, 0, 0, cv::INTER_AREA);
    cv::Mat planes;
    cv::cvtColor(sized, planes, cv::COLOR_BGR2YUV_I420);
    const std::uint8_t* from = planes.data;
    for (int plane = 0; plane < 3; ++plane) {
        const int width = plane == 0 ? frame.width : frame.width / 2;
        const int height = plane == 0 ? frame.height : frame.height / 2;
        for (int row = 0; row < height; ++row, from += width) {
            std::copy_n(from, width, frame.data[plane] + static_cast<std::ptrdiff_t>(row) * frame.linesize[plane]);
        }
    }
}

}  // namespace

tests::EncoderSettings placeEncoder(video::VideoCodec codec) {
    tests::EncoderSettings settings{
        .codec = codec, .width = DrawnPlace::size.width & ~1, .height = DrawnPlace::size.height & ~1, .gop = 50};
    if (codec == video::VideoCodec::H264 || codec == video::VideoCodec::H265) {
        settings.x264 = "crf=26";
    } else if (codec == video::VideoCodec::Mjpeg) {
        settings.options = {{"huffman", "default"}, {"qmin", "3"}, {"qmax", "3"}};
    }
    return settings;
}

std::vector<video::Packet> codedPlace(DrawnPlace& place, double from, double until,
                                      const tests::EncoderSettings& settings) {
    return codedPictures([&place](double seconds) { return place.at(seconds); }, from, until, settings);
}

std::vector<video::Packet> codedPictures(const std::function<cv::Mat(double seconds)>& picture, double from,
                                         double until, const tests::EncoderSettings& settings) {
    const int rate = settings.picturesPerSecond;
    const auto first = std::lround(from * rate);
    const auto count = static_cast<int>(std::lround(until * rate) - first);
    const auto parser = video::StreamParser::create(settings.codec);
    const auto encoder = tests::openEncoder(settings);
    std::vector<video::Packet> packets;
    tests::encodePictures(
        *encoder, count,
        [&](AVFrame& frame, int number) { fill(frame, picture(static_cast<double>(first + number) / rate)); },
        [&](const AVPacket& coded) {
            video::Packet packet = parser->convert(tests::bytesOf(coded));
            packet.time = (first + coded.pts) * video::kMediaTicksPerSecond / rate;
            packets.push_back(std::move(packet));
        });
    return packets;
}

double secondsOf(const video::Packet& packet) {
    return static_cast<double>(packet.time) / static_cast<double>(video::kMediaTicksPerSecond);
}

}  // namespace leedswatch::analytics
