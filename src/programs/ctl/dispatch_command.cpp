#include "programs/ctl/dispatch_command.h"

#include "dispatch/attendance.h"
#include "programs/ctl/csv_file.h"
#include "programs/ctl/period_options.h"

#include <spdlog/fmt/fmt.h>

namespace leedswatch::ctl {
namespace {

struct AttendanceOptions {
    PeriodOptions period;
    std::string by = "premises";
    bool writesCsv = false;
    std::string file;
};

std::string minutesOf(const dispatch::Spread& spread) {
    using Minutes = std::chrono::duration<double, std::ratio<60>>;
    return spread.count == 0
               ? "-"
               : fmt::format("{:.1f} / {:.1f}", Minutes{spread.middle}.count(), Minutes{spread.longest}.count());
}

nlohmann::json jsonOfSpread(const dispatch::Spread& spread) {
    using Seconds = std::chrono::duration<double>;
    return {{"count", spread.count},
            {"middle_seconds", Seconds{spread.middle}.count()},
            {"longest_seconds", Seconds{spread.longest}.count()}};
}

nlohmann::json jsonOfLine(const dispatch::AttendanceLine& line) {
    return {{"name", line.name},
            {"jobs", line.jobs},
            {"attended", line.attended},
            {"cancelled", line.cancelled},
            {"open", line.open},
            {"target_met", line.met},
            {"target_missed", line.missed},
            {"to_assigned", jsonOfSpread(line.toAssigned)},
            {"to_en_route", jsonOfSpread(line.toEnRoute)},
            {"to_on_scene", jsonOfSpread(line.toOnScene)},
            {"to_finished", jsonOfSpread(line.toFinished)}};
}

void addLine(Table& table, const dispatch::AttendanceLine& line) {
    table.add({line.name, std::to_string(line.jobs), std::to_string(line.attended), std::to_string(line.cancelled),
               std::to_string(line.met), std::to_string(line.missed), minutesOf(line.toAssigned),
               minutesOf(line.toEnRoute), minutesOf(line.toOnScene), minutesOf(line.toFinished)});
}

base::Result<ExitCode> showAttendance(Session& session, const AttendanceOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto range, periodOf(session, options.period, std::chrono::hours{24 * 30}));
    const dispatch::AttendancePeriod period{range.begin, range.end};
    dispatch::Attendance attendance{*database};
    if (options.writesCsv || options.by == "job") {
        const auto table = options.by == "job"    ? dispatch::AttendanceTable::Jobs
                           : options.by == "unit" ? dispatch::AttendanceTable::Units
                                                  : dispatch::AttendanceTable::Premises;
        TRY_ASSIGN(const auto csv, attendance.csv(acting, period, table));
        return writeCsvFile(session, options.file, csv);
    }
    TRY_ASSIGN(const auto report, attendance.report(acting, period));
    const auto& lines = options.by == "unit" ? report.units : report.premises;
    auto document = nlohmann::json::array();
    Table table{{options.by == "unit" ? "UNIT" : "PREMISES", "JOBS", "ATTENDED", "CANCELLED", "IN TIME", "LATE",
                 "ASSIGNED", "EN ROUTE", "ON SCENE", "FINISHED"}};
    for (const auto& line : lines) {
        document.push_back(jsonOfLine(line));
        addLine(table, line);
    }
    addLine(table, report.all);
    session.show({{"all", jsonOfLine(report.all)}, {"lines", document}},
                 table.text() + "Times are minutes from the creation of the job: of half of them, and the longest.");
    return ExitCode::Good;
}

}  // namespace

void addDispatchAttendanceCommand(CLI::App& dispatch, Session& session, Command& chosen) {
    auto options = std::make_shared<AttendanceOptions>();
    auto* attendance = dispatch.add_subcommand("attendance", "Show how soon units were where they were sent");
    addPeriodOptions(*attendance, options->period, "30 days");
    attendance->add_option("--by", options->by, "A line for each")
        ->check(CLI::IsMember({"premises", "unit", "job"}))
        ->capture_default_str();
    attendance->add_flag("--csv", options->writesCsv, "For a spreadsheet; always so for --by job");
    attendance->add_option("--out", options->file, "Write it to this file")->type_name("FILE");
    onCommand(*attendance, chosen, [&session, options] { return showAttendance(session, *options); });
}

void addDispatchCommands(CLI::App& root, Session& session, Command& chosen) {
    auto* dispatch = root.add_subcommand("dispatch", "Keyholding and mobile response: units, jobs, keys, attendance");
    dispatch->require_subcommand(1);
    addDispatchUnitsCommands(*dispatch, session, chosen);
    addDispatchJobsCommands(*dispatch, session, chosen);
    addDispatchKeysCommands(*dispatch, session, chosen);
    addDispatchAttendanceCommand(*dispatch, session, chosen);
}

}  // namespace leedswatch::ctl
