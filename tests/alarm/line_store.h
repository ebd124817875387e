#pragma once

#include "alarm/signal_store.h"
#include "support/wait_until.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <string>
#include <vector>

namespace leedswatch::tests {

/// A store of receivers' lines in memory: finishes at once, fails, or waits until it is told to go on.
class LineStore final : public alarm::SignalStore {
public:
    void store(alarm::ReceivedSignal signal, std::function<void(bool)> stored) override {
        {
            const std::scoped_lock lock{m_mutex};
            m_signals.push_back(std::move(signal));
            if (waits) {
                m_unfinished.push_back(std::move(stored));
                return;
            }
        }
        stored(!fails);
    }
    void saw(const alarm::Supervision& /*supervision*/, base::UtcTime /*when*/) override {}
    bool isUrgent(const alarm::ReceivedSignal& /*signal*/) const override { return false; }

    void finish(bool isStored = true) {
        std::vector<std::function<void(bool)>> unfinished;
        {
            const std::scoped_lock lock{m_mutex};
            unfinished.swap(m_unfinished);
        }
        for (const auto& stored : unfinished) {
            stored(isStored);
        }
    }
    std::vector<alarm::ReceivedSignal> signals() const {
        const std::scoped_lock lock{m_mutex};
        return m_signals;
    }
    /// How many different events there are: a line that was sent again has the number of the first.
    std::size_t events() const {
        std::vector<std::string> keys;
        for (const alarm::ReceivedSignal& signal : signals()) {
            keys.push_back(signal.repetitionKey());
        }
        std::sort(keys.begin(), keys.end());
        return static_cast<std::size_t>(std::unique(keys.begin(), keys.end()) - keys.begin());
    }
    bool has(std::size_t count) const {
        return waitUntil([&] { return signals().size() >= count; }, std::chrono::seconds{20});
    }

    std::atomic<bool> fails = false;
    std::atomic<bool> waits = false;

private:
    mutable std::mutex m_mutex;
    std::vector<alarm::ReceivedSignal> m_signals;
    std::vector<std::function<void(bool)>> m_unfinished;
};

}  // namespace leedswatch::tests
