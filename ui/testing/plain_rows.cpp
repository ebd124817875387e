#include "ui/testing/plain_rows.h"

#include "ui/common/palette.h"

#include <QBrush>
#include <algorithm>

namespace leedswatch::ui {

PlainRows::PlainRows(QStringList header, QObject* parent) : QAbstractTableModel{parent}, m_header{std::move(header)} {}

void PlainRows::setRows(std::vector<PlainRow> rows) {
    if (std::ranges::equal(rows, m_rows, {}, &PlainRow::id, &PlainRow::id)) {
        m_rows = std::move(rows);
        if (!m_rows.empty()) {
            Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        }
        return;
    }
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

std::int64_t PlainRows::idOf(const QModelIndex& index) const {
    return index.isValid() && index.row() < rowCount() ? m_rows[static_cast<std::size_t>(index.row())].id : 0;
}

int PlainRows::rowOf(std::int64_t id) const {
    const auto found = std::ranges::find(m_rows, id, &PlainRow::id);
    return found == m_rows.end() ? -1 : static_cast<int>(found - m_rows.begin());
}

int PlainRows::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int PlainRows::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_header.size());
}

QVariant PlainRows::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) {
        return {};
    }
    const PlainRow& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
        case Qt::DisplayRole: return row.cells.value(index.column());
        // A tip takes what looks like markup for markup.
        case Qt::ToolTipRole:
            return QStringLiteral("<qt>%1</qt>")
                .arg((row.tip.isEmpty() ? row.cells.value(index.column()) : row.tip).toHtmlEscaped());
        case Qt::AccessibleTextRole: return row.cells.join(QStringLiteral(", "));
        case Qt::ForegroundRole:
            return QBrush{index.column() == 0 && row.colour ? *row.colour
                          : index.column() <= 1             ? palette::text
                                                            : palette::textDim};
        default: return {};
    }
}

QVariant PlainRows::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation == Qt::Horizontal && role == Qt::DisplayRole) {
        return m_header.value(section);
    }
    return role == Qt::TextAlignmentRole ? QVariant::fromValue(Qt::Alignment{Qt::AlignVCenter | Qt::AlignLeft})
                                         : QVariant{};
}

}  // namespace leedswatch::ui
