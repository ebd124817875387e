#pragma once

#include <QStyledItemDelegate>

namespace leedswatch::ui {

/// Draws a camera's row: state dot, number, name over site, and in words what is wrong if anything is.
class CameraRowDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace leedswatch::ui
