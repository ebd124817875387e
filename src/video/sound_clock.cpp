#include "video/sound_clock.h"

#include "video/packet.h"

#include <algorithm>
#include <cstdlib>

namespace leedswatch::video {
namespace {

using namespace std::chrono_literals;

// People notice sound that is 45 ms ahead of its pictures or 125 ms behind (ITU-R BT.1359).
constexpr std::int64_t kToleranceByReports = kMediaTicksPerSecond * 45 / 1000;
// What comes in bursts says little of when it was heard.
constexpr std::int64_t kToleranceByArrival = kMediaTicksPerSecond * 7 / 10;
// Both ways are one; reports that say otherwise are of a clock that was set between them.
constexpr std::int64_t kMostApart = kMediaTicksPerSecond;
// One report, or one burst, moves nothing.
constexpr auto kStrayingFor = 3s;
constexpr std::int64_t kLongestStep = 5;    // seconds
constexpr std::int64_t kLongestRepeat = 1;  // seconds back that are packets out of order, not another beginning
// Times are rounded to ticks.
constexpr std::int64_t kLeastStep = kMediaTicksPerSecond / 1000;

template <typename Duration>
std::int64_t asTicks(Duration duration) {
    return std::chrono::duration_cast<base::Microseconds>(duration).count() * 90 / 1000;
}

}  // namespace

void SoundClock::picture(std::int64_t time, std::optional<base::UtcTime> cameraTime, base::SteadyTime arrivedAt) {
    m_picture = Picture{time, cameraTime, arrivedAt};
}

std::int64_t SoundClock::ticksOf(std::int64_t samples) const {
    return samples * kMediaTicksPerSecond / m_clockRate;
}

SoundClock::Target SoundClock::targetOf(std::uint32_t duration, std::optional<base::UtcTime> cameraTime,
                                        base::SteadyTime arrivedAt) const {
    // A piece is sent when its last sample is there.
    const std::int64_t byArrival =
        m_picture->time + asTicks(arrivedAt - m_picture->arrivedAt) - ticksOf(std::int64_t{duration});
    if (!cameraTime || !m_picture->cameraTime) {
        return {byArrival, false};
    }
    const std::int64_t byReports = m_picture->time + asTicks(*cameraTime - *m_picture->cameraTime);
    const bool isBelievable = std::abs(byReports - byArrival) <= kMostApart;
    return {isBelievable ? byReports : byArrival, isBelievable};
}

void SoundClock::anchorAt(const Target& target) {
    m_anchor = target.time;
    m_samples = 0;
    m_isByReports = target.isByReports;
    m_strayingSince.reset();
}

bool SoundClock::hasStrayed(std::int64_t time, const Target& target, base::SteadyTime now) {
    const std::int64_t tolerance = target.isByReports ? kToleranceByReports : kToleranceByArrival;
    if (std::abs(time - target.time) <= tolerance) {
        m_strayingSince.reset();
        return false;
    }
    // The first report knows better than any arrival.
    if (target.isByReports && !m_isByReports) {
        return true;
    }
    m_strayingSince = m_strayingSince.value_or(now);
    return now - *m_strayingSince >= kStrayingFor;
}

std::optional<std::int64_t> SoundClock::place(std::uint32_t timestamp, std::uint32_t duration,
                                              std::optional<base::UtcTime> cameraTime, base::SteadyTime arrivedAt) {
    if (!m_picture) {
        return std::nullopt;
    }
    const Target target = targetOf(duration, cameraTime, arrivedAt);
    const std::int64_t step = static_cast<std::int32_t>(timestamp - m_lastTimestamp);
    if (m_anchor && step <= 0 && step > -kLongestRepeat * m_clockRate) {
        ++m_leftOut;
        return std::nullopt;
    }
    m_lastTimestamp = timestamp;
    if (!m_anchor || step <= 0 || step > kLongestStep * m_clockRate) {
        anchorAt(target);
    } else {
        m_samples += step;
        if (hasStrayed(*m_anchor + ticksOf(m_samples), target, arrivedAt)) {
            anchorAt(target);
        }
        m_isByReports = m_isByReports || target.isByReports;
    }
    const std::int64_t time = *m_anchor + ticksOf(m_samples);
    if (m_end != 0 && time < m_end - kLeastStep) {
        ++m_leftOut;
        return std::nullopt;
    }
    m_end = time + ticksOf(duration);
    return time;
}

}  // namespace leedswatch::video
