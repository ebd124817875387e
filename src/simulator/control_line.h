#pragma once

#include "base/result.h"

#include <string_view>

namespace leedswatch::simulator {

/// What may be commanded while the simulator runs.
struct ControlCommand {
    enum class Kind { Stop, Start, Freeze, Black, Noise, Clear, Drop, Refuse, Stall, Resolution, Status };

    Kind kind = Kind::Status;
    int camera = 0;  ///< 0 for Status
    int width = 0;   ///< of Resolution; even, 16 to 1920
    int height = 0;  ///< of Resolution; even, 16 to 1080

    bool operator==(const ControlCommand&) const = default;
};

/// A line as "freeze 3" or "resolution 3 640x360". Error: InvalidInput, with what would be right.
[[nodiscard]] base::Result<ControlCommand> parseControlLine(std::string_view line);

}  // namespace leedswatch::simulator
