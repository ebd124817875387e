#include "ui/wall/sequence_run.h"

#include <algorithm>
#include <utility>

namespace leedswatch::ui {

using std::chrono::duration_cast;
using std::chrono::milliseconds;

SequenceRun::SequenceRun(estate::SequenceContent content, base::SteadyTime now) : m_content{std::move(content)} {
    goTo(0, now);
}

void SequenceRun::goTo(std::size_t position, base::SteadyTime now) {
    m_position = position;
    m_rest = step(position).dwell;
    m_until = now + m_rest;
}

milliseconds SequenceRun::left(base::SteadyTime now) const {
    return m_isPaused ? m_rest : std::max(duration_cast<milliseconds>(m_until - now), milliseconds{0});
}

milliseconds SequenceRun::overdue(base::SteadyTime now) const {
    return m_isPaused ? milliseconds{0} : std::max(duration_cast<milliseconds>(now - m_until), milliseconds{0});
}

void SequenceRun::setPaused(bool paused, base::SteadyTime now) {
    if (paused == m_isPaused) {
        return;
    }
    if (paused) {
        m_rest = left(now);
    } else {
        m_until = now + m_rest;
    }
    m_isPaused = paused;
}

void SequenceRun::change(estate::SequenceContent content, base::SteadyTime now) {
    const auto shown = step(m_position).camera.id;
    m_content = std::move(content);
    const auto again = std::find_if(m_content.steps.begin(), m_content.steps.end(),
                                    [&](const auto& each) { return each.camera.id == shown; });
    goTo(again == m_content.steps.end() ? 0 : static_cast<std::size_t>(again - m_content.steps.begin()), now);
}

}  // namespace leedswatch::ui
