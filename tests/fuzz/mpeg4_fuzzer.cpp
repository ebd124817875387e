#include "video/mpeg4.h"

#include <cstdlib>

// Whatever comes from a camera: a known format has a size, a key picture has bytes.

namespace {

void require(bool holds) {
    if (!holds) {
        std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    leedswatch::video::Mpeg4Stream stream;
    const auto bytes = std::as_bytes(std::span{data, size});
    stream.describe(bytes.first(size / 2));
    const auto packet = stream.convert(bytes);
    require(packet.bytes != nullptr && (!packet.isKey || !packet.bytes->empty()));
    require(!packet.format || (packet.format->width > 0 && packet.format->height > 0));
    require(!packet.format || !packet.format->record.empty());
    return 0;
}
