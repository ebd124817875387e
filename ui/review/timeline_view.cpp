#include "ui/review/timeline_view.h"

#include "base/local_time.h"
#include "ui/common/text.h"
#include "ui/common/time_text.h"

#include <QHelpEvent>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

namespace leedswatch::ui {
namespace {

using namespace std::chrono_literals;

constexpr double handleReach = 6;

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

void TimelineView::setMotion(std::vector<analytics::MotionMark> motion, std::vector<video::TimeRange> watched) {
    m_motion = std::move(motion);
    m_watched = std::move(watched);
    update();
}

void TimelineView::setFound(std::vector<video::TimeRange> found) {
    m_found = std::move(found);
    update();
}

void TimelineView::tellVisible() {
    update();
    Q_EMIT visibleChanged();
}

void TimelineView::setMarks(const Marks& marks) {
    m_marks = marks;
    update();
}

void TimelineView::showRange(video::TimeRange range) {
    m_scale.show(range);
    tellVisible();
}

void TimelineView::reveal(base::UtcTime time) {
    const double x = m_scale.xOf(time);
    if (x < 0 || x > width()) {
        m_scale.centreOn(time);
        tellVisible();
    } else if (x > width() - 8 && m_drag == Drag::None) {
        m_scale.moveBy(width() * 0.8);
        tellVisible();
    }
}

void TimelineView::zoomBy(double factor) {
    m_scale.zoom(factor, m_position ? std::clamp<double>(m_scale.xOf(*m_position), 0, width()) : width() / 2.0);
    tellVisible();
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
            .arg(durationText(gap->range.end - gap->range.begin), timelineTime(gap->range.begin, false),
                 timelineTime(gap->range.end, false), toQt(gap->cause));
    }
    const bool isHeld = std::ranges::any_of(
        m_held, [time](const video::TimeRange& range) { return range.begin <= time && time < range.end; });
    return toQt(base::formatLocal(time)) + motionTip(x) +
           (isHeld ? QStringLiteral(", held: it is not deleted") : QString{});
}

/// Of what stands under the pointer; a short event is a pixel wide, and the pointer is not as exact.
QString TimelineView::motionTip(double x) const {
    const auto isHere = [&](const analytics::MotionMark& mark) {
        return m_scale.xOf(mark.from) - 2 <= x && x <= m_scale.xOf(mark.until) + 2;
    };
    const auto here = std::ranges::find_if(m_motion, isHere);
    if (here == m_motion.end()) {
        return {};
    }
    return QStringLiteral(", something moved for %1%2")
        .arg(durationText(here->until - here->from),
             here->isAlarm ? QStringLiteral(" while the camera was armed") : QString{});
}

void TimelineView::resizeEvent(QResizeEvent*) {
    m_scale.setWidth(width());
    tellVisible();
}

void TimelineView::wheelEvent(QWheelEvent* event) {
    const QPoint angle = event->angleDelta();
    if (angle.x() != 0 || (event->modifiers() & Qt::ShiftModifier) != 0) {
        m_scale.moveBy(-(angle.x() != 0 ? angle.x() : angle.y()) * 0.8);
    } else {
        m_scale.zoom(std::pow(0.8, angle.y() / 120.0), event->position().x());
    }
    event->accept();
    tellVisible();
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
        case Drag::Move:
            m_scale.moveBy(m_dragX - x);
            tellVisible();
            break;
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
