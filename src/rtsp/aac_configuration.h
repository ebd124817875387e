#pragma once

#include "rtsp/rtp.h"

#include <optional>

namespace leedswatch::rtsp {

/// What an AudioSpecificConfig (ISO/IEC 14496-3, 1.6.2.1) says of the AAC that follows it.
struct AacConfiguration {
    int sampleRate = 0;         ///< a second, of the core: what SBR makes of it is the decoder's
    int channels = 0;           ///< 1 to 8
    int samplesPerUnit = 1024;  ///< of each channel in an access unit, at `sampleRate`
    bool operator==(const AacConfiguration&) const = default;
};

/// Nothing if it is no AAC (Main, LC, SSR or LTP, with SBR and PS or without), or says its channels in another way than
/// by their number. Whatever the bytes are, there is an answer.
[[nodiscard]] std::optional<AacConfiguration> readAacConfiguration(Bytes config);

}  // namespace leedswatch::rtsp
