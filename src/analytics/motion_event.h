#pragma once

#include "estate/privacy_zone.h"

#include <vector>

namespace leedswatch::analytics {

/// Where a thing was, in ten-thousandths of the picture's width and height.
struct MotionBox {
    int left = 0;
    int top = 0;
    int width = 0;
    int height = 0;
    bool operator==(const MotionBox&) const = default;
};

struct MotionSighting {
    double seconds = 0;
    MotionBox box;
    bool operator==(const MotionSighting&) const = default;
};

/// From when the first thing was seen to when the last one was; things less than two seconds apart are one event. Times
/// are those of the pictures, in seconds.
struct MotionEvent {
    double start = 0;
    double end = 0;
    double peak = 0;                        ///< when most of the picture moved
    int peakShare = 0;                      ///< how much that was, ten-thousandths of the picture
    std::vector<MotionSighting> sightings;  ///< one a second and thing, 256 at most
};

}  // namespace leedswatch::analytics
