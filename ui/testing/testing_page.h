#pragma once

#include "response/walk_tests.h"
#include "ui/common/console_context.h"

#include <QWidget>

class QLabel;
class QStackedWidget;
class QTabWidget;

namespace leedswatch::ui {

class CalendarPane;
class ResultsPane;
class RunningPane;
class TestingBoard;
class WalkScreen;

/// Where alarm systems are tested: what is on test, the calendar of planned tests, results; and a walk test across the
/// whole of it.
class TestingPage final : public QWidget {
    Q_OBJECT

public:
    TestingPage(ConsoleContext& context, TestingBoard& board, QWidget* parent);

    void takeFocus();
    void openWalk(response::WalkTestId walk);
    /// As from the band of the desk: what is due stands there.
    void showCalendar();
    [[nodiscard]] WalkScreen& walk() const { return *m_walk; }

Q_SIGNALS:
    void closed();

protected:
    void showEvent(QShowEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    [[nodiscard]] QWidget* makeHead(QWidget* parent);
    void addKey(const char* keys, int tab);
    void leaveWalk();
    void goTo(int tab);

    TestingBoard& m_board;
    QStackedWidget* m_stack;
    QTabWidget* m_tabs;
    RunningPane* m_running;
    CalendarPane* m_calendar;
    ResultsPane* m_results;
    WalkScreen* m_walk;
};

}  // namespace leedswatch::ui
