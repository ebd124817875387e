#include "analytics/light_of_day.h"

#include <algorithm>

namespace leedswatch::analytics {
namespace {

constexpr int lightStep = 8;             // pixels
constexpr double darkBelow = 45;         // mean brightness
constexpr double darkBelowAtNight = 60;  // it takes more light to call it day again
constexpr double colourless = 4;         // mean difference of a pixel's colours
constexpr double colourlessAtNight = 7;
constexpr double changeSeconds = 10;

struct Impression {
    double brightness = 0;
    double colour = 0;
};

Impression impressionOf(const cv::Mat& picture) {
    Impression sum;
    int count = 0;
    for (int y = 0; y < picture.rows; y += lightStep) {
        const auto* row = picture.ptr<cv::Vec3b>(y);
        for (int x = 0; x < picture.cols; x += lightStep) {
            const auto [least, most] = std::minmax({row[x][0], row[x][1], row[x][2]});
            sum.brightness += (row[x][0] + row[x][1] + row[x][2]) / 3.0;
            sum.colour += most - least;
            ++count;
        }
    }
    return {sum.brightness / std::max(1, count), sum.colour / std::max(1, count)};
}

}  // namespace

bool LightOfDay::apply(const cv::Mat& picture, double seconds) {
    const Impression now = impressionOf(picture);
    const bool isNight = now.brightness < (m_isNight ? darkBelowAtNight : darkBelow) ||
                         now.colour < (m_isNight ? colourlessAtNight : colourless);
    if (!m_isKnown) {
        m_isKnown = true;
        m_isNight = isNight;
    } else if (isNight == m_isNight) {
        m_otherwiseSince = -1;
    } else if (m_otherwiseSince < 0) {
        m_otherwiseSince = seconds;
    } else if (seconds - m_otherwiseSince >= changeSeconds) {
        m_isNight = isNight;
        m_otherwiseSince = -1;
    }
    return m_isNight;
}

}  // namespace leedswatch::analytics
