#pragma once

#include "ui/common/console_context.h"
#include "ui/snapshot/snapshot_taker.h"
#include "ui/wall/camera_tile.h"

#include <QAction>
#include <QKeySequence>
#include <QList>
#include <QMenu>
#include <QString>
#include <QStringList>
#include <functional>
#include <unordered_map>

namespace leedswatch::ui {

/// What can be done with the picture in the selected tile of a wall.
enum class TileCommand {
    ZoomIn,
    ZoomOut,
    ZoomOff,
    PanLeft,
    PanRight,
    PanUp,
    PanDown,
    Snapshot,
    Replay10,
    Replay30,
    Replay60,
    PauseReplay,
    StepBack,
    StepForward,
    EndReplay,
    Inspector,
    LiftZones,
    EditZones,
    EditMotion,
};

/// One line of the overview of all keys; commands that belong together share one.
struct TileKeys {
    QString what;
    QStringList keys;
};
[[nodiscard]] QList<TileKeys> tileKeys();
/// Every key of a command, to see that none is given out twice.
[[nodiscard]] QList<QKeySequence> tileKeySequences();

/// The commands as actions of a wall; their keys work while the wall has the focus. What the person's role does not
/// allow is disabled, and the services check it again.
class TileCommands final : public QObject {
    Q_OBJECT

public:
    TileCommands(ConsoleContext& context, QWidget& wall, std::function<CameraTile&()> selected);

    [[nodiscard]] QAction& action(TileCommand command) const { return *m_actions.at(command); }
    /// Adds what a hand on the mouse looks for to the menu of the selected tile.
    void addTo(QMenu& menu);

protected:
    /// Esc ends a replay before it means anything else.
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void connectZoom();
    void connectReplay();
    void connectPrivacy();
    void allowByRole();
    void takeSnapshot();
    void toggleLift();
    void editZones();
    void editMotion();

    ConsoleContext& m_context;
    QWidget& m_wall;
    const std::function<CameraTile&()> m_selected;
    std::unordered_map<TileCommand, QAction*> m_actions;
    SnapshotTaker m_snapshots;
};

}  // namespace leedswatch::ui
