#pragma once

#include "response/action_plan.h"

#include <QTableWidget>
#include <vector>

namespace leedswatch::ui {

/// The steps of a plan, one a row: what kind, what to do, when, and whether it must be done. The last is always the
/// outcome, and cannot be moved or taken away. Alt+Up and Alt+Down move a step, Ins adds one below, Del takes it away.
class PlanStepsTable final : public QTableWidget {
    Q_OBJECT

public:
    explicit PlanStepsTable(QWidget* parent);

    void setSteps(const std::vector<response::PlanStep>& steps);
    [[nodiscard]] std::vector<response::PlanStep> steps() const;
    void setReadOnly(bool isReadOnly);

    void addStep();
    void removeStep();
    void moveStep(int by);

Q_SIGNALS:
    void edited();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    /// A step that becomes the current one does not take the keyboard away from the list of plans.
    bool edit(const QModelIndex& index, EditTrigger trigger, QEvent* event) override;

private:
    void fillRow(int row, const response::PlanStep& step);
    [[nodiscard]] response::PlanStep stepOf(int row) const;
    [[nodiscard]] bool isLast(int row) const { return row == rowCount() - 1; }

    bool m_isReadOnly = false;
};

}  // namespace leedswatch::ui
