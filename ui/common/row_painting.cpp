#include "ui/common/row_painting.h"

#include "ui/common/palette.h"

namespace leedswatch::ui {

void paintRowGround(QPainter& painter, const QStyleOptionViewItem& option) {
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    const bool focused = option.state.testFlag(QStyle::State_HasFocus) && option.state.testFlag(QStyle::State_Active);
    if (!selected && !focused && !option.state.testFlag(QStyle::State_MouseOver)) {
        return;
    }
    painter.setPen(focused ? QPen{palette::accent, 2} : QPen{Qt::NoPen});
    painter.setBrush(selected ? palette::hover : palette::raised);
    painter.drawRoundedRect(QRectF{option.rect}.adjusted(5, 1, -5, -1), 6, 6);
}

void paintRowLine(QPainter& painter, const QRect& line, const QFont& font, const QColor& colour, const QString& text,
                  Qt::TextElideMode elide) {
    painter.setFont(font);
    painter.setPen(colour);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, QFontMetrics{font}.elidedText(text, elide, line.width()));
}

int paintRowEnd(QPainter& painter, const QRect& line, const QFont& font, const QColor& colour, const QString& text) {
    painter.setFont(font);
    painter.setPen(colour);
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, text);
    return QFontMetrics{font}.horizontalAdvance(text);
}

}  // namespace leedswatch::ui
