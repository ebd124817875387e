#include "programs/ctl/tests_command.h"

#include "base/local_date.h"
#include "base/local_time.h"
#include "programs/ctl/csv_file.h"
#include "programs/ctl/period_options.h"
#include "programs/ctl/tests_walk_command.h"
#include "response/planned_tests.h"

namespace leedswatch::ctl {
namespace {

using response::PlannedTest;
using response::PlannedTests;

struct PlanOptions {
    std::string premises;
    std::string kind;
    std::string day;
    std::string time;
    std::string every = "once";
    int lasts = 60;
    std::string area;
    std::string zone;
    std::string who;
    std::string instructions;
    bool hidesLifeSafety = false;
};

struct PlannedOptions {
    std::int64_t number = 0;
    std::string premises;
    std::string why;
    std::string outcome;
    std::string found;
    std::string by;
    std::string known;
    std::string until;
    std::string file;
    bool isCsv = false;
    PeriodOptions period;
};

nlohmann::json jsonOfPlanned(const PlannedTest& test) {
    return {{"number", test.id.value()},
            {"premises", test.reference},
            {"name", test.name},
            {"kind", response::nameOf(test.kind)},
            {"area", test.area},
            {"zone", test.zone},
            {"every", response::nameOf(test.every)},
            {"due", base::formatUtc(test.due)},
            {"lasts", test.lasts.count()},
            {"state", response::nameOf(test.state)},
            {"who", test.who},
            {"instructions", test.instructions},
            {"planned_by", test.madeBy}};
}

void showPlanned(Session& session, const std::vector<PlannedTest>& tests, const std::string& none) {
    auto document = nlohmann::json::array();
    Table table{{"NUMBER", "DUE", "STATE", "PREMISES", "NAME", "TEST", "EVERY", "BY"}};
    for (const PlannedTest& test : tests) {
        document.push_back(jsonOfPlanned(test));
        table.add({std::to_string(test.id.value()), base::formatLocal(test.due),
                   std::string{response::nameOf(test.state)}, test.reference, test.name,
                   std::string{response::titleOf(test.kind)}, std::string{response::nameOf(test.every)},
                   test.who.empty() ? "-" : test.who});
    }
    session.show(document, tests.empty() ? none : table.text());
}

base::Result<std::chrono::minutes> timeOfDay(const std::string& text) {
    // A day without a step of the clocks.
    const auto time = base::parseTime("2026-01-01T" + text);
    if (!time || text.size() != 5) {
        return base::fail(base::ErrorCode::InvalidInput,
                          "'" + text.substr(0, 40) + "' is no time of the day; write it as 09:30");
    }
    return base::localMinuteOfDay(*time);
}

base::Result<ExitCode> planTest(Session& session, const PlanOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto premises, premisesNamed(session, options.premises));
    PlannedTest test;
    test.premises = premises.premises.id;
    const auto kind = response::testKindFrom(options.kind);
    const auto every = response::recurrenceFrom(options.every);
    const auto day = base::localDateFrom(options.day);
    if (!kind || !every || !day) {
        return base::fail(base::ErrorCode::InvalidInput,
                          !kind    ? "a test is walk-test, fire, hold-up, path, annual-service or other"
                          : !every ? "it comes once, weekly, monthly, quarterly or yearly"
                                   : "write the first day as in 2026-03-29");
    }
    test.kind = *kind;
    test.every = *every;
    test.first = *day;
    TRY_ASSIGN(test.ofDay, timeOfDay(options.time));
    test.lasts = std::chrono::minutes{options.lasts};
    test.area = options.area;
    test.zone = options.zone;
    test.who = options.who;
    test.instructions = options.instructions;
    test.showsLifeSafety = !options.hidesLifeSafety;
    TRY_ASSIGN(const auto planned, PlannedTests{*database}.plan(acting, test));
    session.show(jsonOfPlanned(planned),
                 "Test " + std::to_string(planned.id.value()) + " is due " + base::formatLocal(planned.due) + ".");
    return ExitCode::Good;
}

base::Result<ExitCode> listPlanned(Session& session, const PlannedOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    PlannedTests::Query query;
    query.most = 100'000;
    if (!options.premises.empty()) {
        TRY_ASSIGN(const auto premises, premisesNamed(session, options.premises));
        query.premises = premises.premises.id;
    }
    TRY_ASSIGN(const auto tests, PlannedTests{*database}.list(acting, query));
    showPlanned(session, tests, "No test is planned.");
    return ExitCode::Good;
}

base::Result<ExitCode> listDue(Session& session) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    const auto tomorrow = base::localDayOf(database->clock().now()).end;
    TRY_ASSIGN(const auto tests, PlannedTests{*database}.list(acting, {{}, tomorrow, 100'000}));
    showPlanned(session, tests, "No test is due today, and none is overdue.");
    return ExitCode::Good;
}

base::Result<ExitCode> startPlanned(Session& session, const PlannedOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    response::TestPeriod wanted;
    TRY_ASSIGN(wanted.ends, base::parseTime(options.until));
    wanted.byWhom = options.by;
    wanted.reason = options.why;
    TRY_ASSIGN(const auto period,
               PlannedTests{*database}.start(acting, response::PlannedTestId{options.number}, wanted));
    session.show(
        {{"test", period.id.value()}, {"ends", base::formatUtc(period.ends)}},
        "On test until " + base::formatLocal(period.ends) + " (test " + std::to_string(period.id.value()) + ").");
    return ExitCode::Good;
}

base::Result<ExitCode> recordPlanned(Session& session, const PlannedOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto outcome, outcomeOf(options.outcome));
    PlannedTests tests{*database};
    const response::PlannedTestId id{options.number};
    TRY_ASSIGN(const auto result, tests.record(acting, id, {outcome, options.found, options.by}));
    const auto next = tests.find(acting, id);
    session.show(jsonOfResult(result),
                 "Recorded." + (next ? " The next one is due " + base::formatLocal(next->due) + "."
                                     : std::string{" It came once."}));
    return ExitCode::Good;
}

base::Result<ExitCode> retirePlanned(Session& session, const PlannedOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY(PlannedTests{*database}.retire(acting, response::PlannedTestId{options.number}, options.why));
    session.show({{"retired", options.number}}, "It is not planned any more.");
    return ExitCode::Good;
}

base::Result<ExitCode> listResults(Session& session, const PlannedOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto range, periodOf(session, options.period, std::chrono::hours{24 * 366}));
    response::TestResults::Query query{{}, range.begin, range.end, 100'000};
    if (!options.premises.empty()) {
        TRY_ASSIGN(const auto premises, premisesNamed(session, options.premises));
        query.premises = premises.premises.id;
    }
    response::TestResults results{*database};
    if (options.isCsv) {
        TRY_ASSIGN(const auto csv, results.exportCsv(acting, query));
        return writeCsvFile(session, "", csv);
    }
    TRY_ASSIGN(const auto all, results.list(acting, query));
    auto document = nlohmann::json::array();
    Table table{{"RECORDED", "PREMISES", "NAME", "TEST", "OUTCOME", "REPORTED", "MISSING", "FOUND", "BY"}};
    for (const response::TestResult& one : all) {
        document.push_back(jsonOfResult(one));
        table.add({base::formatLocal(one.recorded), one.reference, one.name, std::string{response::titleOf(one.kind)},
                   std::string{response::titleOf(one.outcome)}, std::to_string(one.reported.size()),
                   std::to_string(one.missing.size()), one.found.empty() ? "-" : one.found,
                   one.byWhom.empty() ? "-" : one.byWhom});
    }
    session.show(document, all.empty() ? "No result was recorded." : table.text());
    return ExitCode::Good;
}

base::Result<ExitCode> importPlans(Session& session, const PlannedOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    PlannedTests tests{*database};
    return importCsvFile(session, "Tests", options.file, [&](const access::Acting& acting, std::string_view csv) {
        return tests.importCsv(acting, csv);
    });
}

base::Result<ExitCode> exportPlans(Session& session, const PlannedOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto csv, PlannedTests{*database}.exportCsv(acting));
    return writeCsvFile(session, options.file, csv);
}

void addPlanCommand(CLI::App& tests, Session& session, Command& chosen) {
    auto options = std::make_shared<PlanOptions>();
    auto* plan = tests.add_subcommand("plan", "Plan a test");
    plan->add_option("premises", options->premises, "Their reference, or an account")->required();
    plan->add_option("kind", options->kind, "walk-test, fire, hold-up, path, annual-service, other")->required();
    plan->add_option("--on", options->day, "Its first day, as 2026-03-29")->required()->type_name("DAY");
    plan->add_option("--at", options->time, "By the clock on the wall, as 09:30")->required()->type_name("TIME");
    plan->add_option("--every", options->every, "once, weekly, monthly, quarterly, yearly")->capture_default_str();
    plan->add_option("--lasts", options->lasts, "Minutes that it takes")->capture_default_str();
    plan->add_option("--area", options->area, "Of this area alone");
    plan->add_option("--zone", options->zone, "Of this zone alone");
    plan->add_option("--by", options->who, "Who carries it out");
    plan->add_option("--instructions", options->instructions, "What is to be done");
    plan->add_flag("--hide-life-safety", options->hidesLifeSafety, "Hold-ups, fires and the like are not shown either");
    onCommand(*plan, chosen, [&session, options] { return planTest(session, *options); });
}

void addResultCommands(CLI::App& tests, Session& session, Command& chosen,
                       const std::shared_ptr<PlannedOptions>& options) {
    auto* result = tests.add_subcommand("result", "Record what came of a planned test");
    result->add_option("number", options->number, "As tests due shows it")->required();
    result->add_option("outcome", options->outcome, "passed, failed, partly, not-carried-out")->required();
    result->add_option("--found", options->found, "What was found, or why it was not carried out");
    result->add_option("--by", options->by, "Who carried it out; else as planned");
    onCommand(*result, chosen, [&session, options] { return recordPlanned(session, *options); });
    auto* results = tests.add_subcommand("results", "Show what came of tests");
    results->add_option("premises", options->premises, "Of these premises");
    addPeriodOptions(*results, options->period, "a year");
    results->add_flag("--csv", options->isCsv, "As CSV, for a spreadsheet");
    onCommand(*results, chosen, [&session, options] { return listResults(session, *options); });
}

}  // namespace

