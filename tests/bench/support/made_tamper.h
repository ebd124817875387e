#pragma once

#include "analytics/tamper_kind.h"

#include <opencv2/core.hpp>

#include <functional>
#include <string>
#include <vector>

namespace leedswatch::bench {

/// What is done to the pictures of a camera: the picture that it would have sent, and the seconds since the onset,
/// below 0 before it. Each picture is a new one.
using Effect = std::function<cv::Mat(const cv::Mat& picture, double since)>;

/// What another camera sees, that many seconds after the onset.
using Elsewhere = std::function<cv::Mat(double since)>;

/// A way to tamper with a camera. `make` draws its lot from `random`: colour, side, speed, size.
struct MadeTamper {
    std::string name;
    analytics::TamperKind kind{};
    std::function<Effect(cv::RNG& random, const Elsewhere& elsewhere)> make;
};

[[nodiscard]] const std::vector<MadeTamper>& madeTampers();

}  // namespace leedswatch::bench
