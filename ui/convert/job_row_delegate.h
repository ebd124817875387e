#pragma once

#include <QStyledItemDelegate>

namespace leedswatch::ui {

/// Draws a recording's row: its name and what it is at, under that where it is or why it failed, and a bar.
class JobRowDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace leedswatch::ui
