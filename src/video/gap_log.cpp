#include "video/gap_log.h"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace leedswatch::video {

std::optional<OpenGap> GapLog::lasting() {
    if (!m_learnt) {
        const auto found = m_index.lastingGapOf(m_camera);
        m_learnt = found.has_value();
        m_lasting = found ? *found : std::nullopt;
        m_breakBegan = m_lasting ? m_lasting->begin : base::UtcTime{};
    }
    return m_lasting;
}

void GapLog::begin(base::UtcTime at, GapCause cause) {
    m_learnt = true;
    m_lasting = OpenGap{at, cause};
    m_breakBegan = at;
    m_changed = true;
    flush();
}

void GapLog::continueWith(base::UtcTime at, GapCause cause) {
    if (!lasting() || m_lasting->cause == cause) {
        return;
    }
    const bool tookNoTime = at <= m_lasting->begin;
    if (!tookNoTime) {
        close(at);
    }
    m_lasting = OpenGap{tookNoTime ? m_lasting->begin : at, cause};
    m_changed = true;
    flush();
}

void GapLog::end(base::UtcTime at) {
    if (!lasting()) {
        return;
    }
    close(at);
    m_lasting.reset();
    m_changed = true;
    flush();
}

void GapLog::add(const RecordingGap& gap) {
    (void)lasting();
    m_over.push_back(gap);
    m_changed = true;
    flush();
}

void GapLog::close(base::UtcTime at) {
    if (at > m_lasting->begin) {
        m_over.push_back({m_camera, m_lasting->begin, at, m_lasting->cause});
    } else if (at < m_lasting->begin && at >= m_breakBegan) {
        // What was told of the break until now reaches beyond its end.
        std::erase_if(m_over, [&](const RecordingGap& gap) { return gap.begin >= at && gap.begin >= m_breakBegan; });
        for (RecordingGap& gap : m_over) {
            gap.end = gap.begin >= m_breakBegan ? std::min(gap.end, at) : gap.end;
        }
        m_cut = TimeRange{m_breakBegan, at};
    } else if (at < m_lasting->begin) {
        m_over.push_back({m_camera, m_lasting->begin, at, GapCause::ClockBack});
    }
}

void GapLog::flush() {
    if (!m_changed || !m_learnt) {
        return;
    }
    const auto written = m_index.setGaps(m_camera, m_over, m_lasting, m_cut);
    if (!written) {
        spdlog::error("a gap of a camera waits for its row: {}", written.error().message);
        return;
    }
    m_over.clear();
    m_cut.reset();
    m_changed = false;
}

}  // namespace leedswatch::video
