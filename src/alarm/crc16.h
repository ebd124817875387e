#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace leedswatch::alarm {

/// CRC-16/ARC, as DC-07 and DC-09 frames carry it: x^16 + x^15 + x^2 + 1, reflected, from zero. The printed table of
/// DC-07 has a wrong entry, so the table is computed.
[[nodiscard]] std::uint16_t crc16(std::span<const std::byte> bytes);

}  // namespace leedswatch::alarm
