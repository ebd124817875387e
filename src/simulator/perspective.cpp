#include "simulator/perspective.h"

#include <algorithm>
#include <cmath>

namespace leedswatch::simulator {
namespace {

// Sub-pixel corners keep slow things from jumping from pixel to pixel.
constexpr int kShift = 3;
constexpr double kLimit = 20000;

cv::Point fixedPoint(const cv::Point2d& point) {
    return {static_cast<int>(std::clamp(point.x, -kLimit, kLimit) * (1 << kShift)),
            static_cast<int>(std::clamp(point.y, -kLimit, kLimit) * (1 << kShift))};
}

}  // namespace

Perspective::Perspective(const Placement& placement, cv::Size size)
    : m_placement{placement},
      m_size{size},
      m_sinPitch{std::sin(placement.pitch)},
      m_cosPitch{std::cos(placement.pitch)},
      m_sinYaw{std::sin(placement.yaw)},
      m_cosYaw{std::cos(placement.yaw)} {}

cv::Point3d Perspective::toCamera(const cv::Point3d& point) const {
    const cv::Point3d moved = point - m_placement.position;
    const double x = moved.x * m_cosYaw - moved.z * m_sinYaw;
    const double along = moved.x * m_sinYaw + moved.z * m_cosYaw;
    return {x, moved.y * m_cosPitch + along * m_sinPitch, along * m_cosPitch - moved.y * m_sinPitch};
}

cv::Point2d Perspective::toPicture(const cv::Point3d& inCamera) const {
    const double factor = m_placement.focalLength / inCamera.z;
    return {m_size.width / 2.0 + inCamera.x * factor, m_size.height / 2.0 - inCamera.y * factor};
}

double Perspective::scale(const cv::Point3d& point) const {
    return m_placement.focalLength / std::max(nearest, toCamera(point).z);
}

cv::Point2d Perspective::project(const cv::Point3d& point) const {
    cv::Point3d inCamera = toCamera(point);
    inCamera.z = std::max(nearest, inCamera.z);
    return toPicture(inCamera);
}

int Perspective::horizon() const {
    return static_cast<int>(m_size.height / 2.0 - m_placement.focalLength * m_sinPitch / m_cosPitch);
}

std::vector<cv::Point> Perspective::polygon(const std::vector<cv::Point3d>& corners) const {
    std::vector<cv::Point> points;
    for (std::size_t index = 0; index < corners.size(); ++index) {
        const cv::Point3d here = toCamera(corners[index]);
        const cv::Point3d next = toCamera(corners[(index + 1) % corners.size()]);
        if (here.z >= nearest) {
            points.push_back(fixedPoint(toPicture(here)));
        }
        if ((here.z >= nearest) != (next.z >= nearest)) {
            const double share = (nearest - here.z) / (next.z - here.z);
            points.push_back(fixedPoint(toPicture(here + (next - here) * share)));
        }
    }
    return points;
}

void Perspective::fill(cv::Mat& picture, const std::vector<cv::Point3d>& corners, const cv::Scalar& colour) const {
    const auto points = polygon(corners);
    if (points.size() >= 3) {
        cv::fillConvexPoly(picture, points, colour, cv::LINE_AA, kShift);
    }
}

void Perspective::shade(cv::Mat& picture, const std::vector<cv::Point3d>& corners, double factor) const {
    auto points = polygon(corners);
    if (points.size() < 3) {
        return;
    }
    for (cv::Point& point : points) {
        point = {point.x >> kShift, point.y >> kShift};
    }
    const cv::Rect box = cv::boundingRect(points) & cv::Rect{cv::Point{}, picture.size()};
    if (box.empty()) {
        return;
    }
    cv::Mat mask{box.size(), CV_8U, cv::Scalar{0}};
    for (cv::Point& point : points) {
        point -= box.tl();
    }
    cv::fillConvexPoly(mask, points, cv::Scalar{255});
    cv::Mat part = picture(box);
    cv::Mat shaded;
    part.convertTo(shaded, -1, factor);
    shaded.copyTo(part, mask);
}

}  // namespace leedswatch::simulator
