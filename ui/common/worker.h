#pragma once

#include "base/bounded_queue.h"

#include <QMetaObject>
#include <QObject>
#include <functional>
#include <thread>
#include <utility>

namespace leedswatch::ui {

/// One thread that does for a page what may take long (the store, Argon2, the disk), one thing after the other, and
/// brings each result back to the page's thread. Make it the last member of the page: its destructor waits for what is
/// still queued, so that nothing that was asked for is dropped, and no result arrives after the page has gone.
class Worker {
public:
    explicit Worker(QObject& page);

    /// `work()` runs on the thread, `done(result)` on the page's. False if 1,000 things are waiting already.
    template <typename Work, typename Done>
    bool run(Work work, Done done) {
        return m_queue.tryPush([page = &m_page, work = std::move(work), done = std::move(done)]() mutable {
            QMetaObject::invokeMethod(
                page, [result = work(), done = std::move(done)]() mutable { done(std::move(result)); },
                Qt::QueuedConnection);
        });
    }

private:
    QObject& m_page;
    base::BoundedQueue<std::function<void()>> m_queue;
    std::jthread m_thread;
};

}  // namespace leedswatch::ui
