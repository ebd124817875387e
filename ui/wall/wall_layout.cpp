#include "ui/wall/wall_layout.h"

#include <algorithm>
#include <utility>

namespace leedswatch::ui {

WallLayout::WallLayout(QString what, std::vector<QRect> cells, QSize grid)
    : m_what{std::move(what)}, m_cells{std::move(cells)}, m_grid{grid} {}

WallLayout WallLayout::drawn(QString what, const std::vector<QString>& rows) {
    std::vector<QRect> cells;
    for (int row = 0; row < static_cast<int>(rows.size()); ++row) {
        const QString& line = rows[static_cast<std::size_t>(row)];
        for (int column = 0; column < line.size(); ++column) {
            const auto tile = static_cast<std::size_t>(line[column].unicode() - u'a');
            cells.resize(std::max(cells.size(), tile + 1));
            cells[tile] = cells[tile].united(QRect{column, row, 1, 1});
        }
    }
    return {std::move(what), std::move(cells), QSize{static_cast<int>(rows[0].size()), static_cast<int>(rows.size())}};
}

WallLayout WallLayout::regular(int columns) {
    std::vector<QRect> cells;
    for (int tile = 0; tile < columns * columns; ++tile) {
        cells.emplace_back(tile % columns, tile / columns, 1, 1);
    }
    const QString what = columns == 1 ? QStringLiteral("1 tile") : QStringLiteral("%1 tiles").arg(columns * columns);
    return {what, std::move(cells), QSize{columns, columns}};
}

const std::vector<WallLayout>& WallLayout::all() {
    const auto row = [](const char* letters) { return QString::fromLatin1(letters); };
    static const std::vector<WallLayout> layouts{
        regular(1),
        regular(2),
        drawn(QStringLiteral("6 tiles, one large"), {row("aab"), row("aac"), row("def")}),
        drawn(QStringLiteral("8 tiles, one large"), {row("aaab"), row("aaac"), row("aaad"), row("efgh")}),
        regular(3),
        drawn(QStringLiteral("10 tiles, two large"), {row("aabb"), row("aabb"), row("cdef"), row("ghij")}),
        drawn(QStringLiteral("13 tiles, one large in the middle"),
              {row("bcde"), row("faag"), row("haai"), row("jklm")}),
        regular(4),
        regular(5),
        regular(6),
    };
    return layouts;
}

const WallLayout* WallLayout::find(int tiles) {
    const auto found =
        std::find_if(all().begin(), all().end(), [&](const WallLayout& each) { return each.tileCount() == tiles; });
    return found == all().end() ? nullptr : &*found;
}

int WallLayout::mostTiles() {
    return all().back().tileCount();
}

QRect WallLayout::tileRect(int index, QSize size, int gap) const {
    const auto edge = [gap](int length, int part, int parts) { return gap + (length - gap) * part / parts; };
    const QRect& cells = m_cells.at(static_cast<std::size_t>(index));
    const int left = edge(size.width(), cells.left(), m_grid.width());
    const int top = edge(size.height(), cells.top(), m_grid.height());
    const int right = edge(size.width(), cells.right() + 1, m_grid.width()) - gap;
    const int bottom = edge(size.height(), cells.bottom() + 1, m_grid.height()) - gap;
    return {left, top, right - left, bottom - top};
}

int WallLayout::tileAt(QPoint cell) const {
    const auto found =
        std::find_if(m_cells.begin(), m_cells.end(), [&](const QRect& cells) { return cells.contains(cell); });
    return found == m_cells.end() ? 0 : static_cast<int>(found - m_cells.begin());
}

std::optional<WallLayout::Step> WallLayout::step(QPoint cell, int key) const {
    const QRect& from = m_cells.at(static_cast<std::size_t>(tileAt(cell)));
    switch (key) {
        case Qt::Key_Up:
            return from.top() == 0 ? stay(cell) : Step{tileAt({cell.x(), from.top() - 1}), {cell.x(), from.top() - 1}};
        case Qt::Key_Down: {
            const QPoint below{cell.x(), from.bottom() + 1};
            return below.y() == m_grid.height() ? stay(cell) : Step{tileAt(below), below};
        }
        case Qt::Key_Left: return alongRow(cell, false);
        case Qt::Key_Right: return alongRow(cell, true);
        default: return std::nullopt;
    }
}

WallLayout::Step WallLayout::alongRow(QPoint cell, bool right) const {
    const QRect& from = m_cells.at(static_cast<std::size_t>(tileAt(cell)));
    QPoint next{right ? from.right() + 1 : from.left() - 1, cell.y()};
    if (next.x() >= 0 && next.x() < m_grid.width()) {
        return {tileAt(next), next};
    }
    // On to the next row, to the first tile that begins there: one that reaches down into it was passed already.
    for (int row = cell.y() + (right ? 1 : -1); row >= 0 && row < m_grid.height(); row += right ? 1 : -1) {
        for (int i = 0; i < m_grid.width(); ++i) {
            next = {right ? i : m_grid.width() - 1 - i, row};
            if (m_cells.at(static_cast<std::size_t>(tileAt(next))).top() == row) {
                return {tileAt(next), next};
            }
        }
    }
    return stay(cell);
}

}  // namespace leedswatch::ui
