#include "video/media_clock.h"

#include "video/packet.h"

#include <algorithm>
#include <cstdlib>

namespace leedswatch::video {
namespace {

// Ahead of its arrival by more than this a time is wrong. A session ends after 3 s of silence, and a relay may send
// what it kept in one burst: so a true step is never 5 s longer than what went by.
constexpr std::int64_t kLargestLead = 5 * kMediaTicksPerSecond;
// Pictures in the order of decoding step back by a few pictures, and never many in a row.
constexpr std::int64_t kLargestReordering = kMediaTicksPerSecond;
constexpr int kMostEarlierInARow = 7;
// No clock counts this far, and sums of it would not fit.
constexpr std::int64_t kLargestTime = std::int64_t{1} << 60;
// RTP's time has 32 bits and MPEG's 33.
constexpr std::array<std::int64_t, 2> kWraps{std::int64_t{1} << 32, std::int64_t{1} << 33};

std::int64_t ticksOf(base::SteadyTime::duration time) {
    const auto microseconds = std::chrono::duration_cast<base::Microseconds>(time).count();
    return std::max<std::int64_t>(0, microseconds) * 90 / 1000;
}

}  // namespace

std::int64_t MediaClock::mend(std::optional<std::int64_t> said, base::SteadyTime arrivedAt) {
    const std::int64_t elapsed = m_hasBegun ? ticksOf(arrivedAt - m_lastArrival) : 0;
    m_lastArrival = arrivedAt;
    if (said && (*said > kLargestTime || *said < -kLargestTime)) {
        said.reset();
    }
    if (!m_hasBegun) {
        // libavformat gives the first picture of an RTSP session no time: no fault of the camera's.
        m_hasBegun = true;
        m_lastGiven = said.value_or(0);
        if (said) {
            m_lastSaid = said;
            remember(*said);
        }
        return m_lastGiven;
    }
    std::int64_t given = 0;
    if (!said) {
        ++m_mended.missing;
        given = m_lastGiven + std::max<std::int64_t>(1, elapsed);
    } else if (!m_lastSaid) {
        given = goOnFrom(*said, kUsualFrame);
    } else {
        given = take(*said, elapsed);
    }
    m_lastGiven = std::max(m_lastGiven, given);
    return given;
}

std::int64_t MediaClock::take(std::int64_t said, std::int64_t elapsed) {
    if (said == *m_lastSaid) {
        ++m_mended.repeated;
        return m_lastGiven + std::max<std::int64_t>(1, elapsed);
    }
    if (said < *m_lastSaid) {
        return takeEarlier(said, elapsed);
    }
    m_earlierInARow = 0;
    if (said - *m_lastSaid > elapsed + kLargestLead) {
        // In 32 bits a step of more than half of them ahead is one back.
        const bool isBack = said - *m_lastSaid > kWraps[0] / 2 && said - *m_lastSaid < kWraps[0];
        ++(isBack ? m_mended.backwards : m_mended.leaping);
        return goOnFrom(said, elapsed);
    }
    // Times that were made up meanwhile may have run ahead.
    if (said + m_offset <= m_lastGiven) {
        return goOnFrom(said, elapsed);
    }
    m_lastSaid = said;
    remember(said);
    return said + m_offset;
}

std::int64_t MediaClock::takeEarlier(std::int64_t said, std::int64_t elapsed) {
    for (const std::int64_t wrap : kWraps) {
        if (std::abs(said + wrap - *m_lastSaid) <= elapsed + kLargestLead) {
            ++m_mended.wrapped;
            const std::int64_t step = std::max(said + wrap - *m_lastSaid, std::int64_t{1});
            return goOnFrom(said, step);
        }
    }
    const bool isReordered =
        *m_lastSaid - said < kLargestReordering && !isKnown(said) && m_earlierInARow < kMostEarlierInARow;
    if (isReordered) {
        ++m_earlierInARow;
        remember(said);
        return said + m_offset;
    }
    ++m_mended.backwards;
    return goOnFrom(said, elapsed);
}

std::int64_t MediaClock::goOnFrom(std::int64_t said, std::int64_t step) {
    const std::int64_t given = m_lastGiven + std::max<std::int64_t>(1, step);
    m_offset = given - said;
    m_lastSaid = said;
    m_earlierInARow = 0;
    m_recentCount = 0;
    remember(said);
    return given;
}

bool MediaClock::isKnown(std::int64_t said) const {
    const auto count = static_cast<std::ptrdiff_t>(std::min(m_recentCount, m_recent.size()));
    return std::find(m_recent.begin(), m_recent.begin() + count, said) != m_recent.begin() + count;
}

void MediaClock::remember(std::int64_t said) {
    m_recent[m_recentCount % m_recent.size()] = said;
    ++m_recentCount;
}

}  // namespace leedswatch::video
