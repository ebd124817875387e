#include "ui/alarms/step_form.h"

#include "response/alarm_outcome.h"
#include "ui/alarms/record_text.h"
#include "ui/alarms/step_words.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QShortcut>
#include <QSpinBox>
#include <QVBoxLayout>
#include <algorithm>

namespace leedswatch::ui {

using response::StepKind;

namespace {

constexpr int usualMinutes = 20;
constexpr int mostMinutes = 1'440;

}  // namespace

StepForm::StepForm(QWidget* parent)
    : QWidget{parent},
      m_title{new QLabel{this}},
      m_text{theme::makeText(theme::LabelKind::Body, this)},
      m_facts{theme::makeText(theme::LabelKind::Hint, this)},
      m_outcome{new QComboBox{this}},
      m_answer{new QComboBox{this}},
      m_targetRow{new QWidget{this}},
      m_target{new QSpinBox{m_targetRow}},
      m_problem{theme::makeText(theme::LabelKind::Refusal, this)},
      m_done{new QPushButton{this}},
      m_skip{new QPushButton{QStringLiteral("Not needed  (Shift+Enter)"), this}} {
    setObjectName(QStringLiteral("stepForm"));
    setAttribute(Qt::WA_StyledBackground);
    m_title->setFont(theme::font(theme::TextSize::Body, QFont::DemiBold));
    m_text->setFont(theme::font(theme::TextSize::Title));
    m_title->setObjectName(QStringLiteral("stepTitleLabel"));
    m_text->setObjectName(QStringLiteral("stepTextLabel"));
    m_facts->setObjectName(QStringLiteral("stepFactsLabel"));
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_facts->setTextFormat(Qt::PlainText);
    m_outcome->setObjectName(QStringLiteral("outcomeComboBox"));
    m_outcome->setAccessibleName(QStringLiteral("What was it?"));
    m_outcome->addItem(QStringLiteral("Choose…"));
    for (const response::AlarmOutcome& outcome : response::alarmOutcomes()) {
        m_outcome->addItem(toQt(outcome.title), toQt(outcome.code));
    }
    m_answer->setObjectName(QStringLiteral("answerComboBox"));
    m_answer->setEditable(true);
    m_answer->setInsertPolicy(QComboBox::NoInsert);
    m_answer->setCompleter(nullptr);
    m_answer->setMaxVisibleItems(12);
    m_problem->setObjectName(QStringLiteral("stepProblemLabel"));
    m_done->setObjectName(QStringLiteral("stepDonePushButton"));
    m_skip->setObjectName(QStringLiteral("stepSkipPushButton"));
    m_skip->setToolTip(QStringLiteral("The step is not needed here: write why, then press this (Shift+Enter)"));
    theme::setButtonKind(*m_done, theme::ButtonKind::Primary);
    // Whoever went there with Tab presses it with Enter, too.
    m_done->setAutoDefault(true);
    m_skip->setAutoDefault(true);
    layOut();
    connect(m_answer->lineEdit(), &QLineEdit::returnPressed, this, [this] { finish(false); });
    connect(m_done, &QPushButton::clicked, this, [this] { finish(false); });
    connect(m_skip, &QPushButton::clicked, this, [this] { finish(true); });
    for (const int key : {Qt::Key_Return, Qt::Key_Enter}) {
        auto* notNeeded = new QShortcut{QKeySequence{Qt::SHIFT | key}, this};
        notNeeded->setContext(Qt::WidgetWithChildrenShortcut);
        // Through the button: what is not offered is not done by its key either.
        connect(notNeeded, &QShortcut::activated, m_skip, [skip = m_skip] {
            if (skip->isVisible()) {
                skip->click();
            }
        });
    }
}

void StepForm::layOut() {
    m_target->setObjectName(QStringLiteral("stepTargetSpinBox"));
    m_target->setAccessibleName(QStringLiteral("There within"));
    m_target->setRange(1, mostMinutes);
    m_target->setValue(usualMinutes);
    m_target->setSuffix(QStringLiteral(" minutes"));
    auto* within = new QLabel{QStringLiteral("There within"), m_targetRow};
    theme::setLabelKind(*within, theme::LabelKind::Dim);
    auto* target = new QHBoxLayout{m_targetRow};
    target->setContentsMargins(0, 0, 0, 0);
    target->addWidget(within);
    target->addWidget(m_target);
    target->addStretch(1);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_done);
    buttons->addWidget(m_skip);
    buttons->addStretch(1);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(8);
    for (QWidget* widget : {static_cast<QWidget*>(m_title), static_cast<QWidget*>(m_text),
                            static_cast<QWidget*>(m_facts), static_cast<QWidget*>(m_outcome),
                            static_cast<QWidget*>(m_answer), m_targetRow, static_cast<QWidget*>(m_problem)}) {
        layout->addWidget(widget);
    }
    layout->addLayout(buttons);
}

