#pragma once

#include "estate/camera.h"
#include "ui/common/console_context.h"
#include "ui/common/worker.h"
#include "ui/privacy/privacy_guard.h"
#include "video/full_picture.h"

#include <QDialog>
#include <functional>

class QLabel;
class QPushButton;

namespace leedswatch::ui {

class ZoneCanvas;

/// Where an administrator draws the privacy zones of a camera on a still picture of it. The still is masked as any
/// other picture: what lies under the zones is seen here only while they are lifted.
class ZoneDialog final : public QDialog {
    Q_OBJECT

public:
    /// The camera's newest picture; asked for on a worker's thread.
    using Still = std::function<base::Result<video::FullPicture>(const SharedMask&)>;

    ZoneDialog(ConsoleContext& context, const estate::Camera& camera, Still still, QWidget* parent);

    [[nodiscard]] ZoneCanvas& canvas() const { return *m_canvas; }

private:
    void layOut();
    void loadZones();
    void loadStill();
    void showState();
    void save();

    ConsoleContext& m_context;
    const estate::Camera m_camera;
    const Still m_still;
    SharedMask m_mask;
    ZoneCanvas* m_canvas;
    QLabel* m_state;
    QLabel* m_message;
    QPushButton* m_remove;
    QPushButton* m_save;
    Worker m_worker;
};

}  // namespace leedswatch::ui
