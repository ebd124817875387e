#pragma once

#include "ui/common/console_context.h"
#include "ui/common/feed_listener.h"
#include "ui/common/worker.h"
#include "video/timeline.h"

#include <QTimer>
#include <QWidget>
#include <memory>
#include <optional>

namespace leedswatch::ui {

/// A value that is read once and then shared by all that show it.
using SharedTimeline = std::shared_ptr<const video::RecordedTimeline>;

/// Reads on a thread of its own what is recorded of one camera, and while the page is seen again what has come since.
class RecordingLoader final : public QObject {
    Q_OBJECT

public:
    RecordingLoader(ConsoleContext& context, QWidget& page);

    /// Returns at once; `opened` or `failed` follows. What was asked for an earlier camera is not told of any more.
    void open(int cameraNumber);

    /// Null until it has been read.
    [[nodiscard]] const SharedTimeline& timeline() const { return m_timeline; }
    [[nodiscard]] bool hasRecordings() const { return m_timeline && !m_timeline->recorded().empty(); }

Q_SIGNALS:
    void opened(const leedswatch::estate::Camera& camera);
    /// The timeline is another one than before; `first` if nothing was recorded before.
    void extended(bool first);
    void failed(const leedswatch::base::Error& error);

private:
    struct Loaded;

    void takeLoaded(Loaded loaded);
    void reloadSoon();
    void reload();
    void takeReloaded(base::Result<SharedTimeline> timeline);

    ConsoleContext& m_context;
    QWidget& m_page;
    FeedListener m_feed;
    QTimer m_reloadTimer;
    int m_generation = 0;  // counts openings: what was asked for an earlier camera is dropped
    std::optional<estate::CameraId> m_camera;
    SharedTimeline m_timeline;
    Worker m_worker;
};

}  // namespace leedswatch::ui
