#include "rtsp/session_description.h"

#include <cstdint>

// A camera's description of its streams.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto description = leedswatch::rtsp::readSessionDescription({reinterpret_cast<const char*>(data), size});
    if (description) {
        for (const auto& media : description->media) {
            static_cast<void>(leedswatch::rtsp::controlAddress("rtsp://camera/stream", media.control));
        }
    }
    return 0;
}
