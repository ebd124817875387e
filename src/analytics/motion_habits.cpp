#include "analytics/motion_habits.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace leedswatch::analytics {
namespace {

constexpr double habitMemory = 180;
constexpr double habit = 0.06 * 255;

constexpr double restlessness = 255.0 / 60;

}  // namespace

void MotionHabits::learn(const cv::Mat& marked, double seconds) {
    if (m_share.size() != marked.size()) {
        m_share = cv::Mat::zeros(marked.size(), CV_32FC1);
    }
    cv::accumulateWeighted(marked, m_share, std::min(1.0, seconds / habitMemory));
    const cv::Mat around = cv::getStructuringElement(cv::MORPH_RECT, {5, 5});
    cv::compare(m_share, habit, m_places, cv::CMP_GT);
    cv::dilate(m_places, m_places, around);
    cv::compare(m_share, restlessness, m_restless, cv::CMP_GT);
    cv::dilate(m_restless, m_restless, around);
}

void MotionHabits::clear() {
    m_share.release();
    m_places.release();
    m_restless.release();
}

}  // namespace leedswatch::analytics
