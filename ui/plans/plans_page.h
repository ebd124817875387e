#pragma once

#include "response/action_plan.h"
#include "ui/common/console_context.h"
#include "ui/common/feed_listener.h"
#include "ui/common/worker.h"

#include <QWidget>
#include <functional>
#include <optional>
#include <vector>

class QLabel;
class QLineEdit;
class QListWidget;
class QTabWidget;

namespace leedswatch::ui {

class ActionPlanForm;
class RuleNumbers;

/// Where supervisors edit what is to be done about alarms: the plans of each class, standard ones first, and the
/// numbers of the rules. A plan that somebody else changes meanwhile is not written over: saving says so.
class PlansPage final : public QWidget {
    Q_OBJECT

public:
    PlansPage(ConsoleContext& context, QWidget* parent);

    void takeFocus();

Q_SIGNALS:
    void closed();

protected:
    void showEvent(QShowEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    /// A line of the list.
    struct Row {
        response::ActionPlan plan;
        QString reference;  ///< of its premises
        bool isStandard = true;
    };
    using Rows = std::vector<Row>;

    void layOut();
    [[nodiscard]] QWidget* makeList();
    [[nodiscard]] static base::Result<Rows> read(ConsoleContext& context);
    void reload();
    void take(const base::Result<Rows>& rows);
    void fillList();
    void choose(int row);
    void showRow(int row);
    void save();
    void retire();
    void tell(const base::Result<response::PlanId>& saved);
    void askBeforeLeaving(std::function<void()> leave);

    ConsoleContext& m_context;
    QTabWidget* m_tabs;
    QLineEdit* m_filter;
    QListWidget* m_list;
    QLabel* m_message;
    ActionPlanForm* m_form;
    RuleNumbers* m_numbers;
    Rows m_rows;
    int m_shown = -1;                          ///< the row of m_rows that the form shows; -1: none, or a new one
    std::optional<response::PlanId> m_wanted;  ///< to be shown when the list is read anew
    FeedListener* m_listener;
    Worker m_worker;  ///< the last: see there
};

}  // namespace leedswatch::ui
