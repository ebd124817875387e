#include "video/multipart_reader.h"

#include <cstdint>
#include <cstdlib>

using leedswatch::video::MultipartReader;

// The first byte says how the rest is cut: whatever comes and in what pieces, nothing grows beyond its bound.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    const std::size_t piece = data[0] % 32U + 1U;
    auto reader = MultipartReader::create(data[0] < 128 ? "multipart/x-mixed-replace; boundary=cut"
                                                        : "multipart/x-mixed-replace");
    for (std::size_t at = 1; at < size; at += piece) {
        const auto* begin = reinterpret_cast<const std::byte*>(data) + at;
        if (!reader->add({begin, std::min(piece, size - at)})) {
            return 0;
        }
        while (const auto part = reader->next()) {
            if (part->empty() || part->size() > MultipartReader::kLargestPart) {
                std::abort();
            }
        }
    }
    return 0;
}
