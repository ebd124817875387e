#include "analytics/packet_sizes.h"

#include <algorithm>
#include <cmath>

namespace leedswatch::analytics {
namespace {

constexpr double sizeMemory = 30;
constexpr double leastLearnt = 4;    // seconds before anything is said
constexpr double leastGrowth = 0.4;  // logarithm: by half
constexpr double deviations = 4;
constexpr int inARow = 3;
constexpr double moreCaution = 1.5;  // times
constexpr double mostCaution = 8;
constexpr double cautionSeconds = 600;
constexpr double leastFall = 1.4;  // logarithm: to a quarter

}  // namespace

bool PacketSizes::add(std::size_t bytes, double seconds) {
    const double size = std::log(static_cast<double>(std::max<std::size_t>(bytes, 1)));
    m_caution = 1 + (m_caution - 1) * std::exp(-seconds / cautionSeconds);
    const double growth = m_caution * std::max(leastGrowth, deviations * m_deviation);
    const bool isLarge = m_learnt >= leastLearnt && size > m_mean + growth;
    m_large = isLarge ? m_large + 1 : 0;
    const bool isSmall = m_learnt >= leastLearnt && size < m_mean - std::max(leastFall, deviations * m_deviation);
    m_smallFor = isSmall ? m_smallFor + seconds : 0;
    if (m_isLearning) {
        m_learnt += seconds;
        const double share = std::clamp(seconds / std::min(sizeMemory, std::max(m_learnt, seconds)), 0.0, 1.0);
        m_deviation += (std::abs(size - m_mean) - m_deviation) * (m_mean == 0 ? 0 : share);
        m_mean += (size - m_mean) * (m_mean == 0 ? 1 : share);
    }
    return m_large >= inARow;
}

void PacketSizes::noteInVain() {
    m_caution = std::min(mostCaution, m_caution * moreCaution);
}

}  // namespace leedswatch::analytics
