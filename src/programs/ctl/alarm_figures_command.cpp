#include "programs/ctl/alarm_figures_command.h"

#include "base/local_time.h"
#include "programs/ctl/csv_file.h"
#include "programs/ctl/figures_json.h"
#include "programs/ctl/period_options.h"
#include "response/service_csv.h"
#include "response/service_sums.h"
#include "response/service_words.h"

namespace leedswatch::ctl {
namespace {

using response::ClassFigures;
using response::ServiceMeasure;
using response::ServiceView;

constexpr std::chrono::hours withoutFrom{24};

struct FiguresOptions {
    PeriodOptions times;
    std::string period;
    std::string by = "class";
    std::optional<std::string> csv;
    bool checks = false;
    bool mends = false;
};

std::string secondsOf(std::optional<base::Microseconds> length) {
    return length ? response::secondsText(*length) : "-";
}

/// "0.4 / 0.9 / 2": the middle one, that within which 98.5 % lie, the longest.
std::string timesText(const response::TimeCounts& times) {
    return times.count() == 0 ? "-"
                              : secondsOf(times.percentile(500)) + " / " + secondsOf(times.percentile(985)) + " / " +
                                    secondsOf(times.longest());
}

std::string resultsText(const ClassFigures& figures) {
    std::string text;
    for (const response::TargetResult& result : figures.targets) {
        const std::string share =
            response::shareOf(result.within, result.of, response::fewestFor(result.target.perMille));
        text += (text.empty() ? "" : "; ") + response::targetText(result.target) + ": " +
                (result.of == 0 ? "none" : share + ", " + std::string{nameOf(result.verdict())});
    }
    return text.empty() ? "-" : text;
}

std::string rulesText() {
    std::string text;
    for (const std::string_view rule : response::serviceRules()) {
        text += "  " + std::string{rule} + "\n";
    }
    return text;
}

std::string periodText(const response::ServicePeriod& period) {
    return "Alarms that arrived from " + base::formatLocal(period.from) + " until before " +
           base::formatLocal(period.until) + ".\n";
}

std::string classesText(const response::ServiceReport& report) {
    Table table{{"CLASS", "ARRIVED", "COUNTED", "OPEN", "PRESENTED", "ACCEPTED", "FIRST ACTION", "CLOSED", "LEFT OUT",
                 "TARGETS"}};
    const auto add = [&](const ClassFigures& figures) {
        const response::ServiceCounts& counts = figures.counts;
        const std::string leftOut = leftOutText(counts);
        table.add({figures.alarmClass ? std::string{infoOf(*figures.alarmClass).code} : "all",
                   std::to_string(counts.arrived() + figures.open.held + figures.open.tests),
                   std::to_string(counts.counted), std::to_string(figures.open.count),
                   timesText(counts.of(ServiceMeasure::Presented)), timesText(counts.of(ServiceMeasure::Accepted)),
                   timesText(counts.of(ServiceMeasure::Acted)), timesText(counts.of(ServiceMeasure::Closed)),
                   leftOut.empty() ? "-" : leftOut, resultsText(figures)});
    };
    add(report.all);
    for (const ClassFigures& figures : report.classes) {
        add(figures);
    }
    return table.text() + "Times are seconds: the middle one / that within which 98.5 % lie / the longest.\n" +
           rulesText();
}

std::string shiftsText(const response::ServiceReport& report) {
    Table table{
        {"SHIFT", "BEGINS", "HOURS", "ARRIVED", "FIRST ACTION", "LATE", "TAKEN", "OPERATORS", "MOST IN 10 MIN"}};
    const auto add = [&](const response::ShiftFigures& shift) {
        table.add(
            {shift.name, shift.span ? base::formatLocal(shift.span->begin) : std::to_string(shift.shifts) + " shifts",
             fmt::format("{:.1f}", static_cast<double>(shift.length.count()) / 3600), std::to_string(shift.arrived),
             timesText(shift.acted), std::to_string(shift.late) + " of " + std::to_string(shift.judged),
             std::to_string(shift.taken), std::to_string(shift.operators), std::to_string(shift.mostTaken)});
    };
    for (const response::ShiftFigures& shift : report.shiftsByName) {
        add(shift);
    }
    for (const response::ShiftFigures& shift : report.shifts) {
        add(shift);
    }
    return table.text();
}

std::string operatorsText(const response::ServiceReport& report) {
    Table table{{"OPERATOR", "TAKEN", "SHIFTS", "IN 10 MIN", "ABOVE ONE", "SHARE", "MOST", "THAT BEGAN"}};
    const auto add = [&](const response::OperatorFigures& who, const std::string& name) {
        table.add({name, std::to_string(who.taken), std::to_string(who.shifts),
                   response::loadText(who.taken, who.windows), std::to_string(who.above),
                   response::shareOf(who.above, who.windows, 1), std::to_string(who.most),
                   who.worst ? base::formatLocal(*who.worst) : "-"});
    };
    if (report.operators.empty()) {
        return "Nobody took an alarm.\n";
    }
    add(report.room, "all");
    for (const response::OperatorFigures& who : report.operators) {
        add(who, who.username);
    }
    return table.text() + "One alarm in ten minutes is what is expected of a person.\n";
}

std::string hoursText(const response::ServiceReport& report) {
    Table table{{"HOUR", "ARRIVED", "IN AN HOUR"}};
    for (std::size_t hour = 0; hour < report.hours.size(); ++hour) {
        const response::HourOfDay& one = report.hours.at(hour);
        table.add(
            {fmt::format("{:02}:00", hour), std::to_string(one.arrived), response::loadText(one.arrived, one.hours)});
    }
    return table.text();
}

std::string textOfView(const response::ServiceReport& report, ServiceView view) {
    const std::string head = periodText(report.period);
    if (report.all.counts.arrived() + report.all.open.held + report.all.open.tests == 0) {
        return head + "No alarm arrived.\n";
    }
    switch (view) {
        case ServiceView::Classes: return head + classesText(report);
        case ServiceView::Shifts: return head + shiftsText(report);
        case ServiceView::Operators: return head + operatorsText(report);
        case ServiceView::Hours: return head + hoursText(report);
        case ServiceView::Premises: break;
    }
    return head;
}

std::string falseAlarmsText(const response::FalseAlarmReport& report) {
    const std::string head = periodText(report.period);
    if (report.ranked.empty()) {
        return head + "No alarm was found to be false.\n";
    }
    Table table{{"PREMISES", "NAME", "FALSE", "POLICE CALLED", "ALARMS", "SHARE FALSE", "CLASSES"}};
    const auto add = [&](const std::string& reference, const std::string& name, const response::DecidedAlarms& decided,
                         const std::map<response::AlarmClass, response::DecidedAlarms>& classes) {
        std::string each;
        for (const auto& [alarmClass, some] : classes) {
            if (some.falseOnes > 0) {
                each += (each.empty() ? "" : ", ") + std::string{infoOf(alarmClass).code} + " " +
                        std::to_string(some.falseOnes);
            }
        }
        table.add({reference, name, std::to_string(decided.falseOnes), std::to_string(decided.falsePolice),
                   std::to_string(decided.alarms), response::shareOf(decided.falseOnes, decided.alarms, 1), each});
    };
    add("all", "", report.all, report.classes);
    for (const response::PremisesFalseAlarms& premises : report.ranked) {
        add(premises.reference, premises.name, premises.all, premises.classes);
    }
    return head + table.text() +
           fmt::format("{:.2f} false alarms for each of {} premises.\n", report.rate(), report.premises);
}

base::Result<response::ServicePeriod> periodOfFigures(const Session& session, store::Database& database,
                                                      const access::Acting& acting, const FiguresOptions& options) {
    if (!options.times.from.empty() || !options.times.to.empty()) {
        TRY_ASSIGN(const auto times, periodOf(session, options.times, withoutFrom));
        return response::ServicePeriod{times.begin, times.end};
    }
    const auto named = response::namedPeriodFrom(options.period.empty() ? "today" : options.period);
    if (!named) {
        return base::fail(base::ErrorCode::InvalidInput, "there is no period '" + options.period + "'");
    }
    return response::ServiceFigures{database}.period(acting, *named);
}

base::Result<ExitCode> checkSums(Session& session, store::Database& database, const access::Acting& acting,
                                 bool mends) {
    response::ServiceSums sums{database};
    TRY_ASSIGN(const auto wrong, mends ? sums.mend(acting) : sums.check(acting));
    std::string text;
    for (const std::string& sentence : wrong) {
        text += sentence + (mends ? ": made anew" : "") + "\n";
    }
    session.show({{"sound", wrong.empty()}, {"mended", mends}, {"wrong", wrong}},
                 wrong.empty() ? "The sums are those of the alarms." : text);
    return wrong.empty() || mends ? ExitCode::Good : ExitCode::Wrong;
}

base::Result<ExitCode> showFigures(Session& session, const FiguresOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    if (options.checks || options.mends) {
        return checkSums(session, *database, acting, options.mends);
    }
    TRY_ASSIGN(const auto period, periodOfFigures(session, *database, acting, options));
    const ServiceView view = response::serviceViewFrom(options.by).value_or(ServiceView::Classes);
    if (view == ServiceView::Premises) {
        TRY_ASSIGN(const auto report, response::FalseAlarms{*database}.report(acting, period));
        if (options.csv) {
            return writeCsvFile(session, *options.csv, csvOf(report));
        }
        session.show(jsonOfFalseAlarms(report), falseAlarmsText(report));
        return ExitCode::Good;
    }
    TRY_ASSIGN(const auto report, response::ServiceFigures{*database}.report(acting, period));
    if (options.csv) {
        return writeCsvFile(session, *options.csv, csvOf(report, view));
    }
    session.show(jsonOfReport(report, view), textOfView(report, view));
    return ExitCode::Good;
}

}  // namespace

void addAlarmFiguresCommand(CLI::App& alarms, Session& session, Command& chosen) {
    auto options = std::make_shared<FiguresOptions>();
    auto* figures = alarms.add_subcommand(
        "figures", "Show how quickly alarms were answered, what operators bore, and who called for nothing");
    addPeriodOptions(*figures, options->times, "a day");
    std::vector<std::string> periods;
    for (const auto& info : response::namedPeriods()) {
        periods.emplace_back(info.name);
    }
    std::vector<std::string> views;
    for (const auto& info : response::serviceViews()) {
        views.emplace_back(info.name);
    }
    figures->add_option("--period", options->period, "Of this one; today if nothing is named")
        ->check(CLI::IsMember(periods))
        ->excludes(figures->get_option("--from"))
        ->excludes(figures->get_option("--to"));
    figures->add_option("--by", options->by, "What of them")->check(CLI::IsMember(views))->capture_default_str();
    figures->add_option("--csv", options->csv, "Write them to this file for a spreadsheet; '-': show them so")
        ->type_name("FILE");
    figures->add_flag("--check", options->checks, "Compare the sums with all alarms instead; takes long");
    figures->add_flag("--mend", options->mends, "The same, and make those anew that are wrong");
    onCommand(*figures, chosen, [&session, options] { return showFigures(session, *options); });
}

}  // namespace leedswatch::ctl
