#include "video/clock_offset_meter.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>

namespace leedswatch::video {
namespace {

constexpr std::chrono::seconds kWindow{5};
constexpr base::Microseconds kStep = std::chrono::seconds{1};
constexpr int kSmoothing = 4;

bool isNear(base::Microseconds left, base::Microseconds right) {
    return std::chrono::abs(left - right) < kStep;
}

}  // namespace

void ClockOffsetMeter::add(base::UtcTime cameraTime, base::UtcTime arrival, base::SteadyTime arrivedAt) {
    const base::Microseconds offset = cameraTime - arrival;
    if (!m_begin || !isNear(offset, m_best)) {
        m_begin = arrivedAt;
        m_best = offset;
    }
    m_best = std::max(m_best, offset);
    if (arrivedAt - *m_begin >= kWindow) {
        close();
    }
}

void ClockOffsetMeter::close() {
    const bool isSmall = m_offset && isNear(*m_offset, m_best);
    m_offset = isSmall ? *m_offset + (m_best - *m_offset) / kSmoothing : m_best;
    m_begin.reset();
}

}  // namespace leedswatch::video
