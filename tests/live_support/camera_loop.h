#pragma once

#include "rtsp/server.h"
#include "support/test_encoder.h"

#include <vector>

namespace leedswatch::tests {

/// What a camera sends over and over: whole GOPs, 25 pictures a second.
struct CameraLoop {
    rtsp::VideoFormat format;
    std::vector<rtsp::AccessUnit> units;
};

[[nodiscard]] CameraLoop encodeLoop(const EncoderSettings& settings, int pictures,
                                    const std::function<void(AVFrame&, int)>& draw);

}  // namespace leedswatch::tests
