#include "drawn_place.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace leedswatch::analytics {

DrawnPlace::DrawnPlace() : m_place(size, CV_8UC3) {
    cv::Mat coarse(size.height / 6, size.width / 6, CV_8UC3);
    m_random.fill(coarse, cv::RNG::UNIFORM, 90, 150);
    cv::resize(coarse, m_place, size, 0, 0, cv::INTER_CUBIC);
    for (int row = 20; row < size.height; row += 30) {
        cv::line(m_place, {0, row}, {size.width, row + 8}, cv::Scalar::all(70), 1, cv::LINE_AA);
    }
}

DrawnPlace& DrawnPlace::with(Change change) {
    m_changes.push_back(std::move(change));
    return *this;
}

cv::Mat DrawnPlace::at(double seconds) {
    cv::Mat picture = m_place.clone();
    for (const Change& change : m_changes) {
        change(picture, seconds);
    }
    cv::Mat noise(size, CV_16SC3);
    m_random.fill(noise, cv::RNG::NORMAL, 0, 2);
    cv::add(picture, noise, picture, cv::noArray(), CV_8UC3);
    return picture;
}

DrawnPlace::Change walker(int height, cv::Point from, cv::Point to, double start, double end, double until) {
    return [=](cv::Mat& picture, double seconds) {
        if (seconds < start || seconds > std::max(end, until)) {
            return;
        }
        const double way = std::clamp((seconds - start) / (end - start), 0.0, 1.0);
        const cv::Point2d feet = cv::Point2d{from} + way * cv::Point2d{to - from};
        const int width = std::max(2, height * 2 / 5);
        const cv::Rect coat{cvRound(feet.x) - width / 2, cvRound(feet.y) - height, width, height};
        const cv::Rect visible = coat & cv::Rect{{0, 0}, picture.size()};
        if (!visible.empty()) {
            picture(visible).setTo(cv::Scalar{50, 40, 45});
        }
    };
}

}  // namespace leedswatch::analytics
