#include "analytics/picture_quality.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>

namespace leedswatch::analytics {
namespace {

constexpr int widestReading = 640;
constexpr double blackLevel = 5;
constexpr double whiteLevel = 250;
constexpr double levels = 255;
// The deviation of the middle half of a normal distribution from its middle, by which noise is told from what moves.
constexpr double medianOfNormal = 0.6745;
// Squares of the coefficients of the filter below: what it makes of a pixel's noise.
constexpr double detailOfNoise = 1.25;

constexpr std::array values{&PictureQuality::sharpness, &PictureQuality::exposure, &PictureQuality::clipped,
                            &PictureQuality::contrast,  &PictureQuality::noise,    &PictureQuality::redCast,
                            &PictureQuality::greenCast, &PictureQuality::blueCast};

cv::Mat readableOf(const cv::Mat& picture) {
    if (picture.cols <= widestReading) {
        return picture.clone();
    }
    cv::Mat result;
    const cv::Size size{widestReading, std::max(1, picture.rows * widestReading / picture.cols)};
    cv::resize(picture, result, size, 0, 0, cv::INTER_AREA);
    return result;
}

double medianOf(std::vector<double> numbers) {
    const auto middle = numbers.begin() + static_cast<std::ptrdiff_t>(numbers.size() / 2);
    std::nth_element(numbers.begin(), middle, numbers.end());
    return *middle;
}

// The median of all differences: what moves is less than half of a picture. Differences are whole levels, so the
// median is taken within its level.
double noiseBetween(const cv::Mat& some, const cv::Mat& others) {
    cv::Mat difference;
    cv::absdiff(some, others, difference);
    std::array<double, 256> counts{};
    for (int y = 0; y < difference.rows; ++y) {
        for (int x = 0; x < difference.cols; ++x) {
            ++counts[difference.at<std::uint8_t>(y, x)];
        }
    }
    double left = static_cast<double>(difference.total()) / 2;
    std::size_t level = 0;
    while (left > counts[level]) {
        left -= counts[level++];
    }
    const double within = left / counts[level];
    // The level 0 is half as wide as the others, which reach from half a level below them to half a level above.
    const double median = level == 0 ? within / 2 : static_cast<double>(level) - 0.5 + within;
    return median / medianOfNormal / std::sqrt(2.0);
}

// What a pixel differs by from the mean of its four neighbours, less what noise alone would make of that.
double sharpnessOf(const cv::Mat& grey, double deviation, double noise) {
    const cv::Matx33f around{0, -0.25F, 0, -0.25F, 1, -0.25F, 0, -0.25F, 0};
    cv::Mat detail;
    cv::filter2D(grey, detail, CV_32F, around);
    const double energy = detail.dot(detail) / static_cast<double>(detail.total());
    const double real = std::max(energy - detailOfNoise * noise * noise, 0.0);
    return deviation > 1 ? std::sqrt(real) / deviation : 0;
}

PictureQuality readingOf(const cv::Mat& picture, const cv::Mat& grey, double noise) {
    PictureQuality reading;
    cv::Scalar mean;
    cv::Scalar deviation;
    cv::meanStdDev(grey, mean, deviation);
    reading.exposure = mean[0] / levels;
    reading.contrast = deviation[0] / levels;
    const int clipped = cv::countNonZero((grey <= blackLevel) | (grey >= whiteLevel));
    reading.clipped = clipped / static_cast<double>(grey.total());
    reading.noise = noise;
    reading.sharpness = sharpnessOf(grey, deviation[0], noise);
    const cv::Scalar colours = cv::mean(picture);
    const double all = (colours[0] + colours[1] + colours[2]) / 3;
    reading.blueCast = colours[0] - all;
    reading.greenCast = colours[1] - all;
    reading.redCast = colours[2] - all;
    return reading;
}

}  // namespace

void PictureQualityMeter::add(const cv::Mat& picture) {
    CV_Assert(picture.type() == CV_8UC3);
    if (picture.size() != m_size) {
        m_readings.clear();
        m_before.release();
        m_size = picture.size();
    }
    const cv::Mat readable = readableOf(picture);
    cv::Mat grey;
    cv::cvtColor(readable, grey, cv::COLOR_BGR2GRAY);
    if (!m_before.empty()) {
        m_readings.push_back(readingOf(readable, grey, noiseBetween(grey, m_before)));
    }
    m_before = grey;
}

std::optional<PictureQuality> PictureQualityMeter::take() {
    std::optional<PictureQuality> quality;
    if (!m_readings.empty()) {
        quality.emplace();
        for (const auto value : values) {
            std::vector<double> numbers;
            for (const PictureQuality& reading : m_readings) {
                numbers.push_back(reading.*value);
            }
            (*quality).*value = medianOf(std::move(numbers));
        }
    }
    m_readings.clear();
    m_before.release();
    return quality;
}

}  // namespace leedswatch::analytics
