#include "ui/testing/zone_grid.h"

#include "base/local_time.h"
#include "ui/common/palette.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

namespace leedswatch::ui {

namespace {

constexpr int tileGap = 8;
constexpr int gridMargin = 16;
/// From so many on the tiles are smaller.
constexpr std::size_t manyZones = 60;
constexpr QSize largeTile{176, 96};
constexpr QSize smallTile{124, 68};

using response::TalliedZone;

bool isOpen(const TalliedZone& zone) {
    return !zone.hasCome() || !zone.isExpected;
}

QString stateOf(const TalliedZone& zone) {
    if (!zone.hasCome()) {
        return zone.others > 0 ? toQt(zone.other) : QStringLiteral("outstanding");
    }
    QString state = toQt(base::formatLocalTimeOfDay(*zone.first));
    if (zone.count > 1) {
        state += QStringLiteral(" · %1×").arg(zone.count);
    }
    return state;
}

struct TileColours {
    QColor ground;
    QColor border;
    QColor number;
    QColor words;
};

TileColours coloursOf(const TalliedZone& zone) {
    if (!zone.isExpected) {
        return {QColor{0x35, 0x29, 0x1a}, palette::amber, palette::amber, palette::text};
    }
    if (zone.hasCome()) {
        return {palette::text, palette::text, palette::window, QColor{0x3a, 0x42, 0x4a}};
    }
    const bool isSuspect = zone.others > 0;
    return {palette::panel, isSuspect ? palette::amber : palette::line, palette::text,
            isSuspect ? palette::amber : palette::textDim};
}

/// A tick; doubled once the zone is at rest again.
void paintTick(QPainter& painter, const QRect& place, const QColor& colour, bool isRestored) {
    painter.setPen(QPen{colour, 3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin});
    for (int shift = 0; shift < (isRestored ? 2 : 1); ++shift) {
        const QPointF from{place.left() + shift * 8.0, place.center().y() + 1.0};
        painter.drawPolyline(QPolygonF{{from, from + QPointF{5, 6}, from + QPointF{14, -8}}});
    }
}

}  // namespace

ZoneGrid::ZoneGrid(QWidget* parent) : QAbstractScrollArea{parent} {
    setObjectName(QStringLiteral("zoneGrid"));
    setAccessibleName(QStringLiteral("Zones"));
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAutoFillBackground(false);
}

QString ZoneGrid::textOf(const TalliedZone& zone) {
    QString text = QStringLiteral("Zone %1").arg(toQt(response::wordsOf(zone)));
    if (zone.hasCome()) {
        text += QStringLiteral(": in at %1 (%2, code %3)")
                    .arg(toQt(base::formatLocalTimeOfDay(*zone.first)), toQt(zone.event), toQt(zone.code));
        text += zone.count > 1 ? QStringLiteral(", %1 times").arg(zone.count) : QString{};
        text += zone.isRestored()
                    ? QStringLiteral(", restored at %1").arg(toQt(base::formatLocalTimeOfDay(*zone.restored)))
                    : QStringLiteral(", not restored");
    } else {
        text += QStringLiteral(": outstanding");
    }
    if (zone.others > 0) {
        text += QStringLiteral("; %1, which proves nothing").arg(toQt(zone.other));
    }
    return zone.isExpected ? text : text + QStringLiteral("; nobody expected it");
}

void ZoneGrid::setZones(std::vector<TalliedZone> zones) {
    m_zones = std::move(zones);
    choose();
}

void ZoneGrid::showOutstandingOnly(bool only) {
    m_onlyOutstanding = only;
    choose();
}

void ZoneGrid::choose() {
    m_shown.clear();
    for (std::size_t index = 0; index < m_zones.size(); ++index) {
        if (!m_onlyOutstanding || isOpen(m_zones[index])) {
            m_shown.push_back(index);
        }
    }
    m_current = std::clamp(m_current, 0, std::max(0, shownCount() - 1));
    layOut();
    viewport()->update();
    Q_EMIT currentChanged();
}

QString ZoneGrid::currentText() const {
    return m_shown.empty() ? QString{} : textOf(m_zones[m_shown[static_cast<std::size_t>(m_current)]]);
}

QSize ZoneGrid::tileSize() const {
    return m_zones.size() > manyZones ? smallTile : largeTile;
}

int ZoneGrid::columns() const {
    const int width = viewport()->width() - 2 * gridMargin + tileGap;
    return std::max(1, width / (tileSize().width() + tileGap));
}

QRect ZoneGrid::tileRect(int index) const {
    const QSize tile = tileSize();
    // The tiles share what is left of a row.
    const int room = viewport()->width() - 2 * gridMargin - (columns() - 1) * tileGap;
    const int width = std::max(tile.width(), room / columns());
    const int column = index % columns();
    const int row = index / columns();
    return {gridMargin + column * (width + tileGap),
            tileGap + row * (tile.height() + tileGap) - verticalScrollBar()->value(), width, tile.height()};
}

void ZoneGrid::layOut() {
    const int rows = (shownCount() + columns() - 1) / columns();
    const int height = tileGap + rows * (tileSize().height() + tileGap);
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(tileSize().height() / 2);
    verticalScrollBar()->setRange(0, std::max(0, height - viewport()->height()));
}

void ZoneGrid::paintTile(QPainter& painter, const QRect& tile, const TalliedZone& zone, bool isCurrent) const {
    const TileColours colours = coloursOf(zone);
    painter.setBrush(colours.ground);
    painter.setPen(isCurrent && hasFocus() ? QPen{palette::accent, 3} : QPen{colours.border, 1});
    painter.drawRoundedRect(QRectF{tile}.adjusted(1, 1, -1, -1), 6, 6);
    const bool isSmall = tileSize() == smallTile;
    const QRect inner = tile.adjusted(10, 6, -10, -6);
    const QFont number = theme::numbers(isSmall ? 22 : 34, QFont::Bold);
    painter.setFont(number);
    painter.setPen(colours.number);
    painter.drawText(inner, Qt::AlignLeft | Qt::AlignTop, toQt(zone.number));
    if (zone.hasCome()) {
        const int tickWidth = 24;
        paintTick(painter, {inner.right() - tickWidth, inner.top() + (isSmall ? 4 : 10), tickWidth, 18}, colours.number,
                  zone.isRestored());
    }
    const QFont words = theme::font(isSmall ? theme::TextSize::Caption : theme::TextSize::Body);
    const QFontMetrics metrics{words};
    painter.setFont(words);
    painter.setPen(colours.words);
    const QString name = !zone.name.empty() ? toQt(zone.name)
                         : !zone.isExpected ? QStringLiteral("not expected")
                                            : toQt(estate::titleOf(zone.kind));
    const int line = metrics.height();
    const QRect foot{inner.left(), inner.bottom() - 2 * line + 1, inner.width(), line};
    painter.drawText(foot, Qt::AlignLeft | Qt::AlignVCenter, metrics.elidedText(name, Qt::ElideRight, foot.width()));
    painter.drawText(foot.translated(0, line), Qt::AlignLeft | Qt::AlignVCenter,
                     metrics.elidedText(stateOf(zone), Qt::ElideRight, foot.width()));
}

void ZoneGrid::paintEvent(QPaintEvent* event) {
    QPainter painter{viewport()};
    painter.setRenderHint(QPainter::Antialiasing);
    for (int index = 0; index < shownCount(); ++index) {
        const QRect tile = tileRect(index);
        if (tile.intersects(event->rect())) {
            paintTile(painter, tile, m_zones[m_shown[static_cast<std::size_t>(index)]], index == m_current);
        }
    }
    if (m_shown.empty()) {
        painter.setPen(palette::textDim);
        painter.setFont(theme::font(theme::TextSize::Title));
        painter.drawText(viewport()->rect().adjusted(40, 0, -40, 0), Qt::AlignCenter | Qt::TextWordWrap,
                         m_onlyOutstanding && !m_zones.empty()
                             ? QStringLiteral("Every zone is in.")
                             : QStringLiteral("No zone of these premises is known yet.\n\nEach zone that reports is "
                                              "shown here. Zones… (Alt+Z) adds those that are expected."));
    }
}

void ZoneGrid::resizeEvent(QResizeEvent* event) {
    QAbstractScrollArea::resizeEvent(event);
    layOut();
}

void ZoneGrid::moveTo(int index) {
    if (m_shown.empty()) {
        return;
    }
    m_current = std::clamp(index, 0, shownCount() - 1);
    const QRect tile = tileRect(m_current);
    if (tile.top() < 0) {
        verticalScrollBar()->setValue(verticalScrollBar()->value() + tile.top() - tileGap);
    } else if (tile.bottom() > viewport()->height()) {
        verticalScrollBar()->setValue(verticalScrollBar()->value() + tile.bottom() - viewport()->height() + tileGap);
    }
    viewport()->update();
    Q_EMIT currentChanged();
}

void ZoneGrid::keyPressEvent(QKeyEvent* event) {
    const int page = std::max(1, viewport()->height() / (tileSize().height() + tileGap)) * columns();
    switch (event->key()) {
        case Qt::Key_Left: moveTo(m_current - 1); break;
        case Qt::Key_Right: moveTo(m_current + 1); break;
        case Qt::Key_Up: moveTo(m_current - columns()); break;
        case Qt::Key_Down: moveTo(m_current + columns()); break;
        case Qt::Key_PageUp: moveTo(m_current - page); break;
        case Qt::Key_PageDown: moveTo(m_current + page); break;
        case Qt::Key_Home: moveTo(0); break;
        case Qt::Key_End: moveTo(shownCount() - 1); break;
        default: event->ignore();  // Esc is the page's, digits are call-up's
    }
}

void ZoneGrid::mousePressEvent(QMouseEvent* event) {
    for (int index = 0; index < shownCount(); ++index) {
        if (tileRect(index).contains(event->pos())) {
            moveTo(index);
        }
    }
}

void ZoneGrid::focusInEvent(QFocusEvent* /*event*/) {
    viewport()->update();
}

void ZoneGrid::focusOutEvent(QFocusEvent* /*event*/) {
    viewport()->update();
}

}  // namespace leedswatch::ui
