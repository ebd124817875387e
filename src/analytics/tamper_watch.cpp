#include "analytics/tamper_watch.h"

#include <algorithm>

namespace leedswatch::analytics {
namespace {

constexpr double tamperPixels = 130'000;  // 480x270: fine detail is there, and that it goes
constexpr double longestDoubt = 10;       // seconds awake
constexpr double settlesFor = 5;          // seconds after a stream began: exposure, focus, the maker's name
constexpr double firstCaution = 15;       // seconds
constexpr double longestCaution = 480;

}  // namespace

std::int64_t TamperWatch::resume(TamperKind kind, cv::Mat before) {
    ++m_number;
    if (before.empty()) {
        m_held.push_back({m_number, TamperEvent{kind, 0, {}, {}, {}}});
    } else {
        m_resumed = Resumed{kind, std::move(before)};
        m_current = m_number;
    }
    return m_number;
}

void TamperWatch::noteBreak() {
    m_begun.reset();
    m_doubt = {};
}

void TamperWatch::accept(double seconds) {
    if (m_resumed) {
        begin(seconds);
    }
    if (const auto over = m_detector.learnAnew(seconds)) {
        note(*over);
    }
    for (Finding& held : std::exchange(m_held, {})) {
        held.event.end = seconds;
        m_findings.push_back(std::move(held));
    }
    m_doubt = {};
    m_cautions = {};
}

bool TamperWatch::isSettling(double seconds) const {
    return !m_begun || seconds - *m_begun < settlesFor;
}

TamperWatch::Caution& TamperWatch::cautionOf(TamperDoubt::Sign sign) {
    return m_cautions[sign == TamperDoubt::Sign::Still ? 0 : 1];
}

// Strong signs count when they are new, weak ones unless they were in vain a short while ago. While tamper lasts, what
// matters is whether the view is back, and whether a part has become all.
bool TamperWatch::isReason(const TamperDoubt& doubt, const TamperDoubt& before, double seconds) {
    using enum TamperDoubt::Sign;
    if (const auto& ongoing = m_detector.ongoing()) {
        const bool mayBeOver =
            doubt.sign == None || doubt.sign == Part || (doubt.sign == Still && ongoing->kind != TamperKind::Frozen);
        const bool isWorse = ongoing->kind == TamperKind::PartObscured && doubt.sign == Kind && doubt != before &&
                             doubt.kind != TamperKind::PartObscured;
        return mayBeOver || isWorse;
    }
    switch (doubt.sign) {
        case None: return !m_detector.isReady() && before.sign == None;
        case View:
        case Kind: return doubt != before;
        case Still:
        case Part: return seconds >= cautionOf(doubt.sign).until;
    }
    return false;
}

base::Result<bool> TamperWatch::isStartledBy(const AVFrame& picture, double seconds) {
    if (isSettling(seconds)) {
        return !m_begun.has_value();
    }
    TRY_ASSIGN(const cv::Mat small, m_scaler.scale(picture, tamperPixels));
    const TamperDoubt before = std::exchange(m_doubt, m_detector.doubtOf(small, seconds));
    const bool isIt = isReason(m_doubt, before, seconds);
    m_wokenBy = isIt ? std::optional{m_doubt.sign} : std::nullopt;
    return isIt;
}

bool TamperWatch::isStartledByStillness(double seconds) {
    const bool isIt = !isSettling(seconds) && m_detector.isReady() && !m_detector.ongoing() &&
                      seconds >= cautionOf(TamperDoubt::Sign::Still).until;
    if (isIt) {
        m_wokenBy = TamperDoubt::Sign::Still;
    }
    return isIt;
}

bool TamperWatch::wants(double seconds) const {
    return !m_begun || (!isSettling(seconds) && m_detector.isDue(seconds));
}

bool TamperWatch::keepsAwake(double seconds) const {
    const double since = std::max(m_wokenAt, m_undecidedSince.value_or(m_wokenAt));
    return seconds - since <= longestDoubt && (isSettling(seconds) || m_undecidedSince);
}

void TamperWatch::rest(double seconds) {
    using enum TamperDoubt::Sign;
    const auto sign = std::exchange(m_wokenBy, std::nullopt);
    if (!sign || (*sign != Still && *sign != Part)) {
        return;
    }
    Caution& caution = cautionOf(*sign);
    if (m_detector.ongoing()) {
        caution = {};
    } else {
        caution.seconds = std::clamp(2 * caution.seconds, firstCaution, longestCaution);
        caution.until = seconds + caution.seconds;
    }
}

base::Result<void> TamperWatch::look(const AVFrame& picture, double seconds, TamperPace pace) {
    m_begun = m_begun.value_or(seconds);
    if (isSettling(seconds)) {
        return {};
    }
    if (m_resumed) {
        begin(seconds);
    }
    TRY_ASSIGN(const cv::Mat small, m_scaler.scale(picture, tamperPixels));
    for (const TamperEvent& event : m_detector.apply(small, seconds, pace)) {
        note(event);
    }
    if (pace != TamperPace::AtRest) {
        m_doubt = m_detector.doubt();
    }
    m_undecidedSince =
        m_detector.isUndecided(seconds) ? std::optional{m_undecidedSince.value_or(seconds)} : std::nullopt;
    return {};
}

void TamperWatch::begin(double seconds) {
    m_detector.resume(m_resumed->kind, m_resumed->before, seconds);
    m_resumed.reset();
}

// What ended only because the picture has another shape is not over: nobody knows.
void TamperWatch::note(const TamperEvent& event) {
    if (!event.end) {
        m_current = ++m_number;
        m_findings.push_back({m_current, event});
        return;
    }
    (event.isLost ? m_held : m_findings).push_back({m_current, event});
}

}  // namespace leedswatch::analytics
