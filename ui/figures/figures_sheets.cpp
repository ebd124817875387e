#include "ui/figures/figures_sheets.h"

#include "base/local_time.h"
#include "response/service_words.h"
#include "ui/common/text.h"
#include "ui/common/time_text.h"

#include <algorithm>

namespace leedswatch::ui {

namespace {

using response::ClassFigures;
using response::ServiceMeasure;
using response::TargetResult;
using response::Verdict;

QString noValue() {
    return QStringLiteral("–");
}

FiguresCell number(std::int64_t value) {
    return {withThousands(value), value == 0 ? FiguresTone::Dim : FiguresTone::Plain};
}

QString lengthText(base::Microseconds length) {
    // Targets are in seconds: what is near them is too.
    return length <= std::chrono::minutes{10} ? toQt(response::secondsText(length)) + QStringLiteral(" s")
                                              : durationText(length);
}

/// "few" where there are some, but too few for a share of them.
FiguresCell length(std::optional<base::Microseconds> value, std::int64_t count) {
    if (value) {
        return {lengthText(*value)};
    }
    return count == 0 ? FiguresCell{noValue(), FiguresTone::Dim}
                      : FiguresCell{QStringLiteral("few"), FiguresTone::Dim,
                                    QStringLiteral("Too few alarms for this share: one that took longer would be the "
                                                   "longest of all.")};
}

QString markOf(Verdict verdict) {
    switch (verdict) {
        case Verdict::Met: return QStringLiteral("✓ met");
        case Verdict::NotMet: return QStringLiteral("✗ missed");
        case Verdict::TooFew: return QStringLiteral("· too few");
    }
    return {};
}

FiguresCell resultCell(const TargetResult& result) {
    const QString wanted = toQt(response::targetText(result.target));
    const bool isAction = result.target.measure == ServiceMeasure::Acted;
    const QString target = isAction ? QStringLiteral("%1 in %2 s")
                                          .arg(toQt(response::shareText(result.target.perMille)))
                                          .arg(result.target.within.count())
                                    : wanted;
    if (result.of == 0) {
        return {QStringLiteral("– no alarm (%1)").arg(target), FiguresTone::Dim, wanted};
    }
    const QString share =
        toQt(response::shareOf(result.within, result.of, response::fewestFor(result.target.perMille)));
    const Verdict verdict = result.verdict();
    const FiguresTone tone = verdict == Verdict::NotMet   ? FiguresTone::Warning
                             : verdict == Verdict::TooFew ? FiguresTone::Dim
                                                          : FiguresTone::Plain;
    QString hint = QStringLiteral("%1: %2 of %3 were, for alarms that arrived since %4.")
                       .arg(wanted, withThousands(result.within), withThousands(result.of),
                            base::toStored(result.holdsFrom) == 0 ? QStringLiteral("the beginning")
                                                                  : toQt(base::formatLocal(result.holdsFrom)));
    if (result.lateOpen > 0) {
        hint += QStringLiteral(" %1 late and still open.").arg(result.lateOpen);
    }
    return {QStringLiteral("%1  %2 (%3)").arg(markOf(verdict), share, target), tone, hint};
}

std::vector<FiguresCell> classRow(const ClassFigures& figures, std::size_t targets) {
    const auto& acted = figures.counts.of(ServiceMeasure::Acted);
    const auto& open = figures.open;
    const QString title = figures.alarmClass ? toQt(infoOf(*figures.alarmClass).title) : QStringLiteral("All classes");
    std::vector<FiguresCell> row{{title, FiguresTone::Strong},
                                 number(figures.counts.counted),
                                 number(open.count),
                                 length(acted.percentile(500), acted.count()),
                                 length(acted.percentile(985), acted.count())};
    for (std::size_t target = 0; target < targets; ++target) {
        row.push_back(target < figures.targets.size() ? resultCell(figures.targets[target]) : FiguresCell{});
    }
    return row;
}

FiguresCell lateCell(const response::ShiftFigures& shift) {
    const QString text = QStringLiteral("%1 of %2").arg(withThousands(shift.late), withThousands(shift.judged));
    return shift.late == 0 ? FiguresCell{text, FiguresTone::Dim}
                           : FiguresCell{QStringLiteral("✗ ") + text, FiguresTone::Warning};
}

/// More than one alarm in ten minutes is more than is expected of a person.
FiguresCell mostCell(std::int64_t most) {
    return most > 1 ? FiguresCell{QStringLiteral("▲ %1").arg(most), FiguresTone::Warning,
                                  QStringLiteral("More than one alarm in ten minutes.")}
                    : number(most);
}

QString momentText(base::UtcTime time) {
    return toQt(base::formatLocalDate(time) + ", " + base::formatLocalTimeOfDay(time).substr(0, 5) + " " +
                base::localZoneAbbreviation(time));
}

std::vector<FiguresCell> shiftRow(const response::ShiftFigures& shift) {
    const double hours = static_cast<double>(shift.length.count()) / 3600;
    return {{toQt(shift.name), FiguresTone::Strong},
            {shift.span ? momentText(shift.span->begin)
                        : QStringLiteral("all %1 together").arg(withThousands(shift.shifts)),
             shift.span ? FiguresTone::Plain : FiguresTone::Dim},
            {QStringLiteral("%1 h").arg(hours, 0, 'f', 1)},
            number(shift.arrived),
            length(shift.acted.percentile(500), shift.acted.count()),
            length(shift.acted.percentile(985), shift.acted.count()),
            lateCell(shift),
            number(shift.taken),
            number(shift.operators),
            mostCell(shift.mostTaken)};
}

std::vector<FiguresCell> operatorRow(const response::OperatorFigures& who, const QString& name) {
    const QString share = toQt(response::shareOf(who.above, who.windows, 1));
    return {{name, FiguresTone::Strong},
            number(who.taken),
            number(who.shifts),
            number(who.windows),
            {toQt(response::loadText(who.taken, who.windows))},
            {QStringLiteral("%1 (%2)").arg(withThousands(who.above), share.isEmpty() ? noValue() : share),
             who.above > 0 ? FiguresTone::Plain : FiguresTone::Dim},
            mostCell(who.most),
            {who.worst ? momentText(*who.worst) : noValue()}};
}

QString classesText(const std::map<response::AlarmClass, response::DecidedAlarms>& classes) {
    QStringList parts;
    for (const auto& [alarmClass, decided] : classes) {
        if (decided.falseOnes > 0) {
            parts.append(QStringLiteral("%1 %2").arg(toQt(infoOf(alarmClass).title), withThousands(decided.falseOnes)));
        }
    }
    return parts.join(QStringLiteral(", "));
}

std::vector<FiguresCell> premisesRow(const QString& reference, const QString& name,
                                     const response::DecidedAlarms& decided, const QString& classes) {
    return {{reference, FiguresTone::Strong},
            {name},
            number(decided.falseOnes),
            decided.falsePolice > 0 ? FiguresCell{QStringLiteral("▲ %1").arg(decided.falsePolice), FiguresTone::Warning,
                                                  QStringLiteral("The police were called for a false alarm.")}
                                    : number(0),
            number(decided.alarms),
            {toQt(response::shareOf(decided.falseOnes, decided.alarms, 1))},
            {classes, FiguresTone::Dim}};
}

}  // namespace

FiguresSheet sheetOfClasses(const response::ServiceReport& report) {
    std::size_t targets = 0;
    for (const ClassFigures& figures : report.classes) {
        targets = std::max(targets, figures.targets.size());
    }
    FiguresSheet sheet{{{QStringLiteral("Class"), 116, false},
                        {QStringLiteral("Counted"), 72},
                        {QStringLiteral("Open"), 52},
                        {QStringLiteral("Middle"), 92},
                        {QStringLiteral("98.5 %"), 92}},
                       {}};
    for (std::size_t target = 1; target <= targets; ++target) {
        sheet.columns.push_back({QStringLiteral("Target %1: reached (wanted)").arg(target), 244, false});
    }
    sheet.rows.push_back(classRow(report.all, targets));
    for (const ClassFigures& figures : report.classes) {
        sheet.rows.push_back(classRow(figures, targets));
    }
    return sheet;
}

FiguresSheet sheetOfClass(const ClassFigures& figures) {
    FiguresSheet sheet{{{QStringLiteral("From arrival to"), 124, false},
                        {QStringLiteral("Alarms"), 68},
                        {QStringLiteral("50 %"), 104},
                        {QStringLiteral("80 %"), 104},
                        {QStringLiteral("95 %"), 104},
                        {QStringLiteral("98.5 %"), 104},
                        {QStringLiteral("Longest"), 104},
                        {QStringLiteral("Clock stepped"), 104}},
                       {}};
    for (const auto& info : response::serviceMeasures()) {
        const response::TimeCounts& times = figures.counts.of(info.measure);
        std::vector<FiguresCell> row{{toQt(info.title), FiguresTone::Strong}, number(times.count())};
        for (const int perMille : {500, 800, 950, 985}) {
            row.push_back(length(times.percentile(perMille), times.count()));
        }
        row.push_back(length(times.longest(), times.count()));
        row.push_back(number(times.clockSteps()));
        sheet.rows.push_back(std::move(row));
    }
    return sheet;
}

FiguresSheet sheetOfShifts(const response::ServiceReport& report) {
    FiguresSheet sheet{{{QStringLiteral("Shift"), 84, false},
                        {QStringLiteral("Begins"), 180, false},
                        {QStringLiteral("Length"), 64},
                        {QStringLiteral("Arrived"), 68},
                        {QStringLiteral("Middle"), 104},
                        {QStringLiteral("98.5 %"), 104},
                        {QStringLiteral("Late"), 112},
                        {QStringLiteral("Taken"), 64},
                        {QStringLiteral("Operators"), 80},
                        {QStringLiteral("Most in 10 min"), 116}},
                       {}};
    if (report.shifts.size() > 1) {
        for (const response::ShiftFigures& shift : report.shiftsByName) {
            sheet.rows.push_back(shiftRow(shift));
        }
    }
    for (auto shift = report.shifts.rbegin(); shift != report.shifts.rend(); ++shift) {
        sheet.rows.push_back(shiftRow(*shift));
    }
    return sheet;
}

FiguresSheet sheetOfOperators(const response::ServiceReport& report) {
    FiguresSheet sheet{{{QStringLiteral("Operator"), 140, false},
                        {QStringLiteral("Alarms taken"), 96},
                        {QStringLiteral("Shifts"), 64},
                        {QStringLiteral("Ten minutes"), 96},
                        {QStringLiteral("Alarms in each"), 108},
                        {QStringLiteral("Above one"), 120},
                        {QStringLiteral("Most"), 64},
                        {QStringLiteral("which began"), 176}},
                       {}};
    if (report.operators.empty()) {
        return sheet;
    }
    sheet.rows.push_back(operatorRow(report.room, QStringLiteral("All operators")));
    for (const response::OperatorFigures& who : report.operators) {
        sheet.rows.push_back(operatorRow(who, toQt(who.username)));
    }
    return sheet;
}

FiguresSheet sheetOfHours(const response::ServiceReport& report) {
    FiguresSheet sheet{{{QStringLiteral("Hour of the day"), 132, false},
                        {QStringLiteral("Arrived"), 84},
                        {QStringLiteral("Such hours"), 96},
                        {QStringLiteral("In each"), 84},
                        {QStringLiteral("Beside the busiest"), 320, false}},
                       {}};
    std::int64_t most = 1;
    for (const response::HourOfDay& hour : report.hours) {
        most = std::max(most, hour.arrived);
    }
    for (std::size_t hour = 0; hour < report.hours.size(); ++hour) {
        const response::HourOfDay& one = report.hours.at(hour);
        const auto bar = static_cast<int>(one.arrived * 32 / most);
        sheet.rows.push_back(
            {{QStringLiteral("%1:00 – %2:00")
                  .arg(hour, 2, 10, QLatin1Char{'0'})
                  .arg((hour + 1) % 24, 2, 10, QLatin1Char{'0'}),
              FiguresTone::Strong},
             number(one.arrived),
             number(one.hours),
             {toQt(response::loadText(one.arrived, one.hours))},
             {QString{bar, QChar{0x2588}}, FiguresTone::Dim, QStringLiteral("%1 alarms").arg(one.arrived)}});
    }
    return sheet;
}

FiguresSheet sheetOfFalseAlarms(const response::FalseAlarmReport& report) {
    FiguresSheet sheet{{{QStringLiteral("Premises"), 104, false},
                        {QStringLiteral("Name"), 300, false},
                        {QStringLiteral("False"), 72},
                        {QStringLiteral("Police called"), 96},
                        {QStringLiteral("Alarms"), 72},
                        {QStringLiteral("Share false"), 92},
                        {QStringLiteral("False by class"), 240, false}},
                       {}};
    if (report.ranked.empty()) {
        return sheet;
    }
    sheet.rows.push_back(premisesRow(QStringLiteral("All"),
                                     QStringLiteral("%1 premises").arg(withThousands(report.premises)), report.all,
                                     classesText(report.classes)));
    for (const response::PremisesFalseAlarms& premises : report.ranked) {
        sheet.rows.push_back(
            premisesRow(toQt(premises.reference), toQt(premises.name), premises.all, classesText(premises.classes)));
    }
    return sheet;
}

QString textBehind(const ClassFigures& figures, base::UtcTime now) {
    QStringList sentences;
    const response::ServiceCounts& counts = figures.counts;
    const response::OpenAlarms& open = figures.open;
    sentences.append(QStringLiteral("Arrived: %1, counted: %2.")
                         .arg(withThousands(counts.arrived() + open.held + open.tests), withThousands(counts.counted)));
    if (open.count > 0) {
        sentences.append(QStringLiteral("Open: %1, of them not taken %2; the oldest for %3.")
                             .arg(withThousands(open.count), withThousands(open.untaken),
                                  durationText(now - open.oldest.value_or(now))));
    }
    if (open.held + open.tests > 0) {
        sentences.append(QStringLiteral("Open beside them: held by the rules %1, on test %2.")
                             .arg(withThousands(open.held), withThousands(open.tests)));
    }
    if (const auto leftOut = response::leftOutText(counts); !leftOut.empty()) {
        sentences.append(QStringLiteral("Not counted: %1.").arg(toQt(leftOut)));
    }
    if (const auto longest = counts.unanswered.longest()) {
        sentences.append(QStringLiteral("Those that ended by themselves waited up to %1.").arg(durationText(*longest)));
    }
    if (const auto longest = counts.held.longest()) {
        sentences.append(QStringLiteral("Held before they counted: %1, up to %2.")
                             .arg(withThousands(counts.held.count()), durationText(*longest)));
    }
    return sentences.join(QLatin1Char{' '});
}

QString periodText(const response::ServicePeriod& period) {
    return QStringLiteral("%1 until %2").arg(momentText(period.from), momentText(period.until));
}

}  // namespace leedswatch::ui
