#include "analytics/frozen_judge.h"

#include <algorithm>
#include <utility>

namespace leedswatch::analytics {
namespace {

constexpr double leastPatience = 2.2;  // seconds
constexpr double timesTheLongest = 3;
constexpr double watchedFirst = 3;  // seconds
constexpr double leastLiveliness = 0.3;
constexpr double stillForgotten = 0.999;  // of the longest time, at each change: half of it in three minutes
constexpr double noisePart = 0.4;
constexpr double leastNoise = 0.6;       // levels
constexpr double livelinessStep = 0.02;  // at each look: the last dozen seconds
constexpr double longestUnseen = 1;      // seconds; what lies in a longer one was not seen
constexpr double soonDecided = 0.6;      // seconds: shorter ones are an encoder's way

video::LumaPlane planeOf(const cv::Mat& grey) {
    return {grey.data, grey.cols, grey.rows, static_cast<std::ptrdiff_t>(grey.step[0])};
}

}  // namespace

void FrozenJudge::forget() {
    *this = {};
}

// A freeze says nothing of how the camera's pictures are when all is well.
void FrozenJudge::endStill(double seconds) {
    if (!m_isFrozen) {
        m_longestStill = std::max(m_longestStill * stillForgotten, seconds - m_stillSince);
        for (; m_stillLooks > 0; --m_stillLooks) {
            m_liveliness -= m_liveliness * livelinessStep;
        }
        m_liveliness += (1 - m_liveliness) * livelinessStep;
    }
    m_isFrozen = false;
    m_stillLooks = 0;
    m_stillSince = seconds;
}

// Nobody saw how it went on. That it stood still so long and was not frozen is the camera's way all the same.
void FrozenJudge::leaveStill(double seconds) {
    if (m_stillLooks > 0) {
        m_longestStill = std::max(m_longestStill, m_lastLook - m_stillSince);
        for (; m_stillLooks > 0; --m_stillLooks) {
            m_liveliness -= m_liveliness * livelinessStep;
        }
    }
    m_stillSince = seconds;
}

void FrozenJudge::resume(double seconds) {
    forget();
    m_isBegun = m_isFrozen = true;
    m_stillSince = seconds;
}

// Fine noise moves no block's mean, and is still far more than what coding one picture twice makes of it.
bool FrozenJudge::isNoisy(const cv::Mat& grey, double& difference) const {
    if (grey.size() != m_before.size()) {
        return false;
    }
    difference = cv::norm(grey, m_before, cv::NORM_L1) / static_cast<double>(grey.total());
    return difference >= std::max(noisePart * m_noise, leastNoise);
}

bool FrozenJudge::hasChanged(const cv::Mat& grey, TamperPace pace) {
    const bool moved = m_change.compare(planeOf(grey));
    double difference = 0;
    const bool changed = isNoisy(grey, difference) || moved;
    // An encoder that codes a standing picture anew gives it other noise and even other means, so this look tells
    // nothing; where key frames come at every look, there is nothing else to go by.
    const bool isBehindKey = pace == TamperPace::BehindKey;
    const bool isRenewed = !std::exchange(m_wasRenewed, isBehindKey) && isBehindKey;
    if (isRenewed) {
        grey.copyTo(m_before);
        return false;
    }
    if (changed && difference > 0 && pace != TamperPace::AtRest) {
        // Whatever moves or turns is no noise.
        m_noise = m_noise > 0 ? m_noise + std::min(difference - m_noise, m_noise) * livelinessStep : difference;
    }
    grey.copyTo(m_before);
    return changed;
}

bool FrozenJudge::isLikeBefore(const cv::Mat& grey) const {
    if (grey.size() != m_before.size()) {
        return false;
    }
    video::PictureChange change = m_change;
    double difference = 0;
    return !isNoisy(grey, difference) && !change.compare(planeOf(grey));
}

bool FrozenJudge::isUndecided(double seconds) const {
    return m_stillLooks > 0 && !m_isFrozen && seconds - m_stillSince >= soonDecided;
}

bool FrozenJudge::isFrozen(const cv::Mat& grey, double seconds, TamperPace pace) {
    const bool changed = hasChanged(grey, pace);
    const bool isPaused = pace == TamperPace::AtRest || seconds - m_lastLook > longestUnseen;
    m_watched += m_isBegun && !isPaused ? seconds - m_lastLook : 0;
    if (!m_isBegun) {
        m_isBegun = true;
        m_stillSince = seconds;
    } else if (isPaused && (changed || !m_isFrozen)) {
        if (!m_isFrozen) {
            leaveStill(seconds);
        }
        m_isFrozen = false;
        m_stillLooks = 0;
        m_stillSince = seconds;
    } else if (changed) {
        endStill(seconds);
    } else {
        ++m_stillLooks;
        const bool isKnown = m_watched - (seconds - m_stillSince) >= watchedFirst && m_liveliness >= leastLiveliness;
        const double patience = std::max(leastPatience, timesTheLongest * m_longestStill);
        m_isFrozen = m_isFrozen || (isKnown && seconds - m_stillSince >= patience);
    }
    m_lastLook = seconds;
    return m_isFrozen;
}

}  // namespace leedswatch::analytics
