#include "ui/review/timeline_view.h"

#include "base/local_time.h"
#include "ui/common/palette.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/review/time_text.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

namespace leedswatch::ui {
namespace {

using namespace std::chrono_literals;

constexpr double axisHeight = 34;
constexpr double bandTop = 44;
constexpr double bandHeight = 32;
constexpr double handleReach = 6;
constexpr double flagHeight = 20;
const QColor recordedColour{0x6b, 0x7c, 0x8c};  // between line and textDim: there, and no more than that

QString timeText(base::UtcTime time, bool milliseconds) {
    return milliseconds ? instantText(time)
                        : toQt(base::formatLocalTimeOfDay(time) + " " + base::localZoneAbbreviation(time));
}

}  // namespace

TimelineView::TimelineView(QWidget* parent) : QWidget{parent}, m_scale{{base::UtcTime{}, base::UtcTime{} + 1h}, 600} {
    setObjectName(QStringLiteral("timelineView"));
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(QStringLiteral("Timeline"));
}

void TimelineView::setTimeline(std::shared_ptr<const video::RecordedTimeline> timeline) {
    m_timeline = std::move(timeline);
    update();
}

void TimelineView::setPosition(std::optional<base::UtcTime> position) {
    if (m_position != position) {
        m_position = position;
        update();
    }
}

void TimelineView::setHeld(std::vector<video::TimeRange> held) {
    m_held = std::move(held);
    update();
}

void TimelineView::setMarks(const Marks& marks) {
    m_marks = marks;
    update();
}

void TimelineView::showRange(video::TimeRange range) {
    m_scale.show(range);
    update();
}

void TimelineView::reveal(base::UtcTime time) {
    const double x = m_scale.xOf(time);
    if (x < 0 || x > width()) {
        m_scale.centreOn(time);
        update();
    } else if (x > width() - 8 && m_drag == Drag::None) {
        m_scale.moveBy(width() * 0.8);
        update();
    }
}

void TimelineView::zoomBy(double factor) {
    m_scale.zoom(factor, m_position ? std::clamp<double>(m_scale.xOf(*m_position), 0, width()) : width() / 2.0);
    update();
}

QRectF TimelineView::bandOf(video::TimeRange range) const {
    const double left = std::clamp<double>(m_scale.xOf(range.begin), -4, width() + 4);
    const double right = std::clamp<double>(m_scale.xOf(range.end), -4, width() + 4);
    return {left, bandTop, std::max(right - left, 1.0), bandHeight};
}

void TimelineView::paintEvent(QPaintEvent*) {
    QPainter painter{this};
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), palette::panel);
    painter.fillRect(QRectF(0, bandTop, width(), bandHeight), palette::window);
    if (m_timeline) {
        paintRecorded(painter);
        paintGaps(painter);
    }
    paintAxis(painter);
    paintHeld(painter);
    paintMarks(painter);
    paintPointer(painter);
    paintPosition(painter);
    if (m_focusByKey) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen{palette::accent, 1});
        painter.drawRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5));
    }
}

void TimelineView::paintAxis(QPainter& painter) const {
    painter.setFont(theme::numbers(11));
    const bool zones = m_scale.crossesClockChange();
    for (const AxisTick& tick : m_scale.ticks(zones ? 108 : 84)) {
        const double x = std::round(m_scale.xOf(tick.time)) + 0.5;
        painter.setPen(QPen{tick.dayBegins ? palette::textDim : palette::line, 1});
        painter.drawLine(QPointF(x, tick.dayBegins ? 16 : 26), QPointF(x, bandTop + bandHeight));
        if (x + 5 + painter.fontMetrics().horizontalAdvance(tick.label) > width()) {
            continue;
        }
        painter.setPen(tick.dayBegins ? palette::text : palette::textDim);
        painter.drawText(QRectF(x + 5, 14, 120, axisHeight - 14), Qt::AlignLeft | Qt::AlignVCenter, tick.label);
    }
    // The day and the zone of the left edge are always there, however far one has zoomed in.
    const base::UtcTime left = m_scale.visible().begin;
    QString day = toQt(base::formatLocalDate(left));
    if (!zones) {
        day += QStringLiteral(" · ") + toQt(base::localZoneAbbreviation(left));
    }
    painter.setPen(palette::textDim);
    painter.setFont(theme::font(theme::TextSize::Caption, QFont::DemiBold));
    painter.drawText(QRectF(8, 2, 240, 14), Qt::AlignLeft | Qt::AlignVCenter, day);
    const QString span = durationText(m_scale.length());
    painter.drawText(QRectF(width() - 168, 2, 160, 14), Qt::AlignRight | Qt::AlignVCenter, span);
}

