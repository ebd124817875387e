#include "analytics/tamper_detector.h"

#include "analytics/one_thread.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace leedswatch::analytics {
namespace {

constexpr double lookEvery = 0.24;  // seconds
constexpr double longestGap = 5;    // after it nothing of the second before is of use
constexpr double recentFor = 0.5;   // seconds
constexpr double stillEvery = 2;    // seconds
constexpr double unsure = 1.4;      // seconds before its start a tamper may have begun
constexpr std::size_t obscuredPictures = 3;
constexpr std::size_t stillsKept = 4;
constexpr int widestStill = 720;
constexpr double shiftsKept = 4;  // seconds
constexpr std::size_t shiftsNeeded = 2;
constexpr double acceptedAfter = 600;  // seconds: a view that is lost without a cause has changed
constexpr double knownPart = 0.5;      // of the scene: with less of it in view, something stands before it
constexpr double slowLearning = 0.05;
constexpr double normalStep = 0.05;
constexpr double partKept = 0.85;    // of what is kept as a rule; with less of it something may hide a part
constexpr double mayDazzle = 0.1;    // blocks
constexpr int resumedPictures = 12;  // from which a view is known

cv::Mat stillOf(const cv::Mat& picture) {
    if (picture.cols <= widestStill) {
        return picture.clone();
    }
    cv::Mat still;
    cv::resize(picture, still, {widestStill, picture.rows * widestStill / picture.cols}, 0, 0, cv::INTER_AREA);
    return still;
}

}  // namespace

TamperDetector::TamperDetector() {
    keepToOneThread();
}

bool TamperDetector::isDue(double seconds) const {
    return !m_last || seconds - *m_last >= lookEvery || seconds < *m_last;
}

ScenePast TamperDetector::past(double seconds) const {
    ScenePast past;
    if (m_recent.empty() || seconds - m_recent.back().seconds > longestGap) {
        return past;
    }
    past.before = &m_recent.back();
    const auto earlier = std::find_if(m_recent.rbegin(), m_recent.rend(), [&](const ScenePicture& picture) {
        return seconds - picture.seconds >= recentFor - 0.05;
    });
    past.earlier = earlier != m_recent.rend() ? &*earlier : nullptr;
    const bool isWhole = std::ranges::none_of(m_obscured, [](const cv::Mat& field) { return field.empty(); });
    if (m_obscured.size() == obscuredPictures && isWhole) {
        cv::Mat times = cv::Mat::zeros(m_obscured.front().size(), CV_8U);
        for (const cv::Mat& field : m_obscured) {
            times += field / 255;
        }
        past.obscured = times >= static_cast<int>(obscuredPictures) - 1;
    }
    return past;
}

TamperDetector::Prepared TamperDetector::prepare(const cv::Mat& picture, double seconds) const {
    Prepared prepared;
    prepared.scene = ScenePicture::of(picture, seconds);
    cv::cvtColor(picture, prepared.grey, cv::COLOR_BGR2GRAY);
    prepared.signs = signsOf(prepared.scene, m_memory, past(seconds));
    return prepared;
}

// The opinion on a picture that stands alone. What shows only over a time is a doubt as soon as it may be so.
TamperDoubt TamperDetector::doubtBy(const TamperSigns& signs, bool isStill) const {
    using enum TamperDoubt::Sign;
    const TamperOpinion opinion = opinionOn(signs, m_normal, m_memory.isReady(), m_shifts.size() >= shiftsNeeded);
    if (opinion.kind) {
        return {Kind, opinion.kind};
    }
    if (opinion.isViewLost) {
        return {View, {}};
    }
    if (isStill) {
        return {Still, {}};
    }
    const bool isLess = signs.match.kept < partKept * m_normal.kept || signs.dazzled >= mayDazzle;
    return {m_memory.isReady() && isLess ? Part : None, {}};
}

TamperDoubt TamperDetector::doubtOf(const cv::Mat& picture, double seconds) {
    if (ScenePicture::smallSizeOf(picture.size()) != m_shape) {
        return {TamperDoubt::Sign::View, {}};
    }
    m_prepared = prepare(picture, seconds);
    return doubtBy(m_prepared->signs, m_frozen.isLikeBefore(m_prepared->grey));
}

bool TamperDetector::isUndecided(double seconds) const {
    if (m_ongoing) {
        return m_gate.isEnding();
    }
    return m_gate.isSuspicious() || m_frozen.isUndecided(seconds) || !m_memory.isReady();
}

TamperOpinion TamperDetector::judge(const Prepared& prepared, TamperPace pace) {
    const ScenePicture& picture = prepared.scene;
    m_signs = prepared.signs;
    m_obscured.push_back(m_signs.isObscured);
    if (m_obscured.size() > obscuredPictures) {
        m_obscured.pop_front();
    }
    if (isShifted(m_signs)) {
        m_shifts.push_back(picture.seconds);
    }
    while (!m_shifts.empty() && m_shifts.front() < picture.seconds - shiftsKept) {
        m_shifts.pop_front();
    }
    TamperOpinion opinion = opinionOn(m_signs, m_normal, m_memory.isReady(), m_shifts.size() >= shiftsNeeded);
    m_doubt = doubtBy(m_signs, false);
    if (m_frozen.isFrozen(prepared.grey, picture.seconds, pace) && !opinion.kind) {
        opinion.kind = TamperKind::Frozen;
    }
    return opinion;
}

