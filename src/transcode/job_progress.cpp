#include "transcode/job_progress.h"

#include <algorithm>
#include <cmath>

namespace leedswatch::transcode {
namespace {

using namespace std::chrono_literals;

constexpr auto kSampledEvery = 1s;
constexpr auto kPaceOver = 60s;
constexpr auto kPaceKnownAfter = 10s;
constexpr auto kToldEvery = 2s;

/// Thousandths of the whole work, as PAL MPEG-2 takes them on a desk's machine: looking decodes everything once, making
/// decodes it again and encodes twice as many pictures.
struct Share {
    int begin;
    int end;
};

Share shareOf(TranscodePhase phase) {
    switch (phase) {
        case TranscodePhase::Hashing: return {0, 20};
        case TranscodePhase::Recalling: return {20, 30};
        case TranscodePhase::Looking: return {30, 250};
        case TranscodePhase::Making: return {250, 950};
        case TranscodePhase::Joining: return {950, 970};
        case TranscodePhase::Checking: return {970, 1000};
    }
    return {0, 0};
}

}  // namespace

void JobProgress::take(const TranscodeProgress& progress) {
    if (progress.phase != m_phase) {
        m_phase = progress.phase;
        m_samples.clear();
    }
    m_of = progress.of;
    const Share share = shareOf(m_phase);
    const double done = m_of > 0 ? std::clamp(progress.done / m_of, 0.0, 1.0) : 0.0;
    m_share = std::max(m_share, share.begin + static_cast<int>(std::floor(done * (share.end - share.begin))));
    const base::SteadyTime now = m_clock.steadyNow();
    if (m_samples.empty() || now - m_samples.back().at >= kSampledEvery) {
        m_samples.push_back({now, progress.done});
    }
    while (now - m_samples.front().at > kPaceOver) {
        m_samples.pop_front();
    }
}

bool JobProgress::isDue() {
    const base::SteadyTime now = m_clock.steadyNow();
    if (m_toldAt && m_toldPhase == m_phase && now - *m_toldAt < kToldEvery) {
        return false;
    }
    m_toldAt = now;
    m_toldPhase = m_phase;
    return true;
}

std::optional<std::chrono::seconds> JobProgress::left() const {
    if (m_samples.size() < 2 || m_of <= 0) {
        return std::nullopt;
    }
    const Sample& first = m_samples.front();
    const Sample& last = m_samples.back();
    const double passed = std::chrono::duration<double>(last.at - first.at).count();
    const double done = last.done - first.done;
    if (last.at - first.at < kPaceKnownAfter || done <= 0) {
        return std::nullopt;
    }
    return std::chrono::seconds{std::llround(std::max(0.0, m_of - last.done) * passed / done)};
}

}  // namespace leedswatch::transcode
