#pragma once

#include "base/time.h"

#include <spdlog/fmt/fmt.h>

#include <cstdint>
#include <string>

namespace leedswatch::ctl {

[[nodiscard]] inline std::string inSeconds(base::Microseconds time) {
    return fmt::format("{:.1f} s", static_cast<double>(time.count()) / 1e6);
}

[[nodiscard]] inline std::string inMegabytes(std::int64_t bytes) {
    return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
}

}  // namespace leedswatch::ctl
