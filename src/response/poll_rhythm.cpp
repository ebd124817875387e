#include "response/poll_rhythm.h"

#include <algorithm>

namespace leedswatch::response {

namespace {

// A poll that comes sooner is the last one again, because our answer was slow (reference 1.10).
constexpr std::chrono::seconds leastDistance{2};

}  // namespace

void PollRhythm::polled(base::SteadyTime now) {
    if (m_last && now - *m_last < leastDistance) {
        return;
    }
    if (m_last) {
        m_distances[m_count % most] = std::chrono::round<std::chrono::seconds>(now - *m_last);
        ++m_count;
    }
    m_last = now;
}

std::optional<std::chrono::seconds> PollRhythm::interval() const {
    if (m_count < least) {
        return m_remembered;
    }
    auto distances = m_distances;
    auto* const end = distances.begin() + static_cast<std::ptrdiff_t>(std::min(m_count, most));
    auto* const middle = distances.begin() + (end - distances.begin()) / 2;
    std::nth_element(distances.begin(), middle, end);
    return *middle;
}

}  // namespace leedswatch::response
