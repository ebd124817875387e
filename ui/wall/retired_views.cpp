#include "ui/wall/retired_views.h"

namespace leedswatch::ui {

namespace {

constexpr std::size_t mostAtOnce = 256;

}  // namespace

RetiredViews::RetiredViews()
    : m_queue{mostAtOnce}, m_thread{[this](const std::stop_token& stop) {
          while (auto view = m_queue.pop(stop)) {
              view->reset();
          }
      }} {}

void RetiredViews::retire(std::unique_ptr<video::LiveView> view) {
    if (!view) {
        return;
    }
    view->requestStop();
    m_queue.tryPush(std::move(view));
}

}  // namespace leedswatch::ui
