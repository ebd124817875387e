#include "video/mode_gate.h"

#include <algorithm>

namespace leedswatch::video {
namespace {

// An event is told a moment after it began: by the detector, the store and the change feed.
constexpr std::chrono::seconds slowestNews{5};

base::UtcTime beginTime(const Gop& gop) {
    return gop.packets.front().arrival;
}

base::UtcTime endTime(const Gop& gop) {
    return beginTime(gop) + std::chrono::duration_cast<base::Microseconds>(gop.endsAt - gop.packets.front().arrivedAt);
}

}  // namespace

void ModeGate::setPlan(RecordingPlan plan) {
    m_plan = std::move(plan);
    if (!m_plan.takesEvents()) {
        m_kept.clear();
        m_keptBytes = 0;
    }
}

bool ModeGate::wants(base::UtcTime from, base::UtcTime to) const {
    const bool scheduled =
        m_plan.mode == RecordingMode::Scheduled || m_plan.mode == RecordingMode::ScheduledElseOnEvent;
    if (m_plan.mode == RecordingMode::Always ||
        (scheduled && (m_plan.schedule.contains(from) || m_plan.schedule.contains(to)))) {
        return true;
    }
    return std::ranges::any_of(m_events, [&](const RecordingEvent& event) {
        const bool counts = event.manual || m_plan.takesEvents();
        return counts && from < event.end.value_or(to) + m_plan.postRoll + base::Microseconds{1} &&
               to > event.begin - m_plan.preRoll;
    });
}

bool ModeGate::wantsGop(const Gop& gop) const {
    return wants(beginTime(gop), endTime(gop));
}

std::vector<Gop> ModeGate::pass(Gop gop) {
    std::vector<Gop> wanted;
    if (!wantsGop(gop)) {
        keep(std::move(gop));
        return wanted;
    }
    while (!m_kept.empty()) {
        if (wantsGop(m_kept.front())) {
            wanted.push_back(std::move(m_kept.front()));
        }
        m_kept.pop_front();
    }
    m_keptBytes = 0;
    wanted.push_back(std::move(gop));
    return wanted;
}

void ModeGate::keep(Gop gop) {
    if (!m_plan.takesEvents() || m_plan.preRoll.count() == 0) {
        return;
    }
    const auto newest = gop.packets.back().arrivedAt;
    m_keptBytes += gop.bytes;
    m_kept.push_back(std::move(gop));
    while (!m_kept.empty() &&
           (m_keptBytes > m_mostBytes || m_kept.front().endsAt + m_plan.preRoll + slowestNews < newest)) {
        dropOldest();
    }
}

void ModeGate::dropOldest() {
    m_keptBytes -= m_kept.front().bytes;
    m_kept.pop_front();
}

}  // namespace leedswatch::video
