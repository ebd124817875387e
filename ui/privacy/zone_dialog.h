#pragma once

#include "estate/camera.h"
#include "ui/common/console_context.h"
#include "ui/common/worker.h"
#include "ui/privacy/camera_still.h"

#include <QDialog>

class QLabel;
class QPushButton;

namespace leedswatch::ui {

class ZoneCanvas;

/// Where an administrator draws the privacy zones of a camera on a still picture of it. The still is masked as any
/// other picture: what lies under the zones is seen here only while they are lifted.
class ZoneDialog final : public QDialog {
    Q_OBJECT

public:
    ZoneDialog(ConsoleContext& context, const estate::Camera& camera, CameraStill::Source still, QWidget* parent);

    [[nodiscard]] ZoneCanvas& canvas() const { return *m_canvas; }

private:
    void layOut();
    void loadZones();
    void showState();
    void save();

    ConsoleContext& m_context;
    const estate::Camera m_camera;
    ZoneCanvas* m_canvas;
    CameraStill* m_still;
    QLabel* m_state;
    QLabel* m_message;
    QPushButton* m_remove;
    QPushButton* m_save;
    Worker m_worker;
};

}  // namespace leedswatch::ui
