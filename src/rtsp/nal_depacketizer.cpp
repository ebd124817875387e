#include "rtsp/nal_depacketizer.h"

#include <array>

namespace leedswatch::rtsp {
namespace h264 {

constexpr unsigned kLastSlice = 5;
constexpr unsigned kLastBefore = 9;  // SEI, both parameter sets, delimiter
constexpr unsigned kLastSingle = 23;
constexpr unsigned kAggregate = 24;
constexpr unsigned kFragment = 28;

}  // namespace h264
namespace h265 {

constexpr unsigned kFirstNotSlice = 32;
constexpr unsigned kDelimiter = 35;
constexpr unsigned kPrefixSei = 39;
constexpr unsigned kAggregate = 48;
constexpr unsigned kFragment = 49;

}  // namespace h265
namespace {}  // namespace

void NalDepacketizer::begin() {
    m_holdsSlice = false;
    m_isInFragment = false;
}

void NalDepacketizer::addUnit(Bytes unit) {
    dropFragment();
    if (unit.empty()) {
        return;
    }
    appendStartCode();
    append(unit);
    m_holdsSlice = m_holdsSlice || isSlice(unit);
}

void NalDepacketizer::addAggregate(Bytes units) {
    while (units.size() > 2) {
        const std::size_t size = byteAt(units, 0) << 8U | byteAt(units, 1);
        units = units.subspan(2);
        if (size > units.size()) {
            loseSome();
            return;
        }
        addUnit(units.first(size));
        units = units.subspan(size);
    }
}

void NalDepacketizer::addFragment(Bytes header, Bytes piece, bool isFirst, bool isLast, bool afterGap) {
    if (isFirst) {
        dropFragment();
        m_fragmentBegin = bytes().size();
        m_isInFragment = true;
        appendStartCode();
        append(header);
    } else if (!m_isInFragment || afterGap) {
        dropFragment();
        loseSome();
        return;
    }
    append(piece);
    if (isLast) {
        m_isInFragment = false;
        m_holdsSlice = m_holdsSlice || isSlice(header);
    }
}

void NalDepacketizer::dropFragment() {
    if (m_isInFragment) {
        bytes().resize(m_fragmentBegin);
        m_isInFragment = false;
        loseSome();
    }
}

void H264Depacketizer::addPayload(Bytes payload, bool afterGap) {
    if (payload.empty()) {
        return;
    }
    const unsigned type = byteAt(payload, 0) & 0x1FU;
    if (type >= 1 && type <= h264::kLastSingle) {
        addUnit(payload);
    } else if (type == h264::kAggregate) {
        addAggregate(payload.subspan(1));
    } else if (type == h264::kFragment && payload.size() > 2) {
        const unsigned head = byteAt(payload, 1);
        const std::array unit{static_cast<std::byte>((byteAt(payload, 0) & 0xE0U) | (head & 0x1FU))};
        addFragment(unit, payload.subspan(2), (head & 0x80U) != 0, (head & 0x40U) != 0, afterGap);
    } else {
        loseSome();
    }
}

bool H264Depacketizer::isSlice(Bytes unit) const {
    const unsigned type = byteAt(unit, 0) & 0x1FU;
    return type >= 1 && type <= h264::kLastSlice;
}

/// Clause 7.4.1.2.3; a slice says so by first_mb_in_slice, which is 0 as a single bit 1.
bool H264Depacketizer::isFirst(Bytes unit) const {
    const unsigned type = byteAt(unit, 0) & 0x1FU;
    const bool goesBefore = type > h264::kLastSlice && type <= h264::kLastBefore;
    return goesBefore || (isSlice(unit) && unit.size() > 1 && (byteAt(unit, 1) & 0x80U) != 0);
}

bool H264Depacketizer::beginsPicture(Bytes payload) const {
    if (payload.size() < 4) {
        return !payload.empty() && isFirst(payload);
    }
    const unsigned type = byteAt(payload, 0) & 0x1FU;
    if (type == h264::kAggregate) {
        return isFirst(payload.subspan(3));
    }
    if (type == h264::kFragment) {
        const std::array unit{payload[1] & std::byte{0x1F}, payload[2]};
        return (byteAt(payload, 1) & 0x80U) != 0 && isFirst(unit);
    }
    return isFirst(payload);
}

void H265Depacketizer::addPayload(Bytes payload, bool afterGap) {
    if (payload.size() < 3) {
        return;
    }
    const unsigned type = byteAt(payload, 0) >> 1U & 0x3FU;
    if (type < h265::kAggregate) {
        addUnit(payload);
    } else if (type == h265::kAggregate) {
        addAggregate(payload.subspan(2));
    } else if (type == h265::kFragment && payload.size() > 3) {
        const unsigned head = byteAt(payload, 2);
        const std::array unit{static_cast<std::byte>((byteAt(payload, 0) & 0x81U) | (head & 0x3FU) << 1U), payload[1]};
        addFragment(unit, payload.subspan(3), (head & 0x80U) != 0, (head & 0x40U) != 0, afterGap);
    } else {
        loseSome();
    }
}

bool H265Depacketizer::isSlice(Bytes unit) const {
    return (byteAt(unit, 0) >> 1U & 0x3FU) < h265::kFirstNotSlice;
}

/// Clause 7.4.2.4.4: parameter sets, delimiter, prefix SEI, and a slice with first_slice_segment_in_pic_flag.
bool H265Depacketizer::isFirst(Bytes unit) const {
    const unsigned type = byteAt(unit, 0) >> 1U & 0x3FU;
    const bool goesBefore = (type >= h265::kFirstNotSlice && type <= h265::kDelimiter) || type == h265::kPrefixSei;
    return goesBefore || (isSlice(unit) && unit.size() > 2 && (byteAt(unit, 2) & 0x80U) != 0);
}

bool H265Depacketizer::beginsPicture(Bytes payload) const {
    if (payload.size() < 5) {
        return !payload.empty() && isFirst(payload);
    }
    const unsigned type = byteAt(payload, 0) >> 1U & 0x3FU;
    if (type == h265::kAggregate) {
        return isFirst(payload.subspan(4));
    }
    if (type == h265::kFragment) {
        const std::array unit{static_cast<std::byte>((byteAt(payload, 2) & 0x3FU) << 1U), payload[1], payload[3]};
        return (byteAt(payload, 2) & 0x80U) != 0 && isFirst(unit);
    }
    return isFirst(payload);
}

}  // namespace leedswatch::rtsp
