#pragma once

#include <opencv2/core.hpp>

namespace leedswatch::tests {

/// What a camera sees that nobody has moved: houses and a road, drawn by lot, with a sensor's noise; the same pictures
/// each time. Another number is another view.
class DrawnView {
public:
    explicit DrawnView(int number = 1, cv::Size size = {320, 240});

    [[nodiscard]] cv::Mat next();
    /// Of `scene`, a picture of the same size.
    [[nodiscard]] cv::Mat withNoise(const cv::Mat& scene);
    [[nodiscard]] const cv::Mat& scene() const { return m_scene; }

private:
    cv::RNG m_random;
    cv::Mat m_scene;
};

/// One colour, a little shaded: a hand, tape, a bag close to the lens.
[[nodiscard]] cv::Mat drawnCover(cv::Size size, double level);

}  // namespace leedswatch::tests
