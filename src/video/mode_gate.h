#pragma once

#include "video/gop.h"
#include "video/recording_plan.h"

#include <deque>
#include <vector>

namespace leedswatch::video {

/// Decides by a camera's plan which of its GOPs are recorded, and keeps the newest others in memory, so that what came
/// before an event can be recorded when the event is told. It decides whole GOPs: one that touches a wanted time is
/// wanted. One thread.
class ModeGate {
public:
    explicit ModeGate(std::size_t mostBytes) : m_mostBytes{mostBytes} {}

    void setPlan(RecordingPlan plan);
    /// All events that matter now, in any order.
    void setEvents(std::vector<RecordingEvent> events) { m_events = std::move(events); }

    [[nodiscard]] bool wants(base::UtcTime from, base::UtcTime to) const;
    /// What is to be recorded now, oldest first: nothing, or the GOP and those before it that an event wants too.
    [[nodiscard]] std::vector<Gop> pass(Gop gop);

    [[nodiscard]] std::size_t keptBytes() const { return m_keptBytes; }

private:
    [[nodiscard]] bool wantsGop(const Gop& gop) const;
    void keep(Gop gop);
    void dropOldest();

    const std::size_t m_mostBytes;
    RecordingPlan m_plan;
    std::vector<RecordingEvent> m_events;
    std::deque<Gop> m_kept;
    std::size_t m_keptBytes = 0;
};

}  // namespace leedswatch::video
