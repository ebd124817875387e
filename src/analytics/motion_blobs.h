#pragma once

#include <opencv2/core.hpp>

#include <vector>

namespace leedswatch::analytics {

/// A connected part of a picture that does not belong to the scene.
struct MotionBlob {
    cv::Rect box;                  ///< pixels of the analysed picture
    int area = 0;                  ///< marked pixels
    bool isRestlessPlace = false;  ///< it is where something moves often

    [[nodiscard]] cv::Point2f centre() const {
        return {static_cast<float>(box.x) + static_cast<float>(box.width) / 2,
                static_cast<float>(box.y) + static_cast<float>(box.height) / 2};
    }
};

/// How tall the least thing is that counts: near the top of the picture things are far away. Between the rows the
/// height grows evenly. In ten-thousandths of the picture's height.
struct LeastHeight {
    int atTop = 300;
    int atBottom = 300;
    bool operator==(const LeastHeight&) const = default;
};

/// All blobs of a mask (255 or 0) that are as tall, or in area as large, as the least thing at their foot, largest
/// first, at most 64. Parts that lie closer than a pixel or two are one.
[[nodiscard]] std::vector<MotionBlob> blobsOf(const cv::Mat& mask, const LeastHeight& least);

}  // namespace leedswatch::analytics
