#pragma once

#include "base/time.h"

namespace leedswatch::base {

/// Where the time comes from. Passed to whoever needs it, so that a test can stand still, run and step it.
/// Thread-safe.
class Clock {
public:
    Clock() = default;
    Clock(const Clock&) = delete;
    Clock& operator=(const Clock&) = delete;
    virtual ~Clock() = default;

    [[nodiscard]] virtual UtcTime now() const = 0;
    [[nodiscard]] virtual SteadyTime steadyNow() const = 0;
};

class SystemClock final : public Clock {
public:
    [[nodiscard]] UtcTime now() const override;
    [[nodiscard]] SteadyTime steadyNow() const override;
};

}  // namespace leedswatch::base
