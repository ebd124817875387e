#pragma once

#include "base/subscription.h"
#include "store/change_feed.h"

#include <QObject>
#include <atomic>
#include <string>
#include <vector>

namespace leedswatch::ui {

/// Brings the change feed's wake to the UI thread: any number of wakes before the event loop comes round are one
/// `changed`. It carries no data; whoever hears it reads a snapshot.
class FeedListener final : public QObject {
    Q_OBJECT

public:
    FeedListener(store::ChangeFeed& feed, std::vector<std::string> topics, QObject* parent);

Q_SIGNALS:
    void changed();

private:
    void announce();

    std::atomic<bool> m_pending = false;
    base::Subscription m_subscription;
};

}  // namespace leedswatch::ui
