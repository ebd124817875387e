#pragma once

#include <QAction>
#include <QKeySequence>
#include <QList>
#include <QString>
#include <QWidget>
#include <unordered_map>

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
    PreviousMotion,
    NextMotion,
    SearchMotion,
    MarkIn,
    MarkOut,
    ClearMarks,
    GoTo,
    ZoomIn,
    ZoomOut,
    Export,
    Snapshot,
    Hold,
    LiftZones,
    Close,
};

/// One command for the overview of all keys.
struct ReviewKeys {
    QString what;
    QList<QKeySequence> keys;
};

/// In the order of the overview.
[[nodiscard]] QList<ReviewKeys> reviewKeys();

/// The commands as actions of the page; their keys work while the focus is in it. Tooltips name the keys.
class ReviewCommands final : public QObject {
    Q_OBJECT

public:
    explicit ReviewCommands(QWidget* page);
    [[nodiscard]] QAction& action(ReviewCommand command) const { return *m_actions.at(command); }

private:
    std::unordered_map<ReviewCommand, QAction*> m_actions;
};

}  // namespace leedswatch::ui
