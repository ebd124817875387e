#pragma once

#include "video/player.h"

#include <QAction>
#include <QWidget>
#include <unordered_map>

class QLabel;
class QLineEdit;
class QToolButton;

namespace leedswatch::ui {

/// What can be done with a recording; each has keys, and most a button.
enum class ReviewCommand {
    PlayPause,
    StepBack,
    StepForward,
    Slower,
    Faster,
    ToStart,
    ToEnd,
    PreviousGap,
    NextGap,
    MarkIn,
    MarkOut,
    ClearMarks,
    GoTo,
    ZoomIn,
    ZoomOut,
    Export,
    Close,
};

/// The commands as actions of the page; their keys work while the focus is in it. Tooltips name the keys.
class ReviewCommands final : public QObject {
    Q_OBJECT

public:
    explicit ReviewCommands(QWidget* page);
    [[nodiscard]] QAction& action(ReviewCommand command) const { return *m_actions.at(command); }

private:
    std::unordered_map<ReviewCommand, QAction*> m_actions;
};

/// The row of buttons below the picture, the speed, and the field for going to a time.
class TransportBar final : public QWidget {
    Q_OBJECT

public:
    TransportBar(const ReviewCommands& commands, QWidget* parent);

    void showState(const video::PlayerState& state);
    void focusGoTo();
    /// Why the time that was typed cannot be gone to; empty takes it away.
    void setRefusal(const QString& sentence);

Q_SIGNALS:
    void timeTyped(const QString& text);

private:
    QToolButton* addButton(const ReviewCommands& commands, ReviewCommand command);

    QAction& m_playPause;
    QToolButton* m_playButton = nullptr;
    QLabel* m_speed;
    QLineEdit* m_goTo;
    bool m_showsPlaying = false;
};

/// "1×", "⅛×".
[[nodiscard]] QString speedText(double speed);

}  // namespace leedswatch::ui
