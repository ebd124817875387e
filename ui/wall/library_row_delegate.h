#pragma once

#include <QStyledItemDelegate>

namespace leedswatch::ui {

/// Draws a view's or a sequence's row: its layout, its name, and under it whose it is and what is in it.
class LibraryRowDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace leedswatch::ui
