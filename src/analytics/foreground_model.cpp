#include "analytics/foreground_model.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace leedswatch::analytics {
namespace {

constexpr int rememberedPictures = 500;
// Squared distance of colours that still belong together.
constexpr double sameColour = 400;
constexpr double half = 127;
constexpr int mostFirstTimes = 32;

struct View {
    int divisor;
    int median;  // pixels a side
};

View viewOf(Closeness closeness) {
    return closeness == Closeness::Full ? View{2, 5} : View{4, 3};
}

// A camera is a thread's work; threads of OpenCV's beside it would only wait for each other.
void keepToThisThread() {
    static const bool isKept = [] {
        cv::setNumThreads(1);
        return true;
    }();
    static_cast<void>(isKept);
}

}  // namespace

ForegroundModel::ForegroundModel(Closeness closeness)
    : m_closeness{closeness}, m_model{cv::createBackgroundSubtractorKNN(rememberedPictures, sameColour, false)} {
    keepToThisThread();
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

cv::Mat ForegroundModel::apply(const cv::Mat& picture) {
    CV_Assert(picture.type() == CV_8UC3);
    const View view = viewOf(m_closeness);
    const cv::Size size{std::max(1, picture.cols / view.divisor), std::max(1, picture.rows / view.divisor)};
    cv::resize(picture, m_small, size, 0, 0, cv::INTER_AREA);
    if (m_marked.empty()) {
        learnTheFirst();
    }
    m_model->apply(m_small, m_marked);
    cv::medianBlur(m_marked, m_calmed, view.median);
    cv::Mat mask;
    cv::resize(m_calmed, mask, picture.size(), 0, 0, cv::INTER_LINEAR);
    cv::threshold(mask, mask, half, 255, cv::THRESH_BINARY);
    return mask;
}

}  // namespace leedswatch::analytics
