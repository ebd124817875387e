#pragma once

#include "base/clock.h"

#include <atomic>

namespace leedswatch::tests {

/// A clock that stands until it is told to go on. Thread-safe.
class FakeClock final : public base::Clock {
public:
    explicit FakeClock(base::UtcTime start) : m_utc{base::toStored(start)} {}

    [[nodiscard]] base::UtcTime now() const override { return base::fromStored(m_utc.load()); }
    [[nodiscard]] base::SteadyTime steadyNow() const override {
        return base::SteadyTime{
            std::chrono::duration_cast<base::SteadyTime::duration>(base::Microseconds{m_steady.load()})};
    }

    /// Time goes by: both clocks move.
    void advance(base::Microseconds by) {
        m_utc += by.count();
        m_steady += by.count();
    }

    /// Somebody sets the wall clock: only UTC moves.
    void stepWallClock(base::Microseconds by) { m_utc += by.count(); }

private:
    std::atomic<std::int64_t> m_utc;
    std::atomic<std::int64_t> m_steady{1'000'000'000};
};

}  // namespace leedswatch::tests
