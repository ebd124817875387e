#include "live_support/camera_loop.h"

#include "video/h264.h"

namespace leedswatch::tests {

CameraLoop encodeLoop(const EncoderSettings& settings, int pictures, const std::function<void(AVFrame&, int)>& draw) {
    CameraLoop loop;
    video::H264Stream h264;
    encodePictures(*openEncoder(settings), pictures, draw, [&](const AVPacket& packet) {
        const auto unit = h264.convert(bytesOf(packet));
        loop.units.push_back({unit.bytes, 0, unit.isKey});
    });
    loop.format = {h264.format()->record, settings.width, settings.height};
    return loop;
}

}  // namespace leedswatch::tests
