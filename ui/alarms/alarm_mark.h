#pragma once

#include "ui/alarms/alarm_text.h"

#include <QPainter>
#include <QWidget>

namespace leedswatch::ui {

/// Draws a triangle, square or circle into a square area.
void paintShape(QPainter& painter, const QRectF& area, AlarmShape shape, const QColor& colour);

/// The shape of an alarm's class beside its words.
class AlarmMark final : public QWidget {
    Q_OBJECT

public:
    explicit AlarmMark(QWidget* parent);
    void setAlarm(const response::Alarm& alarm);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    AlarmShape m_shape = AlarmShape::Square;
    QColor m_colour;
};

}  // namespace leedswatch::ui
