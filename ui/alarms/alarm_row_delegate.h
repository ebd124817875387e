#pragma once

#include "base/clock.h"

#include <QStyledItemDelegate>

namespace leedswatch::ui {

/// Draws an alarm's row: shape, class and age, under that the place and what happened, and who has it.
class AlarmRowDelegate final : public QStyledItemDelegate {
    Q_OBJECT

public:
    AlarmRowDelegate(const base::Clock& clock, QObject* parent) : QStyledItemDelegate{parent}, m_clock{clock} {}
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    const base::Clock& m_clock;
};

}  // namespace leedswatch::ui
