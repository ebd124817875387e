#pragma once

#include "base/result.h"

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

// The outermost structure of MP4 (ISO/IEC 14496-12): boxes in boxes. What is inside a box is libavformat's affair; this
// knows only where boxes begin and end, which is what a file that is still growing, and an edit list, need.

namespace leedswatch::video {

struct Mp4Box {
    std::uint32_t type = 0;    ///< four characters, the first in the highest byte
    std::uint64_t offset = 0;  ///< of the header, from the start of the file
    std::uint32_t headerSize = 8;
    std::uint64_t size = 0;  ///< with the header
    [[nodiscard]] std::uint64_t payload() const { return offset + headerSize; }
    [[nodiscard]] std::uint64_t end() const { return offset + size; }
};

[[nodiscard]] constexpr std::uint32_t boxType(const char (&name)[5]) {
    std::uint32_t type = 0;
    for (int i = 0; i < 4; ++i) {
        type = (type << 8U) | static_cast<unsigned char>(name[i]);
    }
    return type;
}

/// Fills the span from that offset of the file, or fails.
using ReadExactly = std::function<base::Result<void>(std::uint64_t offset, std::span<std::byte> bytes)>;

/// The boxes that lie wholly within [begin, end), in order. Ends before the first that does not, so a file that was cut
/// off or is being written gives its whole boxes. Errors: those of `read`.
[[nodiscard]] base::Result<std::vector<Mp4Box>> boxesWithin(const ReadExactly& read, std::uint64_t begin,
                                                            std::uint64_t end);

/// How many bytes of a fragmented file hold whole fragments: the header boxes, and each moof with its mdat. 0 if there
/// is not even a header.
[[nodiscard]] base::Result<std::uint64_t> lengthOfWholeFragments(const ReadExactly& read, std::uint64_t size);

[[nodiscard]] ReadExactly readerOf(int descriptor);  ///< the descriptor stays the caller's
[[nodiscard]] ReadExactly readerOf(std::span<const std::byte> bytes);

}  // namespace leedswatch::video
