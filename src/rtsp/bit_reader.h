#pragma once

#include "rtsp/rtp.h"

namespace leedswatch::rtsp {

/// Bits from the highest of the first byte on. Past the end it gives zeros and says so.
class BitReader {
public:
    explicit BitReader(Bytes bytes) : m_bytes{bytes} {}

    /// `count` up to 32.
    std::uint32_t bits(unsigned count) {
        std::uint32_t value = 0;
        for (unsigned i = 0; i < count; ++i) {
            const std::size_t byte = m_at / 8;
            m_isOver = m_isOver || byte >= m_bytes.size();
            const unsigned bit = m_isOver ? 0 : std::to_integer<unsigned>(m_bytes[byte]) >> (7 - m_at % 8) & 1U;
            value = value << 1U | bit;
            ++m_at;
        }
        return value;
    }
    [[nodiscard]] bool isOver() const { return m_isOver; }

private:
    Bytes m_bytes;
    std::size_t m_at = 0;
    bool m_isOver = false;
};

}  // namespace leedswatch::rtsp
