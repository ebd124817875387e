#include "ui/health/quality_chart.h"

#include "base/local_time.h"
#include "ui/common/palette.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/health/quality_figures.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>
#include <algorithm>

namespace leedswatch::ui {
namespace {

using namespace std::chrono_literals;
using analytics::QualityReading;

constexpr int nameWidth = 108;
constexpr int valueWidth = 216;
constexpr int axisHeight = 24;
constexpr int lineHeight = 18;
constexpr int laneGap = 8;
constexpr int dotSize = 3;
constexpr int leastDayWidth = 44;    // pixels: for "22 Nov"
constexpr auto longestStep = 90min;  // readings further apart are not one line: nobody looked between them

/// "25 Oct"
QString dayText(base::UtcTime day) {
    return toQt(base::formatLocalDate(day)).section(QLatin1Char{' '}, 0, 1);
}

double topOf(const std::vector<QualityReading>& readings, const QualityFigure& figure) {
    double top = figure.top;
    for (const QualityReading& reading : readings) {
        top = std::max(top, figure.value(reading.quality));
    }
    return top;
}

}  // namespace

QualityChart::QualityChart(QWidget* parent) : QWidget{parent} {
    setObjectName(QStringLiteral("qualityChart"));
    setAccessibleName(QStringLiteral("Picture quality over time"));
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
}

void QualityChart::show(std::vector<QualityReading> readings, const video::TimeRange& period) {
    // The estate's other cameras have it read anew all the time; the cursor stays where somebody has put it.
    const base::UtcTime at = m_cursor ? m_readings[*m_cursor].time : base::UtcTime::max();
    m_readings = std::move(readings);
    m_period = period;
    m_text =
        QStringLiteral("There is no reading in this time. One is taken each hour while the camera sends pictures.");
    const auto same = std::ranges::find(m_readings, at, &QualityReading::time);
    m_cursor.reset();
    if (same != m_readings.end()) {
        m_cursor = static_cast<std::size_t>(same - m_readings.begin());
    }
    update();
}

void QualityChart::showText(const QString& text) {
    m_readings.clear();
    m_text = text;
    setCursorAt({});
    update();
}

QRect QualityChart::plot() const {
    return {nameWidth, 0, std::max(1, width() - nameWidth - valueWidth), height() - axisHeight};
}

QRect QualityChart::lane(int number) const {
    const QRect all = plot();
    const int count = static_cast<int>(qualityFigures().size());
    const int top = all.height() * number / count;
    const int bottom = all.height() * (number + 1) / count - laneGap;
    return {all.left(), top, all.width(), bottom - top};
}

int QualityChart::xOf(base::UtcTime time) const {
    const double length = std::max<double>(1, static_cast<double>((m_period.end - m_period.begin).count()));
    return plot().left() +
           static_cast<int>(static_cast<double>((time - m_period.begin).count()) / length * (plot().width() - 1));
}

void QualityChart::setCursorAt(std::optional<std::size_t> reading) {
    if (reading != m_cursor) {
        m_cursor = reading;
        update();
        Q_EMIT cursorMoved();
    }
}

void QualityChart::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter{this};
    painter.setFont(theme::font(theme::TextSize::Body));
    if (m_readings.empty()) {
        painter.setPen(palette::textDim);
        painter.drawText(rect(), Qt::AlignCenter | Qt::TextWordWrap, m_text);
        return;
    }
    paintDays(painter);
    for (int number = 0; number < static_cast<int>(qualityFigures().size()); ++number) {
        paintLane(painter, number);
    }
    if (m_cursor) {
        painter.setPen(QPen{palette::accent, 1});
        const int x = xOf(m_readings[*m_cursor].time);
        painter.drawLine(x, 0, x, plot().bottom());
    }
    if (hasFocus()) {
        painter.setPen(QPen{palette::accent, 1});
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(plot().adjusted(-1, 0, 0, -laneGap));
    }
}

void QualityChart::paintDays(QPainter& painter) const {
    painter.setFont(theme::font(theme::TextSize::Caption));
    int free = plot().left();
    for (base::UtcTime day = base::localDayOf(m_period.begin).end; day < m_period.end;
         day = base::localDayOf(day).end) {
        const int x = xOf(day);
        painter.setPen(palette::line);
        painter.drawLine(x, 0, x, plot().bottom());
        if (x >= free && x + leastDayWidth <= width()) {
            painter.setPen(palette::textDim);
            painter.drawText(QRect{x + 4, plot().bottom(), leastDayWidth * 2, axisHeight},
                             Qt::AlignLeft | Qt::AlignVCenter, dayText(day));
            free = x + leastDayWidth;
        }
    }
}

