#pragma once

#include <chrono>
#include <functional>

namespace leedswatch::tests {

/// Waits for what another process does: asks every 20 ms until it is so or `limit` is over. Inside one process wait on
/// a condition variable instead.
[[nodiscard]] bool waitUntil(const std::function<bool()>& condition, std::chrono::milliseconds limit);

}  // namespace leedswatch::tests
