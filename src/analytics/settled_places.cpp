#include "analytics/settled_places.h"

#include <cmath>

namespace leedswatch::analytics {
namespace {

constexpr double sameGrey = 12;  // levels
constexpr double hundredths = 100;

}  // namespace

void SettledPlaces::apply(const cv::Mat& grey, cv::Mat& marked, const std::vector<cv::Rect>& things, double seconds,
                          double steady) {
    if (m_before.size() != grey.size()) {
        grey.copyTo(m_before);
        m_steadyFor = cv::Mat::zeros(grey.size(), CV_16UC1);
        m_isSettled = cv::Mat::zeros(grey.size(), CV_8UC1);
        m_settledGrey = cv::Mat::zeros(grey.size(), CV_8UC1);
        return;
    }
    m_isSettled &= marked;  // the model knows the others by now
    cv::Mat difference;
    cv::absdiff(grey, m_before, difference);
    cv::Mat isRestless = difference > sameGrey;
    isRestless |= ~marked;
    for (const cv::Rect& thing : things) {
        isRestless(thing).setTo(255);
    }
    cv::add(m_steadyFor, cv::Scalar::all(std::round(seconds * hundredths)), m_steadyFor);
    m_steadyFor.setTo(0, isRestless);
    const cv::Mat settles = m_steadyFor >= std::round(steady * hundredths);
    grey.copyTo(m_settledGrey, settles);
    m_isSettled |= settles;
    cv::absdiff(grey, m_settledGrey, difference);
    marked.setTo(0, (difference <= sameGrey) & m_isSettled);
    grey.copyTo(m_before);
}

}  // namespace leedswatch::analytics
