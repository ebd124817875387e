#include "analytics/tamper_gate.h"

#include <algorithm>
#include <array>

namespace leedswatch::analytics {
namespace {

constexpr double votesKept = 2.6;      // seconds
constexpr double forgivenAfter = 0.6;  // seconds without a bad picture end a suspicion
constexpr double overAfter = 1.0;      // and a tamper
constexpr double patchSeenAfter = 1;   // seconds: that something stays there shows only after it has
constexpr std::size_t kinds = 9;
constexpr double partThatSaysSo = 0.75;  // of the pictures since the first that says so have to say something

// How long a kind has to hold. That a view is another one shows only over a time, so its sign comes late.
double holdOf(TamperKind kind) {
    switch (kind) {
        case TamperKind::Moved: return 0.7;
        case TamperKind::PartObscured: return 0.5;
        case TamperKind::Frozen: return 0;
        case TamperKind::Covered:
        case TamperKind::Defocused:
        case TamperKind::Blinded:
        case TamperKind::Black:
        case TamperKind::White:
        case TamperKind::NoSignal: return 1.7;
    }
    return 0;
}

}  // namespace

void TamperGate::forget() {
    *this = {};
}

void TamperGate::resume(const Tamper& tamper, double seconds) {
    forget();
    m_tamper = tamper;
    m_suspectedSince = m_lastBad = seconds;
    m_isWell = false;
}

void TamperGate::clear(double seconds) {
    if (seconds - m_lastBad >= forgivenAfter) {
        m_suspectedSince.reset();
        m_votes.clear();
    }
    if (m_tamper && seconds - m_lastBad >= overAfter) {
        m_tamper.reset();
    }
}

std::optional<TamperGate::Tamper> TamperGate::counted(double seconds) const {
    std::array<int, kinds> counts{};
    int said = 0;
    const auto first = std::ranges::find_if(m_votes, [](const Vote& vote) { return vote.kind.has_value(); });
    for (auto vote = first; vote != m_votes.end(); ++vote) {
        if (vote->kind) {
            ++counts[static_cast<std::size_t>(*vote->kind)];
            ++said;
        }
    }
    if (said == 0 || said < partThatSaysSo * static_cast<double>(m_votes.end() - first)) {
        return std::nullopt;
    }
    const auto most = std::ranges::max_element(counts);
    const auto kind = static_cast<TamperKind>(most - counts.begin());
    if (seconds - first->seconds < holdOf(kind) || 2 * *most < said) {
        return std::nullopt;
    }
    // A turn begins with the loss of the view; a crowd may have stood there long before a hand covers the lens.
    if (kind == TamperKind::Moved) {
        return Tamper{kind, std::max(*m_suspectedSince, first->seconds - votesKept)};
    }
    return Tamper{kind, kind == TamperKind::PartObscured ? first->seconds - patchSeenAfter : first->seconds};
}

void TamperGate::add(const TamperOpinion& opinion, double seconds) {
    if (!opinion.kind && !opinion.isViewLost) {
        if (!m_isWell) {
            m_isWell = true;
            m_wellSince = seconds;
        }
        clear(seconds);
    } else {
        m_isWell = false;
        m_lastBad = seconds;
        m_suspectedSince = m_suspectedSince.value_or(seconds);
    }
    if (!m_suspectedSince) {
        return;
    }
    m_votes.push_back({seconds, opinion.kind});
    while (m_votes.front().seconds < seconds - votesKept) {
        m_votes.pop_front();
    }
    const auto found = counted(seconds);
    const bool isWorse = m_tamper && m_tamper->kind == TamperKind::PartObscured;
    if (found && (!m_tamper || (isWorse && found->kind != TamperKind::PartObscured))) {
        m_tamper = found;
    }
}

}  // namespace leedswatch::analytics
