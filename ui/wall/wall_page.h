#pragma once

#include "ui/common/console_context.h"
#include "ui/common/feed_listener.h"
#include "ui/common/worker.h"
#include "ui/wall/camera_tile.h"
#include "ui/wall/retired_views.h"
#include "ui/wall/wall_memory.h"

#include <QTimer>
#include <QWidget>
#include <memory>
#include <optional>
#include <unordered_map>
#include <vector>

namespace leedswatch::ui {

/// The wall: 1, 4, 9 or 16 live cameras. One tile is selected; a camera that is called up goes there. Keys are taken
/// only while the wall has the focus: arrows select, Enter enlarges the tile to the whole wall and back, Delete empties
/// it. Nothing is decoded while the wall is hidden, nor for tiles behind an enlarged one.
class WallPage final : public QWidget {
    Q_OBJECT

public:
    static constexpr int mostTiles = 16;

    WallPage(ConsoleContext& context, QWidget* parent);
    ~WallPage() override;

    /// 1, 4, 9 or 16; the layout's own cameras come back, or, the first time, those of the layout before.
    void setTileCount(int count);
    [[nodiscard]] int tileCount() const { return m_tileCount; }

    void selectTile(int index);
    [[nodiscard]] int selectedTile() const { return m_selected; }
    /// In the selected tile. An unknown number is said there for some seconds, and the old picture goes on.
    void showCamera(int number);
    /// Empties the selected tile.
    void clearTile();
    void swapTiles(int one, int other);
    void setMaximised(bool maximised);
    [[nodiscard]] bool isMaximised() const { return m_maximised; }

    [[nodiscard]] CameraTile& tile(int index) const { return *m_tiles.at(static_cast<std::size_t>(index)); }
    /// 0 for an empty tile.
    [[nodiscard]] int cameraNumber(int index) const;

Q_SIGNALS:
    /// The selected tile, or the camera in it, is another; 0: it is empty.
    void cameraSelected(int number);
    void playbackRequested(int number);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    using Statuses = std::unordered_map<estate::CameraId, estate::CameraStatus>;

    void makeTiles();
    [[nodiscard]] std::unique_ptr<TileFeed> makeFeed(int number);
    void fill(const QList<int>& numbers, std::vector<std::unique_ptr<TileFeed>> spare);
    [[nodiscard]] std::vector<std::unique_ptr<TileFeed>> takeFeeds();
    [[nodiscard]] QList<int> numbers() const;
    void layOut();
    void runViews();
    void checkViews();
    void remember();
    void announceSelection();
    void showMenu(const QPoint& globalPosition);
    [[nodiscard]] std::optional<int> selectionAfter(int key) const;

    void camerasChanged();
    void statusesChanged();
    void tellTiles();

    ConsoleContext& m_context;
    RetiredViews m_retired;
    const FeedSource m_source;
    WallMemory m_memory;
    std::vector<CameraTile*> m_tiles;  ///< always `mostTiles`; those beyond the layout are hidden and empty
    int m_tileCount = 4;
    int m_selected = 0;
    bool m_maximised = false;
    Statuses m_statuses;
    QTimer m_checkTimer;
    FeedListener m_camerasFeed;
    FeedListener m_statusFeed;
    Worker m_worker;
};

}  // namespace leedswatch::ui
