#pragma once

#include "base/local_date.h"
#include "response/planned_tests.h"
#include "ui/common/console_context.h"
#include "ui/common/worker.h"

#include <QWidget>
#include <functional>
#include <map>
#include <optional>
#include <vector>

class QLabel;
class QPushButton;
class QTableView;

namespace leedswatch::ui {

class MonthView;
class PlainRows;
class TestingBoard;

/// The planned tests: a month at the left, at the right what is overdue and due today, and what is on the chosen day. A
/// test is started from its entry, and its result is recorded there.
class CalendarPane final : public QWidget {
    Q_OBJECT

public:
    CalendarPane(ConsoleContext& context, TestingBoard& board, QWidget* parent);

    void takeFocus();
    [[nodiscard]] MonthView& month() const { return *m_month; }

Q_SIGNALS:
    void walkBegun(response::WalkTestId walk);

protected:
    void showEvent(QShowEvent* event) override;

private:
    struct Shown {
        std::map<base::LocalDate, response::PlannedDay> days;
        std::vector<response::PlannedTest> ofDay;
    };
    [[nodiscard]] QWidget* makeLists();
    [[nodiscard]] QWidget* makeButtons();
    QTableView* makeTable(const char* name, const QString& label, PlainRows* model);
    void read();
    void show(const Shown& shown);
    void showDue();
    void showState();
    [[nodiscard]] base::LocalDate today() const;
    /// Of the table that has the keyboard, else of the one that had it last.
    [[nodiscard]] const response::PlannedTest* chosen() const;

    void plan();
    void change();
    void start();
    void record();
    void retire();
    void importFile();
    void exportFile();
    void tell(const QString& words, bool isProblem);

    ConsoleContext& m_context;
    TestingBoard& m_board;
    MonthView* m_month;
    QLabel* m_title;
    QLabel* m_dueTitle = nullptr;
    QLabel* m_dayTitle = nullptr;
    QLabel* m_detail = nullptr;
    QLabel* m_message = nullptr;
    PlainRows* m_dueModel;
    PlainRows* m_dayModel;
    QTableView* m_due = nullptr;
    QTableView* m_day = nullptr;
    QTableView* m_last = nullptr;  ///< of the two: the one that was used last
    QPushButton* m_plan = nullptr;
    QPushButton* m_change = nullptr;
    QPushButton* m_start = nullptr;
    QPushButton* m_record = nullptr;
    QPushButton* m_retire = nullptr;
    QPushButton* m_import = nullptr;
    QPushButton* m_export = nullptr;
    std::vector<response::PlannedTest> m_dueTests;
    std::vector<response::PlannedTest> m_dayTests;
    bool m_isReading = false;
    bool m_isStale = false;
    Worker m_worker;
};

}  // namespace leedswatch::ui
