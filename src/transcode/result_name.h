#pragma once

#include <filesystem>
#include <functional>

namespace leedswatch::transcode {

/// A name in `folder` for what is made of `source`: its own with .mp4, else with _2, _3 … before that. Nothing of that
/// name is there, neither a file nor what an unfinished conversion keeps beside it, and `isTaken` says no.
[[nodiscard]] std::filesystem::path freeResultName(const std::filesystem::path& folder,
                                                   const std::filesystem::path& source,
                                                   const std::function<bool(const std::filesystem::path&)>& isTaken);

}  // namespace leedswatch::transcode
