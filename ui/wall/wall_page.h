#pragma once

#include "ui/wall/camera_tile.h"
#include "ui/wall/tile_commands.h"
#include "ui/wall/wall_hub.h"
#include "ui/wall/wall_layout.h"
#include "ui/wall/wall_memory.h"
#include "ui/wall/wall_place.h"

#include <QTimer>
#include <QWidget>
#include <vector>

class QMenu;

namespace leedswatch::ui {

struct WallDrag;

/// A wall: the live cameras of one window, in one of the layouts of `WallLayout`. One tile is selected; a camera that
/// is called up goes there, if this is the active one of the desk's walls. Keys are taken only while the wall has the
/// focus: arrows select, Enter enlarges the tile to the whole wall and back, Delete empties it. Nothing is decoded
/// while the wall is hidden, nor for tiles behind an enlarged one.
class WallPage final : public QWidget {
    Q_OBJECT

public:
    /// `number` is what the person's memory of it is kept under: 1 in the main window.
    WallPage(WallHub& hub, int number, QWidget* parent);
    ~WallPage() override;

    [[nodiscard]] int number() const { return m_number; }
    /// A layout of `WallLayout`, else nothing happens. The layout's own cameras come back, or, the first time, those of
    /// the layout before.
    void setTileCount(int count);
    [[nodiscard]] int tileCount() const { return m_layout->tileCount(); }

    void selectTile(int index);
    [[nodiscard]] int selectedTile() const { return m_selected; }
    /// Whether call-ups come here: only then is the selected tile marked.
    void setActive(bool active);
    [[nodiscard]] bool isActive() const { return m_isActive; }
    void setMaximised(bool maximised);
    [[nodiscard]] bool isMaximised() const { return m_maximised; }

    /// In the selected tile. An unknown number is said there for some seconds, and the old picture goes on.
    void showCamera(int number);
    void showSequence(estate::SequenceId id);
    /// What the selected tile showed before.
    void showPrevious();
    /// Empties the selected tile.
    void clearTile();
    void toggleSequencePause();
    void stepSequence(int steps);
    /// Makes the selected tile the spot, in place of another one, or an ordinary tile again.
    void toggleSpot();
    /// What was selected last, wherever that was.
    void showInSpot(int number);
    void swapTiles(int one, int other);
    void drop(int index, const WallDrag& drag);

    /// The wall as a view would keep it.
    [[nodiscard]] estate::ViewContent content() const;
    /// Opens a view.
    void open(const estate::ViewContent& view);

    /// What can be done with the picture of the selected tile.
    [[nodiscard]] TileCommands& tileCommands() const { return *m_tileCommands; }
    [[nodiscard]] CameraTile& tile(int index) const { return *m_tiles.at(static_cast<std::size_t>(index)); }
    [[nodiscard]] const WallPlace& place(int index) const { return m_places.at(static_cast<std::size_t>(index)); }
    /// 0 for a tile that shows no camera.
    [[nodiscard]] int cameraNumber(int index) const { return place(index).cameraNumber(); }

Q_SIGNALS:
    /// The selected tile, or the camera in it, is another; 0: it shows none.
    void cameraSelected(int number);
    /// A person has chosen this camera: for the spot.
    void cameraPicked(int number);
    void layoutChanged();
    /// Somebody has turned to this wall.
    void activated();
    void playbackRequested(int number);
    /// The menu of a tile that shows a camera is about to be seen: what can be done with the camera is added now.
    void cameraMenuOpens(QMenu& menu);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void makeTiles();
    void followHandRecordings();
    enum class Before { Forgotten, Kept };  ///< what a tile's "previous" is afterwards
    void setLayoutAndContent(const WallLayout& layout, const estate::ViewContent& content, Before before);
    [[nodiscard]] SpareFeeds takeFeeds();
    [[nodiscard]] WallPlace& at(int index) { return m_places.at(static_cast<std::size_t>(index)); }
    [[nodiscard]] WallPlace& selected() { return at(m_selected); }
    void markSelected();
    void layOut();
    void runViews();
    void checkPlaces();
    /// After a change that a person made: kept, said, and shown in the spot.
    void settle();
    void remember();
    void announceSelection();
    void dropTile(int index, const WallDrag& drag);
    void dropCameras(int index, const QList<int>& numbers);
    void showMenu(const QPoint& globalPosition);
    void addSequenceActions(QMenu& menu);

    WallHub& m_hub;
    const int m_number;
    WallMemory m_memory;
    std::vector<CameraTile*> m_tiles;  ///< as many as the largest layout has; those beyond this one are hidden
    std::vector<WallPlace> m_places;   ///< one for each tile
    const WallLayout* m_layout;
    TileCommands* m_tileCommands;
    int m_selected = 0;
    QPoint m_cell;  ///< where the arrows have come to on the layout's grid
    bool m_isActive = true;
    bool m_maximised = false;
    bool m_isShown = false;  ///< neither hidden nor in a minimised window
    QTimer m_checkTimer;
};

}  // namespace leedswatch::ui
