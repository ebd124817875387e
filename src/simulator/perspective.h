#pragma once

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <vector>

namespace leedswatch::simulator {

/// A pinhole camera over a street. World: metres, x to the right, y up, z along the street away from the camera.
class Perspective {
public:
    struct Placement {
        cv::Point3d position{0, 6, 0};
        double pitch = 0.3;        ///< radians, down from the horizon
        double yaw = 0;            ///< radians, to the right
        double focalLength = 700;  ///< pixels
    };

    Perspective(const Placement& placement, cv::Size size);

    [[nodiscard]] cv::Size size() const { return m_size; }
    /// Distance along the line of sight; what is nearer than `nearest` is not seen.
    [[nodiscard]] double depth(const cv::Point3d& point) const { return toCamera(point).z; }
    /// Pixels that a metre takes there.
    [[nodiscard]] double scale(const cv::Point3d& point) const;
    [[nodiscard]] cv::Point2d project(const cv::Point3d& point) const;
    [[nodiscard]] int horizon() const;

    /// The picture's polygon of a flat, convex one in the world, cut at the nearest distance; empty if nothing is left.
    [[nodiscard]] std::vector<cv::Point> polygon(const std::vector<cv::Point3d>& corners) const;
    void fill(cv::Mat& picture, const std::vector<cv::Point3d>& corners, const cv::Scalar& colour) const;
    /// Darkens (factor < 1) or brightens what is inside.
    void shade(cv::Mat& picture, const std::vector<cv::Point3d>& corners, double factor) const;

    static constexpr double nearest = 1.0;

private:
    [[nodiscard]] cv::Point3d toCamera(const cv::Point3d& point) const;
    [[nodiscard]] cv::Point2d toPicture(const cv::Point3d& inCamera) const;

    Placement m_placement;
    cv::Size m_size;
    double m_sinPitch;
    double m_cosPitch;
    double m_sinYaw;
    double m_cosYaw;
};

}  // namespace leedswatch::simulator
