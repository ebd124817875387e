#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <utility>

namespace leedswatch::base {

/// Holds the newest value and forgets the older ones: the way from a decoding thread to a painter that may be slower.
/// `publish` wakes the reader once, however many values are published before it takes one. Thread-safe.
template <typename T>
class LatestSlot {
public:
    /// `wake` is called on the publishing thread, without a lock held; it must not block and carries no data.
    explicit LatestSlot(std::function<void()> wake) : m_wake{std::move(wake)} {}

    void publish(std::shared_ptr<const T> value) {
        bool first = false;
        {
            const std::scoped_lock lock{m_mutex};
            m_value = std::move(value);
            ++m_published;
            first = !std::exchange(m_wakePending, true);
        }
        if (first && m_wake) {
            m_wake();
        }
    }

    /// The newest value (null if none was published yet); the next publish wakes again.
    [[nodiscard]] std::shared_ptr<const T> take() {
        const std::scoped_lock lock{m_mutex};
        m_wakePending = false;
        return m_value;
    }

    [[nodiscard]] std::uint64_t published() const {
        const std::scoped_lock lock{m_mutex};
        return m_published;
    }

private:
    const std::function<void()> m_wake;
    mutable std::mutex m_mutex;
    // Guarded by m_mutex.
    std::shared_ptr<const T> m_value;
    std::uint64_t m_published = 0;
    bool m_wakePending = false;
};

}  // namespace leedswatch::base
