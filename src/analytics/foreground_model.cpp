#include "analytics/foreground_model.h"

#include "analytics/one_thread.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace leedswatch::analytics {
namespace {

constexpr int rememberedPictures = 500;
// Squared distance of colours that still belong together, by day.
constexpr double sameColour = 400;
// Below this mean brightness objects differ from what is behind them by so much less than by day.
constexpr double dayBrightness = 85;
constexpr double leastSameColour = 60;
// Two pictures of a thing that stands still are farther apart than this many variances once in nine times (chi-squared
// of three colours); two of a pixel's samples need to be nearer, and it has three times seven.
constexpr double variances = 12;
constexpr double mostNoise = 1000;
constexpr int largestNoise = 16;  // what differs more from picture to picture has moved
constexpr int judgedEvery = 25;   // pictures
constexpr double half = 127;
constexpr int mostFirstTimes = 32;

struct View {
    int divisor;
    int median;       // pixels a side
    bool isSmoothed;  // where it is made large again; at twice the size that changes nothing
};

View viewOf(Closeness closeness) {
    switch (closeness) {
        case Closeness::Full: return {2, 5, false};
        case Closeness::Fast: return {4, 3, true};
        case Closeness::Whole: break;
    }
    return {1, 3, false};
}

}  // namespace

ForegroundModel::ForegroundModel(Closeness closeness, double distance)
    : m_closeness{closeness},
      m_distance{distance},
      m_model{cv::createBackgroundSubtractorKNN(rememberedPictures, sameColour * distance, false)} {
    keepToOneThread();
}

// It calls everything new until it has seen a few pictures; the first one is all that there is yet.
void ForegroundModel::learnTheFirst() {
    for (int times = 0; times < mostFirstTimes; ++times) {
        m_model->apply(m_small, m_marked);
        if (cv::countNonZero(m_marked) == 0) {
            return;
        }
    }
}

// In a dark picture everything is closer together, and noise sets the limit; measured in docs/measurements.md.
void ForegroundModel::judgeLight() {
    cv::Mat difference;
    cv::absdiff(m_small, m_before, difference);
    cv::threshold(difference, difference, largestNoise, largestNoise, cv::THRESH_TRUNC);
    const auto meanOf = [](const cv::Mat& picture) {
        const cv::Scalar mean = cv::mean(picture);
        return (mean[0] + mean[1] + mean[2]) / 3;
    };
    const double light = std::min(meanOf(m_small) / dayBrightness, 1.0);
    const double deviation = meanOf(difference) * std::sqrt(CV_PI) / 2;  // of one picture, if that is all noise
    const double noise = std::min(variances * deviation * deviation, mostNoise);
    m_model->setDist2Threshold(
        std::max(m_distance * std::max(sameColour * light * light * light, leastSameColour), noise));
}

cv::Mat ForegroundModel::apply(const cv::Mat& picture, std::optional<double> share) {
    CV_Assert(picture.type() == CV_8UC3);
    const View view = viewOf(m_closeness);
    const cv::Size size{std::max(1, picture.cols / view.divisor), std::max(1, picture.rows / view.divisor)};
    cv::resize(picture, m_small, size, 0, 0, cv::INTER_AREA);
    if (m_marked.empty()) {
        learnTheFirst();
    }
    if (m_pictures % judgedEvery == 0 && !m_before.empty()) {
        judgeLight();
    } else if (m_pictures % judgedEvery == judgedEvery - 1) {
        m_small.copyTo(m_before);
    }
    ++m_pictures;
    m_model->apply(m_small, m_marked, share.value_or(-1));
    cv::medianBlur(m_marked, m_calmed, view.median);
    cv::Mat mask;
    if (view.isSmoothed) {
        cv::resize(m_calmed, mask, picture.size(), 0, 0, cv::INTER_LINEAR);
        cv::threshold(mask, mask, half, 255, cv::THRESH_BINARY);
    } else {
        cv::resize(m_calmed, mask, picture.size(), 0, 0, cv::INTER_NEAREST);
    }
    return mask;
}

}  // namespace leedswatch::analytics
