#pragma once

#include "ui/review/review_commands.h"
#include "video/player.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace leedswatch::ui {

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
