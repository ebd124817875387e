#pragma once

#include "analytics/motion_detector.h"
#include "base/result.h"

#include <filesystem>
#include <functional>
#include <stop_token>

namespace leedswatch::analytics {

/// A zone in pixels of a film's pictures, as somebody reads them off.
struct PixelZone {
    MotionZone::Kind kind = MotionZone::Kind::Include;
    std::vector<cv::Point> corners;
};

/// What moves in a film. `zones` come to those of the rule. `told` hears seconds done, and of how many if the film
/// says. Errors: NotFound, Unsupported, Damaged, InvalidInput (the rule or a zone: which), Cancelled.
[[nodiscard]] base::Result<std::vector<MotionEvent>> findMotion(
    const std::filesystem::path& film, MotionRule rule, const std::vector<PixelZone>& zones,
    const std::stop_token& stop, const std::function<void(double, std::optional<double>)>& told);

}  // namespace leedswatch::analytics
