#include "video/decoder_frame_order.h"
#include "video/h264.h"

#include <cstdlib>

// Whatever comes from a camera: the AVC form is made of whole NAL units, and a known format has a size and
// lets the pictures' numbers be read.

namespace {

void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    leedswatch::video::H264Stream stream;
    const auto packet = stream.convert(std::as_bytes(std::span{data, size}));
    const auto& bytes = *packet.bytes;
    std::size_t at = 0;
    while (at < bytes.size()) {
        require(bytes.size() - at > 4);
        std::size_t length = 0;
        for (std::size_t i = 0; i < 4; ++i) {
            length = length << 8U | std::to_integer<std::size_t>(bytes[at + i]);
        }
        require(length > 0 && length <= bytes.size() - at - 4);
        at += 4 + length;
    }
    const auto& format = stream.format();
    require(!format || (format->width > 0 && format->height > 0 && format->record.size() > 8));
    if (format) {
        (void)leedswatch::video::FrameOrder{format->record}.isAfterHole(bytes);
    }
    return 0;
}
