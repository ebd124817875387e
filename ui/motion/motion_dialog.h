#pragma once

#include "analytics/motion_plan.h"
#include "estate/camera.h"
#include "ui/common/console_context.h"
#include "ui/common/worker.h"
#include "ui/privacy/camera_still.h"

#include <QDialog>
#include <optional>

class QCheckBox;
class QLabel;
class QPushButton;
class QTabWidget;

namespace leedswatch::ui {

class MotionPicture;
class MotionProfilePane;
class ScheduleField;

/// How one camera is watched for motion: where in its picture, what counts by day and by night, when, and what it
/// leads to. Closes when it is saved; a refusal is said next to what it is about.
class MotionDialog final : public QDialog {
    Q_OBJECT

public:
    MotionDialog(ConsoleContext& context, const estate::Camera& camera, CameraStill::Source still, QWidget* parent);

    [[nodiscard]] MotionPicture& picture() const { return *m_picture; }
    /// The stored plan has been read, or refused.
    [[nodiscard]] bool isLoaded() const { return m_isLoaded; }

private:
    void nameFields();
    void layOut();
    [[nodiscard]] QWidget* makeSettings();
    [[nodiscard]] QWidget* makeFoot();
    void connectParts();
    void load();
    void take(const base::Result<std::optional<analytics::MotionPlan>>& stored);
    void showPlan(const analytics::MotionPlan& plan);
    void showState();
    void showMessage(const QString& text);
    [[nodiscard]] MotionProfilePane& profile() const;
    /// Nothing: something cannot be read, and what is said next to it.
    [[nodiscard]] std::optional<analytics::MotionPlan> planShown() const;
    void save();

    ConsoleContext& m_context;
    const estate::Camera m_camera;
    MotionPicture* m_picture;
    CameraStill* m_still;
    QCheckBox* m_isOn;
    QTabWidget* m_profiles;
    MotionProfilePane* m_day;
    MotionProfilePane* m_night;
    QPushButton* m_asByDay;
    ScheduleField* m_schedule;
    QCheckBox* m_startsRecording;
    QCheckBox* m_alarms;
    ScheduleField* m_armed;
    QLabel* m_message;
    QPushButton* m_cancel;
    QPushButton* m_save;
    bool m_isLoaded = false;
    bool m_isSaving = false;
    Worker m_worker;
};

}  // namespace leedswatch::ui
