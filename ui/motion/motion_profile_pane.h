#pragma once

#include "analytics/motion_plan.h"

#include <QWidget>

class QDoubleSpinBox;
class QSlider;
class QSpinBox;
class QVBoxLayout;

namespace leedswatch::ui {

/// What counts by day, or by night: how little a thing may differ from what is behind it, and how tall the least one
/// is.
class MotionProfilePane final : public QWidget {
    Q_OBJECT

public:
    /// `name` begins the object names of its fields.
    MotionProfilePane(const QString& name, const QString& when, QWidget* parent);

    void setProfile(const analytics::MotionPlan::Profile& profile);
    [[nodiscard]] analytics::MotionPlan::Profile profile() const;
    void setLeastHeight(const analytics::LeastHeight& leastHeight);
    /// At the foot of the pane.
    void add(QWidget& widget);

Q_SIGNALS:
    void changed();

private:
    [[nodiscard]] QDoubleSpinBox* makeHeight(const QString& name, const QString& what);

    QSlider* m_slider;
    QSpinBox* m_sensitivity;
    QDoubleSpinBox* m_near;
    QDoubleSpinBox* m_far;
    QVBoxLayout* m_layout;
};

}  // namespace leedswatch::ui
