#pragma once

#include "base/clock.h"

#include <atomic>

namespace leedswatch::tests {

/// The machine's clocks, of which somebody sets the one on the wall. Thread-safe.
class SteppedClock final : public base::Clock {
public:
    [[nodiscard]] base::UtcTime now() const override { return m_system.now() + base::Microseconds{m_step.load()}; }
    [[nodiscard]] base::SteadyTime steadyNow() const override { return m_system.steadyNow(); }

    void step(base::Microseconds by) { m_step += by.count(); }

private:
    const base::SystemClock m_system;
    std::atomic<std::int64_t> m_step = 0;
};

}  // namespace leedswatch::tests
