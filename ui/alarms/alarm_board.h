#pragma once

#include "response/alarm_queue.h"
#include "ui/common/console_context.h"
#include "ui/common/feed_listener.h"
#include "ui/common/worker.h"

#include <QObject>
#include <functional>

namespace leedswatch::ui {

/// The queue of alarms as a desk knows it: read anew whenever it changes, and told to those who show it. What a person
/// does to an alarm goes through it, on a worker. UI thread only.
class AlarmBoard final : public QObject {
    Q_OBJECT

public:
    AlarmBoard(ConsoleContext& context, QObject* parent);

    [[nodiscard]] const response::QueueSnapshot& queue() const { return m_queue; }
    /// Those that wait for this desk or for any, in their order.
    [[nodiscard]] const std::vector<response::Alarm>& waiting() const { return m_waiting; }
    /// Those that this person has, the oldest ownership first.
    [[nodiscard]] const std::vector<response::Alarm>& mine() const { return m_mine; }
    [[nodiscard]] bool mayAnswer() const;

    /// Somebody can see the queue now: what is in it counts as shown.
    void setSeen(bool isSeen);

    /// Does it on the worker and tells what came of it on this thread.
    template <typename Work, typename Done>
    void act(Work work, Done done) {
        m_worker.run(
            [&context = m_context, work = std::move(work)] {
                response::AlarmQueue queue{context.database};
                return work(queue, context.acting);
            },
            std::move(done));
    }

Q_SIGNALS:
    void changed();

private:
    void read();
    void take(const base::Result<response::QueueSnapshot>& queue);
    void markShown();

    ConsoleContext& m_context;
    response::QueueSnapshot m_queue;
    std::vector<response::Alarm> m_waiting;
    std::vector<response::Alarm> m_mine;
    bool m_isSeen = false;
    bool m_isReading = false;
    bool m_isStale = false;  ///< it has changed since it began to be read
    FeedListener m_feed;
    Worker m_worker;
};

}  // namespace leedswatch::ui
