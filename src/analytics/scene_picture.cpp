#include "analytics/scene_picture.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace leedswatch::analytics {
namespace {

constexpr double smallPixels = 160.0 * 120;
constexpr int fewestBlocks = 3;  // a side
constexpr double ownSmoothing = 0.7;

// Enlarging a picture that is smaller than that adds nothing, and does no harm.
cv::Mat sized(const cv::Mat& picture, cv::Size size) {
    cv::Mat result;
    const bool isSmaller = size.width < picture.cols;
    cv::resize(picture, result, size, 0, 0, isSmaller ? cv::INTER_AREA : cv::INTER_LINEAR);
    return result;
}

cv::Mat gradientsOf(const cv::Mat& grey) {
    const cv::Matx13f step{-0.5F, 0, 0.5F};
    cv::Mat directions[2];
    cv::filter2D(grey, directions[0], CV_32F, step);
    cv::filter2D(grey, directions[1], CV_32F, step.t());
    cv::Mat gradients;
    cv::merge(directions, 2, gradients);
    return gradients;
}

}  // namespace

cv::Mat fieldOf(const cv::Mat& small) {
    cv::Mat field;
    cv::resize(small, field, {small.cols / sceneBlock, small.rows / sceneBlock}, 0, 0, cv::INTER_AREA);
    return field;
}

cv::Mat productOf(const cv::Mat& some, const cv::Mat& others) {
    cv::Mat product;
    cv::multiply(some, others, product);
    cv::Mat sum;
    cv::transform(product, sum, cv::Matx12f{1, 1});
    return sum;
}

cv::Size ScenePicture::smallSizeOf(cv::Size size) {
    const double scale = std::sqrt(smallPixels / static_cast<double>(size.area()));
    const auto side = [&](int pixels) {
        return sceneBlock * std::max(fewestBlocks, static_cast<int>(std::lround(pixels * scale / sceneBlock)));
    };
    return {side(size.width), side(size.height)};
}

ScenePicture ScenePicture::of(const cv::Mat& picture, double seconds) {
    CV_Assert(picture.type() == CV_8UC3);
    ScenePicture result;
    result.seconds = seconds;
    const cv::Size size = smallSizeOf(picture.size());
    const cv::Mat fine = sized(picture, {2 * size.width, 2 * size.height});
    cv::Mat fineGrey;
    cv::cvtColor(fine, fineGrey, cv::COLOR_BGR2GRAY);
    fineGrey.convertTo(fineGrey, CV_32F);
    result.fineGradients = gradientsOf(fineGrey);
    result.colour = sized(fine, size);
    cv::GaussianBlur(sized(fineGrey, size), result.grey, {}, ownSmoothing);
    result.gradients = gradientsOf(result.grey);
    result.coarseGradients = gradientsOf(sized(result.grey, {size.width / 4, size.height / 4}));
    result.energy = fieldOf(productOf(result.gradients, result.gradients));
    result.brightness = fieldOf(result.grey);
    return result;
}

}  // namespace leedswatch::analytics
