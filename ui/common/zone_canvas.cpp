#include "ui/common/zone_canvas.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPolygonF>
#include <algorithm>
#include <cmath>

// Its zones and the hands that draw them; zone_canvas_painting.cpp shows them.

namespace leedswatch::ui {

namespace {

using estate::ZonePoint;

constexpr double reach = 8;  // of a corner or a head, for the pointer
constexpr std::size_t fewestCorners = 3;
constexpr int crossStep = 200;
constexpr int fineCrossStep = 20;

}  // namespace

ZoneCanvas::ZoneCanvas(QWidget* parent) : QWidget{parent} {
    setObjectName(QStringLiteral("zoneCanvas"));
    setMinimumSize(480, 270);
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::CrossCursor);
    setAccessibleName(QStringLiteral("Zones on a still picture"));
}

void ZoneCanvas::setStill(const QImage& still) {
    m_still = still;
    update();
}

void ZoneCanvas::setEmptyText(const QString& text) {
    m_emptyText = text;
    update();
}

void ZoneCanvas::setZones(std::vector<CanvasZone> zones) {
    m_zones = std::move(zones);
    m_drawn.corners.clear();
    m_isBeginning = false;
    m_chosen.reset();
    m_dragged.reset();
    changed();
}

void ZoneCanvas::beginZone(ZoneLook look) {
    m_drawn = {{}, look};
    m_chosen.reset();
    m_isBeginning = true;
    changed();
}

void ZoneCanvas::setFigures(std::vector<CanvasFigure> figures) {
    m_figures = std::move(figures);
    update();
}

void ZoneCanvas::changed() {
    update();
    Q_EMIT zonesChanged();
}

QRectF ZoneCanvas::stillRect() const {
    const QSizeF shape = m_still.isNull() ? QSizeF{16, 9} : QSizeF{m_still.size()};
    const QSizeF size = shape.scaled(QSizeF{rect().size()}, Qt::KeepAspectRatio);
    return {(width() - size.width()) / 2, (height() - size.height()) / 2, size.width(), size.height()};
}

QPointF ZoneCanvas::toWidget(const ZonePoint& point) const {
    const QRectF still = stillRect();
    return {still.left() + still.width() * point.x / ZonePoint::whole,
            still.top() + still.height() * point.y / ZonePoint::whole};
}

QPointF ZoneCanvas::headOf(const CanvasFigure& figure) const {
    return toWidget({figure.foot.x, figure.foot.y - figure.height});
}

/// A corner that is set beyond the picture's edge lies on the edge.
ZonePoint ZoneCanvas::toZone(const QPointF& point) const {
    const QRectF still = stillRect();
    const auto share = [](double part, double all) {
        return std::clamp(static_cast<int>(std::lround(part / all * ZonePoint::whole)), 0, ZonePoint::whole);
    };
    return {share(point.x() - still.left(), still.width()), share(point.y() - still.top(), still.height())};
}

QPolygonF ZoneCanvas::outlineOf(const CanvasZone& zone) const {
    QPolygonF outline;
    for (const ZonePoint& corner : zone.corners) {
        outline.append(toWidget(corner));
    }
    return outline;
}

std::optional<ZoneCanvas::CornerPlace> ZoneCanvas::cornerAt(const QPointF& point) const {
    for (std::size_t zone = 0; zone < m_zones.size(); ++zone) {
        for (std::size_t corner = 0; corner < m_zones[zone].corners.size(); ++corner) {
            if ((toWidget(m_zones[zone].corners[corner]) - point).manhattanLength() <= reach) {
                return CornerPlace{zone, corner};
            }
        }
    }
    return std::nullopt;
}

std::optional<std::size_t> ZoneCanvas::zoneAt(const QPointF& point) const {
    for (std::size_t zone = m_zones.size(); zone-- > 0;) {
        if (outlineOf(m_zones[zone]).containsPoint(point, Qt::WindingFill)) {
            return zone;
        }
    }
    return std::nullopt;
}

std::optional<std::size_t> ZoneCanvas::figureAt(const QPointF& point) const {
    for (std::size_t figure = 0; figure < m_figures.size(); ++figure) {
        if ((headOf(m_figures[figure]) - point).manhattanLength() <= reach) {
            return figure;
        }
    }
    return std::nullopt;
}

void ZoneCanvas::pressAt(const QPointF& place) {
    if (isDrawing()) {
        const bool isBack = (toWidget(m_drawn.corners.front()) - place).manhattanLength() <= reach;
        if (isBack && m_drawn.corners.size() >= fewestCorners) {
            closeDrawn();
        } else {
            m_drawn.corners.push_back(toZone(place));
        }
    } else if (m_isBeginning) {
        m_isBeginning = false;
        m_drawn.corners.push_back(toZone(place));
    } else if (m_draggedFigure = figureAt(place); m_draggedFigure) {
        m_chosen.reset();
    } else if (m_dragged = cornerAt(place); m_dragged) {
        m_chosen = m_dragged->zone;
    } else if (const auto zone = zoneAt(place)) {
        m_chosen = zone;
    } else {
        m_chosen.reset();
        m_drawn.corners.push_back(toZone(place));
    }
    changed();
}

