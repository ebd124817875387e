#include "ui/common/palette.h"
#include "ui/common/theme.h"
#include "ui/common/zone_canvas.h"

#include <QLineF>
#include <QPainter>
#include <QPainterPath>
#include <QPolygonF>
#include <algorithm>

// How zones and figures look on the still. What a zone says is told by its colour and by its pattern.

namespace leedswatch::ui {

namespace {

constexpr double cornerRadius = 5;
constexpr double crossLength = 14;
constexpr double barHalf = 11;
constexpr double numberInside = 24;

QColor colourOf(ZoneLook look) {
    switch (look) {
        case ZoneLook::Hidden: return palette::text;
        case ZoneLook::Counts: return palette::zoneCounts;
        case ZoneLook::Ignored: return palette::zoneIgnored;
    }
    return palette::text;
}

/// Dense enough to be seen at night, thin enough to see the street through it.
void setBrushOf(QPainter& painter, ZoneLook look, QColor colour) {
    colour.setAlpha(look == ZoneLook::Ignored ? 230 : 64);
    painter.setBrush(QBrush{colour, look == ZoneLook::Ignored ? Qt::BDiagPattern : Qt::SolidPattern});
}

/// Over any picture: words on a dark plate.
void paintPlate(QPainter& painter, const QPointF& middle, const QString& text) {
    const QFont font = theme::font(theme::TextSize::Caption, QFont::Bold);
    const QFontMetricsF metrics{font};
    QRectF plate{0, 0, metrics.horizontalAdvance(text) + 8, metrics.height() + 2};
    plate.moveCenter(middle);
    QColor dark = palette::window;
    dark.setAlpha(200);
    painter.setPen(Qt::NoPen);
    painter.setBrush(dark);
    painter.drawRoundedRect(plate, 3, 3);
    painter.setFont(font);
    painter.setPen(palette::text);
    painter.drawText(plate, Qt::AlignCenter, text);
}

/// As wide as a third of its height, from the head's top at (0, 0) to the feet at (0, 1).
QPainterPath personPath() {
    QPainterPath person;
    person.addEllipse(QPointF{0, 0.08}, 0.07, 0.08);
    QPainterPath body;
    body.addRoundedRect(QRectF{-0.16, 0.18, 0.32, 0.4}, 0.08, 0.08);
    QPainterPath legs;
    legs.addRect(QRectF{-0.1, 0.5, 0.09, 0.5});
    legs.addRect(QRectF{0.01, 0.5, 0.09, 0.5});
    return person.united(body).united(legs);
}

}  // namespace

void ZoneCanvas::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter{this};
    painter.fillRect(rect(), palette::window);
    const QRectF still = stillRect();
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    if (m_still.isNull()) {
        painter.fillRect(still, palette::raised);
        painter.setPen(palette::textDim);
        painter.drawText(still.adjusted(24, 24, -24, -24), Qt::AlignCenter | Qt::TextWordWrap, m_emptyText);
    } else {
        painter.drawImage(still, m_still);
    }
    painter.setRenderHint(QPainter::Antialiasing);
    for (std::size_t zone = 0; zone < m_zones.size(); ++zone) {
        paintZone(painter, zone);
    }
    painter.setClipRect(still);
    for (const CanvasFigure& figure : m_figures) {
        paintFigure(painter, figure);
    }
    painter.setClipping(false);
    paintDrawn(painter);
    paintCross(painter);
    if (hasFocus()) {
        painter.setPen(QPen{palette::accent, 2});
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(still.adjusted(1, 1, -1, -1));
    }
}

void ZoneCanvas::paintZone(QPainter& painter, std::size_t index) const {
    const CanvasZone& zone = m_zones[index];
    const bool isChosen = m_chosen == index;
    const QPolygonF outline = outlineOf(zone);
    const QColor colour = isChosen && zone.look == ZoneLook::Hidden ? palette::accent : colourOf(zone.look);
    painter.setPen(QPen{colour, isChosen ? 3.0 : 2.0});
    setBrushOf(painter, zone.look, colour);
    painter.drawPolygon(outline, Qt::WindingFill);
    if (zone.look != ZoneLook::Hidden && !outline.isEmpty()) {
        // Its number is what a refusal calls it. In its first corner: the middle may be another zone's.
        QLineF inward{outline.first(), outline.boundingRect().center()};
        inward.setLength(std::min(numberInside, inward.length()));
        paintPlate(painter, inward.p2(), QString::number(index + 1));
    }
    if (isChosen) {
        painter.setPen(QPen{palette::window, 1});
        painter.setBrush(palette::accent);
        for (const QPointF& corner : outline) {
            painter.drawEllipse(corner, cornerRadius, cornerRadius);
        }
    }
}

void ZoneCanvas::paintDrawn(QPainter& painter) const {
    if (!isDrawing()) {
        return;
    }
    QPolygonF line = outlineOf(m_drawn);
    line.append(m_pointer);
    const QColor colour = m_drawn.look == ZoneLook::Hidden ? palette::amber : colourOf(m_drawn.look);
    painter.setPen(QPen{colour, 2});
    setBrushOf(painter, m_drawn.look, colour);
    if (m_drawn.look == ZoneLook::Hidden) {
        painter.setBrush(Qt::NoBrush);
        painter.drawPolyline(line);
    } else {
        painter.drawPolygon(line, Qt::WindingFill);
    }
    painter.setBrush(colour);
    painter.drawEllipse(line.first(), cornerRadius, cornerRadius);
}

void ZoneCanvas::paintFigure(QPainter& painter, const CanvasFigure& figure) const {
    const QPointF foot = toWidget(figure.foot);
    const QPointF head = headOf(figure);
    const double height = std::max(1.0, foot.y() - head.y());
    painter.save();
    painter.translate(head);
    painter.scale(height, height);
    QPen rim{palette::window, 1};
    rim.setCosmetic(true);
    painter.setPen(rim);
    QColor fill = palette::amber;
    fill.setAlpha(m_dragged || isDrawing() ? 90 : 190);
    painter.setBrush(fill);
    painter.drawPath(personPath());
    painter.restore();
    // What the hand takes hold of, however small the figure is.
    for (const auto& [colour, width] : {std::pair{palette::window, 5.0}, std::pair{palette::amber, 3.0}}) {
        painter.setPen(QPen{colour, width, Qt::SolidLine, Qt::RoundCap});
        painter.drawLine(head - QPointF{barHalf, 0}, head + QPointF{barHalf, 0});
    }
    paintPlate(painter, head - QPointF{barHalf + 24, 0}, figure.name);
}

void ZoneCanvas::paintCross(QPainter& painter) const {
    if (!m_cross) {
        return;
    }
    const QPointF middle = toWidget(*m_cross);
    for (const auto& [colour, width] : {std::pair{palette::window, 4.0}, std::pair{palette::accent, 2.0}}) {
        painter.setPen(QPen{colour, width});
        painter.drawLine(middle - QPointF{crossLength, 0}, middle + QPointF{crossLength, 0});
        painter.drawLine(middle - QPointF{0, crossLength}, middle + QPointF{0, crossLength});
    }
}

}  // namespace leedswatch::ui
