#pragma once

#include "base/time.h"
#include "video/video_codec.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace leedswatch::video {

/// What a decoder must know before the first picture. Compared by value: another one means another file.
struct StreamFormat {
    VideoCodec codec = VideoCodec::H264;
    /// As MP4 keeps it: avcC of H.264, hvcC of H.265 (ISO/IEC 14496-15), the decoder configuration of MPEG-4; empty for
    /// MJPEG.
    std::vector<std::byte> record;
    int width = 0;
    int height = 0;
    bool operator==(const StreamFormat&) const = default;
};

/// One encoded picture as it came from a camera: H.264 and H.265 with each NAL unit behind a 4-byte length, the others
/// as they are. Packets follow one another in the order of decoding. Shared by the recorder and the relay, never
/// changed.
struct Packet {
    std::shared_ptr<const StreamFormat> format;
    std::shared_ptr<const std::vector<std::byte>> bytes;
    std::int64_t time = 0;  ///< 90 kHz, presentation, the stream's own clock; starts anywhere with a session
    bool isKey = false;
    bool isSecondField = false;    ///< completes the picture of the packet before, which holds its other field
    base::UtcTime arrival{};       ///< arrival by the wall clock, which may be stepped
    base::SteadyTime arrivedAt{};  ///< arrival by the steady clock, which rules durations
};

inline constexpr std::int64_t kMediaTicksPerSecond = 90'000;
/// How long a picture is taken to stand where nothing says it.
inline constexpr std::int64_t kUsualFrame = kMediaTicksPerSecond / 25;

[[nodiscard]] constexpr base::Microseconds durationOfTicks(std::int64_t ticks) {
    return base::Microseconds{ticks * 1'000 / 90};
}

}  // namespace leedswatch::video