void QualityChart::paintLane(QPainter& painter, int number) const {
    const QualityFigure& figure = qualityFigures()[static_cast<std::size_t>(number)];
    const QRect room = lane(number);
    painter.setPen(palette::line);
    painter.drawLine(room.bottomLeft(), room.bottomRight());
    painter.setFont(theme::font(theme::TextSize::Body, QFont::DemiBold));
    painter.setPen(palette::text);
    painter.drawText(QRect{0, room.top(), nameWidth, room.height()}, Qt::AlignLeft | Qt::AlignVCenter, figure.name);
    paintLine(painter, room, figure, topOf(m_readings, figure));
    const QualityReading& told = m_cursor ? m_readings[*m_cursor] : m_readings.back();
    const QRect values{room.right() + 12, room.top(), valueWidth - 12, room.height()};
    const int top = values.center().y() - lineHeight;
    painter.setFont(theme::font(theme::TextSize::Body));
    painter.setPen(palette::text);
    painter.drawText(QRect{values.left(), top, values.width(), lineHeight}, Qt::AlignLeft | Qt::AlignVCenter,
                     figure.text(told.quality));
    painter.setPen(palette::textDim);
    painter.drawText(QRect{values.left(), top + lineHeight, values.width(), lineHeight},
                     Qt::AlignLeft | Qt::AlignVCenter,
                     QStringLiteral("usually %1").arg(figure.text(middleReading(m_readings, figure))));
}

void QualityChart::paintLine(QPainter& painter, const QRect& room, const QualityFigure& figure, double top) const {
    QPainterPath line;
    const QualityReading* before = nullptr;
    painter.setRenderHint(QPainter::Antialiasing);
    for (const QualityReading& reading : m_readings) {
        const double part = std::clamp(figure.value(reading.quality) / top, 0.0, 1.0);
        const QPointF point{static_cast<double>(xOf(reading.time)), room.bottom() - part * (room.height() - 1)};
        if (before != nullptr && reading.time - before->time <= longestStep) {
            line.lineTo(point);
        } else {
            line.moveTo(point);
            painter.fillRect(QRectF{point - QPointF{dotSize / 2.0, dotSize / 2.0}, QSizeF{dotSize, dotSize}},
                             palette::found);
        }
        before = &reading;
    }
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen{palette::found, 1.5});
    painter.drawPath(line);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

void QualityChart::mouseMoveEvent(QMouseEvent* event) {
    if (m_readings.empty()) {
        return;
    }
    const int x = static_cast<int>(event->position().x());
    const auto nearest = std::ranges::min_element(
        m_readings, {}, [&](const QualityReading& reading) { return std::abs(xOf(reading.time) - x); });
    setCursorAt(static_cast<std::size_t>(nearest - m_readings.begin()));
}

void QualityChart::leaveEvent(QEvent* /*event*/) {
    setCursorAt({});
}

void QualityChart::keyPressEvent(QKeyEvent* event) {
    if (m_readings.empty()) {
        QWidget::keyPressEvent(event);
        return;
    }
    const std::size_t last = m_readings.size() - 1;
    switch (event->key()) {
        case Qt::Key_Left: setCursorAt(m_cursor ? std::max<std::size_t>(*m_cursor, 1) - 1 : last); break;
        case Qt::Key_Right: setCursorAt(m_cursor ? std::min(*m_cursor + 1, last) : 0); break;
        case Qt::Key_Home: setCursorAt(0); break;
        case Qt::Key_End: setCursorAt(last); break;
        default: QWidget::keyPressEvent(event);
    }
}

bool QualityChart::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip && !m_readings.empty()) {
        const auto* help = static_cast<QHelpEvent*>(event);
        for (int number = 0; number < static_cast<int>(qualityFigures().size()); ++number) {
            const QRect row{0, lane(number).top(), nameWidth, lane(number).height()};
            if (row.contains(help->pos())) {
                QToolTip::showText(help->globalPos(), qualityFigures()[static_cast<std::size_t>(number)].meaning, this);
            }
        }
        return true;
    }
    if (event->type() == QEvent::FocusIn || event->type() == QEvent::FocusOut) {
        update();
    }
    return QWidget::event(event);
}

}  // namespace leedswatch::ui
