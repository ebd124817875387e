#include "analytics/scene_memory.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace leedswatch::analytics {
namespace {

constexpr double longestMemory = 240;     // pictures: a minute
constexpr double slowerWhereUnlike = 10;  // times: something stands there, or has come to stay
constexpr double anchorSteadiness = 0.5;
constexpr double anchorEnergy = 1;    // (levels a pixel)^2
constexpr double keptLikeness = 0.5;  // of the steadiness
constexpr double firmLikeness = 0.85;
constexpr double appearedTimes = 4;  // the energy that was there
constexpr double noiseEnergy = 3;    // (levels a pixel)^2; a sensor's noise by night stays below it
constexpr double noEnergy = 1e-3;

double ratio(double some, double others) {
    return others > noEnergy ? some / others : 1;
}

/// An old mean and a new value, each block at its own rate.
void blend(cv::Mat& mean, const cv::Mat& value, const cv::Mat& rates) {
    cv::Mat share;
    cv::resize(rates, share, value.size(), 0, 0, cv::INTER_NEAREST);
    if (value.channels() == 2) {
        const cv::Mat both[] = {share, share};
        cv::merge(both, 2, share);
    }
    cv::Mat step;
    cv::multiply(value - mean, share, step);
    mean += step;
}

}  // namespace

void SceneMemory::forget() {
    *this = {};
}

// The cosine between gradients then and now: brightness and contrast fall out of it.
cv::Mat SceneMemory::likenessOf(const ScenePicture& picture) const {
    const cv::Mat common = fieldOf(productOf(picture.gradients, m_gradients));
    cv::Mat both;
    cv::sqrt(picture.energy.mul(m_energy) + noEnergy, both);
    return common / both;
}

SceneMatch SceneMemory::match(const ScenePicture& picture) const {
    SceneMatch match;
    if (m_learnt == 0) {
        return match;
    }
    match.isAnchor = (m_steadiness >= anchorSteadiness) & (m_energy >= anchorEnergy);
    const cv::Mat likeness = likenessOf(picture);
    match.isKept = (likeness >= m_steadiness * keptLikeness) & match.isAnchor;
    const int anchors = cv::countNonZero(match.isAnchor);
    match.anchors = anchors / static_cast<double>(match.isAnchor.total());
    match.kept = anchors > 0 ? cv::countNonZero(match.isKept) / static_cast<double>(anchors) : 1;
    const int firm = cv::countNonZero((likeness >= m_steadiness * firmLikeness) & match.isAnchor);
    match.firm = anchors > 0 ? firm / static_cast<double>(anchors) : 1;
    const double coarseThen = m_coarseGradients.dot(m_coarseGradients);
    const double coarseNow = picture.coarseGradients.dot(picture.coarseGradients);
    const double coarseCommon = picture.coarseGradients.dot(m_coarseGradients);
    match.layout = coarseCommon / std::sqrt(coarseThen * coarseNow + noEnergy);
    match.contrast = std::max(ratio(coarseCommon, coarseThen), 0.0);
    const double contrast = std::max(match.contrast, 0.05);
    const double fineThen = m_fineGradients.dot(m_fineGradients);
    match.sharpness = ratio(picture.fineGradients.dot(m_fineGradients), fineThen) / contrast;
    match.fineEnergy =
        std::sqrt(ratio(picture.fineGradients.dot(picture.fineGradients), m_fineEnergy)) / std::max(contrast, 0.3);
    return match;
}

// Structure where the scene has none: a train that passes has edges that lie still along its way.
cv::Mat SceneMemory::hasAppeared(const ScenePicture& picture, const SceneMatch& match) const {
    return ~match.isAnchor & (picture.energy > m_energy * appearedTimes + noiseEnergy);
}

void SceneMemory::learn(const ScenePicture& picture, const SceneMatch& match, double pace) {
    if (m_learnt == 0) {
        m_gradients = picture.gradients.clone();
        m_fineGradients = picture.fineGradients.clone();
        m_coarseGradients = picture.coarseGradients.clone();
        m_brightness = picture.brightness.clone();
        m_steadiness = cv::Mat::zeros(picture.energy.size(), CV_32F);
        m_fineEnergy = picture.fineGradients.dot(picture.fineGradients);
    } else {
        const double rate = pace / std::min(m_learnt + 1.0, longestMemory);
        cv::Mat rates(picture.energy.size(), CV_32F, cv::Scalar{rate});
        if (isReady()) {
            rates.setTo(rate / slowerWhereUnlike, (match.isAnchor & ~match.isKept) | hasAppeared(picture, match));
        }
        const double seen = pace / std::min(static_cast<double>(m_learnt), longestMemory);
        m_steadiness += (likenessOf(picture) - m_steadiness) * seen;
        blend(m_gradients, picture.gradients, rates);
        blend(m_fineGradients, picture.fineGradients, rates);
        blend(m_coarseGradients, picture.coarseGradients, rates);
        blend(m_brightness, picture.brightness, rates);
        m_fineEnergy += (picture.fineGradients.dot(picture.fineGradients) - m_fineEnergy) * rate;
    }
    m_energy = fieldOf(productOf(m_gradients, m_gradients));
    ++m_learnt;
}

}  // namespace leedswatch::analytics
