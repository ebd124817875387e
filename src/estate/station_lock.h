#pragma once

#include <filesystem>
#include <optional>

namespace leedswatch::estate {

/// The process id of the station that runs on this data folder, which is the one that holds DATA/run/station.lock.
/// Read from the kernel's table of locks: trying to take the lock could turn a station away that starts at this moment.
[[nodiscard]] std::optional<int> runningStation(const std::filesystem::path& dataFolder);

}  // namespace leedswatch::estate
