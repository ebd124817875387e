#pragma once

#include "analytics/motion_journal.h"
#include "estate/camera.h"
#include "ui/common/console_context.h"
#include "ui/common/feed_listener.h"
#include "ui/common/worker.h"

#include <QObject>
#include <QTimer>
#include <QWidget>
#include <optional>

namespace leedswatch::ui {

class TimelineView;

/// Keeps what moved on the timeline: reads it on a thread of its own for as much time as the timeline shows, again when
/// that changes or something more has moved, and finds the event before and behind a time.
class MotionLane final : public QObject {
    Q_OBJECT

public:
    MotionLane(ConsoleContext& context, TimelineView& timeline, QWidget& page);

    /// None: nothing is shown.
    void setCamera(const std::optional<estate::Camera>& camera);
    /// `foundEvent` or `foundNone` follows.
    void findNext(base::UtcTime from);
    void findPrevious(base::UtcTime from);

Q_SIGNALS:
    void foundEvent(leedswatch::base::UtcTime begin);
    void foundNone(const QString& refusal);

private:
    enum class Way { Back, On };
    struct Read;

    void readSoon();
    void read();
    void find(base::UtcTime from, Way way);

    ConsoleContext& m_context;
    TimelineView& m_timeline;
    QWidget& m_page;
    FeedListener m_feed;
    QTimer m_soon;
    std::optional<estate::CameraId> m_camera;
    int m_generation = 0;  ///< counts cameras: what was asked for an earlier one is dropped
    bool m_isReading = false;
    bool m_readAgain = false;  ///< what is shown has changed since it was asked for
    Worker m_worker;
};

}  // namespace leedswatch::ui
