#pragma once

#include "base/weekly_schedule.h"

#include <QWidget>
#include <optional>

class QLabel;
class QLineEdit;

namespace leedswatch::ui {

/// A field for periods of the week, with what is wrong with them said under it once the keyboard has left it.
class ScheduleField final : public QWidget {
    Q_OBJECT

public:
    /// `name` begins the object names; `empty` is shown while there are no periods and says what that means.
    ScheduleField(const QString& name, const QString& empty, QWidget* parent);

    void setSchedule(const base::WeeklySchedule& schedule);
    /// Nothing: what is typed cannot be read, and why is shown.
    [[nodiscard]] std::optional<base::WeeklySchedule> schedule();
    void showProblem(const QString& sentence);
    [[nodiscard]] QLineEdit& edit() const { return *m_edit; }

private:
    QLineEdit* m_edit;
    QLabel* m_problem;
};

}  // namespace leedswatch::ui
