#pragma once

#include <QHash>
#include <QRegularExpression>
#include <QStyledItemDelegate>

namespace leedswatch::ui {

/// Draws an entry of the log: time, category and reference over the wrapped text, with what was searched for marked;
/// camera and author below.
class LogRowDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    using QStyledItemDelegate::QStyledItemDelegate;

    /// The words that are marked where they begin a word of the text.
    void setWords(const QString& words);
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    QRegularExpression m_marked;
    /// Heights of texts laid out at m_width; UI thread only.
    mutable QHash<qlonglong, int> m_textHeights;
    mutable int m_width = 0;
};

}  // namespace leedswatch::ui
