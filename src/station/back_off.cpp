#include "station/back_off.h"

#include <algorithm>

namespace leedswatch::station {

std::chrono::milliseconds BackOff::next() {
    const auto quarter = m_pause.count() / 4;
    std::uniform_int_distribution<std::int64_t> jitter{-quarter, quarter};
    const auto pause = std::clamp(m_pause + std::chrono::milliseconds{jitter(m_random)}, kFirst, kLongest);
    m_pause = std::min(m_pause * 2, kLongest);
    return pause;
}

}  // namespace leedswatch::station
