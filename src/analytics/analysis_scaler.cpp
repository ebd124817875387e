#include "analytics/analysis_scaler.h"

#include "video/picture_colours.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace leedswatch::analytics {
namespace {

constexpr int rowPadding = 32;  // pixels: both scalers write whole vectors
constexpr int leastSide = 16;

}  // namespace

cv::Size analysedSize(int width, int height, double pixels) {
    const double scale = std::min(1.0, std::sqrt(pixels / (static_cast<double>(width) * height)));
    const auto scaled = [scale](int side) {
        return std::max(std::min(side, leastSide), static_cast<int>(std::lround(side * scale)));
    };
    return {scaled(width), scaled(height)};
}

base::Result<cv::Mat> AnalysisScaler::scale(const AVFrame& picture, double pixels) {
    const video::PictureColours colours = video::coloursOf(picture);
    const cv::Size size = analysedSize(picture.width, picture.height, pixels);
    const video::PictureSize from{picture.width, picture.height};
    const video::PictureSize to{size.width, size.height};
    m_four.create(size.height, size.width + rowPadding, CV_8UC4);
    const int stride = static_cast<int>(m_four.step[0]);
    if (video::PlanarScaler::takes(colours, from, to)) {
        m_planar.scale({picture.data[0], picture.data[1], picture.data[2], nullptr}, picture.linesize, from, colours,
                       m_four.data, stride, to);
    } else {
        m_scaler.reset(sws_getCachedContext(m_scaler.release(), from.width, from.height, colours.format, to.width,
                                            to.height, AV_PIX_FMT_BGR0, SWS_AREA, nullptr, nullptr, nullptr));
        if (!m_scaler) {
            return base::fail(video::cannotBeShown(picture));
        }
        video::setColours(*m_scaler, colours);
        std::uint8_t* const planes[4] = {m_four.data, nullptr, nullptr, nullptr};
        const int strides[4] = {stride, 0, 0, 0};
        sws_scale(m_scaler.get(), picture.data, picture.linesize, 0, from.height, planes, strides);
    }
    cv::cvtColor(m_four(cv::Rect{{0, 0}, size}), m_three, cv::COLOR_BGRA2BGR);
    return m_three;
}

}  // namespace leedswatch::analytics
