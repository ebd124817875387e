#pragma once

#include "video/stream_parser.h"

namespace leedswatch::video::h265 {

/// Types of NAL units: ITU-T H.265, table 7-1.
constexpr unsigned kKeyFirst = 16;  // BLA_W_LP
constexpr unsigned kLastPicture = 31;
constexpr unsigned kSequenceSet = 33;
constexpr unsigned kPictureSet = 34;

/// Bytes of its header.
constexpr std::size_t kHeader = 2;

/// No type at all if there is nothing behind the header.
[[nodiscard]] inline unsigned typeOf(Bytes nalUnit) {
    return nalUnit.size() <= kHeader ? ~0U : std::to_integer<unsigned>(nalUnit.front()) >> 1U & 0x3FU;
}

}  // namespace leedswatch::video::h265
