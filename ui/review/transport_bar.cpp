#include "ui/review/transport_bar.h"

#include "ui/common/icons.h"
#include "ui/common/theme.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QToolTip>

namespace leedswatch::ui {

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
    for (const auto command :
         {ReviewCommand::ToStart, ReviewCommand::PreviousGap, ReviewCommand::PreviousMotion, ReviewCommand::StepBack}) {
        layout->addWidget(addButton(commands, command));
    }
    m_playButton = addButton(commands, ReviewCommand::PlayPause);
    m_playButton->setObjectName(QStringLiteral("playButton"));
    m_playButton->setMinimumWidth(48);
    layout->addWidget(m_playButton);
    for (const auto command :
         {ReviewCommand::StepForward, ReviewCommand::NextMotion, ReviewCommand::NextGap, ReviewCommand::ToEnd}) {
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
    layout->addSpacing(12);
    layout->addWidget(addButton(commands, ReviewCommand::SearchMotion));
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
