#include "ui/review/timeline_scale.h"

#include "base/local_time.h"
#include "ui/common/text.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace leedswatch::ui {
namespace {

using namespace std::chrono_literals;
using base::Microseconds;
using base::UtcTime;

constexpr std::array<Microseconds, 20> steps{100ms, 200ms, 500ms, 1s,    2s,    5s, 10s, 15s, 30s, 1min,
                                             2min,  5min,  10min, 15min, 30min, 1h, 2h,  3h,  6h,  12h};
constexpr Microseconds day = 24h;

Microseconds scaled(double factor, Microseconds length) {
    return Microseconds{std::llround(static_cast<double>(length.count()) * factor)};
}

int localHour(UtcTime time) {
    return std::stoi(base::formatLocalTimeOfDay(time).substr(0, 2));
}

bool beginsDay(UtcTime time) {
    return base::localDayOf(time).begin == time;
}

}  // namespace

double TimelineScale::xOf(UtcTime time) const {
    return static_cast<double>((time - m_visible.begin).count()) / static_cast<double>(length().count()) * m_width;
}

UtcTime TimelineScale::timeAt(double x) const {
    return m_visible.begin + scaled(m_width > 0 ? x / m_width : 0, length());
}

void TimelineScale::show(video::TimeRange range) {
    const Microseconds wanted = std::clamp(range.end - range.begin, shortest, longest);
    const UtcTime middle = range.begin + (range.end - range.begin) / 2;
    m_visible = {middle - wanted / 2, middle - wanted / 2 + wanted};
}

void TimelineScale::zoom(double factor, double anchor) {
    const UtcTime fixed = timeAt(anchor);
    const Microseconds wanted = std::clamp(scaled(factor, length()), shortest, longest);
    const UtcTime begin = fixed - scaled(m_width > 0 ? anchor / m_width : 0.5, wanted);
    m_visible = {begin, begin + wanted};
}

void TimelineScale::moveBy(double pixels) {
    const Microseconds by = scaled(m_width > 0 ? pixels / m_width : 0, length());
    m_visible = {m_visible.begin + by, m_visible.end + by};
}

void TimelineScale::centreOn(UtcTime time) {
    const Microseconds wanted = length();
    m_visible = {time - wanted / 2, time - wanted / 2 + wanted};
}

bool TimelineScale::crossesClockChange() const {
    return base::localZoneAbbreviation(m_visible.begin) != base::localZoneAbbreviation(m_visible.end);
}

QString TimelineScale::labelOf(UtcTime time, Microseconds step, bool dayBegins) const {
    if (dayBegins) {
        return toQt(base::formatLocalDate(time)).left(6);
    }
    std::string text =
        step < 1s ? base::formatLocalTimeOfDayWithMilliseconds(time).substr(0, 10) : base::formatLocalTimeOfDay(time);
    if (step >= 1min) {
        text.resize(5);
    }
    if (crossesClockChange()) {
        text += " " + base::localZoneAbbreviation(time);
    }
    return toQt(text);
}

std::vector<AxisTick> TimelineScale::ticks(double pixelsForALabel) const {
    const double perTick = pixelsForALabel / std::max(m_width, 1.0);
    const Microseconds wanted = scaled(perTick, length());
    const auto fits = std::ranges::find_if(steps, [&](Microseconds step) { return step >= wanted; });
    std::vector<AxisTick> ticks;
    if (fits == steps.end()) {
        const int every = std::max(
            1, static_cast<int>(std::ceil(static_cast<double>(wanted.count()) / static_cast<double>(day.count()))));
        int count = 0;
        for (UtcTime time = base::localDayOf(m_visible.begin).begin; time < m_visible.end;
             time = base::localDayOf(time).end) {
            const auto days = std::chrono::floor<std::chrono::days>(time + 12h).time_since_epoch().count();
            if (time >= m_visible.begin && days % every == 0) {
                ticks.push_back({time, labelOf(time, day, true), true});
            }
            if (++count > 1000) {
                break;
            }
        }
        return ticks;
    }
    // London's offset is a whole hour, so a step of up to an hour falls on the same instants in UTC. Longer ones are
    // counted in local hours, or they would shift when the clocks change.
    const Microseconds grid = std::min<Microseconds>(*fits, 1h);
    const auto hours = std::chrono::duration_cast<std::chrono::hours>(*fits).count();
    auto time = UtcTime{(m_visible.begin.time_since_epoch() / grid) * grid};
    for (; time < m_visible.end; time += grid) {
        if (time < m_visible.begin || (hours > 1 && localHour(time) % hours != 0)) {
            continue;
        }
        const bool dayBegins = *fits >= 1min ? beginsDay(time) : false;
        ticks.push_back({time, labelOf(time, *fits, dayBegins), dayBegins});
    }
    return ticks;
}

}  // namespace leedswatch::ui
