#pragma once

#include "base/time.h"

#include <random>

namespace leedswatch::station {

/// The pauses between attempts: 1 s, doubling to 30 s, each changed at random by up to a quarter, so that cameras that
/// were lost together do not all come back in the same instant. One thread.
class BackOff {
public:
    explicit BackOff(std::uint32_t seed) : m_random{seed} {}

    [[nodiscard]] std::chrono::milliseconds next();
    void reset() { m_pause = kFirst; }

private:
    static constexpr std::chrono::milliseconds kFirst{1'000};
    static constexpr std::chrono::milliseconds kLongest{30'000};
    std::minstd_rand m_random;
    std::chrono::milliseconds m_pause = kFirst;
};

}  // namespace leedswatch::station
