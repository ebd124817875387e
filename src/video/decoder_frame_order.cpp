#include "video/decoder_frame_order.h"

#include <algorithm>
#include <array>
#include <vector>

namespace leedswatch::video {
namespace {

using Bytes = std::span<const std::byte>;

constexpr unsigned idrSlice = 5;
constexpr unsigned plainSlice = 1;
// More of a NAL unit than its header can take.
constexpr std::size_t sliceHeaderBytes = 32;
constexpr std::size_t parameterBytes = 512;

/// Bits of the beginning of a NAL unit, emulation prevention (7.4.1.1) taken out. Past the end come zeros.
class HeaderBits {
public:
    HeaderBits(Bytes nalUnit, std::size_t most) {
        int zeros = 0;
        for (const std::byte value : nalUnit.first(std::min(nalUnit.size(), most))) {
            if (zeros >= 2 && value == std::byte{3}) {
                zeros = 0;
                continue;
            }
            zeros = value == std::byte{0} ? zeros + 1 : 0;
            m_bytes.push_back(value);
        }
    }

    std::uint32_t bits(int count) {
        std::uint32_t value = 0;
        for (int i = 0; i < count; ++i) {
            const std::size_t byte = m_position / 8;
            m_ended = m_ended || byte >= m_bytes.size();
            const auto bit = m_ended ? 0U : std::to_integer<std::uint32_t>(m_bytes[byte] >> (7 - m_position % 8)) & 1U;
            value = value << 1U | bit;
            ++m_position;
        }
        return value;
    }

    std::uint32_t golomb() {
        int zeros = 0;
        while (!m_ended && bits(1) == 0) {
            m_ended = m_ended || ++zeros > 31;
        }
        return m_ended ? 0 : (1U << static_cast<unsigned>(zeros)) - 1U + bits(zeros);
    }

    [[nodiscard]] bool ended() const { return m_ended; }

private:
    std::vector<std::byte> m_bytes;
    std::size_t m_position = 0;
    bool m_ended = false;
};

void skipScalingList(HeaderBits& bits, int size) {
    std::int64_t last = 8;
    std::int64_t next = 8;
    for (int i = 0; i < size && !bits.ended(); ++i) {
        if (next != 0) {
            const std::int64_t code = bits.golomb();
            const std::int64_t delta = code % 2 == 1 ? code / 2 + 1 : -(code / 2);
            next = ((last + delta) % 256 + 256) % 256;
        }
        last = next == 0 ? last : next;
    }
}

/// 7.3.2.1.1, what only the high profiles have. True: the colours are coded apart.
bool skipChroma(HeaderBits& bits) {
    const std::uint32_t format = bits.golomb();
    const bool apart = format == 3 && bits.bits(1) == 1;
    bits.golomb();
    bits.golomb();
    bits.bits(1);
    if (bits.bits(1) == 1) {
        for (int list = 0; list < (format == 3 ? 12 : 8); ++list) {
            if (bits.bits(1) == 1) {
                skipScalingList(bits, list < 6 ? 16 : 64);
            }
        }
    }
    return apart;
}

void skipPictureOrder(HeaderBits& bits) {
    const std::uint32_t type = bits.golomb();
    if (type == 0) {
        bits.golomb();
    } else if (type == 1) {
        bits.bits(1);
        bits.golomb();
        bits.golomb();
        const std::uint32_t count = bits.golomb();
        for (std::uint32_t i = 0; i < count && !bits.ended(); ++i) {
            bits.golomb();
        }
    }
}

/// The first sequence parameter set of an avcC record (ISO/IEC 14496-15, 5.3.3.1).
Bytes sequenceSetOf(Bytes record) {
    constexpr std::size_t header = 8;
    if (record.size() < header || (record[5] & std::byte{0x1f}) == std::byte{0}) {
        return {};
    }
    const std::size_t size = std::to_integer<std::size_t>(record[6]) * 256 + std::to_integer<std::size_t>(record[7]);
    return record.subspan(header, std::min(size, record.size() - header));
}

}  // namespace

FrameOrder::FrameOrder(Bytes avcRecord) {
    constexpr std::array<std::uint32_t, 13> withChroma{100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135};
    HeaderBits bits{sequenceSetOf(avcRecord), parameterBytes};
    bits.bits(8);
    const std::uint32_t profile = bits.bits(8);
    bits.bits(16);
    bits.golomb();
    if (std::find(withChroma.begin(), withChroma.end(), profile) != withChroma.end()) {
        m_coloursApart = skipChroma(bits);
    }
    const std::uint32_t numberBits = bits.golomb() + 4;
    skipPictureOrder(bits);
    bits.golomb();
    const bool leavesOut = bits.bits(1) == 1;
    if (!bits.ended() && !leavesOut && numberBits <= 16) {
        m_numberBits = static_cast<int>(numberBits);
    }
}

bool FrameOrder::isAfterHole(Bytes picture) {
    const auto slice = m_numberBits == 0 ? std::nullopt : firstSlice(picture);
    if (!slice) {
        return false;
    }
    const auto before = m_lastReference;
    if (slice->isReference || slice->isIdr) {
        m_lastReference = slice->number;
    }
    if (slice->isIdr || !before) {
        return false;
    }
    // The number goes up by one after each picture that others rest on; the second field of a frame repeats it.
    const std::uint32_t next = (*before + 1) % (1U << static_cast<unsigned>(m_numberBits));
    return slice->number != next && slice->number != *before;
}

std::optional<FrameOrder::Slice> FrameOrder::firstSlice(Bytes picture) const {
    constexpr std::size_t lengthBytes = 4;
    while (picture.size() > lengthBytes) {
        std::size_t size = 0;
        for (std::size_t i = 0; i < lengthBytes; ++i) {
            size = size * 256 + std::to_integer<std::size_t>(picture[i]);
        }
        picture = picture.subspan(lengthBytes);
        const Bytes unit = picture.first(std::min(size, picture.size()));
        picture = picture.subspan(unit.size());
        const auto header = unit.empty() ? 0U : std::to_integer<unsigned>(unit.front());
        const unsigned type = header & 0x1fU;
        if (type != plainSlice && type != idrSlice) {
            continue;
        }
        HeaderBits bits{unit.subspan(1), sliceHeaderBytes};
        bits.golomb();
        bits.golomb();
        bits.golomb();
        bits.bits(m_coloursApart ? 2 : 0);
        const std::uint32_t number = bits.bits(m_numberBits);
        if (bits.ended()) {
            return std::nullopt;
        }
        return Slice{type == idrSlice, (header >> 5U & 3U) != 0, number};
    }
    return std::nullopt;
}

}  // namespace leedswatch::video
