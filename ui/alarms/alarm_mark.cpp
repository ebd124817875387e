#include "ui/alarms/alarm_mark.h"

#include <QPolygonF>

namespace leedswatch::ui {

namespace {

constexpr int markSize = 20;

}  // namespace

void paintShape(QPainter& painter, const QRectF& area, AlarmShape shape, const QColor& colour) {
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    switch (shape) {
        case AlarmShape::Triangle:
            painter.drawPolygon(
                QPolygonF{{QPointF{area.center().x(), area.top()}, area.bottomRight(), area.bottomLeft()}});
            break;
        case AlarmShape::Square: painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), 2, 2); break;
        case AlarmShape::Circle: painter.drawEllipse(area.adjusted(1, 1, -1, -1)); break;
    }
    painter.restore();
}

AlarmMark::AlarmMark(QWidget* parent) : QWidget{parent} {
    setFixedSize(markSize, markSize);
}

void AlarmMark::setAlarm(const response::Alarm& alarm) {
    m_shape = shapeOf(alarm.alarmClass);
    m_colour = colourOf(alarm);
    setAccessibleName(titleOf(alarm));
    update();
}

void AlarmMark::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter{this};
    paintShape(painter, QRectF{rect()}.adjusted(2, 2, -2, -2), m_shape, m_colour);
}

}  // namespace leedswatch::ui
