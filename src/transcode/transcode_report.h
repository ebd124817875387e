#pragma once

#include "transcode/file_transcode.h"

#include <nlohmann/json.hpp>

namespace leedswatch::transcode {

/// The report for programs, and as it lies beside the result.
[[nodiscard]] nlohmann::json toJson(const TranscodeReport& report);
/// As text. A name that is not UTF-8, as old disks have them, is shown with signs of replacement.
[[nodiscard]] std::string textOf(const nlohmann::json& report);
/// The same for people: some lines.
[[nodiscard]] std::string describe(const TranscodeReport& report);

}  // namespace leedswatch::transcode
