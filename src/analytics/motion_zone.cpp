#include "analytics/motion_zone.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>

namespace leedswatch::analytics {
namespace {

constexpr int fractionBits = 4;

// A zone of less holds nothing: a thousandth of the picture's width by as much of its height.
constexpr double leastZoneArea = 10.0 * 10.0;

using Corner = cv::Point2d;

Corner cornerOf(const MotionZone& zone, std::size_t index) {
    const estate::ZonePoint& corner = zone.corners[index % zone.corners.size()];
    return {static_cast<double>(corner.x), static_cast<double>(corner.y)};
}

/// On which side of the line from `a` to `b` it is; 0 on it.
int sideOf(Corner a, Corner b, Corner point) {
    const double turn = (b - a).cross(point - a);
    return turn > 0 ? 1 : turn < 0 ? -1 : 0;
}

bool cross(Corner a, Corner b, Corner c, Corner d) {
    return sideOf(a, b, c) * sideOf(a, b, d) < 0 && sideOf(c, d, a) * sideOf(c, d, b) < 0;
}

bool crossesItself(const MotionZone& zone) {
    const std::size_t edges = zone.corners.size();
    for (std::size_t one = 0; one < edges; ++one) {
        for (std::size_t other = one + 2; other < edges; ++other) {
            if (cross(cornerOf(zone, one), cornerOf(zone, one + 1), cornerOf(zone, other), cornerOf(zone, other + 1))) {
                return true;
            }
        }
    }
    return false;
}

double areaOf(const MotionZone& zone) {
    double twice = 0;
    for (std::size_t i = 0; i < zone.corners.size(); ++i) {
        twice += cornerOf(zone, i).cross(cornerOf(zone, i + 1));
    }
    return std::abs(twice) / 2;
}

base::Result<void> checkZone(const MotionZone& zone, std::size_t number) {
    const auto refuse = [number](const std::string& what) {
        return base::fail(base::ErrorCode::InvalidInput, "motion zone " + std::to_string(number) + " " + what);
    };
    if (zone.corners.size() < 3) {
        return refuse("has " + std::to_string(zone.corners.size()) + " corners; it takes at least 3");
    }
    if (zone.corners.size() > mostMotionZoneCorners) {
        return refuse("has " + std::to_string(zone.corners.size()) + " corners; it may have " +
                      std::to_string(mostMotionZoneCorners) + " at most");
    }
    for (const estate::ZonePoint& corner : zone.corners) {
        const auto isInside = [](int value) { return value >= 0 && value <= estate::ZonePoint::whole; };
        if (!isInside(corner.x) || !isInside(corner.y)) {
            return refuse("has a corner outside the picture; move it inside");
        }
    }
    if (crossesItself(zone)) {
        return refuse("has an outline that crosses itself; draw its corners in order around it");
    }
    if (areaOf(zone) < leastZoneArea) {
        return refuse("covers nothing of the picture; move its corners apart");
    }
    return {};
}

void fill(cv::Mat& places, const MotionZone& zone, int value) {
    constexpr double unit = 1 << fractionBits;
    std::vector<cv::Point> corners;
    for (const estate::ZonePoint& corner : zone.corners) {
        const double x = static_cast<double>(corner.x) * places.cols / estate::ZonePoint::whole - 0.5;
        const double y = static_cast<double>(corner.y) * places.rows / estate::ZonePoint::whole - 0.5;
        corners.emplace_back(cvRound(x * unit), cvRound(y * unit));
    }
    cv::fillPoly(places, std::vector<std::vector<cv::Point>>{corners}, cv::Scalar::all(value), cv::LINE_8,
                 fractionBits);
}

}  // namespace

base::Result<void> checkMotionZones(const std::vector<MotionZone>& zones) {
    if (zones.size() > mostMotionZones) {
        return base::fail(base::ErrorCode::InvalidInput, std::to_string(zones.size()) + " motion zones; a camera has " +
                                                             std::to_string(mostMotionZones) + " at most");
    }
    for (std::size_t i = 0; i < zones.size(); ++i) {
        TRY(checkZone(zones[i], i + 1));
    }
    return {};
}

cv::Mat countedPlaces(const std::vector<MotionZone>& zones, cv::Size size) {
    const auto includes = [](const MotionZone& zone) { return zone.kind == MotionZone::Kind::Include; };
    cv::Mat places(size, CV_8UC1, cv::Scalar::all(std::ranges::any_of(zones, includes) ? 0 : 255));
    for (const MotionZone& zone : zones) {
        if (includes(zone)) {
            fill(places, zone, 255);
        }
    }
    for (const MotionZone& zone : zones) {
        if (!includes(zone)) {
            fill(places, zone, 0);
        }
    }
    return places;
}

}  // namespace leedswatch::analytics
