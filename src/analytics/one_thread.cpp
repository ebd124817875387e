#include "analytics/one_thread.h"

#include <opencv2/core.hpp>

namespace leedswatch::analytics {
namespace {

// OpenCV makes the operators of its matrix expressions when one is used first, and other threads read them without a
// lock. Made here, they are there before any thread of ours asks.
void makeOperators() {
    const cv::Mat some = cv::Mat::eye(2, 2, CV_32F);
    cv::Mat result = some + some;
    result = some.mul(some);
    result = some > some;
    result = cv::min(some, some);
    result = cv::Mat::zeros(2, 2, CV_32F);
    result = some.t();
    result = some * some;
    result = some.inv() * some;
}

}  // namespace

void keepToOneThread() {
    static const bool isKept = [] {
        cv::setNumThreads(1);
        makeOperators();
        return true;
    }();
    static_cast<void>(isKept);
}

}  // namespace leedswatch::analytics