void addTestsCommands(CLI::App& root, Session& session, Command& chosen) {
    auto* tests = root.add_subcommand("tests", "Tests of alarm systems: planned ones, walk tests, results, zones");
    tests->require_subcommand(1);
    auto options = std::make_shared<PlannedOptions>();
    addPlanCommand(*tests, session, chosen);
    auto* list = tests->add_subcommand("list", "Show the tests that are planned, by when they are due");
    list->add_option("premises", options->premises, "Of these premises");
    onCommand(*list, chosen, [&session, options] { return listPlanned(session, *options); });
    auto* due = tests->add_subcommand("due", "Show the tests that are due today, and those that are overdue");
    onCommand(*due, chosen, [&session] { return listDue(session); });
    auto* start = tests->add_subcommand("start", "Put the system of a planned test on test");
    start->add_option("number", options->number, "As tests due shows it")->required();
    start->add_option("--until", options->until, "When it ends by itself")->required()->type_name("TIME");
    start->add_option("--by", options->by, "Who asked, and how they were known")->required();
    start->add_option("--reason", options->why, "Why")->required();
    onCommand(*start, chosen, [&session, options] { return startPlanned(session, *options); });
    addResultCommands(*tests, session, chosen, options);
    auto* retire = tests->add_subcommand("retire", "Take a planned test away");
    retire->add_option("number", options->number, "As tests list shows it")->required();
    retire->add_option("--reason", options->why, "Why")->required();
    onCommand(*retire, chosen, [&session, options] { return retirePlanned(session, *options); });
    auto* import = tests->add_subcommand("import", "Plan tests from a CSV file");
    import
        ->add_option("file", options->file,
                     "CSV: premises, kind, first_day, time, every, lasts, area, zone, who, instructions")
        ->required();
    onCommand(*import, chosen, [&session, options] { return importPlans(session, *options); });
    auto* exporting = tests->add_subcommand("export", "Write the planned tests as CSV");
    exporting->add_option("file", options->file, "Where to; standard output if not given");
    onCommand(*exporting, chosen, [&session, options] { return exportPlans(session, *options); });
    addWalkTestCommands(*tests, session, chosen);
}

}  // namespace leedswatch::ctl
