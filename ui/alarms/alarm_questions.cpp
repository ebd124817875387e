#include "response/alarm_outcome.h"
#include "ui/alarms/alarm_board.h"
#include "ui/alarms/alarm_pane.h"
#include "ui/common/ask_dialog.h"
#include "ui/common/text.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPointer>
#include <QSpinBox>
#include <QVBoxLayout>

// What the pane asks before it does something that needs words: note, put off, forward, give back, close early.

namespace leedswatch::ui {

namespace {

using response::AlarmQueue;

/// A field beside another, as one field of a dialog.
QWidget* sideBySide(QWidget* left, QWidget* right) {
    auto* both = new QWidget;
    auto* layout = new QHBoxLayout{both};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(left);
    layout->addWidget(right, 1);
    both->setFocusProxy(left);
    return both;
}

QWidget* oneBelowTheOther(QWidget* upper, QWidget* lower) {
    auto* both = new QWidget;
    auto* layout = new QVBoxLayout{both};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(upper);
    layout->addWidget(lower);
    both->setFocusProxy(upper);
    return both;
}

QLineEdit* makeWords(const QString& name, const QString& hint) {
    auto* words = new QLineEdit;
    words->setObjectName(name);
    words->setPlaceholderText(hint);
    words->setAccessibleName(hint);
    words->setMaxLength(1'000);
    return words;
}

/// Asks, does it on the dialog's worker, and goes by itself when it is done.
AskDialog* openQuestion(const AskDialog::Words& words, QWidget* field, AskDialog::Prepare prepare, QWidget* parent) {
    auto* dialog = new AskDialog{words, field, std::move(prepare), parent};
    QObject::connect(dialog, &AskDialog::answered, dialog, [dialog](bool done) {
        if (done) {
            dialog->accept();
        }
    });
    dialog->open();
    field->setFocus();
    return dialog;
}

}  // namespace

void AlarmPane::addNote() {
    auto* words = makeWords(QStringLiteral("noteLineEdit"), QStringLiteral("What happened, what was said"));
    openQuestion(
        {QStringLiteral("Note"), QStringLiteral("A line in the record of alarm %1.").arg(m_alarm->value()),
         QStringLiteral("Note"), QStringLiteral("Write it")},
        words,
        [&context = m_context, id = *m_alarm, words] {
            return [&context, id, text = fromQt(words->text())]() -> base::Result<QString> {
                TRY(AlarmQueue{context.database}.note(context.acting, id, text));
                return QStringLiteral("Written.");
            };
        },
        this);
}

void AlarmPane::putOff() {
    auto* minutes = new QSpinBox;
    minutes->setObjectName(QStringLiteral("putOffSpinBox"));
    minutes->setRange(1, 24 * 60);
    minutes->setValue(15);
    minutes->setSuffix(QStringLiteral(" minutes"));
    auto* words = makeWords(QStringLiteral("putOffLineEdit"), QStringLiteral("Why"));
    auto* dialog = openQuestion(
        {QStringLiteral("Put off"), QStringLiteral("The alarm goes out of sight and comes back by itself."),
         QStringLiteral("For"), QStringLiteral("Put it off")},
        sideBySide(minutes, words),
        [&context = m_context, id = *m_alarm, minutes, words] {
            const auto until = context.clock.now() + std::chrono::minutes{minutes->value()};
            return [&context, id, until, text = fromQt(words->text())]() -> base::Result<QString> {
                TRY(AlarmQueue{context.database}.park(context.acting, id, until, text));
                return QStringLiteral("Put off.");
            };
        },
        this);
    connect(dialog, &QDialog::accepted, this, &AlarmPane::finished);
}

void AlarmPane::forward() {
    auto* desk = new QComboBox;
    desk->setObjectName(QStringLiteral("forwardDeskComboBox"));
    desk->setEditable(true);
    desk->setInsertPolicy(QComboBox::NoInsert);
    desk->setAccessibleName(QStringLiteral("Desk"));
    desk->lineEdit()->setPlaceholderText(QStringLiteral("Desk"));
    desk->lineEdit()->setMaxLength(200);
    m_board.act([](AlarmQueue& queue, const access::Acting& acting) { return queue.otherDesks(acting); },
                [list = QPointer<QComboBox>{desk}](const base::Result<std::vector<std::string>>& desks) {
                    if (list == nullptr || !desks) {
                        return;  // it can be typed
                    }
                    const QString typed = list->currentText();
                    for (const std::string& one : *desks) {
                        list->addItem(toQt(one));
                    }
                    list->setCurrentIndex(-1);
                    list->setEditText(typed);
                });
    auto* words = makeWords(QStringLiteral("forwardLineEdit"), QStringLiteral("Why"));
    auto* dialog = openQuestion(
        {QStringLiteral("Forward"),
         QStringLiteral("The alarm waits at that desk. If nobody takes it there within two minutes, or half a minute "
                        "where somebody may be in danger, it waits at all desks again."),
         QStringLiteral("To"), QStringLiteral("Forward it")},
        sideBySide(desk, words),
        [&context = m_context, id = *m_alarm, desk, words] {
            return [&context, id, to = fromQt(desk->currentText().trimmed()),
                    text = fromQt(words->text())]() -> base::Result<QString> {
                TRY(AlarmQueue{context.database}.forward(context.acting, id, to, text));
                return QStringLiteral("Forwarded.");
            };
        },
        this);
    connect(dialog, &QDialog::accepted, this, &AlarmPane::finished);
}

void AlarmPane::giveBack() {
    m_board.act([id = *m_alarm](AlarmQueue& queue, const access::Acting& acting) { return queue.release(acting, id); },
                [this](const base::Result<void>& done) { told(done, true); });
}

void AlarmPane::closeEarly() {
    auto* outcome = new QComboBox;
    outcome->setObjectName(QStringLiteral("earlyOutcomeComboBox"));
    for (const response::AlarmOutcome& one : response::alarmOutcomes()) {
        outcome->addItem(toQt(one.title), toQt(one.code));
    }
    auto* words = makeWords(QStringLiteral("earlyLineEdit"), QStringLiteral("Why steps are left out"));
    const QString jobs = openJobs().join(QLatin1Char{' '});
    auto* dialog = openQuestion(
        {QStringLiteral("Close early"),
         QStringLiteral("Steps that the plan requires are not done. The record will say so, with your name.") +
             (jobs.isEmpty() ? QString{} : QStringLiteral(" Somebody is out for it: %1").arg(jobs)),
         QStringLiteral("It was"), QStringLiteral("Close it")},
        oneBelowTheOther(outcome, words),
        [&context = m_context, id = *m_alarm, outcome, words] {
            const AlarmQueue::Closing closing{fromQt(outcome->currentData().toString()), {}, fromQt(words->text())};
            return [&context, id, closing]() -> base::Result<QString> {
                if (closing.whyStepsAreSkipped.empty()) {
                    return base::fail(base::ErrorCode::InvalidInput, "write why steps are left out");
                }
                TRY(AlarmQueue{context.database}.close(context.acting, id, closing));
                return QStringLiteral("Closed.");
            };
        },
        this);
    connect(dialog, &QDialog::accepted, this, &AlarmPane::finished);
}

}  // namespace leedswatch::ui
