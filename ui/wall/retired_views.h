#pragma once

#include "base/bounded_queue.h"
#include "video/live_view.h"

#include <memory>
#include <thread>

namespace leedswatch::ui {

/// Ends live views away from the UI thread: a view in the middle of connecting takes up to 100 ms to let go. The
/// destructor waits for those that are still ending.
class RetiredViews {
public:
    RetiredViews();

    void retire(std::unique_ptr<video::LiveView> view);

private:
    base::BoundedQueue<std::unique_ptr<video::LiveView>> m_queue;
    std::jthread m_thread;
};

}  // namespace leedswatch::ui
