#include "analytics/scene_shift.h"

#include "analytics/scene_picture.h"

#include <opencv2/imgproc.hpp>

#include <cmath>

namespace leedswatch::analytics {
namespace {

constexpr int searchDivisor = 2;    // at half the size a shift is found as well, in a sixteenth of the time
constexpr double searchBlur = 0.8;  // a turn is never just a shift
constexpr double searchedPart = 0.4;
constexpr double leastDetail = 0.25;  // of all, in the part that both have; less is alike by chance

cv::Mat halved(const cv::Mat& gradients) {
    cv::Mat result;
    cv::resize(gradients, result, gradients.size() / searchDivisor, 0, 0, cv::INTER_AREA);
    cv::GaussianBlur(result, result, {}, searchBlur);
    return result;
}

// Correlations of what lies in both pictures, for each shift; beyond its edges a picture has no gradients.
cv::Mat correlated(const cv::Mat& padded, const cv::Mat& picture) {
    cv::Mat result;
    cv::matchTemplate(padded, picture, result, cv::TM_CCORR);
    return result;
}

}  // namespace

SceneShift findShift(const cv::Mat& scene, const cv::Mat& picture) {
    const cv::Mat now = halved(picture);
    const cv::Mat then = halved(scene);
    const int across = static_cast<int>(then.cols * searchedPart);
    const int down = static_cast<int>(then.rows * searchedPart);
    cv::Mat padded;
    cv::copyMakeBorder(then, padded, down, down, across, across, cv::BORDER_CONSTANT, cv::Scalar::all(0));
    const cv::Mat ones = cv::Mat::ones(then.size(), CV_32F);
    cv::Mat paddedOnes;
    cv::copyMakeBorder(ones, paddedOnes, down, down, across, across, cv::BORDER_CONSTANT, cv::Scalar::all(0));
    const cv::Mat detailThen = correlated(productOf(padded, padded), ones);
    const cv::Mat detailNow = correlated(paddedOnes, productOf(now, now));
    const cv::Mat isEnough = (detailThen > leastDetail * then.dot(then)) & (detailNow > leastDetail * now.dot(now));
    cv::Mat both;
    cv::sqrt(cv::max(detailThen.mul(detailNow), 1e-3), both);
    cv::Mat likeness = correlated(padded, now) / both;
    likeness.setTo(0, ~isEnough);
    SceneShift shift;
    cv::Point best;
    cv::minMaxLoc(likeness, nullptr, &shift.likeness, nullptr, &best);
    shift.inPlace = likeness.at<float>(down, across);
    shift.distance = std::hypot(best.x - across, best.y - down) / then.cols;
    return shift;
}

}  // namespace leedswatch::analytics
