#include "video/decoder_frame_order.h"

#include "video/h264.h"
#include "video/nal_bits.h"

#include <algorithm>

namespace leedswatch::video {
namespace {

constexpr unsigned idrSlice = 5;
constexpr unsigned plainSlice = 1;
// More makes no sense (clause 7.4.2.1.1).
constexpr unsigned mostNumberBits = 16;

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
    const auto parameters = readSequenceParameters(sequenceSetOf(avcRecord));
    if (parameters && !parameters->mayLeaveNumbersOut && parameters->numberBits <= mostNumberBits) {
        m_numberBits = static_cast<int>(parameters->numberBits);
        m_coloursApart = parameters->coloursApart;
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
        NalBits bits{unit.subspan(1)};
        bits.unsignedGolomb();
        bits.unsignedGolomb();
        bits.unsignedGolomb();
        bits.bits(m_coloursApart ? 2 : 0);
        const std::uint32_t number = bits.bits(m_numberBits);
        if (bits.hasEnded()) {
            return std::nullopt;
        }
        return Slice{type == idrSlice, (header >> 5U & 3U) != 0, number};
    }
    return std::nullopt;
}

}  // namespace leedswatch::video
