#pragma once

#include "base/time.h"

#include <optional>

namespace leedswatch::video {

/// How far a camera's clock is from ours, out of the instants that it gives its pictures (RTCP sender reports) and the
/// instants of their arrival. A picture is always late and never early, so of the pictures of five seconds the one that
/// was under way the shortest counts; these are smoothed. A step of either clock by a second or more is taken at once.
/// One thread.
class ClockOffsetMeter {
public:
    /// A picture that the camera took at `cameraTime` by its clock came at `arrival` by ours.
    void add(base::UtcTime cameraTime, base::UtcTime arrival, base::SteadyTime arrivedAt);
    /// Positive: the camera is ahead. Nothing until five seconds are over.
    [[nodiscard]] const std::optional<base::Microseconds>& offset() const { return m_offset; }

private:
    void close();

    std::optional<base::SteadyTime> m_begin;
    base::Microseconds m_best{};
    std::optional<base::Microseconds> m_offset;
};

}  // namespace leedswatch::video
