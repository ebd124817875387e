#include "support/wait_until.h"

#include <thread>

namespace leedswatch::tests {

bool waitUntil(const std::function<bool()>& condition, std::chrono::milliseconds limit) {
    const auto deadline = std::chrono::steady_clock::now() + limit;
    while (!condition()) {
        if (std::chrono::steady_clock::now() > deadline) {
            return false;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{20});  // the poll interval
    }
    return true;
}

}  // namespace leedswatch::tests
