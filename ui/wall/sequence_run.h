#pragma once

#include "base/time.h"
#include "estate/wall_content.h"

namespace leedswatch::ui {

/// A sequence in time: which step is shown and how long still. On the steady clock; knows neither streams nor widgets.
class SequenceRun {
public:
    /// `content` has at least one step. The first one's dwell begins now.
    SequenceRun(estate::SequenceContent content, base::SteadyTime now);

    [[nodiscard]] const estate::SequenceContent& content() const { return m_content; }
    [[nodiscard]] std::size_t size() const { return m_content.steps.size(); }
    [[nodiscard]] std::size_t position() const { return m_position; }
    [[nodiscard]] const estate::SequenceStep& step(std::size_t position) const { return m_content.steps[position]; }
    [[nodiscard]] std::size_t after(std::size_t position) const { return (position + 1) % size(); }
    [[nodiscard]] std::size_t before(std::size_t position) const { return (position + size() - 1) % size(); }

    /// The step is shown now: its dwell begins. While paused, it begins when the pause ends.
    void goTo(std::size_t position, base::SteadyTime now);
    /// Not below zero.
    [[nodiscard]] std::chrono::milliseconds left(base::SteadyTime now) const;
    /// How long the step has been shown beyond its dwell.
    [[nodiscard]] std::chrono::milliseconds overdue(base::SteadyTime now) const;

    void setPaused(bool paused, base::SteadyTime now);
    [[nodiscard]] bool isPaused() const { return m_isPaused; }
    /// Somebody edited it: goes on at the same camera if it is still there, else at the beginning.
    void change(estate::SequenceContent content, base::SteadyTime now);

private:
    estate::SequenceContent m_content;
    std::size_t m_position = 0;
    base::SteadyTime m_until;             ///< while it runs
    std::chrono::milliseconds m_rest{0};  ///< while it is paused
    bool m_isPaused = false;
};

}  // namespace leedswatch::ui
