#pragma once

#include "dispatch/jobs.h"
#include "ui/common/console_context.h"

#include <QTimer>
#include <QWidget>
#include <optional>

class QAction;
class QLabel;
class QPushButton;
class QSplitter;
class QTextBrowser;

namespace leedswatch::ui {

class CardList;
class DispatchBoard;

/// Mobile response: units with their status and the time in it, and keys that are out, at the left; open jobs with
/// their age against the target, and the sheet of the chosen one, at the right. Enter does what comes next.
class DispatchPage final : public QWidget {
    Q_OBJECT

public:
    DispatchPage(ConsoleContext& context, QWidget* parent);

    void takeFocus();
    [[nodiscard]] DispatchBoard& board() const { return *m_board; }
    /// Writes the sheet of the chosen job, as it is shown.
    void writeSheet(const QString& file);

Q_SIGNALS:
    void closed();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QAction* makeAction(const char* name, const QString& text, const QString& tip, const char* keys,
                        void (DispatchPage::*does)());
    void makeActions();
    void layOut();
    [[nodiscard]] QWidget* makeLeft();
    [[nodiscard]] QWidget* makeRight();
    [[nodiscard]] QWidget* makeHead(QWidget* parent);
    [[nodiscard]] QWidget* makeFoot(QWidget* parent);

    void follow();
    void showCards();
    void showCounts();
    void loadSheet();
    void showSheet();
    void showActions();
    void showMessage(const QString& sentence);
    /// What came of something; its error is shown.
    void told(const base::Result<void>& done);
    [[nodiscard]] const dispatch::Job* chosenJob() const;
    [[nodiscard]] const dispatch::Unit* chosenUnit() const;

    void goOnWithJob();
    void goOnWithUnit();
    void takeBackKeys();
    void advance(const dispatch::Job& job, dispatch::JobState to);
    void askForUnit();
    void askForReport();
    void addJob();
    void addJobFor(std::optional<dispatch::UnitId> unit);
    void standDown();
    void cancelJob();
    void addNote();
    void changeDuty();
    void goOnDuty(const dispatch::Unit& unit);
    void goOffDuty(const dispatch::Unit& unit);
    void changeAvailability();
    void askWhyUnavailable(const dispatch::Unit& unit);
    void checkIn();
    void showRegister();
    void showAttendance();
    void chooseSheetFile();
    void findJob();

    ConsoleContext& m_context;
    DispatchBoard* m_board;
    CardList* m_units;
    CardList* m_keys;
    CardList* m_jobs;
    QLabel* m_unitsHead;
    QLabel* m_keysHead;
    QLabel* m_jobsHead;
    QLabel* m_noUnits;
    QLabel* m_noKeys;
    QLabel* m_noJobs;
    QLabel* m_message;
    QTextBrowser* m_sheet;
    QPushButton* m_next = nullptr;
    QAction* m_newJob = nullptr;
    QAction* m_give = nullptr;
    QAction* m_standDown = nullptr;
    QAction* m_cancel = nullptr;
    QAction* m_note = nullptr;
    QAction* m_pdf = nullptr;
    QAction* m_find = nullptr;
    QAction* m_duty = nullptr;
    QAction* m_availability = nullptr;
    QAction* m_checkIn = nullptr;
    QAction* m_register = nullptr;
    QAction* m_attendance = nullptr;
    std::optional<dispatch::JobSheet> m_loaded;
    bool m_isLoading = false;
    bool m_isSheetStale = false;
    QTimer m_second;  ///< for the ages
};

}  // namespace leedswatch::ui
