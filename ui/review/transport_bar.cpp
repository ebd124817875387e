#include "ui/review/transport_bar.h"

#include "ui/common/icons.h"
#include "ui/common/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QToolTip>
#include <array>

namespace leedswatch::ui {
namespace {

struct Binding {
    ReviewCommand command;
    const char* what;
    const char* keys;  // as QKeySequence reads them, separated by spaces; the first is in the tooltip
    const char* icon;
};

constexpr std::array bindings{
    Binding{ReviewCommand::PlayPause, "Play or pause", "Space K", "play"},
    Binding{ReviewCommand::StepBack, "One picture back", "Left ,", "step-back"},
    Binding{ReviewCommand::StepForward, "One picture on", "Right .", "step-forward"},
    Binding{ReviewCommand::Slower, "Slower", "J -", "slower"},
    Binding{ReviewCommand::Faster, "Faster", "L + =", "faster"},
    Binding{ReviewCommand::ToStart, "To the first picture", "Home", "to-start"},
    Binding{ReviewCommand::ToEnd, "To the last picture", "End", "to-end"},
    Binding{ReviewCommand::PreviousGap, "To the gap before", "PgUp", "gap-previous"},
    Binding{ReviewCommand::NextGap, "To the next gap", "PgDown", "gap-next"},
    Binding{ReviewCommand::MarkIn, "Mark in: the clip begins with this picture", "I", "mark-in"},
    Binding{ReviewCommand::MarkOut, "Mark out: the clip ends with this picture", "O", "mark-out"},
    Binding{ReviewCommand::ClearMarks, "Take the marks away", "X", "close"},
    Binding{ReviewCommand::GoTo, "Go to a time", "G", ""},
    Binding{ReviewCommand::ZoomIn, "Show less time, in more detail", "Up", ""},
    Binding{ReviewCommand::ZoomOut, "Show more time", "Down", ""},
    Binding{ReviewCommand::Export, "Export what is marked", "E", "export"},
    Binding{ReviewCommand::Close, "Back to the wall", "Esc", "close"},
};

QAction* makeAction(const Binding& binding, QWidget* page) {
    const QString what = QString::fromLatin1(binding.what);
    auto* action = new QAction{what, page};
    QList<QKeySequence> keys;
    for (const QString& key : QString::fromLatin1(binding.keys).split(QLatin1Char{' '})) {
        keys.append(QKeySequence{key});
    }
    action->setShortcuts(keys);
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    action->setAutoRepeat(binding.command == ReviewCommand::StepBack || binding.command == ReviewCommand::StepForward ||
                          binding.command == ReviewCommand::ZoomIn || binding.command == ReviewCommand::ZoomOut);
    QStringList names;
    for (const QKeySequence& key : keys) {
        names.append(key.toString(QKeySequence::NativeText));
    }
    action->setToolTip(QStringLiteral("%1 (%2)").arg(what, names.join(QStringLiteral(" or "))));
    if (*binding.icon != '\0') {
        action->setIcon(icons::line(QString::fromLatin1(binding.icon)));
    }
    page->addAction(action);
    return action;
}

}  // namespace

ReviewCommands::ReviewCommands(QWidget* page) : QObject{page} {
    for (const Binding& binding : bindings) {
        m_actions.emplace(binding.command, makeAction(binding, page));
    }
}

QString speedText(double speed) {
    if (speed == 0.125) {
        return QStringLiteral("1/8×");
    }
    if (speed == 0.25) {
        return QStringLiteral("1/4×");
    }
    if (speed == 0.5) {
        return QStringLiteral("1/2×");
    }
    return QStringLiteral("%1×").arg(static_cast<int>(speed));
}

TransportBar::TransportBar(const ReviewCommands& commands, QWidget* parent)
    : QWidget{parent},
      m_playPause{commands.action(ReviewCommand::PlayPause)},
      m_speed{new QLabel{this}},
      m_goTo{new QLineEdit{this}} {
    auto* layout = new QHBoxLayout{this};
    layout->setContentsMargins(12, 6, 12, 6);
    layout->setSpacing(4);
    for (const auto command : {ReviewCommand::ToStart, ReviewCommand::PreviousGap, ReviewCommand::StepBack}) {
        layout->addWidget(addButton(commands, command));
    }
    m_playButton = addButton(commands, ReviewCommand::PlayPause);
    m_playButton->setObjectName(QStringLiteral("playButton"));
    m_playButton->setMinimumWidth(48);
    layout->addWidget(m_playButton);
    for (const auto command : {ReviewCommand::StepForward, ReviewCommand::NextGap, ReviewCommand::ToEnd}) {
        layout->addWidget(addButton(commands, command));
    }
    layout->addSpacing(12);
    layout->addWidget(addButton(commands, ReviewCommand::Slower));
    m_speed->setObjectName(QStringLiteral("speedLabel"));
    m_speed->setFixedWidth(40);
    m_speed->setAlignment(Qt::AlignCenter);
    m_speed->setFont(theme::numbers(13, QFont::DemiBold));
    m_speed->setToolTip(QStringLiteral("Speed"));
    layout->addWidget(m_speed);
    layout->addWidget(addButton(commands, ReviewCommand::Faster));
    layout->addStretch(1);
    m_goTo->setObjectName(QStringLiteral("goToLineEdit"));
    m_goTo->setPlaceholderText(QStringLiteral("Go to, e.g. 14:05"));
    m_goTo->setToolTip(QStringLiteral("14:05, 14:05:30, yesterday 22:10, 21/11/2026 14:05 (G)"));
    m_goTo->setAccessibleName(QStringLiteral("Go to a time"));
    m_goTo->setMinimumWidth(130);
    m_goTo->setMaximumWidth(220);
    layout->addWidget(m_goTo, 2);
    connect(m_goTo, &QLineEdit::returnPressed, this, [this] { Q_EMIT timeTyped(m_goTo->text()); });
    showState({});
}

QToolButton* TransportBar::addButton(const ReviewCommands& commands, ReviewCommand command) {
    auto* button = new QToolButton{this};
    button->setDefaultAction(&commands.action(command));
    button->setFocusPolicy(Qt::TabFocus);
    button->setIconSize({20, 20});
    return button;
}

void TransportBar::showState(const video::PlayerState& state) {
    m_speed->setText(speedText(state.speed));
    if (m_showsPlaying != state.playing) {
        m_showsPlaying = state.playing;
        m_playPause.setIcon(icons::line(state.playing ? QStringLiteral("pause") : QStringLiteral("play")));
    }
}

void TransportBar::focusGoTo() {
    m_goTo->setFocus();
    m_goTo->selectAll();
}

void TransportBar::setRefusal(const QString& sentence) {
    if (!sentence.isEmpty()) {
        QToolTip::showText(m_goTo->mapToGlobal(QPoint(0, m_goTo->height())), sentence, m_goTo, {}, 10'000);
    }
}

}  // namespace leedswatch::ui
