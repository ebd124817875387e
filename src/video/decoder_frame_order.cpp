#include "video/decoder_frame_order.h"

#include <algorithm>

namespace leedswatch::video {
namespace {

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
        m_parameters = parameters;
    }
}

bool FrameOrder::isAfterHole(Bytes picture) {
    std::optional<H264Slice> slice;
    while (m_parameters && !slice && !picture.empty()) {
        slice = readH264Slice(takeNalUnit(picture), *m_parameters);
    }
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
    const std::uint32_t next = (*before + 1) % (1U << m_parameters->numberBits);
    return slice->number != next && slice->number != *before;
}

}  // namespace leedswatch::video
