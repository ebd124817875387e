#pragma once

#include "base/time.h"

#include <chrono>
#include <cstdint>
#include <optional>

namespace leedswatch::video {

/// Tells whether what arrives is of the present. A relay first sends the pictures since the last key frame, up to a GOP
/// old and as fast as it can; the live edge is reached when reading has to wait for the next picture. Later a stream
/// that falls more than a second behind its own clock is behind again. One of these a connection; one thread at a time.
class LiveEdge {
public:
    static constexpr std::chrono::milliseconds tooFarBehind{1000};

    /// A picture arrived at `arrival` after `waited` for it; `mediaTime` is its 90 kHz time. True: it is of the
    /// present.
    bool arrived(base::SteadyTime arrival, base::SteadyTime::duration waited, std::int64_t mediaTime);

    /// How far behind its best the stream is.
    [[nodiscard]] std::chrono::milliseconds lag() const { return m_lag; }

private:
    using Offset = base::Microseconds;

    void updateReached(base::SteadyTime::duration waited, Offset fall, Offset mediaGap);
    void updateLag(base::SteadyTime arrival, Offset offset);

    bool m_reached = false;
    int m_waits = 0;
    std::optional<Offset> m_offset;  ///< arrival less media time, of the newest picture
    std::int64_t m_mediaTime = 0;
    Offset m_least{};  ///< the smallest there was
    base::SteadyTime m_leastAt{};
    std::chrono::milliseconds m_lag{};
    // While behind: since when the lag has not grown.
    std::chrono::milliseconds m_steadyLag{};
    std::optional<base::SteadyTime> m_steadySince;
};

}  // namespace leedswatch::video
