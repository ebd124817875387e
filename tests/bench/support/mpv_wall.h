#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace leedswatch::bench {

/// User and system time of a process so far, in seconds; 0 if there is none of this number.
[[nodiscard]] double cpuOfProcess(long id);

struct MpvCost {
    double cores = 0;
    double pictures = 0;  ///< a second, all windows together; those that mpv says it left out are taken off
};

/// The peer of the wall: an mpv without sound and graphics card for each stream, in windows of 480x270 side by side,
/// four in a row, on the X server of DISPLAY. Measures for `duration` after `warmUp`; `rate` is that of each stream in
/// pictures a second. Nothing where mpv is not installed or one of them does not play; stderr says why.
[[nodiscard]] std::optional<MpvCost> measureMpvWall(const std::vector<std::string>& urls, double rate,
                                                    std::chrono::seconds warmUp, std::chrono::seconds duration);

}  // namespace leedswatch::bench
