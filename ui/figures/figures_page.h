#pragma once

#include "response/false_alarms.h"
#include "response/service_csv.h"
#include "response/service_figures.h"
#include "ui/common/console_context.h"
#include "ui/common/feed_listener.h"
#include "ui/common/worker.h"

#include <QWidget>
#include <optional>

class QAction;
class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTabBar;
class QTableView;

namespace leedswatch::ui {

class FiguresTable;

/// How quickly alarms were answered, against which targets; by shift, operator and hour; and which premises called for
/// nothing. For a period that is chosen; read on a worker, when the page is shown and whenever something else is
/// chosen. Supervisors set targets and shifts from here.
class FiguresPage final : public QWidget {
    Q_OBJECT

public:
    FiguresPage(ConsoleContext& context, QWidget* parent);

    /// Gives the keyboard to the choice of the period.
    void takeFocus();
    /// False while something is read.
    [[nodiscard]] bool isRead() const { return !m_isReading; }
    /// Writes what is shown to that file, for a spreadsheet.
    void exportTo(const QString& file);

Q_SIGNALS:
    void closed();

protected:
    void showEvent(QShowEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    /// What is asked for, as it was when it was asked.
    struct Wanted {
        std::optional<response::NamedPeriod> named;
        std::string from;
        std::string until;
        response::ServiceView view = response::ServiceView::Classes;
    };
    /// What came of it.
    struct Shown {
        response::ServiceView view = response::ServiceView::Classes;
        std::optional<response::ServiceReport> report;
        std::optional<response::FalseAlarmReport> falseAlarms;
    };

    [[nodiscard]] static base::Result<Shown> read(store::Database& database, const access::Acting& acting,
                                                  const Wanted& wanted);
    QAction* makeAction(const char* name, const QString& what, const char* key, void (FiguresPage::*does)());
    void makeActions();
    void makeTables();
    void layOut();
    [[nodiscard]] QWidget* makeHead();
    [[nodiscard]] QWidget* makeChoice();
    [[nodiscard]] QWidget* makeFoot();
    void connectParts();

    [[nodiscard]] Wanted wanted() const;
    void choosePeriod();
    void reload();
    void take(const base::Result<Shown>& shown);
    void showSheet();
    void showBehind();
    void showMessage(const QString& text, bool isProblem);
    void toggleRules();
    void askForFile();
    void editTargets();
    void editShifts();

    ConsoleContext& m_context;
    FiguresTable* m_figures;
    FiguresTable* m_measures;
    QComboBox* m_period;
    QLineEdit* m_from;
    QLineEdit* m_until;
    QTabBar* m_views;
    QLabel* m_heading;
    QTableView* m_table;
    QTableView* m_behind;
    QLabel* m_behindText;
    QLabel* m_empty;
    QLabel* m_rules;
    QLabel* m_message;
    QAction* m_export = nullptr;
    QAction* m_setTargets = nullptr;
    QAction* m_setShifts = nullptr;
    QAction* m_showRules = nullptr;
    QAction* m_again = nullptr;
    Shown m_shown;
    bool m_isReading = false;
    bool m_isStale = false;  ///< something else was chosen since it began to be read
    FeedListener* m_listener;
    Worker m_worker;
};

}  // namespace leedswatch::ui
