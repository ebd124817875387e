#pragma once

#include "ui/review/recorded_view.h"
#include "video/player.h"

#include <QObject>
#include <QTimer>

namespace leedswatch::ui {

/// The line below the picture: chooses what of a player's state the operator must be told, and keeps a jump over a gap
/// there long enough to be read.
class PlaybackNotice final : public QObject {
    Q_OBJECT

public:
    PlaybackNotice(RecordedView& view, QObject* parent);

    void show(const video::PlayerState& state);
    /// A refusal or an answer; stands until the player has something new.
    void say(const QString& sentence, RecordedView::Tone tone = RecordedView::Tone::Plain);
    /// Another place was asked for.
    void forgetJump();
    /// Another player: its jumps count from nothing.
    void clear();

Q_SIGNALS:
    /// A jump has been told of long enough; show the state again.
    void jumpTold();

private:
    struct Notice {
        QString sentence;
        RecordedView::Tone tone = RecordedView::Tone::Plain;
    };
    void noteJump(const video::PlayerState& state);
    [[nodiscard]] Notice noticeOf(const video::PlayerState& state) const;

    RecordedView& m_view;
    QTimer m_timer;
    std::uint64_t m_jumpsTold = 0;
    QString m_jump;
};

}  // namespace leedswatch::ui
