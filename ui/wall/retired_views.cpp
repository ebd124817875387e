#include "ui/wall/retired_views.h"

namespace leedswatch::ui {

namespace {

constexpr std::size_t mostAtOnce = 256;

}  // namespace

RetiredViews::RetiredViews()
    : m_queue{mostAtOnce}, m_thread{[this](const std::stop_token& stop) {
          while (auto task = m_queue.pop(stop)) {
              (*task)();
          }
      }} {}

void RetiredViews::retire(std::shared_ptr<video::LiveView> view) {
    if (view) {
        view->requestStop();
        destroy(std::move(view));
    }
}

void RetiredViews::presentAgain(std::shared_ptr<video::LiveView> view) {
    m_queue.tryPush([view = std::move(view)] { view->presentAgain(); });
}

void RetiredViews::destroy(std::shared_ptr<void> object) {
    m_queue.tryPush([object = std::move(object)]() mutable { object.reset(); });
}

}  // namespace leedswatch::ui
