#include "video/h265.h"
#include "video/h265_references.h"

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
    leedswatch::video::H265Stream stream;
    const auto bytes = std::as_bytes(std::span{data, size});
    stream.describe(bytes.first(size / 2));
    const auto packet = stream.convert(bytes);
    require(packet.bytes != nullptr && (!packet.isKey || !packet.bytes->empty()));
    require(!packet.format || (packet.format->width > 0 && packet.format->height > 0));
    leedswatch::video::Bytes rest = *packet.bytes;
    while (!rest.empty()) {
        require(!leedswatch::video::takeNalUnit(rest).empty());
    }
    require(!packet.format || packet.format->record.size() > 23);
    leedswatch::video::H265References references{packet.format ? packet.format->record : std::vector<std::byte>{}};
    (void)references.isAfterHole(*packet.bytes);
    (void)leedswatch::video::H265References{bytes}.isAfterHole(*packet.bytes);
    return 0;
}
