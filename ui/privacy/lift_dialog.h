#pragma once

#include "estate/camera.h"
#include "ui/common/console_context.h"
#include "ui/common/worker.h"

#include <QDialog>

class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace leedswatch::ui {

class PasswordField;

/// Has the privacy zones of one camera lifted for some minutes: the reason, and the name and password of a second
/// person, who is at this desk. Closes when they are lifted; a refusal is said and nothing is lifted.
class LiftDialog final : public QDialog {
    Q_OBJECT

public:
    LiftDialog(ConsoleContext& context, const estate::Camera& camera, QWidget* parent);

private:
    void layOut();
    void submit();
    void showRefusal(const base::Error& error);
    void setBusy(bool busy);

    ConsoleContext& m_context;
    const estate::Camera m_camera;
    QLineEdit* m_reason;
    QSpinBox* m_minutes;
    QLineEdit* m_name;
    PasswordField* m_password;
    QLabel* m_message;
    QPushButton* m_lift;
    Worker m_worker;
};

}  // namespace leedswatch::ui