bool StepForm::setStep(const response::AlarmRecord& record, const response::AlarmStep& step,
                       const std::optional<estate::PremisesCard>& card, const SendChoice& sending, base::UtcTime now) {
    const bool isSame = m_alarm == record.alarm.id && m_position == step.position;
    m_alarm = record.alarm.id;
    m_position = step.position;
    m_kind = step.step.kind;
    const auto shown = stepsToShow(record);
    m_title->setText(
        QStringLiteral("Step %1 of %2  ·  %3%4")
            .arg(1 + std::ranges::count_if(shown, [&](const auto* other) { return other->position < step.position; }))
            .arg(shown.size())
            .arg(nameOfStep(m_kind), step.step.isRequired ? QString{} : QStringLiteral("  ·  if it helps")));
    m_text->setText(toQt(step.step.text));
    const response::StepGate* gate = response::gateOf(record, step.position);
    showGate(gate, m_kind == StepKind::Dispatch ? sendingFacts(sending.units, sending.keys, now)
                                                : factsForStep(m_kind, card, now));
    const bool isOutcome = m_kind == StepKind::Outcome;
    m_outcome->setVisible(isOutcome);
    m_skip->setVisible(!isOutcome && !m_isClosed);
    m_done->setText(isOutcome                      ? QStringLiteral("Close the alarm")
                    : m_isClosed                   ? QStringLiteral("Leave it out  (Enter)")
                    : m_kind == StepKind::Password ? QStringLiteral("Compare  (Enter)")
                                                   : QStringLiteral("Done  (Enter)"));
    setSending(sending, isSame);
    if (isSame) {
        return false;
    }
    m_outcome->setCurrentIndex(0);
    fillAnswers(answersFor(card));
    if (m_isClosed) {
        m_answer->setEditText(QStringLiteral("Not called. ") + gateReasons(*gate));
        m_answer->lineEdit()->setCursorPosition(0);
    }
    showProblem({});
    return true;
}

void StepForm::showGate(const response::StepGate* gate, const QString& facts) {
    m_isClosed = gate != nullptr && gate->isClosed;
    QStringList lines;
    if (gate != nullptr && !gate->facts.empty()) {
        lines << toQt(gate->facts);
    }
    if (gate != nullptr && !gate->reasons.empty()) {
        lines << (m_isClosed ? QStringLiteral("Not to be done: ") : QString{}) + gateReasons(*gate);
    }
    if (!facts.isEmpty()) {
        lines << facts;
    }
    theme::setLabelKind(*m_facts, m_isClosed ? theme::LabelKind::Refusal : theme::LabelKind::Hint);
    m_facts->setText(lines.join(QLatin1Char('\n')));
    m_facts->setVisible(!lines.isEmpty());
}

std::vector<StepForm::Answer> StepForm::answersFor(const std::optional<estate::PremisesCard>& card) const {
    std::vector<Answer> answers;
    switch (m_kind) {
        case StepKind::Call:
            answers = {{QStringLiteral("No answer")},
                       {QStringLiteral("Engaged")},
                       {QStringLiteral("Somebody answers: all is well")},
                       {QStringLiteral("Somebody answers: it is real"), true, true}};
            break;
        case StepKind::Camera:
            answers = {{QStringLiteral("Nothing unusual is to be seen")},
                       {QStringLiteral("There are no cameras here")},
                       {QStringLiteral("People are where nobody should be"), true, true},
                       {QStringLiteral("Fire or smoke is to be seen"), true, true}};
            break;
        case StepKind::Keyholders:
            for (const estate::Keyholder& one : card ? card->keyholders : std::vector<estate::Keyholder>{}) {
                const QString name = toQt(one.name);
                answers.push_back({QStringLiteral("%1: no answer").arg(name), false});
                answers.push_back({QStringLiteral("%1: cannot come").arg(name), false});
                answers.push_back({QStringLiteral("%1: comes").arg(name)});
            }
            answers.push_back({QStringLiteral("Nobody can be reached")});
            break;
        case StepKind::Dispatch: answers = m_answers; break;
        case StepKind::Wait: answers = {{QStringLiteral("Nothing further came")}}; break;
        case StepKind::Police:
        case StepKind::FireService:
        case StepKind::Ambulance:
        case StepKind::Note:
        case StepKind::Password:
        case StepKind::Outcome: break;
    }
    return answers;
}

