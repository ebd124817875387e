#pragma once

#include "base/result.h"

#include <chrono>
#include <string_view>

namespace leedswatch::simulator {

/// What may be commanded while the simulator runs.
struct ControlCommand {
    enum class Kind {
        Stop,
        Start,
        Reboot,
        Freeze,
        Black,
        Noise,
        Clear,
        Drop,
        Refuse,
        Stall,
        Hang,
        Resolution,
        Timestamps,
        Clock,
        Status
    };
    /// What is wrong with RTP's times: an hour ahead, an hour back, standing still, about to wrap; or packets that are
    /// left out.
    enum class TimeFault { Jump, Back, Repeat, Wrap, Drop };

    Kind kind = Kind::Status;
    int camera = 0;                     ///< 0 for Status
    int width = 0;                      ///< of Resolution; even, 16 to 1920
    int height = 0;                     ///< of Resolution; even, 16 to 1080
    std::chrono::seconds time{0};       ///< of Reboot, 1 to 3600; of Clock, up to ten years ahead or behind
    TimeFault fault = TimeFault::Jump;  ///< of Timestamps

    bool operator==(const ControlCommand&) const = default;
};

/// A line as "freeze 3", "resolution 3 640x360", "reboot 3 20", "timestamps 3 jump" or "clock 3 +3600". Error:
/// InvalidInput, with what would be right.
[[nodiscard]] base::Result<ControlCommand> parseControlLine(std::string_view line);

}  // namespace leedswatch::simulator
