#pragma once

#include "base/clock.h"

#include <algorithm>

namespace leedswatch::base {

/// The time by which something is due: of the clock's time and the time that has passed since this was made, the later
/// one, so that a wall clock that is set back keeps nothing back. One that is set ahead brings things sooner.
/// Thread-safe.
class DeadlineClock {
public:
    /// clock outlives it.
    explicit DeadlineClock(const Clock& clock)
        : m_clock{clock}, m_startTime{clock.now()}, m_steadyStart{clock.steadyNow()} {}

    [[nodiscard]] UtcTime now() const {
        const auto passed = std::chrono::duration_cast<Microseconds>(m_clock.steadyNow() - m_steadyStart);
        return std::max(m_clock.now(), m_startTime + passed);
    }

private:
    const Clock& m_clock;
    const UtcTime m_startTime;
    const SteadyTime m_steadyStart;
};

}  // namespace leedswatch::base