void TimelineView::paintRecorded(QPainter& painter) const {
    painter.setPen(Qt::NoPen);
    painter.setBrush(recordedColour);
    for (const video::TimeRange& range : m_timeline->recorded()) {
        if (range.end >= m_scale.visible().begin && range.begin <= m_scale.visible().end) {
            painter.drawRect(bandOf(range));
        }
    }
}

void TimelineView::paintGaps(QPainter& painter) const {
    for (const video::Gap& gap : m_timeline->gaps()) {
        if (gap.range.end < m_scale.visible().begin || gap.range.begin > m_scale.visible().end) {
            continue;
        }
        const QRectF band = bandOf(gap.range);
        QColor ground = palette::red;
        ground.setAlpha(40);
        painter.fillRect(band, ground);
        painter.save();
        painter.setClipRect(band);
        painter.setPen(QPen{palette::red, 1.4});
        const double first = std::floor(band.left() / 8) * 8 - bandHeight;
        for (double x = first; x < band.right(); x += 8) {
            painter.drawLine(QPointF(x, bandTop + bandHeight), QPointF(x + bandHeight, bandTop));
        }
        painter.restore();
    }
}

// A line under the band with a word where there is room: held is not marked, and not a gap.
void TimelineView::paintHeld(QPainter& painter) const {
    for (const video::TimeRange& range : m_held) {
        if (range.end < m_scale.visible().begin || range.begin > m_scale.visible().end) {
            continue;
        }
        const QRectF band = bandOf(range);
        const QRectF line{band.left(), bandTop + bandHeight + 1, std::max(band.width(), 2.0), 3};
        painter.fillRect(line, palette::text);
        if (band.width() > 40) {
            painter.setPen(palette::text);
            painter.setFont(theme::font(theme::TextSize::Caption, QFont::DemiBold));
            painter.drawText(QRectF(std::max(band.left(), 4.0) + 2, bandTop + bandHeight + 3, 60, 14),
                             Qt::AlignLeft | Qt::AlignVCenter, QStringLiteral("HELD"));
        }
    }
}

void TimelineView::paintMarks(QPainter& painter) const {
    if (const auto range = m_marks.range()) {
        QRectF band = bandOf(*range);
        band.adjust(0, -4, 0, 4);
        QColor ground = palette::accent;
        ground.setAlpha(70);
        painter.fillRect(band, ground);
        painter.fillRect(QRectF(band.left(), band.top(), band.width(), 2), palette::accent);
        painter.fillRect(QRectF(band.left(), band.bottom() - 2, band.width(), 2), palette::accent);
    }
    if (m_marks.in) {
        paintHandle(painter, *m_marks.in, true);
    }
    if (m_marks.out) {
        paintHandle(painter, *m_marks.out, false);
    }
}

void TimelineView::paintHandle(QPainter& painter, base::UtcTime time, bool begins) const {
    const double x = m_scale.xOf(time);
    if (x < -20 || x > width() + 20) {
        return;
    }
    const double top = bandTop - 4;
    const double bottom = bandTop + bandHeight + 4;
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette::accent);
    const double toward = begins ? -9 : 9;
    QPainterPath grip;
    grip.addRoundedRect(QRectF(std::min(x, x + toward), top, 9, bottom - top), 2, 2);
    painter.drawPath(grip);
    painter.setPen(QPen{palette::window, 1.5});
    const double middle = x + toward / 2;
    painter.drawLine(QPointF(middle, top + 14), QPointF(middle, bottom - 14));
}

void TimelineView::paintPosition(QPainter& painter) const {
    if (!m_position) {
        return;
    }
    const double x = std::round(m_scale.xOf(*m_position)) + 0.5;
    if (x < -80 || x > width() + 80) {
        return;
    }
    painter.setPen(QPen{palette::text, 2});
    painter.drawLine(QPointF(x, bandTop - 8), QPointF(x, bandTop + bandHeight + 8));
    painter.setFont(theme::numbers(11, QFont::DemiBold));
    const QString text = timeText(*m_position, m_scale.length() < 2min);
    const double flagWidth = painter.fontMetrics().horizontalAdvance(text) + 12;
    const double left = std::clamp(x - flagWidth / 2, 0.0, width() - flagWidth);
    const QRectF flag{left, bandTop + bandHeight + 8, flagWidth, flagHeight};
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette::text);
    painter.drawRoundedRect(flag, 3, 3);
    painter.setPen(palette::window);
    painter.drawText(flag, Qt::AlignCenter, text);
}

void TimelineView::paintPointer(QPainter& painter) const {
    if (!m_pointerX || m_drag != Drag::None) {
        return;
    }
    painter.setPen(QPen{palette::textDim, 1, Qt::DotLine});
    const double x = std::round(*m_pointerX) + 0.5;
    painter.drawLine(QPointF(x, bandTop - 8), QPointF(x, bandTop + bandHeight + 8));
    painter.setFont(theme::numbers(11));
    const QString text = timeText(m_scale.timeAt(*m_pointerX), m_scale.length() < 2min);
    const double textWidth = painter.fontMetrics().horizontalAdvance(text) + 12;
    const QRectF flag{std::clamp(x - textWidth / 2, 0.0, width() - textWidth), bandTop + bandHeight + 8, textWidth,
                      flagHeight};
    painter.setPen(palette::textDim);
    painter.drawText(flag, Qt::AlignCenter, text);
}

