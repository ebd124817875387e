#pragma once

#include "base/result.h"

#include <filesystem>
#include <vector>

namespace leedswatch::analytics {

/// One picture of a sequence that lies in a folder as numbered files, as detectors are scored with: in000001.jpg.
struct NumberedPicture {
    std::int64_t number = 0;  ///< the last digits of its name
    std::filesystem::path file;
};

/// All of them by number; files without a number or with another ending than a picture's are not meant. Errors:
/// NotFound (no such folder, no picture in it), InvalidInput (a number is missing, or there twice: which).
[[nodiscard]] base::Result<std::vector<NumberedPicture>> numberedPictures(const std::filesystem::path& folder);

}  // namespace leedswatch::analytics
