#pragma once

#include "estate/premises_details.h"
#include "response/alarm_queue.h"
#include "ui/alarms/step_form.h"
#include "ui/common/console_context.h"

#include <QWidget>
#include <optional>

class QAction;
class QLabel;
class QPushButton;
class QTextBrowser;
class QToolButton;

namespace leedswatch::ui {

class AlarmBoard;
class AlarmMark;

/// One alarm: what it is, who has it, the steps and the one that comes next, and its record. Reads it anew whenever the
/// queue changes; while a word is being compared or a step written it waits.
class AlarmPane final : public QWidget {
    Q_OBJECT

public:
    AlarmPane(ConsoleContext& context, AlarmBoard& board, QWidget* parent);

    /// Nothing: the pane is empty.
    void show(std::optional<response::AlarmId> alarm);
    [[nodiscard]] std::optional<response::AlarmId> alarm() const { return m_alarm; }
    /// Takes it if it waits; else the keyboard goes to the step that is next.
    void goOn();
    void takeFocus();
    /// For who asked for the alarm: the keyboard goes to it as soon as it has been read.
    void takeFocusOnceLoaded();

Q_SIGNALS:
    /// The alarm as it is now, and the numbers of the cameras that look at its place.
    void loaded(const leedswatch::response::Alarm& alarm, const std::vector<int>& cameras);
    /// It was closed, put off or given away by this person.
    void finished();

private:
    struct Loaded {
        response::AlarmRecord record;
        std::optional<estate::PremisesCard> card;
        std::vector<int> cameras;
        SendChoice sending = {};  ///< read if the next step sends somebody
    };
    void layOut();
    [[nodiscard]] QWidget* makeHead();
    [[nodiscard]] QWidget* makeFoot();
    QAction* makeAction(const QString& name, const QString& text, const QString& tip, void (AlarmPane::*does)());
    void load();
    [[nodiscard]] static base::Result<void> readSending(ConsoleContext& context, Loaded& loaded);
    [[nodiscard]] static base::Result<Loaded> read(ConsoleContext& context, response::AlarmId alarm);
    void take(const Loaded& loaded);
    void showHead();
    void showSteps();
    void showRecord();
    [[nodiscard]] bool isWritingElsewhere() const;
    void showState();

    void take();
    void takeOverAsked();
    void completeStep(const response::StepResult& result);
    void compareWord(const QString& word);
    /// Asks first while somebody is out for it.
    void closeAsked(const QString& outcome, const QString& words);
    void close(const QString& outcome, const QString& words);
    /// Lines of the jobs that are open; empty: none is.
    [[nodiscard]] QStringList openJobs() const;
    void addNote();
    void putOff();
    void forward();
    void giveBack();
    void closeEarly();
    void showMessage(const QString& sentence);
    void told(const base::Result<void>& done, bool ends);
    [[nodiscard]] bool isMine() const;

    ConsoleContext& m_context;
    AlarmBoard& m_board;
    std::optional<response::AlarmId> m_alarm;
    std::optional<Loaded> m_loaded;
    bool m_isFocusWanted = false;
    bool m_isRecordFollowed = true;  ///< its newest line stays in view, until somebody scrolls up
    AlarmMark* m_mark;
    QLabel* m_title;
    QLabel* m_number;
    QLabel* m_place;
    QLabel* m_what;
    QLabel* m_state;
    QLabel* m_jobs;  ///< who is out for it
    QLabel* m_steps;
    StepForm* m_form;
    QPushButton* m_take;
    QLabel* m_message;
    QTextBrowser* m_record;
    QWidget* m_body;
    QLabel* m_empty;
    QAction* m_note = nullptr;
    QAction* m_putOff = nullptr;
    QAction* m_forward = nullptr;
    QAction* m_giveBack = nullptr;
    QAction* m_closeEarly = nullptr;
};

}  // namespace leedswatch::ui
