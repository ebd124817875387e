#include "ui/figures/figures_table.h"

#include "ui/common/palette.h"
#include "ui/common/theme.h"

#include <QBrush>

namespace leedswatch::ui {

namespace {

QColor colourOf(FiguresTone tone) {
    switch (tone) {
        case FiguresTone::Dim: return palette::textDim;
        case FiguresTone::Warning: return palette::amber;
        case FiguresTone::Plain:
        case FiguresTone::Strong: break;
    }
    return palette::text;
}

QVariant alignmentOf(const FiguresColumn& column) {
    return QVariant::fromValue(Qt::Alignment{Qt::AlignVCenter | (column.isNumber ? Qt::AlignRight : Qt::AlignLeft)});
}

}  // namespace

void FiguresTable::show(FiguresSheet sheet) {
    beginResetModel();
    m_sheet = std::move(sheet);
    endResetModel();
}

int FiguresTable::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_sheet.rows.size());
}

int FiguresTable::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(m_sheet.columns.size());
}

QVariant FiguresTable::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) {
        return {};
    }
    const auto& row = m_sheet.rows[static_cast<std::size_t>(index.row())];
    const auto column = static_cast<std::size_t>(index.column());
    if (column >= row.size()) {
        return {};
    }
    const FiguresCell& cell = row[column];
    switch (role) {
        case Qt::DisplayRole: return cell.text;
        case Qt::ToolTipRole:
        case Qt::AccessibleDescriptionRole: return cell.hint;
        case Qt::ForegroundRole: return QBrush{colourOf(cell.tone)};
        case Qt::TextAlignmentRole: return alignmentOf(m_sheet.columns[column]);
        case Qt::FontRole: {
            const bool isStrong = cell.tone == FiguresTone::Strong || cell.tone == FiguresTone::Warning;
            return isStrong ? QVariant{theme::font(theme::TextSize::Body, QFont::DemiBold)} : QVariant{};
        }
        default: return {};
    }
}

QVariant FiguresTable::headerData(int section, Qt::Orientation orientation, int role) const {
    const bool isKnown = section >= 0 && section < columnCount();
    if (orientation != Qt::Horizontal || !isKnown) {
        return {};
    }
    const FiguresColumn& column = m_sheet.columns[static_cast<std::size_t>(section)];
    switch (role) {
        case Qt::DisplayRole: return column.title;
        case Qt::TextAlignmentRole: return alignmentOf(column);
        default: return {};
    }
}

}  // namespace leedswatch::ui
