#include "video/sound_placer.h"

#include "video/packet.h"

#include <cstdlib>

namespace leedswatch::video {
namespace {

constexpr int kRoundingsInASecond = 500;  // two milliseconds

}  // namespace

std::optional<std::int64_t> SoundPlacer::place(std::int64_t ticks, std::int64_t samples) {
    std::int64_t at = ticks * m_sampleRate / kMediaTicksPerSecond;
    if (m_end && std::abs(at - *m_end) <= m_sampleRate / kRoundingsInASecond) {
        at = *m_end;
    }
    if (m_end && at < *m_end) {
        return std::nullopt;
    }
    m_end = at + samples;
    return at;
}

}  // namespace leedswatch::video
