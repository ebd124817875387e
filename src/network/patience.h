#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <poll.h>

#include <cstddef>
#include <stop_token>
#include <string>

namespace leedswatch::network {

/// How long a wait may last: until a moment of the steady clock, or until somebody asks to stop. A value; every wait of
/// this library takes one and looks at it at least each 50 ms.
class Patience {
public:
    Patience(const base::Clock& clock, std::stop_token stop, base::SteadyTime::duration limit)
        : m_clock{&clock}, m_stop{std::move(stop)}, m_deadline{clock.steadyNow() + limit} {}

    [[nodiscard]] bool isStopped() const { return m_stop.stop_requested(); }
    [[nodiscard]] bool isOver() const { return isStopped() || m_clock->steadyNow() >= m_deadline; }
    /// A wait that ends earlier, if `limit` is shorter than what is left.
    [[nodiscard]] Patience within(base::SteadyTime::duration limit) const;
    [[nodiscard]] const base::Clock& clock() const { return *m_clock; }
    [[nodiscard]] const std::stop_token& stop() const { return m_stop; }

    /// Until one of the descriptors is ready for what is asked of it (poll's events). Errors: TimedOut, Cancelled; the
    /// messages are for logs, as only the caller knows what was waited for.
    [[nodiscard]] base::Result<void> waitFor(int descriptor, short events) const;
    [[nodiscard]] base::Result<void> waitForAny(pollfd* descriptors, std::size_t count) const;

private:
    const base::Clock* m_clock;
    std::stop_token m_stop;
    base::SteadyTime m_deadline;
};

}  // namespace leedswatch::network
