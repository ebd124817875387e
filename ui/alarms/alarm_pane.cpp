#include "ui/alarms/alarm_pane.h"

#include "dispatch/key_register.h"
#include "dispatch/units.h"
#include "ui/alarms/alarm_board.h"
#include "ui/alarms/alarm_mark.h"
#include "ui/alarms/record_text.h"
#include "ui/alarms/step_form.h"
#include "ui/common/question_dialog.h"
#include "ui/common/text.h"
#include "ui/dispatch/dispatch_text.h"

#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollBar>
#include <QTextBrowser>
#include <algorithm>
#include <utility>

// What the pane shows and does; how it is laid out is in alarm_pane_layout.cpp.

namespace leedswatch::ui {

using response::Alarm;
using response::AlarmQueue;
using response::AlarmState;

void AlarmPane::show(std::optional<response::AlarmId> alarm) {
    if (alarm == m_alarm) {
        return;
    }
    m_alarm = alarm;
    m_loaded.reset();
    m_isFocusWanted = false;
    m_isRecordFollowed = true;
    showMessage({});
    m_body->setVisible(false);
    m_empty->setVisible(!alarm);
    load();
}

base::Result<void> AlarmPane::readSending(ConsoleContext& context, Loaded& loaded) {
    const auto* next = response::nextStep(loaded.record.steps, loaded.record.alarm);
    if (next == nullptr || next->step.kind != response::StepKind::Dispatch ||
        !access::mayDo(context.acting.role, access::Right::SendResponse)) {
        return {};
    }
    TRY_ASSIGN(loaded.sending.units, dispatch::Units(context.database, {}).list(context.acting));
    std::erase_if(loaded.sending.units, [](const dispatch::Unit& unit) { return !dispatch::canBeSent(unit.status); });
    std::ranges::stable_sort(loaded.sending.units, {},
                             [](const dispatch::Unit& unit) { return nearnessOf(unit.status); });
    if (loaded.record.alarm.premises) {
        TRY_ASSIGN(loaded.sending.keys,
                   dispatch::KeyRegister{context.database}.ofPremises(context.acting, *loaded.record.alarm.premises));
    }
    return {};
}

base::Result<AlarmPane::Loaded> AlarmPane::read(ConsoleContext& context, response::AlarmId alarm) {
    AlarmQueue queue{context.database};
    TRY_ASSIGN(auto record, queue.record(context.acting, alarm));
    Loaded loaded{std::move(record), std::nullopt, {}, {}};
    if (loaded.record.alarm.premises) {
        auto card = estate::PremisesDetails{context.database}.card(context.acting, *loaded.record.alarm.premises);
        if (card) {
            for (const estate::PremisesCamera& camera : card->cameras) {
                loaded.cameras.push_back(camera.number);
            }
            loaded.card = *std::move(card);
        }
    }
    if (loaded.record.alarm.camera) {
        TRY_ASSIGN(const auto cameras, context.cameras.list());
        for (const estate::Camera& camera : cameras) {
            if (camera.id == *loaded.record.alarm.camera) {
                loaded.cameras.push_back(camera.number);
            }
        }
    }
    TRY(readSending(context, loaded));
    return base::Result<Loaded>{tl::in_place, std::move(loaded)};
}

void AlarmPane::load() {
    if (!m_alarm) {
        return;
    }
    m_board.act(
        [&context = m_context, alarm = *m_alarm](AlarmQueue&, const access::Acting&) { return read(context, alarm); },
        [this, alarm = *m_alarm](const base::Result<Loaded>& loaded) {
            if (m_alarm != alarm) {
                return;
            }
            if (!loaded) {
                showMessage(sentenceOf(loaded.error()));
                return;
            }
            take(*loaded);
        });
}

void AlarmPane::take(const Loaded& loaded) {
    m_loaded = loaded;
    m_body->setVisible(true);
    m_empty->setVisible(false);
    showHead();
    showSteps();
    showState();
    showRecord();
    if (std::exchange(m_isFocusWanted, false)) {
        takeFocus();
    }
    Q_EMIT this->loaded(loaded.record.alarm, loaded.cameras);
}

bool AlarmPane::isMine() const {
    return m_loaded && m_loaded->record.alarm.state == AlarmState::InHand &&
           m_loaded->record.alarm.owner == m_context.acting.username;
}

void AlarmPane::showHead() {
    const Alarm& alarm = m_loaded->record.alarm;
    m_mark->setAlarm(alarm);
    m_title->setText(titleOf(alarm));
    m_number->setText(QStringLiteral("Alarm %1").arg(alarm.id.value()));
    m_place->setText(toQt(alarm.place));
    m_what->setText(toQt(alarm.what));
    QString state = QStringLiteral("Arrived %1, %2").arg(minuteText(alarm.raised), stateText(alarm));
    if (alarm.signals > 1) {
        state += QStringLiteral(", %1 signals").arg(withThousands(alarm.signals));
    }
    m_state->setText(state);
    m_jobs->setText(openJobs().join(QLatin1Char{'\n'}));
    m_jobs->setVisible(!m_jobs->text().isEmpty());
}

QStringList AlarmPane::openJobs() const {
    QStringList lines;
    for (const dispatch::Job& job : m_loaded->record.jobs) {
        if (dispatch::isOpen(job.state)) {
            lines.append(QStringLiteral("Job %1: %2.").arg(job.id.value()).arg(stateOfJobText(job)));
        }
    }
    return lines;
}

void AlarmPane::showSteps() {
    m_steps->setText(stepsAsHtml(m_loaded->record));
    m_steps->setVisible(!m_loaded->record.steps.empty());
    const auto* next = response::nextStep(m_loaded->record.steps, m_loaded->record.alarm);
    const bool hasForm = isMine() && next != nullptr;
    // The keyboard follows the steps, unless it is somewhere else: in a line of the log, say.
    const bool hadFocus = m_form->isAncestorOf(QApplication::focusWidget()) || !m_form->isVisible();
    m_form->setVisible(hasForm);
    if (!hasForm) {
        return;
    }
    const bool isAnother =
        m_form->setStep(m_loaded->record, *next, m_loaded->card, m_loaded->sending, m_context.clock.now());
    if (isAnother && hadFocus && !isWritingElsewhere()) {
        m_form->takeFocus();
    }
}

bool AlarmPane::isWritingElsewhere() const {
    const QWidget* focus = QApplication::focusWidget();
    const bool isField =
        qobject_cast<const QLineEdit*>(focus) != nullptr || qobject_cast<const QPlainTextEdit*>(focus) != nullptr;
    return isField && !isAncestorOf(focus);
}

void AlarmPane::showState() {
    const Alarm& alarm = m_loaded->record.alarm;
    const bool isOpen = alarm.state != AlarmState::Closed && m_board.mayAnswer();
    const bool isOthers = alarm.state == AlarmState::InHand && !isMine();
    m_take->setVisible(isOpen && !isMine());
    m_take->setText(isOthers ? QStringLiteral("Take it over…") : QStringLiteral("Take it  (Enter)"));
    m_note->setEnabled(isOpen);
    for (QAction* action : {m_putOff, m_forward, m_giveBack}) {
        action->setEnabled(isOpen && isMine());
    }
    const bool maySkip = access::mayDo(m_context.acting.role, access::Right::SkipAlarmSteps);
    m_closeEarly->setVisible(maySkip);
    m_closeEarly->setEnabled(isOpen && isMine());
}

void AlarmPane::showRecord() {
    QScrollBar* bar = m_record->verticalScrollBar();
    const bool isFollowed = m_isRecordFollowed;
    const int position = bar->value();
    m_record->setHtml(recordAsHtml(m_loaded->record.entries));
    // A new text goes back to its beginning, which is not somebody's scrolling.
    m_isRecordFollowed = isFollowed;
    bar->setValue(isFollowed ? bar->maximum() : position);
}

void AlarmPane::showMessage(const QString& sentence) {
    m_message->setText(sentence);
    m_message->setVisible(!sentence.isEmpty());
}

void AlarmPane::goOn() {
    if (!m_loaded) {
        return;
    }
    if (isMine()) {
        takeFocus();
    } else if (m_take->isVisible()) {
        m_take->click();
    }
}

void AlarmPane::takeFocus() {
    if (m_form->isVisible()) {
        m_form->takeFocus();
    } else if (m_take->isVisible()) {
        m_take->setFocus();
    } else {
        m_record->setFocus();
    }
}

void AlarmPane::takeFocusOnceLoaded() {
    m_isFocusWanted = !m_loaded;
    if (m_loaded) {
        takeFocus();
    }
}

void AlarmPane::take() {
    if (!m_loaded) {
        return;
    }
    const Alarm& alarm = m_loaded->record.alarm;
    if (alarm.state == AlarmState::InHand) {
        takeOverAsked();
        return;
    }
    m_board.act(
        [id = alarm.id](AlarmQueue& queue, const access::Acting& acting) -> base::Result<void> {
            TRY(queue.accept(acting, id));
            return {};
        },
        [this](const base::Result<void>& done) { told(done, false); });
}

void AlarmPane::takeOverAsked() {
    const Alarm& alarm = m_loaded->record.alarm;
    ask(this, QStringLiteral("Take it over from %1?").arg(toQt(alarm.owner)),
        QStringLiteral("%1 has it since %2 at %3. Speak with them first: what is said to whom is in the record.")
            .arg(toQt(alarm.owner), minuteText(alarm.ownedSince.value_or(alarm.raised)), toQt(alarm.ownerDesk)),
        QStringLiteral("Take it over"), [this, id = alarm.id] {
            m_board.act(
                [id](AlarmQueue& queue, const access::Acting& acting) -> base::Result<void> {
                    TRY(queue.takeOver(acting, id));
                    return {};
                },
                [this](const base::Result<void>& done) { told(done, false); });
        });
}

void AlarmPane::completeStep(const response::StepResult& result) {
    m_board.act(
        [id = *m_alarm, result](AlarmQueue& queue, const access::Acting& acting) -> base::Result<void> {
            TRY(queue.completeStep(acting, id, result));
            return {};
        },
        [this](const base::Result<void>& done) { told(done, false); });
}

void AlarmPane::compareWord(const QString& word) {
    const Alarm& alarm = m_loaded->record.alarm;
    if (!alarm.premises) {
        m_form->showProblem(
            QStringLiteral("There are no premises whose word this could be. Say that it is not needed."));
        return;
    }
    const auto* step = response::nextStep(m_loaded->record.steps, alarm);
    if (step == nullptr) {
        return;
    }
    m_board.act(
        [&context = m_context, alarm, position = step->position, said = fromQt(word)](
            AlarmQueue& queue, const access::Acting& acting) -> base::Result<estate::SpokenWord> {
            TRY_ASSIGN(const auto found,
                       estate::PremisesDetails{context.database}.compareWord(acting, *alarm.premises, said));
            switch (found) {
                case estate::SpokenWord::Right:
                    TRY(queue.completeStep(acting, alarm.id, {position, false, "The password was right"}));
                    break;
                case estate::SpokenWord::Wrong: TRY(queue.note(acting, alarm.id, "A wrong password was said")); break;
                case estate::SpokenWord::NoneKept:
                    TRY(queue.note(acting, alarm.id, "A word was said, and no password is kept to compare it with"));
                    break;
                case estate::SpokenWord::Duress: {
                    response::NewAlarm threat;
                    threat.alarmClass = response::AlarmClass::HoldUp;
                    threat.joinKey = "premises " + std::to_string(alarm.premises->value()) + " hold-up";
                    threat.premises = alarm.premises;
                    threat.panel = alarm.panel;
                    threat.place = alarm.place;
                    threat.what = "The word for being under threat was said on the telephone";
                    threat.raised = context.clock.now();
                    TRY(queue.raise(acting, threat));
                    TRY(queue.completeStep(acting, alarm.id, {position, false, "The word for being under threat"}));
                    break;
                }
            }
            return found;
        },
        [this](const base::Result<estate::SpokenWord>& found) {
            if (!found) {
                m_form->showProblem(sentenceOf(found.error()));
                return;
            }
            m_form->clearAnswer();
            if (*found == estate::SpokenWord::Wrong) {
                m_form->showProblem(QStringLiteral("This is not the password. It is in the record."));
            } else if (*found == estate::SpokenWord::NoneKept) {
                m_form->showProblem(QStringLiteral("No password is kept. Say that it is not needed, and why."));
            } else if (*found == estate::SpokenWord::Duress) {
                m_message->setText(
                    QStringLiteral("They are under threat: a hold-up alarm is raised. Go on as if the "
                                   "word were right."));
            }
        });
}

void AlarmPane::closeAsked(const QString& outcome, const QString& words) {
    const QStringList jobs = m_loaded ? openJobs() : QStringList{};
    if (jobs.isEmpty()) {
        close(outcome, words);
        return;
    }
    ask(this, QStringLiteral("Close it while somebody is out for it?"),
        QStringLiteral("%1 The job goes on without the alarm: what is found there will stand on its sheet alone, not "
                       "in this record.")
            .arg(jobs.join(QLatin1Char{' '})),
        QStringLiteral("Close the alarm"), [this, outcome, words] { close(outcome, words); });
}

void AlarmPane::close(const QString& outcome, const QString& words) {
    const AlarmQueue::Closing closing{fromQt(outcome), fromQt(words), {}};
    m_board.act([id = *m_alarm, closing](AlarmQueue& queue,
                                         const access::Acting& acting) { return queue.close(acting, id, closing); },
                [this](const base::Result<void>& done) { told(done, true); });
}

void AlarmPane::told(const base::Result<void>& done, bool ends) {
    if (!done) {
        const QString sentence = sentenceOf(done.error());
        m_form->isVisible() ? m_form->showProblem(sentence) : showMessage(sentence);
        load();
        return;
    }
    showMessage({});
    m_form->showProblem({});
    if (ends) {
        Q_EMIT finished();
    }
    load();
}

}  // namespace leedswatch::ui
