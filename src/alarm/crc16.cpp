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

constexpr std::array<std::uint16_t, 256> table = crcTable();

}  // namespace

std::uint16_t crc16(std::span<const std::byte> bytes) {
    std::uint16_t value = 0;
    for (const std::byte byte : bytes) {
        const auto index = static_cast<std::uint8_t>(value ^ std::to_integer<std::uint16_t>(byte));
        value = static_cast<std::uint16_t>((value >> 8U) ^ table[index]);
    }
    return value;
}

}  // namespace leedswatch::alarm
