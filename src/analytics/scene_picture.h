#pragma once

#include <opencv2/core.hpp>

namespace leedswatch::analytics {

/// One picture in the forms in which it is compared with what its camera normally shows. All sizes follow from that of
/// the picture: small, about 19,200 pixels, both sides multiples of 8; fine, twice as wide and high; coarse, a quarter.
/// A block is 8 by 8 pixels of the small picture; a field has one number for each block.
struct ScenePicture {
    double seconds = 0;
    cv::Mat colour;           ///< small: 8 bits, blue, green, red
    cv::Mat grey;             ///< small: levels of 255, floating point
    cv::Mat gradients;        ///< small: levels a pixel, to the right and downwards
    cv::Mat fineGradients;    ///< the same of the fine picture
    cv::Mat coarseGradients;  ///< the same of the coarse picture
    cv::Mat energy;           ///< field: the mean of the squared gradient
    cv::Mat brightness;       ///< field: the mean level

    [[nodiscard]] static ScenePicture of(const cv::Mat& picture, double seconds);
    /// Of the small picture: the same for all pictures of about one shape.
    [[nodiscard]] static cv::Size smallSizeOf(cv::Size size);
};

inline constexpr int sceneBlock = 8;

/// The field of the means over each block of a small picture with one channel.
[[nodiscard]] cv::Mat fieldOf(const cv::Mat& small);
/// Pixel by pixel, the product of two pictures of gradients.
[[nodiscard]] cv::Mat productOf(const cv::Mat& some, const cv::Mat& others);

}  // namespace leedswatch::analytics
