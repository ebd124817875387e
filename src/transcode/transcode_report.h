#pragma once

#include "transcode/file_transcode.h"

#include <nlohmann/json.hpp>

namespace leedswatch::transcode {

/// The report for programs, and as it lies beside the result.
[[nodiscard]] nlohmann::json toJson(const TranscodeReport& report);
/// The same for people: some lines.
[[nodiscard]] std::string describe(const TranscodeReport& report);

}  // namespace leedswatch::transcode
