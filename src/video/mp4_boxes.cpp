#include "video/mp4_boxes.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>

namespace leedswatch::video {
namespace {

std::uint64_t bigEndian(std::span<const std::byte> bytes) {
    std::uint64_t value = 0;
    for (const std::byte byte : bytes) {
        value = (value << 8U) | std::to_integer<std::uint64_t>(byte);
    }
    return value;
}

/// The header at `offset`; nothing if it, or the box that it announces, does not fit before `end`.
base::Result<std::optional<Mp4Box>> boxAt(const ReadExactly& read, std::uint64_t offset, std::uint64_t end) {
    std::array<std::byte, 16> header{};
    if (end - offset < 8) {
        return std::nullopt;
    }
    TRY(read(offset, std::span{header}.first(8)));
    Mp4Box box;
    box.offset = offset;
    box.size = bigEndian(std::span{header}.first(4));
    box.type = static_cast<std::uint32_t>(bigEndian(std::span{header}.subspan(4, 4)));
    if (box.size == 1) {
        if (end - offset < 16) {
            return std::nullopt;
        }
        TRY(read(offset + 8, std::span{header}.subspan(8, 8)));
        box.headerSize = 16;
        box.size = bigEndian(std::span{header}.subspan(8, 8));
    }
    // A size of 0 means "to the end of the file": where that is cannot be known of a file that grows.
    if (box.size < box.headerSize || box.size > end - offset) {
        return std::nullopt;
    }
    return box;
}

}  // namespace

base::Result<std::vector<Mp4Box>> boxesWithin(const ReadExactly& read, std::uint64_t begin, std::uint64_t end) {
    std::vector<Mp4Box> boxes;
    while (begin < end) {
        TRY_ASSIGN(const auto box, boxAt(read, begin, end));
        if (!box) {
            break;
        }
        boxes.push_back(*box);
        begin = box->end();
    }
    return boxes;
}

base::Result<std::uint64_t> lengthOfWholeFragments(const ReadExactly& read, std::uint64_t size) {
    TRY_ASSIGN(const auto boxes, boxesWithin(read, 0, size));
    std::uint64_t whole = 0;
    bool fragmentBegun = false;
    for (const Mp4Box& box : boxes) {
        if (box.type == boxType("moof")) {
            fragmentBegun = true;
        } else if (box.type == boxType("moov") || box.type == boxType("mdat")) {
            fragmentBegun = false;
            whole = box.end();
        } else if (!fragmentBegun && whole != 0) {
            whole = box.end();
        }
    }
    return whole;
}

ReadExactly readerOf(int descriptor) {
    return [descriptor](std::uint64_t offset, std::span<std::byte> bytes) -> base::Result<void> {
        while (!bytes.empty()) {
            const ssize_t count = ::pread(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
            if (count < 0 && errno == EINTR) {
                continue;
            }
            if (count < 0) {
                return base::fail(base::errorFromErrno(errno, "read a recording"));
            }
            if (count == 0) {
                return base::fail(base::ErrorCode::Damaged, "a recording ends in the middle of a box");
            }
            offset += static_cast<std::uint64_t>(count);
            bytes = bytes.subspan(static_cast<std::size_t>(count));
        }
        return {};
    };
}

ReadExactly readerOf(std::span<const std::byte> source) {
    return [source](std::uint64_t offset, std::span<std::byte> bytes) -> base::Result<void> {
        if (offset > source.size() || bytes.size() > source.size() - offset) {
            return base::fail(base::ErrorCode::Damaged, "a recording ends in the middle of a box");
        }
        std::copy_n(source.begin() + static_cast<std::ptrdiff_t>(offset), bytes.size(), bytes.begin());
        return {};
    };
}

}  // namespace leedswatch::video
