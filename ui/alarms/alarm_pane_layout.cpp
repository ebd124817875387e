#include "ui/alarms/alarm_board.h"
#include "ui/alarms/alarm_mark.h"
#include "ui/alarms/alarm_pane.h"
#include "ui/alarms/step_form.h"
#include "ui/common/feed_listener.h"
#include "ui/common/theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QTextBrowser>
#include <QVBoxLayout>

// How the pane is laid out; what it shows and does is in alarm_pane.cpp.

namespace leedswatch::ui {

namespace {

constexpr int paneMargin = 16;

QPushButton* makeActionButton(QAction& action, QWidget* parent) {
    auto* button = new QPushButton{action.text(), parent};
    button->setObjectName(action.objectName() + QStringLiteral("PushButton"));
    button->setToolTip(action.toolTip());
    button->setAutoDefault(true);
    const auto follow = [button, &action] {
        button->setEnabled(action.isEnabled());
        button->setVisible(action.isVisible());
    };
    QObject::connect(button, &QPushButton::clicked, &action, &QAction::trigger);
    QObject::connect(&action, &QAction::changed, button, follow);
    return button;
}

}  // namespace

AlarmPane::AlarmPane(ConsoleContext& context, AlarmBoard& board, QWidget* parent)
    : QWidget{parent},
      m_context{context},
      m_board{board},
      m_mark{new AlarmMark{this}},
      m_title{new QLabel{this}},
      m_number{new QLabel{this}},
      m_place{theme::makeText(theme::LabelKind::Body, this)},
      m_what{theme::makeText(theme::LabelKind::Body, this)},
      m_state{theme::makeText(theme::LabelKind::Dim, this)},
      m_jobs{theme::makeText(theme::LabelKind::Body, this)},
      m_steps{theme::makeText(theme::LabelKind::Body, this)},
      m_form{new StepForm{this}},
      m_take{new QPushButton{this}},
      m_message{theme::makeText(theme::LabelKind::Refusal, this)},
      m_record{new QTextBrowser{this}},
      m_body{new QWidget{this}},
      m_empty{theme::makeText(theme::LabelKind::Dim, this)} {
    setObjectName(QStringLiteral("alarmPane"));
    setMinimumWidth(320);
    m_note = makeAction(QStringLiteral("alarmNote"), QStringLiteral("Note…"),
                        QStringLiteral("Write something into the record (Alt+N)"), &AlarmPane::addNote);
    m_note->setShortcut(QKeySequence{QStringLiteral("Alt+N")});
    m_putOff = makeAction(QStringLiteral("alarmPutOff"), QStringLiteral("Put off…"),
                          QStringLiteral("It comes back by itself (Alt+P)"), &AlarmPane::putOff);
    m_putOff->setShortcut(QKeySequence{QStringLiteral("Alt+P")});
    m_forward = makeAction(QStringLiteral("alarmForward"), QStringLiteral("Forward…"),
                           QStringLiteral("Give it to another desk (Alt+F)"), &AlarmPane::forward);
    m_forward->setShortcut(QKeySequence{QStringLiteral("Alt+F")});
    m_giveBack = makeAction(QStringLiteral("alarmGiveBack"), QStringLiteral("Give back"),
                            QStringLiteral("Back into the queue, for anybody"), &AlarmPane::giveBack);
    m_closeEarly =
        makeAction(QStringLiteral("alarmCloseEarly"), QStringLiteral("Close early…"),
                   QStringLiteral("Though required steps are not done, with a reason"), &AlarmPane::closeEarly);
    layOut();
    connect(m_take, &QPushButton::clicked, this, qOverload<>(&AlarmPane::take));
    connect(m_form, &StepForm::stepDone, this, &AlarmPane::completeStep);
    connect(m_form, &StepForm::wordSaid, this, &AlarmPane::compareWord);
    connect(m_form, &StepForm::closingWanted, this, &AlarmPane::closeAsked);
    connect(m_form, &StepForm::attemptMade, this, [this](const QString& words) {
        m_board.act(
            [id = *m_alarm, words = words.toStdString()](response::AlarmQueue& queue, const access::Acting& acting) {
                return queue.note(acting, id, words);
            },
            [this](const base::Result<void>& done) {
                m_form->clearAnswer();
                told(done, false);
            });
    });
    connect(&board, &AlarmBoard::changed, this, &AlarmPane::load);
    // Who can be sent, who is out for it, and which keys are there.
    auto* units = new FeedListener{context.feed, {"response_units", "dispatch_jobs", "keys"}, this};
    connect(units, &FeedListener::changed, this, &AlarmPane::load);
}

QAction* AlarmPane::makeAction(const QString& name, const QString& text, const QString& tip,
                               void (AlarmPane::*does)()) {
    auto* action = new QAction{text, this};
    action->setObjectName(name);
    action->setToolTip(tip);
    action->setShortcutContext(Qt::WindowShortcut);
    connect(action, &QAction::triggered, this, does);
    addAction(action);
    return action;
}

void AlarmPane::layOut() {
    m_title->setFont(theme::font(theme::TextSize::Heading, QFont::DemiBold));
    m_title->setObjectName(QStringLiteral("alarmTitleLabel"));
    theme::setLabelKind(*m_number, theme::LabelKind::Dim);
    m_place->setFont(theme::font(theme::TextSize::Title, QFont::DemiBold));
    m_place->setObjectName(QStringLiteral("alarmPlaceLabel"));
    m_what->setObjectName(QStringLiteral("alarmTextLabel"));
    m_state->setObjectName(QStringLiteral("alarmStateLabel"));
    m_jobs->setObjectName(QStringLiteral("alarmJobsLabel"));
    m_steps->setObjectName(QStringLiteral("alarmStepsLabel"));
    m_steps->setTextFormat(Qt::RichText);
    m_take->setObjectName(QStringLiteral("paneTakePushButton"));
    m_take->setAutoDefault(true);
    theme::setButtonKind(*m_take, theme::ButtonKind::Primary);
    m_message->setObjectName(QStringLiteral("alarmMessageLabel"));
    m_message->hide();
    m_record->setObjectName(QStringLiteral("alarmRecordTextBrowser"));
    m_record->setAccessibleName(QStringLiteral("Record of the alarm"));
    m_record->setFrameShape(QFrame::NoFrame);
    m_record->setOpenLinks(false);
    m_record->setTabChangesFocus(true);
    QScrollBar* bar = m_record->verticalScrollBar();
    connect(bar, &QScrollBar::valueChanged, this,
            [this, bar](int value) { m_isRecordFollowed = value >= bar->maximum() - 4; });
    // A form that grows takes of the record's height, too.
    connect(bar, &QScrollBar::rangeChanged, this, [this, bar](int, int end) {
        if (m_isRecordFollowed) {
            bar->setValue(end);
        }
    });
    m_empty->setObjectName(QStringLiteral("noAlarmLabel"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setText(QStringLiteral("Choose an alarm at the left, or press # to take the first that waits."));

    auto* layout = new QVBoxLayout{m_body};
    layout->setContentsMargins(paneMargin, 12, paneMargin, 8);
    layout->setSpacing(6);
    layout->addWidget(makeHead());
    layout->addWidget(m_place);
    layout->addWidget(m_what);
    layout->addWidget(m_state);
    layout->addWidget(m_jobs);
    layout->addWidget(m_take, 0, Qt::AlignLeft);
    layout->addWidget(m_message);
    layout->addSpacing(4);
    layout->addWidget(m_steps);
    layout->addWidget(m_form);
    layout->addWidget(m_record, 1);
    layout->addWidget(makeFoot());
    auto* outer = new QVBoxLayout{this};
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_body, 1);
    outer->addWidget(m_empty, 1);
    m_body->hide();
}

QWidget* AlarmPane::makeHead() {
    auto* head = new QWidget{m_body};
    auto* layout = new QHBoxLayout{head};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    layout->addWidget(m_mark);
    layout->addWidget(m_title, 1);
    layout->addWidget(m_number);
    return head;
}

QWidget* AlarmPane::makeFoot() {
    auto* foot = new QWidget{m_body};
    auto* layout = new QHBoxLayout{foot};
    layout->setContentsMargins(0, 4, 0, 0);
    layout->setSpacing(6);
    for (QAction* action : {m_note, m_putOff, m_forward}) {
        layout->addWidget(makeActionButton(*action, foot));
    }
    // What is seldom wanted, so that the rest is readable on a small window.
    auto* more = new QPushButton{QStringLiteral("More"), foot};
    more->setAutoDefault(true);
    more->setObjectName(QStringLiteral("alarmMorePushButton"));
    auto* menu = new QMenu{more};
    menu->addAction(m_giveBack);
    menu->addAction(m_closeEarly);
    more->setMenu(menu);
    layout->addWidget(more);
    layout->addStretch(1);
    return foot;
}

}  // namespace leedswatch::ui
