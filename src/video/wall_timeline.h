#pragma once

#include "base/time.h"
#include "video/gop.h"

#include <optional>

namespace leedswatch::video {

/// Tells the wall time of what arrived, ruled by the steady clock: a duration is right whatever happens to the wall
/// clock. Small differences (NTP at work) are taken over by `mostSlew` a call of `follow`; a step is reported. One
/// thread.
class WallTimeline {
public:
    static constexpr base::Microseconds mostSlew{10'000};  ///< a call

    [[nodiscard]] bool isSet() const { return m_anchor.has_value(); }
    void set(base::UtcTime wall, base::SteadyTime steady) { m_anchor = Anchor{wall, steady}; }
    [[nodiscard]] base::UtcTime at(base::SteadyTime steady) const;

    /// How far the wall clock was set by somebody since the last call; 0 if it was not. After a step the timeline is
    /// the new clock's.
    [[nodiscard]] base::Microseconds follow(base::UtcTime wall, base::SteadyTime steady);

private:
    struct Anchor {
        base::UtcTime wall;
        base::SteadyTime steady;
    };
    std::optional<Anchor> m_anchor;
};

/// When the first picture of a session was there: not later than it arrived, and earlier if it came in a burst with
/// pictures that followed it in the stream's own time.
[[nodiscard]] base::SteadyTime beginOf(const Gop& gop);

}  // namespace leedswatch::video
