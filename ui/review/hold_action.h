#pragma once

#include "estate/camera.h"
#include "ui/common/console_context.h"
#include "ui/common/feed_listener.h"
#include "ui/common/worker.h"
#include "video/segment.h"

#include <QObject>
#include <optional>
#include <vector>

namespace leedswatch::ui {

/// What is held of the camera that is open, and the way to hold more: a dialog asks for the reason, and what came too
/// late is told in it.
class HoldAction final : public QObject {
    Q_OBJECT

public:
    HoldAction(ConsoleContext& context, QWidget* page);

    void setCamera(std::optional<estate::Camera> camera);
    /// Opens the dialog; nothing without a camera.
    void ask(video::TimeRange range);

Q_SIGNALS:
    void heldChanged(const std::vector<leedswatch::video::TimeRange>& held);

private:
    void read();

    ConsoleContext& m_context;
    QWidget* m_page;
    FeedListener m_feed;
    std::optional<estate::Camera> m_camera;
    Worker m_worker;
};

}  // namespace leedswatch::ui
