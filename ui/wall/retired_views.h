#pragma once

#include "base/bounded_queue.h"
#include "video/live_view.h"

#include <functional>
#include <memory>
#include <thread>

namespace leedswatch::ui {

/// Does for live views what would hold up the UI thread. Ending one: a view in the middle of connecting takes up to
/// 100 ms to let go. Making a picture anew that no other follows: that takes as long as scaling it. The destructor
/// waits for what is still ending.
class RetiredViews {
public:
    RetiredViews();

    void retire(std::shared_ptr<video::LiveView> view);
    void presentAgain(std::shared_ptr<video::LiveView> view);
    /// Anything else whose end takes a moment.
    void destroy(std::shared_ptr<void> object);

private:
    base::BoundedQueue<std::function<void()>> m_queue;
    std::jthread m_thread;
};

}  // namespace leedswatch::ui