void ZoneCanvas::moveTo(const QPointF& place) {
    m_pointer = place;
    if (m_dragged) {
        m_zones[m_dragged->zone].corners[m_dragged->corner] = toZone(place);
        changed();
    } else if (m_draggedFigure) {
        const auto figure = static_cast<int>(*m_draggedFigure);
        Q_EMIT figureDragged(figure, std::max(0, m_figures[*m_draggedFigure].foot.y - toZone(place).y));
    } else if (isDrawing() || m_cross) {
        update();
    }
}

void ZoneCanvas::putDown() {
    m_dragged.reset();
    m_draggedFigure.reset();
}

void ZoneCanvas::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) {
        return;
    }
    setFocus();
    m_cross.reset();
    pressAt(event->position());
}

void ZoneCanvas::mouseMoveEvent(QMouseEvent* event) {
    // Where the keyboard carries something the mouse only passes by.
    if (!m_cross) {
        moveTo(event->position());
    }
}

void ZoneCanvas::mouseReleaseEvent(QMouseEvent* /*event*/) {
    putDown();
}

void ZoneCanvas::mouseDoubleClickEvent(QMouseEvent* /*event*/) {
    // Its first click has set the last corner.
    closeDrawn();
}

void ZoneCanvas::focusOutEvent(QFocusEvent* event) {
    m_cross.reset();
    putDown();
    update();
    QWidget::focusOutEvent(event);
}

void ZoneCanvas::keyPressEvent(QKeyEvent* event) {
    const int key = event->key();
    if ((isDrawing() || m_isBeginning) && keyWhileDrawing(key)) {
        return;
    }
    switch (key) {
        case Qt::Key_Left:
        case Qt::Key_Right:
        case Qt::Key_Up:
        case Qt::Key_Down: moveCross(key, event->modifiers().testFlag(Qt::ShiftModifier)); break;
        case Qt::Key_Space: clickAtCross(); break;
        case Qt::Key_Delete: removeChosen(); break;
        case Qt::Key_Return:
        case Qt::Key_Enter: break;  // whoever closes a zone twice has not meant the dialog's button
        default: QWidget::keyPressEvent(event);
    }
}

bool ZoneCanvas::keyWhileDrawing(int key) {
    if (key == Qt::Key_Return || key == Qt::Key_Enter) {
        closeDrawn();
    } else if (key == Qt::Key_Backspace && isDrawing()) {
        m_drawn.corners.pop_back();
        changed();
    } else if (key == Qt::Key_Escape) {
        m_drawn.corners.clear();
        m_isBeginning = false;
        changed();
    } else {
        return false;
    }
    return true;
}

void ZoneCanvas::moveCross(int key, bool isFine) {
    const int step = isFine ? fineCrossStep : crossStep;
    ZonePoint cross = m_cross.value_or(ZonePoint{ZonePoint::whole / 2, ZonePoint::whole / 2});
    cross.x += key == Qt::Key_Left ? -step : key == Qt::Key_Right ? step : 0;
    cross.y += key == Qt::Key_Up ? -step : key == Qt::Key_Down ? step : 0;
    m_cross = {std::clamp(cross.x, 0, ZonePoint::whole), std::clamp(cross.y, 0, ZonePoint::whole)};
    moveTo(toWidget(*m_cross));
}

void ZoneCanvas::clickAtCross() {
    if (!m_cross) {
        m_cross = ZonePoint{ZonePoint::whole / 2, ZonePoint::whole / 2};
        moveTo(toWidget(*m_cross));
    } else if (m_dragged || m_draggedFigure) {
        putDown();
    } else {
        pressAt(toWidget(*m_cross));
    }
}

void ZoneCanvas::closeDrawn() {
    auto& corners = m_drawn.corners;
    corners.erase(std::unique(corners.begin(), corners.end()), corners.end());
    if (corners.size() >= fewestCorners) {
        m_zones.push_back({std::exchange(corners, {}), m_drawn.look});
        m_chosen = m_zones.size() - 1;
        changed();
    }
}

void ZoneCanvas::removeChosen() {
    if (m_chosen) {
        m_zones.erase(m_zones.begin() + static_cast<std::ptrdiff_t>(*m_chosen));
        m_chosen.reset();
        m_dragged.reset();
        changed();
    }
}

}  // namespace leedswatch::ui
