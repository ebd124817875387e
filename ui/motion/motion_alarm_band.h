#pragma once

#include "analytics/motion_journal.h"
#include "ui/common/console_context.h"
#include "ui/common/feed_listener.h"
#include "ui/common/worker.h"

#include <QTimer>
#include <QWidget>
#include <map>
#include <optional>
#include <vector>

class QLabel;
class QPushButton;

namespace leedswatch::ui {

class CameraDirectory;

/// Something moved before a camera while it was armed: the newest alarm of the last hours, across the whole desk, until
/// somebody at this desk has said that it was seen; then the newest of another camera. What was seen is remembered for
/// as long as the person is signed in. Without an alarm it takes no room.
class MotionAlarmBand final : public QWidget {
    Q_OBJECT

public:
    MotionAlarmBand(ConsoleContext& context, const CameraDirectory& directory, QWidget* parent);

Q_SIGNALS:
    void liveRequested(int camera);
    void recordingRequested(int camera, leedswatch::base::UtcTime time);

private:
    using Alarms = std::vector<analytics::RecordedMotion>;

    void layOut();
    void read();
    void showNewest();
    [[nodiscard]] bool isSeen(const analytics::RecordedMotion& alarm) const;
    [[nodiscard]] QString otherCameras() const;

    ConsoleContext& m_context;
    const CameraDirectory& m_directory;
    FeedListener m_feed;
    QLabel* m_what;
    QLabel* m_others;
    QPushButton* m_live;
    QPushButton* m_recording;
    QPushButton* m_seen;
    QTimer m_soon;
    Alarms m_alarms;  ///< the newest first
    std::optional<analytics::RecordedMotion> m_shown;
    int m_camera = 0;                                   ///< number of the shown one's
    std::map<estate::CameraId, std::int64_t> m_seenTo;  ///< the newest alarm of a camera that was seen
    Worker m_worker;
};

}  // namespace leedswatch::ui
