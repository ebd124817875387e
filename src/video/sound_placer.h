#pragma once

#include <cstdint>
#include <optional>

namespace leedswatch::video {

/// Where the pieces of a sound track lie, in its samples: each begins where the one before ended if that is what their
/// times say but for rounding, and else where its time says. One thread.
class SoundPlacer {
public:
    explicit SoundPlacer(int sampleRate) : m_sampleRate{sampleRate} {}

    /// `ticks`: 90 kHz, from the track's zero; may be negative. Nothing if the piece would lie over the one before.
    [[nodiscard]] std::optional<std::int64_t> place(std::int64_t ticks, std::int64_t samples);

private:
    const int m_sampleRate;
    std::optional<std::int64_t> m_end;
};

}  // namespace leedswatch::video
