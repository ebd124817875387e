#pragma once

#include "base/result.h"
#include "estate/privacy_zone.h"

#include <opencv2/core.hpp>

#include <vector>

namespace leedswatch::analytics {

/// A part of a camera's picture in which motion counts, or does not. Its last corner is joined to the first.
struct MotionZone {
    enum class Kind { Include, Exclude };
    Kind kind = Kind::Include;
    std::vector<estate::ZonePoint> corners;
    bool operator==(const MotionZone&) const = default;
};

inline constexpr std::size_t mostMotionZones = 32;
inline constexpr std::size_t mostMotionZoneCorners = 100;

/// The rule for a camera's zones: at most 32, each of 3 to 100 corners inside the picture, of some area, and with an
/// outline that does not cross itself. Error: InvalidInput; the message says which zone and what to do.
[[nodiscard]] base::Result<void> checkMotionZones(const std::vector<MotionZone>& zones);

/// 255 where motion counts, of a picture of that size: in the zones that include, or everywhere if there is none, and
/// never in those that exclude.
[[nodiscard]] cv::Mat countedPlaces(const std::vector<MotionZone>& zones, cv::Size size);

}  // namespace leedswatch::analytics
