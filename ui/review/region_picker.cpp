#include "ui/review/region_picker.h"

#include "ui/common/palette.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>

namespace leedswatch::ui {
namespace {

using analytics::activityColumns;
using analytics::ActivityGrid;
using analytics::activityRows;

ActivityGrid wholePicture() {
    return ActivityGrid{}.set();
}

std::size_t indexOf(QPoint field) {
    return static_cast<std::size_t>(field.y() * activityColumns + field.x());
}

ActivityGrid between(QPoint one, QPoint other) {
    ActivityGrid fields;
    for (int y = std::min(one.y(), other.y()); y <= std::max(one.y(), other.y()); ++y) {
        for (int x = std::min(one.x(), other.x()); x <= std::max(one.x(), other.x()); ++x) {
            fields.set(indexOf({x, y}));
        }
    }
    return fields;
}

bool isOurs(int key) {
    return key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Up || key == Qt::Key_Down ||
           key == Qt::Key_Space || key == Qt::Key_Backspace;
}

}  // namespace

RegionPicker::RegionPicker(QWidget* parent)
    : QWidget{parent}, m_region{wholePicture()}, m_field{activityColumns / 2, activityRows / 2} {
    setObjectName(QStringLiteral("regionPicker"));
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::CrossCursor);
    setAccessibleName(QStringLiteral("Part of the picture that is searched"));
    setToolTip(
        QStringLiteral("Draw over the part of the picture to search.\nCtrl adds a part, Backspace takes all of "
                       "the picture."));
}

void RegionPicker::setRegion(const ActivityGrid& region) {
    m_region = region;
    update();
}

void RegionPicker::rest() {
    m_isResting = true;
    update();
}

QRectF RegionPicker::rectOf(int column, int row) const {
    const double fieldWidth = static_cast<double>(width()) / activityColumns;
    const double fieldHeight = static_cast<double>(height()) / activityRows;
    return {column * fieldWidth, row * fieldHeight, fieldWidth, fieldHeight};
}

QPoint RegionPicker::fieldAt(const QPointF& place) const {
    return {std::clamp(static_cast<int>(place.x() * activityColumns / std::max(1, width())), 0, activityColumns - 1),
            std::clamp(static_cast<int>(place.y() * activityRows / std::max(1, height())), 0, activityRows - 1)};
}

void RegionPicker::change(const ActivityGrid& region) {
    if (m_region == region) {
        return;
    }
    m_region = region;
    update();
    Q_EMIT regionChanged(m_region);
}

void RegionPicker::drawTo(QPoint field) {
    change(m_kept | between(*m_anchor, field));
}

void RegionPicker::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) {
        return;
    }
    m_isDragging = true;
    m_isResting = false;
    m_kept = (event->modifiers() & Qt::ControlModifier) != 0 && !m_region.all() ? m_region : ActivityGrid{};
    m_anchor = fieldAt(event->position());
    m_field = *m_anchor;
    drawTo(m_field);
    update();
}

void RegionPicker::mouseMoveEvent(QMouseEvent* event) {
    if (m_isDragging) {
        m_field = fieldAt(event->position());
        drawTo(m_field);
    }
}

void RegionPicker::mouseReleaseEvent(QMouseEvent*) {
    m_isDragging = false;
    m_anchor.reset();
}

void RegionPicker::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Space: {
            // The first field that is taken begins anew: nobody means "all but this one".
            ActivityGrid fields = m_region.all() ? ActivityGrid{} : m_region;
            fields.flip(indexOf(m_field));
            change(fields.none() ? wholePicture() : fields);
            break;
        }
        case Qt::Key_Backspace: change(wholePicture()); break;
        case Qt::Key_Left:
        case Qt::Key_Right:
        case Qt::Key_Up:
        case Qt::Key_Down:
            moveField(static_cast<Qt::Key>(event->key()), (event->modifiers() & Qt::ShiftModifier) != 0);
            break;
        default: QWidget::keyPressEvent(event); return;
    }
    m_isResting = false;
    update();
}

void RegionPicker::moveField(Qt::Key key, bool draws) {
    if (draws && !m_anchor) {
        m_anchor = m_field;
        m_kept = {};
    } else if (!draws) {
        m_anchor.reset();
    }
    m_field += {key == Qt::Key_Left    ? -1
                : key == Qt::Key_Right ? 1
                                       : 0,
                key == Qt::Key_Up     ? -1
                : key == Qt::Key_Down ? 1
                                      : 0};
    m_field = {std::clamp(m_field.x(), 0, activityColumns - 1), std::clamp(m_field.y(), 0, activityRows - 1)};
    if (draws) {
        drawTo(m_field);
    }
}

// The page's keys step and zoom; here they draw.
bool RegionPicker::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride && isOurs(static_cast<QKeyEvent*>(event)->key())) {
        event->accept();
        return true;
    }
    return QWidget::event(event);
}

QPainterPath RegionPicker::outline() const {
    QPainterPath path;
    for (int row = 0; row < activityRows; ++row) {
        for (int column = 0; column < activityColumns; ++column) {
            if (m_region.test(indexOf({column, row}))) {
                path.addRect(rectOf(column, row));
            }
        }
    }
    return path.simplified();
}

void RegionPicker::paintEvent(QPaintEvent*) {
    QPainter painter{this};
    const QPainterPath chosen = outline();
    QPainterPath whole;
    whole.addRect(rect());
    painter.fillPath(whole.subtracted(chosen), QColor{0, 0, 0, m_isResting ? 40 : 130});
    painter.setRenderHint(QPainter::Antialiasing);
    // Dark below light: seen on snow and at night.
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen{QColor{0, 0, 0, 160}, 4});
    painter.drawPath(chosen);
    painter.setPen(QPen{palette::found, 2});
    painter.drawPath(chosen);
    if (hasFocus() && !m_isResting) {
        const QRectF field = rectOf(m_field.x(), m_field.y()).adjusted(2, 2, -2, -2);
        painter.setPen(QPen{QColor{0, 0, 0, 160}, 4});
        painter.drawRect(field);
        painter.setPen(QPen{palette::accent, 2});
        painter.drawRect(field);
    }
}

}  // namespace leedswatch::ui
