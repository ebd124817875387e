#pragma once

#include "analytics/motion_detector.h"

#include <ostream>

namespace leedswatch::analytics {

/// What a failed expectation says of an event.
inline void PrintTo(const MotionEvent& event, std::ostream* out) {
    *out << event.start << " to " << event.end << " s";
    for (const MotionSighting& seen : event.sightings) {
        *out << "; " << seen.seconds << " at " << seen.box.left << "," << seen.box.top << " " << seen.box.width << "x"
             << seen.box.height;
    }
}

}  // namespace leedswatch::analytics
