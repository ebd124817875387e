#pragma once

#include "base/result.h"
#include "video/ffmpeg_handles.h"
#include "video/planar_scaler.h"

#include <opencv2/core.hpp>

namespace leedswatch::analytics {

/// For motion: of 704x576 it is 237x194, where a walker of 20 rows still has 7.
inline constexpr double motionPixels = 46'000;

/// The size in which a picture is analysed: of its shape, in about so many pixels, never larger than it is.
[[nodiscard]] cv::Size analysedSize(int width, int height, double pixels = motionPixels);

/// Makes decoded pictures as small as they are analysed. One thread at a time.
class AnalysisScaler {
public:
    /// 8 bits, blue, green, red; the next call writes over it. Error: Unsupported (the pixel format).
    [[nodiscard]] base::Result<cv::Mat> scale(const AVFrame& picture, double pixels = motionPixels);

private:
    video::PlanarScaler m_planar;
    video::ScalerHandle m_scaler;  ///< for what the other does not take
    cv::Mat m_four;
    cv::Mat m_three;
};

}  // namespace leedswatch::analytics
