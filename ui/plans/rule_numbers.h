#pragma once

#include "response/response_policy.h"
#include "ui/common/console_context.h"
#include "ui/common/feed_listener.h"
#include "ui/common/worker.h"

#include <QWidget>
#include <optional>

class QLabel;
class QLineEdit;
class QTableWidget;

namespace leedswatch::ui {

/// The numbers of the rules, for all premises or for some: each with what it is, its unit, and the standard one. A
/// number is typed over and holds with Enter; an empty one gives the standard back.
class RuleNumbers final : public QWidget {
    Q_OBJECT

public:
    RuleNumbers(ConsoleContext& context, QWidget* parent);
    void takeFocus();

protected:
    void showEvent(QShowEvent* event) override;

private:
    struct Loaded {
        response::ResponsePolicy policy;
        QString reference;
    };
    void layOut();
    void makeRows();
    void reload();
    void take(const base::Result<Loaded>& loaded);
    void change(int row);
    void showMessage(const QString& sentence, bool isProblem);

    ConsoleContext& m_context;
    QLineEdit* m_premises;
    QTableWidget* m_table;
    QLabel* m_message;
    bool m_isFilling = false;
    QString m_problem;  ///< of the last change, until the next one
    FeedListener* m_listener;
    Worker m_worker;  ///< the last: see there
};

}  // namespace leedswatch::ui
