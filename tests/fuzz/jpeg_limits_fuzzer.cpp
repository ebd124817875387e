#include "rtsp/jpeg_limits.h"

#include <cstdint>

// Whatever a camera sends as a JPEG: there is an answer.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    (void)leedswatch::rtsp::whyNotCarried(std::as_bytes(std::span{data, size}));
    return 0;
}
