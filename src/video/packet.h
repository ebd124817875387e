#pragma once

#include "base/time.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace leedswatch::video {

/// What a decoder must know before the first picture. Compared by value: another one means another file.
struct StreamFormat {
    std::vector<std::byte> avcRecord;  ///< H.264's avcC record
    int width = 0;
    int height = 0;
    bool operator==(const StreamFormat&) const = default;
};

/// One encoded picture as it came from a camera, in AVC form (NAL units each behind a 4-byte length). Shared by the
/// recorder and the relay, never changed.
struct Packet {
    std::shared_ptr<const StreamFormat> format;
    std::shared_ptr<const std::vector<std::byte>> bytes;
    std::int64_t time = 0;  ///< 90 kHz, presentation, the stream's own clock; starts anywhere with a session
    bool isKey = false;
    base::UtcTime arrival{};       ///< arrival by the wall clock, which may be stepped
    base::SteadyTime arrivedAt{};  ///< arrival by the steady clock, which rules durations
};

inline constexpr std::int64_t kMediaTicksPerSecond = 90'000;

[[nodiscard]] constexpr base::Microseconds durationOfTicks(std::int64_t ticks) {
    return base::Microseconds{ticks * 1'000 / 90};
}

}  // namespace leedswatch::video
