#pragma once

#include "response/action_plan.h"

#include <QWidget>
#include <optional>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;

namespace leedswatch::ui {

class PlanStepsTable;

/// A plan as it is edited: a name, for which alarms at which premises and hours it holds, and its steps. Premises are
/// named by their reference. Knows nothing of the store.
class ActionPlanForm final : public QWidget {
    Q_OBJECT

public:
    explicit ActionPlanForm(QWidget* parent);

    /// `reference`: of the plan's premises. A standard plan is shown and cannot be edited.
    void setPlan(const response::ActionPlan& plan, const QString& reference, bool isEditable);
    /// A new one that begins as the one that is shown.
    void makeOwn();
    [[nodiscard]] bool isChanged() const { return m_isChanged; }
    void setChanged(bool isChanged);
    void showProblem(const QString& sentence);

    struct Written {
        response::ActionPlan plan;
        QString reference;  ///< of premises; empty: all
    };
    /// Nothing: the hours cannot be read, and the problem says so.
    [[nodiscard]] std::optional<Written> written();

Q_SIGNALS:
    void saveWanted();
    void retireWanted();
    void changedStateChanged();

private:
    void layOut();
    [[nodiscard]] QWidget* makeFields();
    [[nodiscard]] QWidget* makeFoot();
    void showState();
    void edited();

    response::PlanId m_id;
    bool m_isEditable = false;
    bool m_isChanged = false;
    bool m_isFilling = false;
    QLabel* m_title;
    QLineEdit* m_name;
    QComboBox* m_class;
    QLineEdit* m_premises;
    QLineEdit* m_kind;
    QLineEdit* m_hours;
    PlanStepsTable* m_steps;
    QLabel* m_problem;
    QPushButton* m_own;
    QPushButton* m_save;
    QPushButton* m_retire;
    QPushButton* m_add;
    QPushButton* m_remove;
    QPushButton* m_up;
    QPushButton* m_down;
};

}  // namespace leedswatch::ui
