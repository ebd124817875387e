#include "simulator/panel_record.h"

#include "base/csv.h"
#include "base/local_time.h"

#include <fmt/format.h>

namespace leedswatch::simulator {
namespace {

constexpr std::size_t mostUnwritten = 32 * 1024;

std::string timesIn(const AnswerTimes& times) {
    return fmt::format("p50 {:.1f} ms, p99 {:.1f} ms, last {:.1f} ms", times.within(0.5).count(),
                       times.within(0.99).count(), times.longest().count());
}

}  // namespace

base::Result<void> PanelRecord::keepListIn(const std::filesystem::path& path) {
    TRY_ASSIGN(m_file, base::File::create(path, 0600));
    m_unwritten = "account,sequence,kind,data,time\n";
    return flush();
}

void PanelRecord::acknowledged(const Acknowledged& signal) {
    ++counts.answered;
    m_times.add(signal.sinceSent);
    if (m_storm && signal.isOfStorm) {
        (signal.isUrgent ? m_storm->urgent : m_storm->usual).add(signal.sinceEvent);
    }
    if (!m_file) {
        return;
    }
    m_unwritten += fmt::format("{},{},{},{},{}\n", signal.account, signal.sequence, signal.message.token,
                               base::csvField(signal.message.data), base::formatUtc(signal.when));
    if (m_unwritten.size() >= mostUnwritten) {
        write();
    }
}

void PanelRecord::beginStorm(std::uint64_t signals) {
    m_storm = Storm{.signals = signals, .usual = {}, .urgent = {}};
}

base::Result<void> PanelRecord::flush() {
    if (m_file && !m_unwritten.empty()) {
        write();
    }
    return m_written;
}

void PanelRecord::write() {
    const auto written = m_file->write(std::as_bytes(std::span{m_unwritten}));
    if (!written && m_written) {
        m_written = written;  // the first is the cause of those behind it
    }
    m_unwritten.clear();
}

std::string PanelRecord::describe(std::uint64_t waiting) const {
    std::string text = fmt::format(
        "sent {}, answered {}, waiting {}, repeated {}, refused {}, given up {}, lost {}, polls {} of {} answered; "
        "signals answered after {}\n",
        counts.sent, counts.answered, waiting, counts.repeated, counts.refused, counts.givenUp, counts.lost,
        counts.pollsAnswered, counts.polls, timesIn(m_times));
    if (m_storm) {
        text += fmt::format("storm of {}: answered {}; life-safety {} of them after {}; the others after {}\n",
                            m_storm->signals, m_storm->usual.count() + m_storm->urgent.count(), m_storm->urgent.count(),
                            timesIn(m_storm->urgent), timesIn(m_storm->usual));
    }
    return text;
}

}  // namespace leedswatch::simulator
