#include "ui/common/worker.h"

namespace leedswatch::ui {

Worker::Worker(QObject& page)
    : m_page{page}, m_queue{1000}, m_thread{[this](const std::stop_token& stop) {
          while (auto task = m_queue.pop(stop)) {
              (*task)();
          }
      }} {}

}  // namespace leedswatch::ui
