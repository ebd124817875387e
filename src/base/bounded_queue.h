#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>

namespace leedswatch::base {

/// A queue between threads that cannot grow past its capacity. What happens when it is full is chosen at the call:
/// `push` blocks, `tryPush` refuses and counts. Thread-safe; every wait ends on the stop token.
template <typename T>
class BoundedQueue {
public:
    explicit BoundedQueue(std::size_t capacity) : m_capacity{capacity} {}

    /// Waits for room. False if stopped before there was any; then the value is not taken.
    bool push(T value, const std::stop_token& stop) {
        std::unique_lock lock{m_mutex};
        if (!m_changed.wait(lock, stop, [this] { return m_items.size() < m_capacity; })) {
            return false;
        }
        m_items.push_back(std::move(value));
        m_changed.notify_all();
        return true;
    }

    /// False, and counted, if the queue is full.
    bool tryPush(T value) {
        const std::scoped_lock lock{m_mutex};
        if (m_items.size() >= m_capacity) {
            ++m_refused;
            return false;
        }
        m_items.push_back(std::move(value));
        m_changed.notify_all();
        return true;
    }

    /// Waits for an item. On stop, what is still queued is handed out first; then nothing.
    std::optional<T> pop(const std::stop_token& stop) {
        std::unique_lock lock{m_mutex};
        m_changed.wait(lock, stop, [this] { return !m_items.empty(); });
        return takeFront();
    }

    std::optional<T> tryPop() {
        const std::scoped_lock lock{m_mutex};
        return takeFront();
    }

    [[nodiscard]] std::size_t size() const {
        const std::scoped_lock lock{m_mutex};
        return m_items.size();
    }

    [[nodiscard]] std::size_t refused() const {
        const std::scoped_lock lock{m_mutex};
        return m_refused;
    }

private:
    std::optional<T> takeFront() {
        if (m_items.empty()) {
            return std::nullopt;
        }
        std::optional<T> item{std::move(m_items.front())};
        m_items.pop_front();
        m_changed.notify_all();
        return item;
    }

    const std::size_t m_capacity;
    mutable std::mutex m_mutex;
    std::condition_variable_any m_changed;
    // Guarded by m_mutex.
    std::deque<T> m_items;
    std::size_t m_refused = 0;
};

}  // namespace leedswatch::base
