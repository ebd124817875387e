#include "ui/common/feed_listener.h"

#include <QMetaObject>
#include <utility>

namespace leedswatch::ui {

FeedListener::FeedListener(store::ChangeFeed& feed, std::vector<std::string> topics, QObject* parent)
    : QObject{parent}, m_subscription{feed.subscribe(std::move(topics), [this] {
          if (!m_pending.exchange(true)) {
              QMetaObject::invokeMethod(
                  this, [this] { announce(); }, Qt::QueuedConnection);
          }
      })} {}

void FeedListener::announce() {
    m_pending = false;
    Q_EMIT changed();
}

}  // namespace leedswatch::ui
