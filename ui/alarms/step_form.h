#pragma once

#include "dispatch/key_bunch.h"
#include "dispatch/unit.h"
#include "estate/premises_details.h"
#include "response/alarm_queue.h"

#include <QString>
#include <QWidget>
#include <optional>
#include <vector>

class QComboBox;
class QLabel;
class QPushButton;
class QSpinBox;

namespace leedswatch::ui {

/// What a step that sends somebody is answered with: the units that can be sent, available ones first, and the keys
/// that are held for the premises.
struct SendChoice {
    std::vector<dispatch::Unit> units = {};
    std::vector<dispatch::KeyBunch> keys = {};
};

/// The step that comes next: what to do, what came of it, and one key, Enter, that writes it down. What is often
/// answered stands in the list of the field: arrows choose it, or it is typed. Knows nothing of the store.
class StepForm final : public QWidget {
    Q_OBJECT

public:
    explicit StepForm(QWidget* parent);

    /// The form of a step; what was typed stays if it is the same step of the same alarm as before. Whether it is
    /// another one.
    bool setStep(const response::AlarmRecord& record, const response::AlarmStep& step,
                 const std::optional<estate::PremisesCard>& card, const SendChoice& sending, base::UtcTime now);
    /// What is wrong with what was typed; empty takes it away.
    void showProblem(const QString& sentence);
    void clearAnswer();
    /// The keyboard goes to the field.
    void takeFocus();

Q_SIGNALS:
    void stepDone(const leedswatch::response::StepResult& result);
    /// A call that does not end the step: it is noted, and the next is tried.
    void attemptMade(const QString& words);
    void wordSaid(const QString& word);
    void closingWanted(const QString& outcome, const QString& words);

protected:
    /// Esc takes back what was typed before it leaves the alarms: what comes after it would be keys of the wall. Enter
    /// takes the outcome that is chosen.
    void keyPressEvent(QKeyEvent* event) override;

private:
    struct Answer {
        QString text;
        bool endsStep = true;
        bool confirms = false;
        std::optional<dispatch::UnitId> unit = {};  ///< that goes; what is typed behind it are its instructions
        bool operator==(const Answer&) const = default;
    };
    void layOut();
    void showGate(const response::StepGate* gate, const QString& facts);
    [[nodiscard]] std::vector<Answer> answersFor(const std::optional<estate::PremisesCard>& card) const;
    void fillAnswers(const std::vector<Answer>& answers);
    void setSending(const SendChoice& sending, bool isSame);
    void finish(bool isSkipped);
    [[nodiscard]] const Answer* chosen() const;
    /// The unit's job, if what was typed begins with one that goes.
    [[nodiscard]] std::optional<dispatch::NewJob> job(const QString& words) const;

    response::AlarmId m_alarm;
    int m_position = 0;
    response::StepKind m_kind = response::StepKind::Note;
    bool m_isClosed = false;  ///< the rules keep the step from being done: it is left out
    std::vector<Answer> m_answers;
    std::vector<dispatch::BunchId> m_keys;  ///< that are on their hooks
    QLabel* m_title;
    QLabel* m_text;
    QLabel* m_facts;
    QComboBox* m_outcome;
    QComboBox* m_answer;
    QWidget* m_targetRow;
    QSpinBox* m_target;
    QLabel* m_problem;
    QPushButton* m_done;
    QPushButton* m_skip;
};

}  // namespace leedswatch::ui
