#pragma once

#include "base/result.h"

#include <opencv2/core.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace leedswatch::bench {

/// Pictures of a real camera with which nobody tampers, a quarter of a second apart, at most 480 wide.
struct QuietClip {
    std::string name;
    std::vector<cv::Mat> pictures;

    /// Forwards and backwards for ever, so that nothing jumps where the clip ends.
    [[nodiscard]] const cv::Mat& at(int number) const;
};
inline constexpr double clipStep = 0.25;  // seconds

/// All of the footage that is quiet, with the good part of the clip of the turned camera.
[[nodiscard]] base::Result<std::vector<QuietClip>> quietClips(const std::filesystem::path& footage);

/// The same clip by night: a third of the light, and a noisy sensor.
[[nodiscard]] cv::Mat byNight(const cv::Mat& picture, cv::RNG& random);

/// Adds a sensor's noise of this deviation.
void addNoise(cv::Mat& picture, double deviation, cv::RNG& random);

}  // namespace leedswatch::bench
