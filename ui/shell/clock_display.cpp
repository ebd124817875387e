#include "ui/shell/clock_display.h"

#include "base/local_time.h"
#include "ui/common/palette.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"

#include <QDate>
#include <QLocale>
#include <QPainter>

namespace leedswatch::ui {

namespace {

constexpr int timeSize = 24;

/// "Sat 21 Nov 2026"; the day of the week follows from the local date, wherever that date came from.
QString dateText(base::UtcTime time) {
    const QDate date = QDate::fromString(toQt(base::formatLocal(time)).left(10), Qt::ISODate);
    return QLocale{QLocale::English, QLocale::UnitedKingdom}.toString(date, QStringLiteral("ddd d MMM yyyy"));
}

}  // namespace

ClockDisplay::ClockDisplay(const base::Clock& clock, QWidget* parent) : QWidget{parent}, m_clock{clock} {
    setObjectName(QStringLiteral("clockDisplay"));
    setFixedSize(sizeHint());
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &ClockDisplay::tick);
    tick();
}

QSize ClockDisplay::sizeHint() const {
    return {168, 44};
}

void ClockDisplay::tick() {
    update();
    // Woken just after each full second, so that the display never lags the second it shows.
    const auto sinceSecond = base::toStored(m_clock.now()) % 1'000'000;
    m_timer.start(static_cast<int>(1'000 - sinceSecond / 1'000 + 1));
}

void ClockDisplay::paintEvent(QPaintEvent* /*event*/) {
    const base::UtcTime now = m_clock.now();
    QPainter painter{this};
    const QFont timeFont = theme::numbers(timeSize, QFont::Bold);
    const QString time = toQt(base::formatLocalTimeOfDay(now));
    const QRect timeArea{0, 0, width(), 28};
    painter.setFont(timeFont);
    painter.setPen(palette::text);
    painter.drawText(timeArea, Qt::AlignLeft | Qt::AlignVCenter, time);

    const int zoneLeft = QFontMetrics{timeFont}.horizontalAdvance(time) + 8;
    painter.setFont(theme::font(theme::TextSize::Caption, QFont::DemiBold));
    painter.setPen(palette::textDim);
    painter.drawText(QRect{zoneLeft, 1, width() - zoneLeft, 28}, Qt::AlignLeft | Qt::AlignVCenter,
                     toQt(base::localZoneAbbreviation(now)));
    painter.setFont(theme::font(theme::TextSize::Caption));
    painter.drawText(QRect{0, 28, width(), 16}, Qt::AlignLeft | Qt::AlignVCenter, dateText(now));
}

}  // namespace leedswatch::ui
