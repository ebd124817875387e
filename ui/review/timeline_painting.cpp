#include "base/local_time.h"
#include "ui/common/palette.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/common/time_text.h"
#include "ui/review/timeline_view.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

// How the timeline looks: the axis above, the band of what is recorded, the marks over it, and below both what is held
// and the time of the picture.

namespace leedswatch::ui {
namespace {

using namespace std::chrono_literals;

constexpr double axisHeight = 34;
constexpr double bandTop = 44;
constexpr double bandHeight = 32;
constexpr double marksReach = 4;  // the marked range stands out over the band by so much
constexpr double heldTop = bandTop + bandHeight + marksReach + 1;
constexpr double heldHeight = 3;
constexpr double flagHeight = 20;
constexpr double foundTop = bandTop - 7;
constexpr double foundHeight = 6;
// What moved stands in the lower half of the band, as high as there was much of it.
constexpr double leastMotion = 5;
constexpr double mostMotion = 16;
constexpr double watchedHeight = 1;
const QColor recordedColour{0x6b, 0x7c, 0x8c};  // between line and textDim: there, and no more than that

}  // namespace

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
        paintMotion(painter);
        paintGaps(painter);
    }
    paintFound(painter);
    paintAxis(painter);
    paintMarks(painter);
    paintHeld(painter);
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

// A tenth of the picture is much; what is small and far is seen all the same.
void TimelineView::paintMotion(QPainter& painter) const {
    painter.setPen(Qt::NoPen);
    // The ground that what moved stands on: where it is missing, nobody looked.
    for (const video::TimeRange& range : m_watched) {
        QRectF place = bandOf(range);
        place.setTop(place.bottom() - watchedHeight);
        painter.fillRect(place, palette::text);
    }
    for (const analytics::MotionMark& mark : m_motion) {
        QRectF place = bandOf({mark.from, mark.until});
        const double share = std::clamp(std::sqrt(mark.peakShare / 1'000.0), 0.0, 1.0);
        const double high = mark.isAlarm ? bandHeight : leastMotion + (mostMotion - leastMotion) * share;
        place.setTop(place.bottom() - high);
        painter.fillRect(place, mark.isAlarm ? palette::red : palette::text);
    }
}

void TimelineView::paintFound(QPainter& painter) const {
    double painted = -1;
    for (const video::TimeRange& range : m_found) {
        const QRectF band = bandOf(range);
        QRectF place{band.left(), foundTop, std::max(band.width(), 2.0), foundHeight};
        if (place.right() <= painted || range.end < m_scale.visible().begin || range.begin > m_scale.visible().end) {
            continue;
        }
        painted = place.right();
        painter.fillRect(place, palette::found);
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

QRectF TimelineView::heldLineOf(video::TimeRange range) const {
    const QRectF band = bandOf(range);
    return {band.left(), heldTop, std::max(band.width(), 2.0), heldHeight};
}

// A line below the band and below the marks, with a word where there is room: held is not marked, and not a gap.
void TimelineView::paintHeld(QPainter& painter) const {
    painter.setFont(theme::font(theme::TextSize::Caption, QFont::DemiBold));
    const QString word = QStringLiteral("HELD");
    const double wordWidth = painter.fontMetrics().horizontalAdvance(word);
    const QRectF flag = positionFlag();
    for (const video::TimeRange& range : m_held) {
        if (range.end < m_scale.visible().begin || range.begin > m_scale.visible().end) {
            continue;
        }
        const QRectF line = heldLineOf(range);
        painter.fillRect(line, palette::text);
        QRectF place{std::max(line.left(), 4.0) + 2, line.bottom(), wordWidth, 14};
        if (place.intersects(flag)) {
            place.moveLeft(flag.right() + 6);
        }
        if (place.right() <= line.right()) {
            painter.setPen(palette::text);
            painter.drawText(place, Qt::AlignLeft | Qt::AlignVCenter, word);
        }
    }
}

void TimelineView::paintMarks(QPainter& painter) const {
    if (const auto range = m_marks.range()) {
        QRectF band = bandOf(*range);
        band.adjust(0, -marksReach, 0, marksReach);
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
    const double top = bandTop - marksReach;
    const double bottom = bandTop + bandHeight + marksReach;
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

QString TimelineView::positionText() const {
    return timelineTime(*m_position, m_scale.length() < 2min);
}

/// Where the time of the picture stands; empty if it is not in sight.
QRectF TimelineView::positionFlag() const {
    const double x = m_position ? m_scale.xOf(*m_position) : -1e9;
    if (x < -80 || x > width() + 80) {
        return {};
    }
    const double flagWidth = QFontMetricsF{theme::numbers(11, QFont::DemiBold)}.horizontalAdvance(positionText()) + 12;
    const double left = std::clamp(std::round(x) + 0.5 - flagWidth / 2, 0.0, width() - flagWidth);
    return {left, bandTop + bandHeight + 8, flagWidth, flagHeight};
}

void TimelineView::paintPosition(QPainter& painter) const {
    const QRectF flag = positionFlag();
    if (flag.isEmpty()) {
        return;
    }
    const double x = std::round(m_scale.xOf(*m_position)) + 0.5;
    painter.setPen(QPen{palette::text, 2});
    painter.drawLine(QPointF(x, bandTop - 8), QPointF(x, bandTop + bandHeight + 8));
    painter.setPen(Qt::NoPen);
    painter.setBrush(palette::text);
    painter.drawRoundedRect(flag, 3, 3);
    painter.setFont(theme::numbers(11, QFont::DemiBold));
    painter.setPen(palette::window);
    painter.drawText(flag, Qt::AlignCenter, positionText());
}

void TimelineView::paintPointer(QPainter& painter) const {
    if (!m_pointerX || m_drag != Drag::None) {
        return;
    }
    painter.setPen(QPen{palette::textDim, 1, Qt::DotLine});
    const double x = std::round(*m_pointerX) + 0.5;
    painter.drawLine(QPointF(x, bandTop - 8), QPointF(x, bandTop + bandHeight + 8));
    painter.setFont(theme::numbers(11));
    const QString text = timelineTime(m_scale.timeAt(*m_pointerX), m_scale.length() < 2min);
    const double textWidth = painter.fontMetrics().horizontalAdvance(text) + 12;
    const QRectF flag{std::clamp(x - textWidth / 2, 0.0, width() - textWidth), bandTop + bandHeight + 8, textWidth,
                      flagHeight};
    painter.setPen(palette::textDim);
    painter.drawText(flag, Qt::AlignCenter, text);
}

}  // namespace leedswatch::ui
