#include "support/wait_until.h"

namespace leedswatch::tests {

bool Waiting::until(const std::function<bool()>& condition, std::chrono::milliseconds limit) {
    const auto deadline = std::chrono::steady_clock::now() + limit;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) {
            return false;
        }
        // A wake that comes just before this is waited for costs no more than one interval.
        std::unique_lock lock{m_mutex};
        m_woken.wait_for(lock, std::chrono::milliseconds{20});
    }
    return true;
}

bool waitUntil(const std::function<bool()>& condition, std::chrono::milliseconds limit) {
    return Waiting{}.until(condition, limit);
}

}  // namespace leedswatch::tests
