#include "ui/privacy/zone_canvas.h"

#include "ui/common/palette.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPolygonF>
#include <algorithm>
#include <cmath>

namespace leedswatch::ui {

namespace {

using estate::PrivacyZone;
using estate::ZonePoint;

constexpr double reach = 8;  // of a corner, for the pointer
constexpr double cornerRadius = 5;
constexpr std::size_t fewestCorners = 3;

}  // namespace

ZoneCanvas::ZoneCanvas(QWidget* parent) : QWidget{parent} {
    setObjectName(QStringLiteral("zoneCanvas"));
    setMinimumSize(480, 270);
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::CrossCursor);
    setAccessibleName(QStringLiteral("Privacy zones on a still picture"));
}

void ZoneCanvas::setStill(const QImage& still) {
    m_still = still;
    update();
}

void ZoneCanvas::setZones(std::vector<PrivacyZone> zones) {
    m_zones = std::move(zones);
    m_drawn = {};
    m_chosen.reset();
    m_dragged.reset();
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

/// A corner that is set beyond the picture's edge lies on the edge.
ZonePoint ZoneCanvas::toZone(const QPointF& point) const {
    const QRectF still = stillRect();
    const auto share = [](double part, double all) {
        return std::clamp(static_cast<int>(std::lround(part / all * ZonePoint::whole)), 0, ZonePoint::whole);
    };
    return {share(point.x() - still.left(), still.width()), share(point.y() - still.top(), still.height())};
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
        QPolygonF outline;
        for (const ZonePoint& corner : m_zones[zone].corners) {
            outline.append(toWidget(corner));
        }
        if (outline.containsPoint(point, Qt::WindingFill)) {
            return zone;
        }
    }
    return std::nullopt;
}

void ZoneCanvas::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) {
        return;
    }
    setFocus();
    const QPointF place = event->position();
    if (isDrawing()) {
        const bool isBack = (toWidget(m_drawn.corners.front()) - place).manhattanLength() <= reach;
        if (isBack && m_drawn.corners.size() >= fewestCorners) {
            closeDrawn();
        } else {
            m_drawn.corners.push_back(toZone(place));
        }
    } else if (m_dragged = cornerAt(place); m_dragged) {
        m_chosen = m_dragged->zone;
    } else if (const auto zone = zoneAt(place)) {
        m_chosen = zone;
    } else {
        m_chosen.reset();
        m_drawn.corners.push_back(toZone(place));
    }
    update();
    Q_EMIT zonesChanged();
}

void ZoneCanvas::mouseMoveEvent(QMouseEvent* event) {
    m_pointer = event->position();
    if (m_dragged) {
        m_zones[m_dragged->zone].corners[m_dragged->corner] = toZone(m_pointer);
        Q_EMIT zonesChanged();
    }
    if (m_dragged || isDrawing()) {
        update();
    }
}

void ZoneCanvas::mouseReleaseEvent(QMouseEvent* /*event*/) {
    m_dragged.reset();
}

void ZoneCanvas::mouseDoubleClickEvent(QMouseEvent* /*event*/) {
    // Its first click has set the last corner.
    closeDrawn();
}

void ZoneCanvas::keyPressEvent(QKeyEvent* event) {
    const int key = event->key();
    if ((key == Qt::Key_Return || key == Qt::Key_Enter) && isDrawing()) {
        closeDrawn();
    } else if (key == Qt::Key_Backspace && isDrawing()) {
        m_drawn.corners.pop_back();
        update();
        Q_EMIT zonesChanged();
    } else if (key == Qt::Key_Delete) {
        removeChosen();
    } else {
        QWidget::keyPressEvent(event);
    }
}

void ZoneCanvas::closeDrawn() {
    auto& corners = m_drawn.corners;
    corners.erase(std::unique(corners.begin(), corners.end()), corners.end());
    if (corners.size() >= fewestCorners) {
        m_zones.push_back(std::exchange(m_drawn, {}));
        m_chosen = m_zones.size() - 1;
        update();
        Q_EMIT zonesChanged();
    }
}

void ZoneCanvas::removeChosen() {
    if (m_chosen) {
        m_zones.erase(m_zones.begin() + static_cast<std::ptrdiff_t>(*m_chosen));
        m_chosen.reset();
        update();
        Q_EMIT zonesChanged();
    }
}

void ZoneCanvas::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter{this};
    painter.fillRect(rect(), palette::window);
    const QRectF still = stillRect();
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    if (m_still.isNull()) {
        painter.fillRect(still, palette::raised);
    } else {
        painter.drawImage(still, m_still);
    }
    painter.setRenderHint(QPainter::Antialiasing);
    for (std::size_t zone = 0; zone < m_zones.size(); ++zone) {
        paintZone(painter, m_zones[zone], m_chosen == zone);
    }
    if (!isDrawing()) {
        return;
    }
    QPolygonF line;
    for (const ZonePoint& corner : m_drawn.corners) {
        line.append(toWidget(corner));
    }
    line.append(m_pointer);
    painter.setPen(QPen{palette::amber, 2});
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(line);
    painter.setBrush(palette::amber);
    painter.drawEllipse(line.first(), cornerRadius, cornerRadius);
}

void ZoneCanvas::paintZone(QPainter& painter, const PrivacyZone& zone, bool isChosen) const {
    QPolygonF outline;
    for (const ZonePoint& corner : zone.corners) {
        outline.append(toWidget(corner));
    }
    QColor fill = isChosen ? palette::accent : palette::text;
    painter.setPen(QPen{fill, isChosen ? 3.0 : 2.0});
    fill.setAlpha(70);
    painter.setBrush(fill);
    painter.drawPolygon(outline, Qt::WindingFill);
    if (isChosen) {
        painter.setBrush(palette::accent);
        for (const QPointF& corner : outline) {
            painter.drawEllipse(corner, cornerRadius, cornerRadius);
        }
    }
}

}  // namespace leedswatch::ui