QString TimelineView::tipAt(double x) const {
    const base::UtcTime time = m_scale.timeAt(x);
    if (isOnMark(m_marks.in, x)) {
        return QStringLiteral("Mark in, %1. Drag to move (I sets it here)").arg(instantText(*m_marks.in));
    }
    if (isOnMark(m_marks.out, x)) {
        return QStringLiteral("Mark out, %1. Drag to move (O sets it here)").arg(instantText(*m_marks.out));
    }
    const auto gap = m_timeline ? m_timeline->gapAt(time) : std::nullopt;
    if (gap) {
        return QStringLiteral("No recording for %1, %2 to %3: %4")
            .arg(durationText(gap->range.end - gap->range.begin), timeText(gap->range.begin, false),
                 timeText(gap->range.end, false), toQt(gap->cause));
    }
    return toQt(base::formatLocal(time));
}

void TimelineView::resizeEvent(QResizeEvent*) {
    m_scale.setWidth(width());
}

void TimelineView::wheelEvent(QWheelEvent* event) {
    const QPoint angle = event->angleDelta();
    if (angle.x() != 0 || (event->modifiers() & Qt::ShiftModifier) != 0) {
        m_scale.moveBy(-(angle.x() != 0 ? angle.x() : angle.y()) * 0.8);
    } else {
        m_scale.zoom(std::pow(0.8, angle.y() / 120.0), event->position().x());
    }
    event->accept();
    update();
}

bool TimelineView::isOnMark(const std::optional<base::UtcTime>& mark, double x) const {
    return mark && std::abs(m_scale.xOf(*mark) - x) <= handleReach + 3;
}

TimelineView::Drag TimelineView::dragFor(const QMouseEvent& event) const {
    if (event.button() != Qt::LeftButton || (event.modifiers() & Qt::ShiftModifier) != 0) {
        return Drag::Move;
    }
    const double x = event.position().x();
    return isOnMark(m_marks.in, x) ? Drag::MarkIn : isOnMark(m_marks.out, x) ? Drag::MarkOut : Drag::Scrub;
}

void TimelineView::mousePressEvent(QMouseEvent* event) {
    m_drag = dragFor(*event);
    m_dragX = event->position().x();
    if (m_drag == Drag::Scrub) {
        Q_EMIT scrubbed(m_scale.timeAt(m_dragX));
    }
    update();
}

void TimelineView::mouseMoveEvent(QMouseEvent* event) {
    const double x = event->position().x();
    m_pointerX = x;
    switch (m_drag) {
        case Drag::None:
            setCursor(isOnMark(m_marks.in, x) || isOnMark(m_marks.out, x) ? Qt::SizeHorCursor : Qt::ArrowCursor);
            break;
        case Drag::Scrub: Q_EMIT scrubbed(m_scale.timeAt(std::clamp<double>(x, 0, width()))); break;
        case Drag::Move: m_scale.moveBy(m_dragX - x); break;
        case Drag::MarkIn:
        case Drag::MarkOut: moveMark(m_scale.timeAt(x)); break;
    }
    m_dragX = x;
    update();
}

void TimelineView::moveMark(base::UtcTime time) {
    // A mark does not pass the other one.
    if (m_drag == Drag::MarkIn) {
        m_marks.in = m_marks.out ? std::min(time, *m_marks.out - 40ms) : time;
    } else {
        m_marks.out = m_marks.in ? std::max(time, *m_marks.in + 40ms) : time;
    }
    Q_EMIT marksMoved(m_marks);
}

void TimelineView::mouseReleaseEvent(QMouseEvent*) {
    m_drag = Drag::None;
    update();
}

void TimelineView::leaveEvent(QEvent*) {
    m_pointerX.reset();
    update();
}

void TimelineView::focusInEvent(QFocusEvent* event) {
    // Whoever comes by key must see where they are; with the page's focus here most of the time, others need no frame.
    m_focusByKey = event->reason() == Qt::TabFocusReason || event->reason() == Qt::BacktabFocusReason;
    QWidget::focusInEvent(event);
}

void TimelineView::focusOutEvent(QFocusEvent* event) {
    m_focusByKey = false;
    QWidget::focusOutEvent(event);
}

bool TimelineView::event(QEvent* event) {
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), tipAt(help->pos().x()), this);
        return true;
    }
    return QWidget::event(event);
}

}  // namespace leedswatch::ui
