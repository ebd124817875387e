#pragma once

#include <QList>
#include <QString>
#include <QStringList>

class QDropEvent;
class QMimeData;
class QWidget;

namespace leedswatch::ui {

/// What is being dragged onto a wall. Only what was picked up in this console counts: what another program offers under
/// the same names is not looked at.
struct WallDrag {
    enum class Kind { Tile, Cameras, View, Sequence };

    Kind kind = Kind::Tile;
    QWidget* from = nullptr;  ///< the tile that was picked up
    QList<int> cameras;       ///< their numbers, in the order of the list
    qint64 id = 0;            ///< of the saved view or the sequence
    bool isCopy = false;      ///< Ctrl is held: the tile that it came from keeps its camera
};

[[nodiscard]] QMimeData* mimeOfTile();
[[nodiscard]] QMimeData* mimeOfCameras(const QList<int>& numbers);
[[nodiscard]] QMimeData* mimeOfView(qint64 id);
[[nodiscard]] QMimeData* mimeOfSequence(qint64 id);
[[nodiscard]] QStringList camerasMimeTypes();

/// Whether a wall takes it; `isCopy` as the keys are at that moment.
[[nodiscard]] bool isWallDrag(const QDropEvent& event);
[[nodiscard]] WallDrag wallDragOf(const QDropEvent& event);

}  // namespace leedswatch::ui
