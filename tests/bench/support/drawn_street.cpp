#include "support/drawn_street.h"

#include "simulator/encoder.h"
#include "simulator/street_scene.h"

namespace leedswatch::bench {
namespace {

constexpr int loopPictures = 100;
constexpr std::int64_t firstPicture = 1'790'000'000'000'000;  // microseconds
constexpr std::int64_t streetPictureTime = 40'000;

tests::EncoderSettings settingsFor(const StreetFormat& format) {
    const std::string rate = std::to_string(format.bitsPerSecond);
    // 704x576 is sent with pixels that are not square, as 16:9.
    const char* pixel = format.width == 704 ? "16:11" : "1:1";
    return {.width = format.width,
            .height = format.height,
            .gop = format.gop,
            .options = {{"preset", "veryfast"},
                        {"tune", "zerolatency"},
                        {"profile", "main"},
                        {"aspect", pixel},
                        {"b", rate},
                        {"maxrate", rate},
                        {"bufsize", rate}}};
}

}  // namespace

tests::CameraLoop drawStreet(int number, const StreetFormat& format) {
    simulator::StreetScene scene{{.seed = static_cast<std::uint64_t>(number),
                                  .cameraNumber = number,
                                  .name = "Street " + std::to_string(number),
                                  .size = {format.width, format.height},
                                  .lighting = number % 4 == 0 ? simulator::Lighting::Night : simulator::Lighting::Day}};
    cv::Mat picture;
    cv::Mat planes;
    return tests::encodeLoop(settingsFor(format), loopPictures, [&](AVFrame& frame, int index) {
        scene.draw(picture, base::fromStored(firstPicture + index * streetPictureTime));
        simulator::copyToFrame(picture, planes, frame);
    });
}

}  // namespace leedswatch::bench
