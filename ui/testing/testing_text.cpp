#include "ui/testing/testing_text.h"

#include "base/local_time.h"
#include "ui/common/text.h"

#include <QDate>
#include <QLocale>
#include <QRegularExpression>
#include <algorithm>

namespace leedswatch::ui {

namespace {

using namespace std::chrono_literals;

QDate toDate(const base::LocalDate& date) {
    return {date.year, date.month, date.day};
}

QLocale british() {
    return {QLocale::English, QLocale::UnitedKingdom};
}

QString escaped(const std::string& text) {
    return toQt(text).toHtmlEscaped();
}

QString zoneRows(const response::TestReport& report) {
    QString rows;
    for (const response::TalliedZone& zone : report.zones) {
        if (zone.count + zone.restores + zone.others == 0) {
            continue;
        }
        const QString what = zone.hasCome() ? escaped(zone.event) : escaped(zone.other) + QStringLiteral(" (no proof)");
        rows += QStringLiteral(
                    "<tr><td><b>%1</b>&nbsp;&nbsp;</td><td>%2&nbsp;&nbsp;</td><td>%3&nbsp;&nbsp;</td><td>%4 "
                    "×&nbsp;&nbsp;</td><td>%5</td></tr>")
                    .arg(escaped(response::wordsOf(zone)), what,
                         zone.first ? toQt(base::formatLocalTimeOfDay(*zone.first)) : QString{},
                         QString::number(std::max(zone.count, zone.others)),
                         zone.isRestored() ? QStringLiteral("restored")
                         : zone.hasCome()  ? QStringLiteral("not restored")
                                           : QString{});
    }
    return rows;
}

}  // namespace

QString placeText(const std::string& name, const std::string& reference) {
    return name.empty() || name == reference ? toQt(reference)
                                             : QStringLiteral("%1 · %2").arg(toQt(name), toQt(reference));
}

QString scopeText(const std::string& area, const std::string& zone) {
    QStringList parts;
    if (!area.empty()) {
        parts << QStringLiteral("area %1").arg(toQt(area));
    }
    if (!zone.empty()) {
        parts << QStringLiteral("zone %1").arg(toQt(zone));
    }
    return parts.isEmpty() ? QStringLiteral("all of it") : parts.join(QStringLiteral(", "));
}

QString leftText(base::Microseconds left) {
    const auto minutes = std::chrono::ceil<std::chrono::minutes>(left).count();
    if (minutes <= 0) {
        return QStringLiteral("over");
    }
    return minutes < 60 ? QStringLiteral("%1 min").arg(minutes)
                        : QStringLiteral("%1 h %2 min").arg(minutes / 60).arg(minutes % 60, 2, 10, QLatin1Char{'0'});
}

QString clockText(base::UtcTime time) {
    return toQt(base::formatLocalTimeOfDay(time)).left(5);
}

QString dayAndTimeText(base::UtcTime time) {
    return british().toString(toDate(base::localDateOf(time)), QStringLiteral("ddd d MMM yyyy ")) + clockText(time);
}

QString dueText(base::UtcTime time, base::UtcTime now) {
    const base::LocalDate day = base::localDateOf(time);
    const bool isThisYear = day.year == base::localDateOf(now).year;
    return british().toString(toDate(day), isThisYear ? QStringLiteral("ddd d MMM ") : QStringLiteral("d MMM yyyy ")) +
           clockText(time);
}

QString newestText(const response::WalkLine& line, const response::ZoneTally& tally) {
    if (line.zone.empty()) {
        return toQt(line.words);
    }
    const auto zones = tally.zones();
    const auto found = std::ranges::find_if(zones, [&](const response::TalliedZone& zone) {
        return zone.number == line.zone && zone.account == line.account;
    });
    const QString name = found == zones.end() ? QString{} : toQt(found->name);
    const bool isExpected = found != zones.end() && found->isExpected;
    const QString what = line.what == response::ZoneEvent::Came       ? QStringLiteral("in")
                         : line.what == response::ZoneEvent::Restored ? QStringLiteral("restored")
                                                                      : QStringLiteral("no proof");
    return QStringLiteral("Zone %1 %2: %3%4")
        .arg(toQt(line.zone), name, what, isExpected ? QString{} : QStringLiteral(", not expected"))
        .simplified()
        .replace(QStringLiteral(" :"), QStringLiteral(":"));
}

QString dayText(const base::LocalDate& date) {
    return british().toString(toDate(date), QStringLiteral("dddd, d MMMM yyyy"));
}

QString monthText(const base::LocalDate& date) {
    return british().toString(toDate(date), QStringLiteral("MMMM yyyy"));
}

QString stateText(response::PlanState state) {
    switch (state) {
        case response::PlanState::Coming: return QStringLiteral("Coming");
        case response::PlanState::DueToday: return QStringLiteral("Due today");
        case response::PlanState::Overdue: return QStringLiteral("Overdue");
        case response::PlanState::Running: return QStringLiteral("On test");
        case response::PlanState::Ended: return QStringLiteral("Result?");
    }
    return {};
}

base::Result<base::UtcTime> endFrom(const QString& typed, base::UtcTime now) {
    static const QRegularExpression length{QStringLiteral("^(\\d{1,3})\\s*(h|hours?|m|min|minutes?)?$"),
                                           QRegularExpression::CaseInsensitiveOption};
    static const QRegularExpression clock{QStringLiteral("^(\\d{1,2})[:.](\\d{2})$")};
    const QString text = typed.trimmed();
    if (const auto match = length.match(text); match.hasMatch()) {
        const int number = match.captured(1).toInt();
        const bool isHours = match.captured(2).startsWith(QLatin1Char{'h'}, Qt::CaseInsensitive);
        return now + (isHours ? std::chrono::minutes{number * 60} : std::chrono::minutes{number});
    }
    const auto match = clock.match(text);
    const int hour = match.captured(1).toInt();
    const int minute = match.captured(2).toInt();
    if (!match.hasMatch() || hour > 23 || minute > 59) {
        return base::fail(base::ErrorCode::InvalidInput,
                          "write when the test ends as 90 min, 2 h or 17:30, by the clock on the wall");
    }
    const base::LocalDate today = base::localDateOf(now);
    const std::chrono::minutes ofDay{hour * 60 + minute};
    const base::UtcTime end = base::timeOn(today, ofDay);
    return end > now ? end : base::timeOn(base::daysAfter(today, 1), ofDay);
}

QString noticeHtml(const response::TestReport& report) {
    const response::TestPeriod& period = report.period;
    QString html =
        QStringLiteral(
            "<p><b>%1</b><br>%2, %3 to %4<br>Asked for by %5: %6<br>Placed by %7, ended by "
            "%8%9</p>")
            .arg(placeText(report.name, report.reference).toHtmlEscaped(),
                 scopeText(period.area, period.zone).toHtmlEscaped(), dayAndTimeText(period.begins).toHtmlEscaped(),
                 clockText(period.ended.value_or(report.made)), escaped(period.byWhom), escaped(period.reason),
                 escaped(period.placedBy), escaped(period.endedBy),
                 period.showsLifeSafety ? QString{} : QStringLiteral("<br>Life safety was hidden too"));
    html += QStringLiteral("<p>%1 received · %2 of them alarms that were hidden</p>")
                .arg(withThousands(report.received), withThousands(report.hidden));
    if (!report.missing.empty()) {
        html += QStringLiteral("<p><b>Expected, and did not come</b><br>");
        for (const std::string& missing : report.missing) {
            html += escaped(missing) + QStringLiteral("<br>");
        }
        html += QStringLiteral("</p>");
    }
    if (const QString rows = zoneRows(report); !rows.isEmpty()) {
        html += QStringLiteral("<p><b>Zones</b></p><table>%1</table>").arg(rows);
    }
    if (!report.events.empty()) {
        html += QStringLiteral("<p><b>Other signals</b><br>");
        for (const response::ReportedEvent& event : report.events) {
            html += QStringLiteral("%1 · %2 × · first %3<br>")
                        .arg(escaped(event.words), QString::number(event.count),
                             toQt(base::formatLocalTimeOfDay(event.first)));
        }
        html += QStringLiteral("</p>");
    }
    return html;
}

QString noticeLine(const response::TestReportLine& line) {
    const QString missing = line.missing == 0 ? QStringLiteral("nothing that was expected is missing")
                                              : QStringLiteral("%1 expected did not come").arg(line.missing);
    return QStringLiteral("%1: the test has ended. %2 received, %3.")
        .arg(placeText(line.name, line.reference), withThousands(line.received), missing);
}

}  // namespace leedswatch::ui
