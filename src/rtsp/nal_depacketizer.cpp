#include "rtsp/nal_depacketizer.h"

#include <array>

namespace leedswatch::rtsp {
namespace {

unsigned byteAt(Bytes bytes, std::size_t at) {
    return std::to_integer<unsigned>(bytes[at]);
}

}  // namespace

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
    constexpr unsigned kLastSingle = 23;
    constexpr unsigned kAggregate = 24;
    constexpr unsigned kFragment = 28;
    if (payload.empty()) {
        return;
    }
    const unsigned type = byteAt(payload, 0) & 0x1FU;
    if (type >= 1 && type <= kLastSingle) {
        addUnit(payload);
    } else if (type == kAggregate) {
        addAggregate(payload.subspan(1));
    } else if (type == kFragment && payload.size() > 2) {
        const unsigned head = byteAt(payload, 1);
        const std::array unit{static_cast<std::byte>((byteAt(payload, 0) & 0xE0U) | (head & 0x1FU))};
        addFragment(unit, payload.subspan(2), (head & 0x80U) != 0, (head & 0x40U) != 0, afterGap);
    } else {
        loseSome();
    }
}

bool H264Depacketizer::isSlice(Bytes unit) const {
    const unsigned type = byteAt(unit, 0) & 0x1FU;
    return type >= 1 && type <= 5;
}

void H265Depacketizer::addPayload(Bytes payload, bool afterGap) {
    constexpr unsigned kAggregate = 48;
    constexpr unsigned kFragment = 49;
    if (payload.size() < 3) {
        return;
    }
    const unsigned type = byteAt(payload, 0) >> 1U & 0x3FU;
    if (type < kAggregate) {
        addUnit(payload);
    } else if (type == kAggregate) {
        addAggregate(payload.subspan(2));
    } else if (type == kFragment && payload.size() > 3) {
        const unsigned head = byteAt(payload, 2);
        const std::array unit{static_cast<std::byte>((byteAt(payload, 0) & 0x81U) | (head & 0x3FU) << 1U), payload[1]};
        addFragment(unit, payload.subspan(3), (head & 0x80U) != 0, (head & 0x40U) != 0, afterGap);
    } else {
        loseSome();
    }
}

bool H265Depacketizer::isSlice(Bytes unit) const {
    constexpr unsigned kFirstNotSlice = 32;
    return (byteAt(unit, 0) >> 1U & 0x3FU) < kFirstNotSlice;
}

}  // namespace leedswatch::rtsp
