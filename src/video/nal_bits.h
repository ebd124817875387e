#pragma once

#include <cstddef>
#include <span>

namespace leedswatch::video {

/// Reads the bits of an H.264 or H.265 NAL unit one after the other, without its emulation prevention bytes (H.264,
/// clause 7.4.1.1) and without a copy of it; or the bits of a header that has no such bytes. Past the end, and after a
/// number that is none, it gives zeros and says so. libavcodec reads these fields too, but gives out neither a
/// picture's number nor the size before a first picture.
class NalBits {
public:
    enum class Escapes { LeftOut, None };

    explicit NalBits(std::span<const std::byte> bytes, Escapes escapes = Escapes::LeftOut)
        : m_rest{bytes}, m_escapes{escapes} {}

    unsigned bit() {
        if (m_left == 0 && !nextByte()) {
            return 0;
        }
        --m_left;
        return m_byte >> m_left & 1U;
    }

    /// u(count), at most 32.
    unsigned bits(int count) {
        unsigned value = 0;
        for (int i = 0; i < count; ++i) {
            value = value << 1U | bit();
        }
        return value;
    }

    /// ue(v), clause 9.1. More than 31 leading zeros is no number.
    unsigned unsignedGolomb() {
        int zeros = 0;
        while (!m_ended && bit() == 0) {
            if (++zeros > 31) {
                end();
            }
        }
        return m_ended ? 0 : (1U << static_cast<unsigned>(zeros)) - 1U + bits(zeros);
    }

    /// se(v), clause 9.1.1.
    int signedGolomb() {
        const unsigned value = unsignedGolomb();
        const int half = static_cast<int>(value / 2 + value % 2);
        return value % 2 == 1 ? half : -half;
    }

    [[nodiscard]] bool hasEnded() const { return m_ended; }

private:
    bool nextByte() {
        if (m_escapes == Escapes::LeftOut && m_zeros >= 2 && !m_rest.empty() && m_rest.front() == std::byte{3}) {
            m_rest = m_rest.subspan(1);
            m_zeros = 0;
        }
        if (m_rest.empty()) {
            end();
            return false;
        }
        m_byte = std::to_integer<unsigned>(m_rest.front());
        m_zeros = m_byte == 0 ? m_zeros + 1 : 0;
        m_left = 8;
        m_rest = m_rest.subspan(1);
        return true;
    }

    void end() {
        m_ended = true;
        m_left = 0;
        m_rest = {};
    }

    std::span<const std::byte> m_rest;
    Escapes m_escapes;
    unsigned m_byte = 0;
    unsigned m_left = 0;  // bits of m_byte that have not been read
    int m_zeros = 0;      // bytes of zero that came last
    bool m_ended = false;
};

}  // namespace leedswatch::video
