#include "response/service_csv.h"

#include "base/local_time.h"
#include "base/spreadsheet_field.h"
#include "response/service_words.h"

#include <fmt/format.h>

#include <algorithm>

namespace leedswatch::response {

namespace {

constexpr std::array<ServiceViewInfo, 5> views{{
    {ServiceView::Classes, "class", "Classes"},
    {ServiceView::Shifts, "shift", "Shifts"},
    {ServiceView::Operators, "operator", "Operators"},
    {ServiceView::Premises, "premises", "False alarms"},
    {ServiceView::Hours, "hour", "Hours of the day"},
}};

constexpr std::array<int, 4> percentiles{500, 800, 950, 985};

class CsvText {
public:
    void row(const std::vector<std::string>& fields) { m_text += base::spreadsheetLine(fields); }
    void head(std::string_view what, const ServicePeriod& period, base::UtcTime made, const std::string& madeBy) {
        row({"Service figures", std::string{what}});
        row({"Arrived from", base::formatLocal(period.from)});
        row({"until before", base::formatLocal(period.until)});
        row({"Made", base::formatLocal(made)});
        row({"By", madeBy});
        for (const std::string_view rule : serviceRules()) {
            row({"Rule", std::string{rule}});
        }
    }
    std::string take() { return std::move(m_text); }

private:
    std::string m_text;
};

std::string number(std::int64_t value) {
    return std::to_string(value);
}

std::string secondsOrNone(std::optional<base::Microseconds> length) {
    return length ? secondsText(*length) : std::string{};
}

std::vector<std::string> classHead() {
    std::vector<std::string> head{"class",     "arrived",        "counted",    "tests",
                                  "storms",    "called off",     "unanswered", "unanswered longest s",
                                  "held",      "held longest s", "open",       "open not taken",
                                  "open held", "open on test",   "oldest open"};
    for (const ServiceMeasureInfo& info : serviceMeasures()) {
        const std::string name{info.name};
        head.push_back(name + " n");
        for (const int perMille : percentiles) {
            head.push_back(name + " " + shareText(perMille) + " s");
        }
        head.push_back(name + " longest s");
        head.push_back(name + " clock steps");
    }
    head.insert(head.end(), {"target", "target from", "within", "of", "late open", "share", "verdict"});
    return head;
}

std::vector<std::string> classRow(const ClassFigures& figures) {
    const ServiceCounts& counts = figures.counts;
    const OpenAlarms& open = figures.open;
    std::vector<std::string> row{
        figures.alarmClass ? std::string{infoOf(*figures.alarmClass).code} : "all",
        number(counts.arrived() + open.held + open.tests),
        number(counts.counted),
        number(counts.tests),
        number(counts.storms),
        number(counts.calledOff),
        number(counts.endedUnanswered()),
        secondsOrNone(counts.unanswered.longest()),
        number(counts.held.count() + counts.held.clockSteps()),
        secondsOrNone(counts.held.longest()),
        number(open.count),
        number(open.untaken),
        number(open.held),
        number(open.tests),
        open.oldest ? base::formatLocal(*open.oldest) : "",
    };
    for (const ServiceMeasureInfo& info : serviceMeasures()) {
        const TimeCounts& times = counts.of(info.measure);
        row.push_back(number(times.count()));
        for (const int perMille : percentiles) {
            row.push_back(secondsOrNone(times.percentile(perMille)));
        }
        row.push_back(secondsOrNone(times.longest()));
        row.push_back(number(times.clockSteps()));
    }
    return row;
}

/// A row for each target, as each has a verdict of its own.
void addClass(CsvText& csv, const ClassFigures& figures) {
    if (figures.targets.empty()) {
        auto row = classRow(figures);
        row.resize(row.size() + 7);
        csv.row(row);
    }
    for (const TargetResult& result : figures.targets) {
        auto row = classRow(figures);
        row.insert(row.end(), {textOf(result.target), base::formatLocal(result.holdsFrom), number(result.within),
                               number(result.of), number(result.lateOpen),
                               shareOf(result.within, result.of, fewestFor(result.target.perMille)),
                               std::string{nameOf(result.verdict())}});
        csv.row(row);
    }
}

void addShift(CsvText& csv, const ShiftFigures& shift) {
    csv.row({shift.name, shift.span ? base::formatLocal(shift.span->begin) : "",
             shift.span ? base::formatLocal(shift.span->end) : "", number(shift.shifts),
             fmt::format("{:.2f}", static_cast<double>(shift.length.count()) / 3600), number(shift.arrived),
             number(shift.counted), secondsOrNone(shift.acted.percentile(500)),
             secondsOrNone(shift.acted.percentile(985)), secondsOrNone(shift.acted.longest()), number(shift.judged),
             number(shift.late), number(shift.taken), number(shift.operators), number(shift.mostTaken)});
}

void addOperator(CsvText& csv, const OperatorFigures& who, const std::string& name) {
    csv.row({name, number(who.taken), number(who.shifts), number(who.windows), loadText(who.taken, who.windows),
             number(who.above), shareOf(who.above, who.windows, 1), number(who.most),
             who.worst ? base::formatLocal(*who.worst) : ""});
}

}  // namespace

std::span<const ServiceViewInfo> serviceViews() {
    return views;
}

std::optional<ServiceView> serviceViewFrom(std::string_view name) {
    const auto* found = std::ranges::find(views, name, &ServiceViewInfo::name);
    return found == views.end() ? std::nullopt : std::optional{found->view};
}

std::string csvOf(const ServiceReport& report, ServiceView view) {
    CsvText csv;
    csv.head(views.at(static_cast<std::size_t>(view)).title, report.period, report.made, report.madeBy);
    switch (view) {
        case ServiceView::Classes:
            csv.row(classHead());
            addClass(csv, report.all);
            for (const ClassFigures& figures : report.classes) {
                addClass(csv, figures);
            }
            break;
        case ServiceView::Shifts:
            csv.row({"shift", "begins", "ends", "shifts", "hours", "arrived", "counted", "acted 50 % s",
                     "acted 98.5 % s", "acted longest s", "judged", "late", "taken", "operators",
                     "most by one in ten minutes"});
            for (const ShiftFigures& shift : report.shiftsByName) {
                addShift(csv, shift);
            }
            for (const ShiftFigures& shift : report.shifts) {
                addShift(csv, shift);
            }
            break;
        case ServiceView::Operators:
            csv.row({"Rule",
                     "Ten minutes are counted by the clock, in each shift from the first to the last in which the "
                     "operator took an alarm; each taking counts. One alarm in ten minutes is what is expected of a "
                     "person."});
            csv.row({"operator", "taken", "shifts", "ten minutes", "alarms in ten minutes", "above one",
                     "share above one", "most", "worst began"});
            addOperator(csv, report.room, "all");
            for (const OperatorFigures& who : report.operators) {
                addOperator(csv, who, who.username);
            }
            break;
        case ServiceView::Premises: break;
        case ServiceView::Hours:
            csv.row({"hour", "arrived", "hours", "alarms in the hour"});
            for (std::size_t hour = 0; hour < report.hours.size(); ++hour) {
                const HourOfDay& one = report.hours.at(hour);
                csv.row({fmt::format("{:02}:00", hour), number(one.arrived), number(one.hours),
                         loadText(one.arrived, one.hours)});
            }
            break;
    }
    return csv.take();
}

std::string csvOf(const FalseAlarmReport& report) {
    CsvText csv;
    csv.head("False alarms by premises", report.period, report.made, report.madeBy);
    csv.row({"Rule", "Only alarms that somebody took and closed count, by what they were found to be; tests do not."});
    csv.row({"Premises connected", number(report.premises)});
    csv.row({"False alarms for each", fmt::format("{:.2f}", report.rate())});
    std::vector<std::string> head{"premises", "name", "class", "alarms", "false", "share false", "police called"};
    for (const AlarmOutcome& outcome : alarmOutcomes()) {
        if (outcome.isFalse) {
            head.emplace_back(outcome.code);
        }
    }
    csv.row(head);
    const auto add = [&](const std::string& reference, const std::string& name, const std::string& alarmClass,
                         const DecidedAlarms& decided) {
        return std::vector<std::string>{reference,
                                        name,
                                        alarmClass,
                                        number(decided.alarms),
                                        number(decided.falseOnes),
                                        shareOf(decided.falseOnes, decided.alarms, 1),
                                        number(decided.falsePolice)};
    };
    csv.row(add("all", "", "all", report.all));
    for (const auto& [alarmClass, decided] : report.classes) {
        csv.row(add("all", "", std::string{infoOf(alarmClass).code}, decided));
    }
    for (const PremisesFalseAlarms& premises : report.ranked) {
        auto row = add(premises.reference, premises.name, "all", premises.all);
        for (const AlarmOutcome& outcome : alarmOutcomes()) {
            if (outcome.isFalse) {
                const auto cause = premises.causes.find(std::string{outcome.code});
                row.push_back(number(cause == premises.causes.end() ? 0 : cause->second));
            }
        }
        csv.row(row);
        for (const auto& [alarmClass, decided] : premises.classes) {
            if (premises.classes.size() > 1 && decided.falseOnes > 0) {
                csv.row(add(premises.reference, premises.name, std::string{infoOf(alarmClass).code}, decided));
            }
        }
    }
    return csv.take();
}

}  // namespace leedswatch::response
