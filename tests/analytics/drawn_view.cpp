#include "drawn_view.h"

#include <opencv2/imgproc.hpp>

namespace leedswatch::tests {

DrawnView::DrawnView(int number, cv::Size size)
    : m_random{static_cast<std::uint64_t>(number)}, m_scene(size, CV_8UC3, cv::Scalar::all(110)) {
    for (int i = 0; i < 60; ++i) {
        const cv::Point corner{m_random.uniform(-20, size.width), m_random.uniform(-20, size.height)};
        const cv::Size extent{m_random.uniform(8, size.width / 4), m_random.uniform(8, size.height / 4)};
        const double level = m_random.uniform(30.0, 200.0);
        cv::rectangle(m_scene, cv::Rect{corner, extent}, {level, level * 0.9, level * 0.8}, cv::FILLED);
    }
    for (int i = 0; i < 25; ++i) {
        const auto anywhere = [&] {
            return cv::Point{m_random.uniform(0, size.width), m_random.uniform(0, size.height)};
        };
        cv::line(m_scene, anywhere(), anywhere(), cv::Scalar::all(m_random.uniform(20, 220)), 2);
    }
}

cv::Mat DrawnView::withNoise(const cv::Mat& scene) {
    cv::Mat noise(scene.size(), CV_16SC3);
    m_random.fill(noise, cv::RNG::NORMAL, 0, 3);
    cv::Mat picture;
    cv::add(scene, noise, picture, cv::noArray(), CV_8UC3);
    return picture;
}

cv::Mat DrawnView::next() {
    return withNoise(m_scene);
}

cv::Mat drawnCover(cv::Size size, double level) {
    cv::Mat cover(size, CV_8UC3);
    for (int x = 0; x < size.width; ++x) {
        cover.col(x).setTo(cv::Scalar::all(level * (0.9 + 0.2 * x / size.width)));
    }
    return cover;
}

}  // namespace leedswatch::tests
