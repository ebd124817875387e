#pragma once

#include "base/result.h"
#include "estate/privacy_zone.h"

#include <opencv2/core.hpp>

#include <filesystem>
#include <vector>

namespace leedswatch::analytics {

/// `still`: 8 bits, blue, green, red, not empty. A PNG file that is whole or not there, readable by its owner alone;
/// the folder is made. What the zones hide is black in it. Errors: StorageFull, StorageFailed.
[[nodiscard]] base::Result<void> writeStill(const cv::Mat& still, const std::vector<estate::PrivacyZone>& zones,
                                            const std::filesystem::path& file);
/// A copy of a still with what the zones hide in black.
[[nodiscard]] cv::Mat hiddenIn(const cv::Mat& still, const std::vector<estate::PrivacyZone>& zones);
/// Errors: NotFound, Damaged, Unsupported.
[[nodiscard]] base::Result<cv::Mat> readStill(const std::filesystem::path& file);

}  // namespace leedswatch::analytics
