#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>

namespace leedswatch::tests {

/// Waits for what another thread brings, woken by it, and for what time alone brings, which it looks for every 20 ms.
class Waiting {
public:
    /// From any thread: something may have changed.
    void wake() { m_woken.notify_all(); }
    /// Asks until it is so or `limit` is over. The condition may call what calls wake().
    [[nodiscard]] bool until(const std::function<bool()>& condition, std::chrono::milliseconds limit);

private:
    std::mutex m_mutex;
    std::condition_variable m_woken;
};

/// The same for what another process does, which wakes nobody.
[[nodiscard]] bool waitUntil(const std::function<bool()>& condition, std::chrono::milliseconds limit);

}  // namespace leedswatch::tests
