#include "support/drawn_street.h"

#include "simulator/encoder.h"
#include "simulator/street_scene.h"

namespace leedswatch::bench {
namespace {

constexpr int width = 704;
constexpr int height = 576;
constexpr int loopPictures = 100;
constexpr std::int64_t firstPicture = 1'790'000'000'000'000;  // microseconds
constexpr std::int64_t pictureTime = 40'000;

tests::EncoderSettings settings() {
    return {.width = width,
            .height = height,
            .gop = 50,
            .options = {{"preset", "veryfast"},
                        {"tune", "zerolatency"},
                        {"profile", "main"},
                        {"aspect", "16:11"},
                        {"b", "1000000"},
                        {"maxrate", "1000000"},
                        {"bufsize", "1000000"}}};
}

}  // namespace

tests::CameraLoop drawStreet(int number) {
    simulator::StreetScene scene{{.seed = static_cast<std::uint64_t>(number),
                                  .cameraNumber = number,
                                  .name = "Street " + std::to_string(number),
                                  .size = {width, height},
                                  .lighting = number % 4 == 0 ? simulator::Lighting::Night : simulator::Lighting::Day}};
    cv::Mat picture;
    cv::Mat planes;
    return tests::encodeLoop(settings(), loopPictures, [&](AVFrame& frame, int index) {
        scene.draw(picture, base::fromStored(firstPicture + index * pictureTime));
        simulator::copyToFrame(picture, planes, frame);
    });
}

}  // namespace leedswatch::bench
