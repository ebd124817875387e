#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace leedswatch::rtsp {

/// RTP carries JPEG without its headers (RFC 2435): a size of up to 2,040 pixels a side, baseline coding, two kinds of
/// colour subsampling and the Huffman tables of ITU-T T.81 annex K. Whoever receives anything else would build another
/// picture than the camera's. Empty if this picture goes through; else a clause for people: "its pictures are ...".
[[nodiscard]] std::string whyNotCarried(std::span<const std::byte> jpeg);

}  // namespace leedswatch::rtsp
