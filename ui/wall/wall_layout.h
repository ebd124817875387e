#pragma once

#include <QPoint>
#include <QRect>
#include <QSize>
#include <QString>
#include <optional>
#include <vector>

namespace leedswatch::ui {

/// How a wall is divided into tiles: rectangles on a grid of equal cells. A large tile comes first in the order of the
/// tiles, so that the camera of the first tile is the one that is seen best in each layout. A constant of the program.
class WallLayout {
public:
    /// 1, 4, 6, 8, 9, 10, 13, 16, 25 and 36 tiles, in this order.
    [[nodiscard]] static const std::vector<WallLayout>& all();
    /// Null if no layout has as many tiles.
    [[nodiscard]] static const WallLayout* find(int tiles);
    [[nodiscard]] static int mostTiles();

    [[nodiscard]] int tileCount() const { return static_cast<int>(m_cells.size()); }
    /// "9 tiles", "13 tiles, one large in the middle".
    [[nodiscard]] const QString& what() const { return m_what; }
    /// Where the tile stands in a wall of `size`, with `gap` pixels round each.
    [[nodiscard]] QRect tileRect(int index, QSize size, int gap) const;
    /// The tile over a cell of the grid.
    [[nodiscard]] int tileAt(QPoint cell) const;
    /// Its upper left cell.
    [[nodiscard]] QPoint cellOf(int index) const { return m_cells.at(static_cast<std::size_t>(index)).topLeft(); }

    struct Step {
        int tile = 0;
        QPoint cell;  ///< the line along which the arrow went: the next step begins there
    };
    /// Where an arrow key leads from the tile that covers `cell`: to the neighbour on the same line. From the end of a
    /// row Right goes on to the row below, and Left back, so that a wall is filled with numbers and one arrow. Nothing
    /// for any other key.
    [[nodiscard]] std::optional<Step> step(QPoint cell, int key) const;

private:
    WallLayout(QString what, std::vector<QRect> cells, QSize grid);
    [[nodiscard]] static WallLayout drawn(QString what, const std::vector<QString>& rows);
    [[nodiscard]] static WallLayout regular(int columns);
    [[nodiscard]] Step stay(QPoint cell) const { return {tileAt(cell), cell}; }
    [[nodiscard]] Step alongRow(QPoint cell, bool right) const;

    QString m_what;
    std::vector<QRect> m_cells;  ///< of each tile
    QSize m_grid;
};

}  // namespace leedswatch::ui
