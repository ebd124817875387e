#include "rtsp/jpeg_limits.h"

#include "base/hash.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace leedswatch::rtsp {
namespace {

using Bytes = std::span<const std::byte>;

constexpr unsigned kBegin = 0xD8;
constexpr unsigned kBaseline = 0xC0;
constexpr unsigned kHuffman = 0xC4;
constexpr unsigned kQuantisers = 0xDB;
constexpr unsigned kScan = 0xDA;
constexpr int kLargestSide = 2040;  // 255 blocks of 8 pixels (RFC 2435, 3.1.5)

unsigned at(Bytes bytes, std::size_t place) {
    return std::to_integer<unsigned>(bytes[place]);
}

bool isOtherFrameHeader(unsigned marker) {
    return marker > kBaseline && marker <= 0xCF && marker != kHuffman && marker != 0xC8 && marker != 0xCC;
}

std::string judgeFrame(Bytes header) {
    constexpr std::size_t kThreeComponents = 15;
    if (header.size() < kThreeComponents || at(header, 0) != 8 || at(header, 5) != 3) {
        return "its pictures are not of three colours of 8 bits";
    }
    const unsigned height = at(header, 1) << 8U | at(header, 2);
    const unsigned width = at(header, 3) << 8U | at(header, 4);
    if (width > kLargestSide || height > kLargestSide) {
        return "its pictures are " + std::to_string(width) + "x" + std::to_string(height) +
               ", and RTP carries JPEG of at most 2040 pixels a side (RFC 2435)";
    }
    const unsigned luma = at(header, 7);
    const bool known = (luma == 0x21 || luma == 0x22) && at(header, 10) == 0x11 && at(header, 13) == 0x11;
    return known ? "" : "the colours of its pictures are subsampled in a way that RTP cannot say (RFC 2435)";
}

struct HuffmanTable {
    unsigned number = 0;      // class and destination
    std::string_view digest;  // SHA-256 of the counts and the symbols
};

// Tables K.3 to K.6 of ITU-T T.81.
constexpr std::array<HuffmanTable, 4> kUsualTables{{
    {0x00, "2f66814c875b53173f057d784a16a34d0d1f9aa91cdfa7143c41be02c9c7b005"},
    {0x01, "602f734c8c12c1d9d049a18fd91d9ef3d3d8c402665f90db3d97721fc49e4804"},
    {0x10, "a6283a08f5d97906b66adcc812e32396ea83059e55dd4cc91934cf447559aeb6"},
    {0x11, "13f90e3c9dc476c66f24347f6ad29cea93262e99faed279970c2f74e0557f445"},
}};

bool isUsualTable(unsigned number, Bytes table) {
    const auto usual = std::ranges::find(kUsualTables, number, &HuffmanTable::number);
    return usual != kUsualTables.end() && base::toHex(base::sha256(table)) == usual->digest;
}

std::string judgeTables(Bytes tables) {
    constexpr std::size_t kCounts = 16;
    while (tables.size() > kCounts) {
        std::size_t symbols = 0;
        for (std::size_t i = 1; i <= kCounts; ++i) {
            symbols += at(tables, i);
        }
        if (symbols > tables.size() - 1 - kCounts ||
            !isUsualTable(at(tables, 0), tables.subspan(1, kCounts + symbols))) {
            return "it makes Huffman tables of its own, which RTP does not carry (RFC 2435); turn optimised coding off";
        }
        tables = tables.subspan(1 + kCounts + symbols);
    }
    return "";
}

}  // namespace

std::string whyNotCarried(Bytes jpeg) {
    const std::string broken = "its pictures are no JPEG";
    if (jpeg.size() < 4 || at(jpeg, 0) != 0xFF || at(jpeg, 1) != kBegin) {
        return broken;
    }
    jpeg = jpeg.subspan(2);
    bool hasFrame = false;
    while (jpeg.size() >= 4 && at(jpeg, 0) == 0xFF) {
        const unsigned marker = at(jpeg, 1);
        if (marker == 0xFF) {
            jpeg = jpeg.subspan(1);
            continue;
        }
        const std::size_t length = at(jpeg, 2) << 8U | at(jpeg, 3);
        if (length < 2 || length + 2 > jpeg.size()) {
            return broken;
        }
        if (marker == kScan) {
            return hasFrame ? "" : broken;
        }
        const Bytes payload = jpeg.subspan(4, length - 2);
        std::string reason;
        if (marker == kBaseline) {
            hasFrame = true;
            reason = judgeFrame(payload);
        } else if (isOtherFrameHeader(marker)) {
            reason = "its pictures are coded progressively, and RTP carries only baseline JPEG (RFC 2435)";
        } else if (marker == kHuffman) {
            reason = judgeTables(payload);
        } else if (marker == kQuantisers && !payload.empty() && at(payload, 0) >> 4U != 0) {
            reason = "its quantisers have 16 bits, which RTP does not carry with 8-bit pictures (RFC 2435)";
        }
        if (!reason.empty()) {
            return reason;
        }
        jpeg = jpeg.subspan(length + 2);
    }
    return broken;
}

}  // namespace leedswatch::rtsp
