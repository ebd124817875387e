#pragma once

#include <cstddef>
#include <span>
#include <vector>

// H.264 as encoders write it (ITU-T H.264 Annex B, start codes) and as files and our RTSP server take it (ISO/IEC
// 14496-15, lengths and one record of the parameter sets).

namespace leedswatch::simulator {

/// The NAL units between start codes, without them. Views into `bytes`.
[[nodiscard]] std::vector<std::span<const std::byte>> splitAnnexB(std::span<const std::byte> bytes);

/// The NAL units, each behind its length in 4 bytes. Parameter sets and delimiters are left out.
[[nodiscard]] std::vector<std::byte> toAvc(std::span<const std::byte> annexB);

/// The record of the parameter sets that are in there; empty if there is no sequence or no picture parameter set.
[[nodiscard]] std::vector<std::byte> makeAvcRecord(std::span<const std::byte> annexB);

}  // namespace leedswatch::simulator
