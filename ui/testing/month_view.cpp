#include "ui/testing/month_view.h"

#include "ui/common/palette.h"
#include "ui/common/theme.h"
#include "ui/testing/testing_text.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <array>

namespace leedswatch::ui {

namespace {

constexpr int daysOfWeek = 7;
constexpr int weeksShown = 6;
constexpr int headHeight = 24;
constexpr qreal roomForToday = 70;
constexpr std::array<const char*, daysOfWeek> weekdays{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};

QString countText(int count, const char* one) {
    return QStringLiteral("%1 %2").arg(count).arg(QString::fromUtf8(one));
}

}  // namespace

MonthView::MonthView(const base::LocalDate& today, QWidget* parent) : QWidget{parent}, m_today{today}, m_chosen{today} {
    setObjectName(QStringLiteral("monthView"));
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setMinimumSize(390, 300);
}

QSize MonthView::sizeHint() const {
    return {560, 400};
}

base::LocalDate MonthView::first() const {
    const base::LocalDate firstOfMonth{m_chosen.year, m_chosen.month, 1};
    return base::daysAfter(firstOfMonth, 1 - base::isoWeekday(firstOfMonth));
}

base::LocalDate MonthView::end() const {
    return base::daysAfter(first(), daysOfWeek * weeksShown);
}

void MonthView::setToday(const base::LocalDate& today) {
    m_today = today;
    update();
}

void MonthView::setDays(std::map<base::LocalDate, response::PlannedDay> days) {
    m_days = std::move(days);
    update();
}

void MonthView::choose(const base::LocalDate& day) {
    const bool isOther = day.month != m_chosen.month || day.year != m_chosen.year;
    m_chosen = day;
    setAccessibleName(QStringLiteral("Calendar, %1").arg(dayText(day)));
    update();
    if (isOther) {
        Q_EMIT monthChanged();
    }
    Q_EMIT chosenChanged();
}

QRectF MonthView::cell(int index) const {
    const qreal width = (this->width() - 1.0) / daysOfWeek;
    const qreal height = (this->height() - headHeight - 1.0) / weeksShown;
    return {index % daysOfWeek * width, headHeight + index / daysOfWeek * height, width, height};
}

void MonthView::paintDay(QPainter& painter, const QRectF& place, const base::LocalDate& day) const {
    const bool isChosen = day == m_chosen;
    const QRectF box = place.adjusted(2, 2, -2, -2);
    painter.setBrush(isChosen ? palette::hover : palette::panel);
    painter.setPen(isChosen ? QPen{hasFocus() ? palette::accent : palette::textDim, 2.0} : QPen{palette::line, 1.0});
    painter.drawRoundedRect(box, 4, 4);
    const bool isOfMonth = day.month == m_chosen.month;
    const QRectF inner = box.adjusted(7, 4, -4, -4);
    const bool isToday = day == m_today;
    painter.setFont(theme::font(theme::TextSize::Body, isToday ? QFont::Bold : QFont::Normal));
    painter.setPen(isToday ? palette::accent : isOfMonth ? palette::text : palette::textDim);
    painter.drawText(
        inner, Qt::AlignLeft | Qt::AlignTop,
        isToday && inner.width() > roomForToday ? QStringLiteral("%1 today").arg(day.day) : QString::number(day.day));
    const auto found = m_days.find(day);
    if (found == m_days.end()) {
        return;
    }
    const response::PlannedDay& what = found->second;
    const QFont small = theme::font(theme::TextSize::Caption);
    const int line = QFontMetrics{small}.height();
    qreal top = inner.top() + QFontMetrics{painter.font()}.height() + 1;
    painter.setFont(small);
    const auto tell = [&](const QColor& colour, const QString& text) {
        painter.setPen(colour);
        painter.drawText(QRectF{inner.left(), top, inner.width(), line + 1.0}, Qt::AlignLeft | Qt::AlignVCenter, text);
        top += line;
    };
    if (what.outstanding > 0) {
        tell(palette::amber, countText(what.outstanding, day < m_today ? "overdue" : "due"));
    }
    if (what.coming > 0) {
        tell(palette::text, countText(what.coming, "planned"));
    }
    if (what.done > 0) {
        tell(what.failed > 0 ? palette::amber : palette::textDim,
             what.failed > 0 ? QStringLiteral("%1 done, %2 not").arg(what.done - what.failed).arg(what.failed)
                             : countText(what.done, "passed"));
    }
}

void MonthView::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter{this};
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(theme::font(theme::TextSize::Caption));
    painter.setPen(palette::textDim);
    for (int day = 0; day < daysOfWeek; ++day) {
        const QRectF column = cell(day);
        painter.drawText(QRectF{column.left() + 8, 0, column.width(), headHeight}, Qt::AlignLeft | Qt::AlignVCenter,
                         QString::fromLatin1(weekdays.at(static_cast<std::size_t>(day))));
    }
    base::LocalDate day = first();
    for (int index = 0; index < daysOfWeek * weeksShown; ++index) {
        paintDay(painter, cell(index), day);
        day = base::daysAfter(day, 1);
    }
}

void MonthView::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Left: choose(base::daysAfter(m_chosen, -1)); break;
        case Qt::Key_Right: choose(base::daysAfter(m_chosen, 1)); break;
        case Qt::Key_Up: choose(base::daysAfter(m_chosen, -daysOfWeek)); break;
        case Qt::Key_Down: choose(base::daysAfter(m_chosen, daysOfWeek)); break;
        case Qt::Key_PageUp: choose(base::monthsAfter(m_chosen, -1)); break;
        case Qt::Key_PageDown: choose(base::monthsAfter(m_chosen, 1)); break;
        case Qt::Key_Home: choose(m_today); break;
        default: event->ignore();
    }
}

void MonthView::mousePressEvent(QMouseEvent* event) {
    for (int index = 0; index < daysOfWeek * weeksShown; ++index) {
        if (cell(index).contains(event->position())) {
            choose(base::daysAfter(first(), index));
            return;
        }
    }
}

void MonthView::focusInEvent(QFocusEvent* /*event*/) {
    update();
}

void MonthView::focusOutEvent(QFocusEvent* /*event*/) {
    update();
}

}  // namespace leedswatch::ui
