#pragma once

#include "base/result.h"

#include <chrono>
#include <stop_token>
#include <string>

// Two questions about a camera's host that libavformat's answer leaves open. `host` is "name", "name:port" or
// "[v6]:port".

namespace leedswatch::video {

/// Whether the host's name is known; a number always is. libavformat's own look-up cannot be interrupted and fails
/// without a reason. Errors: Unreachable (no such name, or no answer within `limit`), Cancelled.
[[nodiscard]] base::Result<void> checkHostName(const std::string& host, const std::stop_token& stop,
                                               std::chrono::milliseconds limit);

/// Whether somebody accepts a connection there within half a second.
[[nodiscard]] bool acceptsConnections(const std::string& host, const std::stop_token& stop);

}  // namespace leedswatch::video
