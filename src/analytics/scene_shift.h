#pragma once

#include <opencv2/core.hpp>

namespace leedswatch::analytics {

/// Where in a picture a scene lies that the camera has been turned away from.
struct SceneShift {
    double distance = 0;  ///< of the picture's width
    double likeness = 0;  ///< there, of the part that is still in view; 1 is the same
    double inPlace = 0;   ///< the likeness without any shift
};

/// The best of all shifts up to two fifths of the picture, by the gradients of both: small pictures of equal size.
[[nodiscard]] SceneShift findShift(const cv::Mat& scene, const cv::Mat& picture);

}  // namespace leedswatch::analytics
