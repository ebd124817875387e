#include "video/live_edge.h"

#include <algorithm>

namespace leedswatch::video {
namespace {

using namespace std::chrono_literals;
using std::chrono::duration_cast;
using std::chrono::milliseconds;

// What is already in the socket is read in far less; the pictures of a camera are 20 ms apart or more.
constexpr auto shortWait = 8ms;
constexpr auto longWait = 100ms;
constexpr int shortWaitsInARow = 2;
// Clocks of cameras drift by less than this part of the time that goes by.
constexpr int driftPart = 1000;
constexpr auto steadyEnough = 100ms;
constexpr auto steadyFor = 2s;

}  // namespace

bool LiveEdge::arrived(base::SteadyTime arrival, base::SteadyTime::duration waited, std::int64_t mediaTime) {
    const Offset media{mediaTime * 100 / 9};
    const Offset offset = duration_cast<Offset>(arrival.time_since_epoch()) - media;
    const Offset fall = m_offset ? *m_offset - offset : Offset{};
    const Offset mediaGap{m_offset ? (mediaTime - m_mediaTime) * 100 / 9 : 0};
    if (!m_offset) {
        m_least = offset;
        m_leastAt = arrival;
    }
    m_offset = offset;
    m_mediaTime = mediaTime;
    updateReached(waited, fall, mediaGap);
    updateLag(arrival, offset);
    return m_reached && m_lag <= tooFarBehind;
}

void LiveEdge::updateReached(base::SteadyTime::duration waited, Offset fall, Offset mediaGap) {
    if (m_reached) {
        return;
    }
    // Media time that runs ahead of the clock on the wall is a burst, even if the sender paused in it.
    const bool catchingUp = mediaGap > 0ms && fall > mediaGap / 2;
    m_waits = waited >= shortWait && !catchingUp ? m_waits + 1 : 0;
    m_reached = m_waits >= shortWaitsInARow || (m_waits > 0 && waited >= longWait);
    if (m_reached) {
        m_least = *m_offset;
    }
}

void LiveEdge::updateLag(base::SteadyTime arrival, Offset offset) {
    m_least += duration_cast<Offset>(arrival - m_leastAt) / driftPart;
    m_leastAt = arrival;
    m_least = std::min(m_least, offset);
    m_lag = duration_cast<milliseconds>(offset - m_least);
    if (m_lag <= tooFarBehind || !m_reached) {
        m_steadySince.reset();
        return;
    }
    if (!m_steadySince || m_lag > m_steadyLag + steadyEnough) {
        m_steadyLag = m_lag;
        m_steadySince = arrival;
    }
    // A camera that was away and whose clock did not count that time keeps an even distance: nothing is queued
    // anywhere, for a queue would have come in a burst. That is the new present.
    if (arrival - *m_steadySince > steadyFor) {
        m_least = offset;
        m_lag = 0ms;
        m_steadySince.reset();
    }
}

}  // namespace leedswatch::video
