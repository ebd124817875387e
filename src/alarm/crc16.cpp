#include "alarm/crc16.h"

#include <array>

namespace leedswatch::alarm {

namespace {

constexpr std::uint16_t reflectedPolynomial = 0xA001;

constexpr std::array<std::uint16_t, 256> crcTable() {
    std::array<std::uint16_t, 256> table{};
    for (std::size_t byte = 0; byte < table.size(); ++byte) {
        auto value = static_cast<std::uint16_t>(byte);
        for (int bit = 0; bit < 8; ++bit) {
            const bool carry = (value & 1U) != 0;
            value = static_cast<std::uint16_t>(value >> 1U);
            if (carry) {
                value ^= reflectedPolynomial;
            }
        }
        table.at(byte) = value;
    }
    return table;
}

// tables[n] has what a byte does to the check with n bytes behind it: four bytes are looked up side by side, and not
// each after the one before.
constexpr std::array<std::array<std::uint16_t, 256>, 4> tables = [] {
    std::array<std::array<std::uint16_t, 256>, 4> all{crcTable()};
    for (std::size_t behind = 1; behind < all.size(); ++behind) {
        for (std::size_t byte = 0; byte < 256; ++byte) {
            const std::uint16_t before = all[behind - 1][byte];
            all[behind][byte] = static_cast<std::uint16_t>((before >> 8U) ^ all[0][before & 0xFFU]);
        }
    }
    return all;
}();

}  // namespace

std::uint16_t crc16(std::span<const std::byte> bytes) {
    unsigned value = 0;
    const auto at = [&](std::size_t index) { return std::to_integer<unsigned>(bytes[index]); };
    for (; bytes.size() >= 4; bytes = bytes.subspan(4)) {
        value = static_cast<unsigned>(tables[3][(value & 0xFFU) ^ at(0)]) ^ tables[2][(value >> 8U) ^ at(1)] ^
                tables[1][at(2)] ^ tables[0][at(3)];
    }
    for (const std::byte byte : bytes) {
        value = (value >> 8U) ^ tables[0][(value ^ std::to_integer<unsigned>(byte)) & 0xFFU];
    }
    return static_cast<std::uint16_t>(value);
}

}  // namespace leedswatch::alarm
