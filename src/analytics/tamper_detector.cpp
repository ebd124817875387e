#include "analytics/tamper_detector.h"

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

cv::Mat stillOf(const cv::Mat& picture) {
    if (picture.cols <= widestStill) {
        return picture.clone();
    }
    cv::Mat still;
    cv::resize(picture, still, {widestStill, picture.rows * widestStill / picture.cols}, 0, 0, cv::INTER_AREA);
    return still;
}

}  // namespace

bool TamperDetector::isDue(double seconds) const {
    return !m_last || seconds - *m_last >= lookEvery || seconds < *m_last;
}

ScenePast TamperDetector::past(double seconds) const {
    ScenePast past;
    if (m_recent.empty()) {
        return past;
    }
    past.before = &m_recent.back();
    if (seconds - m_recent.front().seconds >= recentFor - 0.05) {
        past.earlier = &m_recent.front();
    }
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

TamperOpinion TamperDetector::judge(const ScenePicture& picture, const cv::Mat& grey) {
    m_signs = signsOf(picture, m_memory, past(picture.seconds));
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
    if (m_frozen.isFrozen(grey, picture.seconds) && !opinion.kind) {
        opinion.kind = TamperKind::Frozen;
    }
    return opinion;
}

void TamperDetector::learn(const ScenePicture& picture) {
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
    if (m_memory.isReady() && isScene) {
        m_normal.calm += (m_signs.calm - m_normal.calm) * normalStep;
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
    m_signs = {};
    m_normal = {};
    m_shifts.clear();
    m_lostSince.reset();
    m_recent.clear();
    m_obscured.clear();
    m_stills.clear();
    return m_ongoing ? std::optional{end(seconds)} : std::nullopt;
}

std::vector<TamperEvent> TamperDetector::apply(const cv::Mat& picture, double seconds) {
    std::vector<TamperEvent> events;
    if (!isDue(seconds)) {
        return events;
    }
    if (picture.size() != m_size) {
        if (const auto over = learnAnew(m_last.value_or(seconds))) {
            events.push_back(*over);
        }
        m_size = picture.size();
    }
    if (m_last && (seconds < *m_last || seconds - *m_last > longestGap)) {
        m_recent.clear();
        m_obscured.clear();
    }
    m_last = seconds;
    const ScenePicture scene = ScenePicture::of(picture, seconds);
    cv::Mat grey;
    cv::cvtColor(picture, grey, cv::COLOR_BGR2GRAY);
    m_gate.add(judge(scene, grey), seconds);
    for (const TamperEvent& event : follow(picture, seconds)) {
        events.push_back(event);
    }
    learn(scene);
    m_recent.push_back(scene);
    while (m_recent.size() > 1 && m_recent[1].seconds <= seconds - recentFor) {
        m_recent.pop_front();
    }
    return events;
}

}  // namespace leedswatch::analytics
