#pragma once

#include "response/walk_tests.h"
#include "ui/common/console_context.h"
#include "ui/common/worker.h"

#include <QTimer>
#include <QWidget>

class QLabel;
class QPushButton;
class QTableView;

namespace leedswatch::ui {

class PlainRows;
class TestingBoard;

/// What is on test now, and the notices of what was: a system is put on test here, kept on it, taken off it.
class RunningPane final : public QWidget {
    Q_OBJECT

public:
    RunningPane(ConsoleContext& context, TestingBoard& board, QWidget* parent);

    void takeFocus();
    void begin();

Q_SIGNALS:
    void walkWanted(response::WalkTestId walk);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QTableView* makeTable(const char* name, const QString& label, PlainRows* model);
    [[nodiscard]] QWidget* makeButtons();
    void show();
    void showState();
    [[nodiscard]] const response::RunningTest* chosen() const;
    void walk();
    void prolong();
    void end();
    void showNotice();
    void tell(const QString& words, bool isProblem);

    ConsoleContext& m_context;
    TestingBoard& m_board;
    QLabel* m_title;
    QLabel* m_empty;
    QLabel* m_message;
    PlainRows* m_running;
    PlainRows* m_notices;
    QTableView* m_runningTable;
    QTableView* m_noticesTable;
    QPushButton* m_begin = nullptr;
    QPushButton* m_walk = nullptr;
    QPushButton* m_prolong = nullptr;
    QPushButton* m_end = nullptr;
    QTimer m_second;
    Worker m_worker;
};

}  // namespace leedswatch::ui
