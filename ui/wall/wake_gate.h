#pragma once

#include <QMetaObject>
#include <QObject>
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>

namespace leedswatch::ui {

/// The bell between a decoding thread and the UI thread. However often it is rung before the event loop comes round,
/// the object is told once; after `close` it is told no more, although the ringing thread may go on for a moment.
class WakeGate final : public std::enable_shared_from_this<WakeGate> {
public:
    WakeGate(QObject& target, std::function<void()> told) : m_target{&target}, m_told{std::move(told)} {}

    /// Any thread.
    void ring() {
        const std::scoped_lock lock{m_mutex};
        if (m_target == nullptr || m_pending.exchange(true)) {
            return;
        }
        QMetaObject::invokeMethod(
            m_target, [self = shared_from_this()] { self->tell(); }, Qt::QueuedConnection);
    }

    /// UI thread.
    void close() {
        const std::scoped_lock lock{m_mutex};
        m_target = nullptr;
    }

private:
    void tell() {
        m_pending = false;
        {
            const std::scoped_lock lock{m_mutex};
            if (m_target == nullptr) {
                return;
            }
        }
        m_told();
    }

    std::mutex m_mutex;
    QObject* m_target;  // Guarded by m_mutex.
    std::atomic<bool> m_pending = false;
    const std::function<void()> m_told;
};

}  // namespace leedswatch::ui
