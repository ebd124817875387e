#pragma once

#include "base/result.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::rtsp {

/// What a stream is of. Other: text, metadata, and sound that the camera wants to be sent (ONVIF's back channel).
enum class MediaKind { Video, Sound, Other };

/// How the packets of MPEG4-GENERIC are laid out (RFC 3640, section 4.1).
struct AacLayout {
    unsigned sizeBits = 0;  ///< 0: it says no layout that is known
    unsigned indexBits = 0;
    unsigned indexDeltaBits = 0;
    std::uint32_t unitDuration = 0;  ///< in units of the clock; 0: as the configuration says
};

/// A stream that a session offers.
struct MediaDescription {
    MediaKind kind = MediaKind::Other;
    unsigned payloadType = 0;
    std::string encoding;  ///< in capitals: "H264"; empty if it is not known
    int clockRate = 0;     ///< a second; of sound usually its samples
    int channels = 1;      ///< of sound
    std::string control;   ///< where it is set up, as it stands there: an address, a path, or empty
    /// What a decoder must know, as it came with the description: parameter sets with start codes (H.264, H.265), the
    /// configuration of MPEG-4 pictures and of AAC; empty if it is to come with the pictures.
    std::vector<std::byte> parameters;
    AacLayout aac;  ///< of MPEG4-GENERIC
};

struct SessionDescription {
    std::string control;  ///< of the whole session; "*" or empty: the address that it was asked for at
    std::vector<MediaDescription> media;
};

/// SDP (RFC 4566) as RTSP uses it (RFC 2326, Appendix C), read by GStreamer's library. Error: Damaged.
[[nodiscard]] base::Result<SessionDescription> readSessionDescription(std::string_view text);

/// The address of a part of a session: `control` may be whole, a path, or a piece to put behind `base`.
[[nodiscard]] std::string controlAddress(const std::string& base, const std::string& control);

}  // namespace leedswatch::rtsp