void StepForm::setSending(const SendChoice& sending, bool isSame) {
    const bool sends = m_kind == StepKind::Dispatch && !sending.units.empty();
    m_targetRow->setVisible(sends);
    if (m_kind != StepKind::Dispatch) {
        return;
    }
    m_keys.clear();
    for (const dispatch::KeyBunch& bunch : sending.keys) {
        if (bunch.state == dispatch::KeyState::Held) {
            m_keys.push_back(bunch.id);
        }
    }
    std::vector<Answer> answers;
    for (const dispatch::Unit& unit : sending.units) {
        answers.push_back({QStringLiteral("%1 goes").arg(toQt(unit.callSign)), true, false, unit.id});
    }
    if (!isSame) {
        m_target->setValue(usualMinutes);
        m_answers = std::move(answers);
    } else if (answers != m_answers) {
        // Units come and go while the step is thought about: what was typed stays.
        const QString typed = m_answer->currentText();
        fillAnswers(answers);
        m_answer->setEditText(typed);
    }
}

std::optional<dispatch::NewJob> StepForm::job(const QString& words) const {
    for (const Answer& answer : m_answers) {
        const bool isMeant = answer.unit && words.startsWith(answer.text, Qt::CaseInsensitive) &&
                             (words.size() == answer.text.size() || !words[answer.text.size()].isLetterOrNumber());
        if (!isMeant) {
            continue;
        }
        dispatch::NewJob wanted;
        wanted.unit = answer.unit;
        wanted.target = std::chrono::minutes{m_target->value()};
        wanted.keys = m_keys;
        QString instructions = words.mid(answer.text.size());
        while (!instructions.isEmpty() && !instructions.front().isLetterOrNumber()) {
            instructions.remove(0, 1);
        }
        wanted.instructions = fromQt(instructions);
        return wanted;
    }
    return std::nullopt;
}

void StepForm::fillAnswers(const std::vector<Answer>& answers) {
    m_answers = answers;
    m_answer->clear();
    for (const Answer& answer : answers) {
        m_answer->addItem(answer.text);
    }
    m_answer->setCurrentIndex(-1);
    m_answer->clearEditText();
    m_answer->lineEdit()->setPlaceholderText(fieldOfStep(m_kind));
    m_answer->setAccessibleName(fieldOfStep(m_kind));
    m_answer->lineEdit()->setMaxLength(1'000);
}

const StepForm::Answer* StepForm::chosen() const {
    const auto found = std::ranges::find(m_answers, m_answer->currentText(), &Answer::text);
    return found == m_answers.end() ? nullptr : &*found;
}

void StepForm::finish(bool isSkipped) {
    const QString words = m_answer->currentText().trimmed();
    isSkipped = isSkipped || m_isClosed;
    if (m_kind == StepKind::Outcome) {
        if (m_outcome->currentIndex() <= 0) {
            showProblem(QStringLiteral("Choose what the alarm was."));
            m_outcome->setFocus();
            return;
        }
        Q_EMIT closingWanted(m_outcome->currentData().toString(), words);
        return;
    }
    if (words.isEmpty()) {
        showProblem(isSkipped ? QStringLiteral("Write why the step is not needed.")
                              : QStringLiteral("Write what came of it, or choose it with the arrow keys."));
        m_answer->setFocus();
        return;
    }
    showProblem({});
    if (m_kind == StepKind::Password && !isSkipped) {
        Q_EMIT wordSaid(words);
        return;
    }
    const Answer* answer = chosen();
    if (answer != nullptr && !answer->endsStep && !isSkipped) {
        Q_EMIT attemptMade(words);
        return;
    }
    response::StepResult result{m_position, isSkipped, fromQt(words)};
    if (m_kind == StepKind::Dispatch && !isSkipped) {
        result.sending = job(words);
    }
    result.confirms = !isSkipped && answer != nullptr && answer->confirms;
    Q_EMIT stepDone(result);
}

void StepForm::showProblem(const QString& sentence) {
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
}

void StepForm::clearAnswer() {
    m_answer->setCurrentIndex(-1);
    m_answer->clearEditText();
}

void StepForm::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape && !m_answer->currentText().isEmpty()) {
        clearAnswer();
        return;
    }
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isEnter && m_outcome->hasFocus()) {
        finish(false);
        return;
    }
    QWidget::keyPressEvent(event);
}

void StepForm::takeFocus() {
    if (m_kind == StepKind::Outcome) {
        m_outcome->setFocus(Qt::ShortcutFocusReason);
    } else {
        m_answer->setFocus(Qt::ShortcutFocusReason);
    }
}

}  // namespace leedswatch::ui
