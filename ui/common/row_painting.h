#pragma once

#include <QPainter>
#include <QStyleOptionViewItem>

// What the rows of all lists have in common, for their delegates.

namespace leedswatch::ui {

/// The ground of a row that is chosen or under the mouse, with a ring where the keyboard is. Leaves pen and brush set.
void paintRowGround(QPainter& painter, const QStyleOptionViewItem& option);

/// One line of text from the left, with an ellipsis where it does not fit.
void paintRowLine(QPainter& painter, const QRect& line, const QFont& font, const QColor& colour, const QString& text,
                  Qt::TextElideMode elide = Qt::ElideRight);

/// A few words at the right, whole; how wide they are.
int paintRowEnd(QPainter& painter, const QRect& line, const QFont& font, const QColor& colour, const QString& text);

}  // namespace leedswatch::ui