void TamperDetector::learn(const ScenePicture& picture, TamperPace pace) {
    if (m_gate.isSuspicious() || m_gate.tamper()) {
        m_lostSince = m_gate.tamper() ? std::nullopt : std::optional{m_lostSince.value_or(picture.seconds)};
        if (m_lostSince && picture.seconds - *m_lostSince >= acceptedAfter) {
            static_cast<void>(learnAnew(picture.seconds));
        }
        return;
    }
    m_lostSince.reset();
    const bool isScene = m_signs.match.kept >= knownPart;
    m_memory.learn(picture, m_signs.match, isScene ? 1 : slowLearning);
    if (m_memory.isReady()) {
        m_normal.kept += (m_signs.match.kept - m_normal.kept) * normalStep;
    }
    if (m_memory.isReady() && isScene) {
        if (pace != TamperPace::AtRest) {  // pictures seconds apart are never as calm
            m_normal.calm += (m_signs.calm - m_normal.calm) * normalStep;
        }
        m_normal.layout += (m_signs.match.layout - m_normal.layout) * normalStep;
    }
}

void TamperDetector::keep(const cv::Mat& picture, double seconds) {
    if (!m_gate.isSuspicious() && (m_stills.empty() || seconds - m_stills.back().seconds >= stillEvery)) {
        m_stills.push_back({seconds, stillOf(picture)});
        if (m_stills.size() > stillsKept) {
            m_stills.pop_front();
        }
    }
}

// What goes on as it begins is no longer quite good when it is first seen.
cv::Mat TamperDetector::stillBefore(double seconds) const {
    const auto still = std::find_if(m_stills.rbegin(), m_stills.rend(),
                                    [&](const Still& kept) { return kept.seconds <= seconds - unsure; });
    return still != m_stills.rend() ? still->picture : m_stills.empty() ? cv::Mat{} : m_stills.front().picture;
}

TamperEvent TamperDetector::end(double seconds) {
    TamperEvent over = *m_ongoing;
    over.end = seconds;
    m_ongoing.reset();
    return over;
}

std::vector<TamperEvent> TamperDetector::follow(const cv::Mat& picture, double seconds) {
    std::vector<TamperEvent> events;
    const auto& tamper = m_gate.tamper();
    if (m_ongoing && !tamper) {
        events.push_back(end(m_gate.wellSince()));
    } else if (m_ongoing && tamper->kind != m_ongoing->kind) {
        events.push_back(end(tamper->start));
    }
    if (tamper && !m_ongoing) {
        const double start = tamper->kind == TamperKind::Frozen ? m_frozen.stillSince() : tamper->start;
        m_ongoing = TamperEvent{tamper->kind, start, {}, stillBefore(start), stillOf(picture)};
        events.push_back(*m_ongoing);
    }
    keep(picture, seconds);
    return events;
}

std::optional<TamperEvent> TamperDetector::learnAnew(double seconds) {
    m_memory.forget();
    m_frozen.forget();
    m_gate.forget();
    m_prepared.reset();
    m_doubt = {};
    m_signs = {};
    m_normal = {};
    m_shifts.clear();
    m_lostSince.reset();
    m_recent.clear();
    m_obscured.clear();
    m_stills.clear();
    return m_ongoing ? std::optional{end(seconds)} : std::nullopt;
}

void TamperDetector::resume(TamperKind kind, const cv::Mat& before, double seconds) {
    static_cast<void>(learnAnew(seconds));
    m_shape = ScenePicture::smallSizeOf(before.size());
    const ScenePicture scene = ScenePicture::of(before, seconds);
    for (int i = 0; i < resumedPictures; ++i) {
        m_memory.learn(scene, m_memory.match(scene), 1);
    }
    m_gate.resume({kind, seconds}, seconds);
    m_ongoing = TamperEvent{kind, seconds, {}, before, {}};
    if (kind == TamperKind::Frozen) {
        m_frozen.resume(seconds);
    }
}

/// The view of a picture of another shape cannot be compared with what is known.
void TamperDetector::fit(const cv::Mat& picture, double seconds, std::vector<TamperEvent>& events) {
    const cv::Size shape = ScenePicture::smallSizeOf(picture.size());
    if (shape != m_shape) {
        if (auto over = learnAnew(m_last.value_or(seconds))) {
            over->isLost = true;
            events.push_back(*over);
        }
        m_shape = shape;
    }
    if (m_last && (seconds < *m_last || seconds - *m_last > longestGap)) {
        m_recent.clear();
        m_obscured.clear();
    }
}

std::vector<TamperEvent> TamperDetector::apply(const cv::Mat& picture, double seconds, TamperPace pace) {
    std::vector<TamperEvent> events;
    if (!isDue(seconds)) {
        return events;
    }
    fit(picture, seconds, events);
    m_last = seconds;
    const bool isPrepared = m_prepared && m_prepared->scene.seconds == seconds;
    Prepared prepared = isPrepared ? std::move(*m_prepared) : prepare(picture, seconds);
    m_prepared.reset();
    m_gate.add(judge(prepared, pace), seconds);
    for (const TamperEvent& event : follow(picture, seconds)) {
        events.push_back(event);
    }
    learn(prepared.scene, pace);
    // Of what was there lately only this is asked for, and there are hundreds of cameras.
    prepared.scene.colour.release();
    prepared.scene.fineGradients.release();
    prepared.scene.coarseGradients.release();
    m_recent.push_back(std::move(prepared.scene));
    while (m_recent.size() > 1 && m_recent[1].seconds <= seconds - recentFor) {
        m_recent.pop_front();
    }
    return events;
}

}  // namespace leedswatch::analytics
