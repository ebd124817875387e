#include "alarm/mlr2_doubts.h"

#include <algorithm>

namespace leedswatch::alarm {

namespace {

constexpr std::size_t mostReceivers = 256;

}  // namespace

void Mlr2Doubts::add(const std::string& receiver, const std::deque<Mlr2Doubt>& doubts, base::SteadyTime now) {
    forgetTheOld(now);
    if (doubts.empty() || (m_doubts.size() >= mostReceivers && !m_doubts.contains(receiver))) {
        return;
    }
    auto& all = m_doubts[receiver];
    all.insert(all.end(), doubts.begin(), doubts.end());
    while (all.size() > Mlr2Conversation::mostRemembered) {
        all.pop_front();
    }
}

std::optional<Mlr2Doubt> Mlr2Doubts::take(const std::string& receiver, std::string_view text, bool isFirst,
                                          base::SteadyTime now) {
    forgetTheOld(now);
    const auto found = m_doubts.find(receiver);
    if (found == m_doubts.end()) {
        return std::nullopt;
    }
    auto& all = found->second;
    const auto doubt = std::find_if(all.begin(), all.end(), [&](const Mlr2Doubt& one) {
        return one.text == text && (isFirst || one.isUnanswered);
    });
    std::optional<Mlr2Doubt> taken;
    if (doubt != all.end()) {
        taken = std::move(*doubt);
        all.erase(doubt);
    }
    if (isFirst) {
        // It went on to this line: it had the answers to all others that were given one.
        std::erase_if(all, [](const Mlr2Doubt& one) { return !one.isUnanswered; });
    }
    return taken;
}

void Mlr2Doubts::forgetTheOld(base::SteadyTime now) {
    for (auto& [receiver, all] : m_doubts) {
        std::erase_if(all, [&](const Mlr2Doubt& one) { return now - one.heard > kept; });
    }
    std::erase_if(m_doubts, [](const auto& entry) { return entry.second.empty(); });
}

}  // namespace leedswatch::alarm
