#include "programs/ctl/tests_walk_command.h"

#include "base/local_time.h"
#include "estate/alarm_zones.h"
#include "programs/ctl/csv_file.h"
#include "response/test_reports.h"
#include "response/test_requests.h"
#include "response/walk_tests.h"
#include "response/zone_learning.h"

#include <algorithm>

namespace leedswatch::ctl {
namespace {

struct WalkOptions {
    std::string premises;
    std::string until;
    std::string by;
    std::string known;
    std::string reason = "walk test";
    std::string area;
    std::int64_t number = 0;
    std::string outcome;
    std::string found;
    bool staysOnTest = false;
    std::string file;
    int days = 366;
    int most = 50;
};

std::string timeOrDash(const std::optional<base::UtcTime>& time) {
    return time ? base::formatLocalTimeOfDay(*time) : "-";
}

nlohmann::json jsonOfZone(const response::TalliedZone& zone) {
    return {{"account", zone.account},
            {"zone", zone.number},
            {"name", zone.name},
            {"area", zone.area},
            {"kind", estate::nameOf(zone.kind)},
            {"expected", zone.isExpected},
            {"came", zone.hasCome()},
            {"first", zone.first ? nlohmann::json(base::formatUtc(*zone.first)) : nlohmann::json{}},
            {"count", zone.count},
            {"code", zone.code},
            {"restored", zone.isRestored()}};
}

std::string walkText(const response::WalkProgress& progress) {
    Table table{{"ZONE", "NAME", "AREA", "CAME", "TIMES", "WHAT", "RESTORED"}};
    const auto zones = progress.tally.zones();
    for (const response::TalliedZone& zone : zones) {
        const std::string what = zone.hasCome()        ? zone.event + (zone.isExpected ? "" : " (unexpected)")
                                 : !zone.other.empty() ? zone.other + " (no proof)"
                                                       : "outstanding";
        table.add({zone.number, zone.name.empty() ? "-" : zone.name, zone.area.empty() ? "-" : zone.area,
                   timeOrDash(zone.first), std::to_string(zone.count), what, zone.isRestored() ? "yes" : "no"});
    }
    std::string head = "Walk test " + std::to_string(progress.walk.id.value()) + " of " + progress.walk.reference +
                       ", " + progress.walk.name + ", by " + progress.walk.engineer + ": " +
                       std::to_string(progress.tally.come()) + " of " + std::to_string(progress.tally.expected()) +
                       " zones are in.\n";
    if (!progress.walk.ended && !progress.onTest) {
        head += "ITS SYSTEM IS NOT ON TEST ANY MORE: alarms are shown.\n";
    }
    return head + (zones.empty() ? "No zone is known, and none has come." : table.text());
}

base::Result<ExitCode> showWalk(Session& session, std::int64_t number) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto progress, response::WalkTests{*database}.progress(acting, response::WalkTestId{number}));
    auto zones = nlohmann::json::array();
    const auto all = progress.tally.zones();
    for (const response::TalliedZone& zone : all) {
        zones.push_back(jsonOfZone(zone));
    }
    session.show({{"walk", number},
                  {"premises", progress.walk.reference},
                  {"engineer", progress.walk.engineer},
                  {"ended", progress.walk.ended.has_value()},
                  {"on_test", progress.onTest.has_value()},
                  {"expected", progress.tally.expected()},
                  {"came", progress.tally.come()},
                  {"zones", std::move(zones)}},
                 walkText(progress));
    return ExitCode::Good;
}

base::Result<ExitCode> beginWalk(Session& session, const WalkOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto premises, premisesNamed(session, options.premises));
    response::TestRequest request;
    request.wanted.premises = premises.premises.id;
    request.wanted.area = options.area;
    TRY_ASSIGN(request.wanted.ends, base::parseTime(options.until));
    request.wanted.byWhom = options.by;
    request.wanted.reason = options.reason;
    request.knownBy = options.known;
    request.walks = true;
    TRY_ASSIGN(const auto answer, response::TestRequests{*database}.begin(acting, request));
    return showWalk(session, answer.walk->id.value());
}

base::Result<ExitCode> listWalks(Session& session) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto walks, response::WalkTests{*database}.lasting(acting));
    auto document = nlohmann::json::array();
    Table table{{"WALK", "PREMISES", "NAME", "BEGUN", "ENGINEER"}};
    for (const response::WalkTest& walk : walks) {
        document.push_back({{"walk", walk.id.value()}, {"premises", walk.reference}, {"engineer", walk.engineer}});
        table.add(
            {std::to_string(walk.id.value()), walk.reference, walk.name, base::formatLocal(walk.begun), walk.engineer});
    }
    session.show(document, walks.empty() ? "No walk test lasts." : table.text());
    return ExitCode::Good;
}

base::Result<ExitCode> finishWalk(Session& session, const WalkOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto outcome, outcomeOf(options.outcome));
    TRY_ASSIGN(const auto result,
               response::WalkTests{*database}.finish(acting, response::WalkTestId{options.number},
                                                     {outcome, options.found, options.by}, !options.staysOnTest));
    session.show(jsonOfResult(result), "Kept: " + std::to_string(result.reported.size()) + " zones came, " +
                                           std::to_string(result.missing.size()) + " did not.");
    return ExitCode::Good;
}

base::Result<ExitCode> listNotices(Session& session, const WalkOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    response::TestReports::Query query{{}, options.most};
    if (!options.premises.empty()) {
        TRY_ASSIGN(const auto premises, premisesNamed(session, options.premises));
        query.premises = premises.premises.id;
    }
    TRY_ASSIGN(const auto lines, response::TestReports{*database}.list(acting, query));
    auto document = nlohmann::json::array();
    Table table{{"NOTICE", "ENDED", "BY", "PREMISES", "NAME", "RECEIVED", "HIDDEN", "MISSING", "REASON"}};
    for (const response::TestReportLine& line : lines) {
        document.push_back({{"notice", line.id.value()},
                            {"premises", line.reference},
                            {"ended", base::formatUtc(line.made)},
                            {"ended_by", line.endedBy},
                            {"received", line.received},
                            {"hidden", line.hidden},
                            {"missing", line.missing}});
        table.add({std::to_string(line.id.value()), base::formatLocal(line.made), line.endedBy, line.reference,
                   line.name, std::to_string(line.received), std::to_string(line.hidden), std::to_string(line.missing),
                   line.reason});
    }
    session.show(document, lines.empty() ? "No test has ended yet." : table.text());
    return ExitCode::Good;
}

base::Result<ExitCode> showNotice(Session& session, const WalkOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto report,
               response::TestReports{*database}.find(acting, response::TestReportId{options.number}));
    auto zones = nlohmann::json::array();
    std::string text = report.reference + ", " + report.name + ": on test from " +
                       base::formatLocal(report.period.begins) + " to " + base::formatLocal(report.made) +
                       ", asked for by " + report.period.byWhom + ": " + report.period.reason + ".\n" +
                       std::to_string(report.received) + " events were received, " + std::to_string(report.hidden) +
                       " of them hidden alarms.\n";
    for (const response::TalliedZone& zone : report.zones) {
        zones.push_back(jsonOfZone(zone));
        if (zone.count + zone.restores + zone.others > 0) {
            text += "  zone " + response::wordsOf(zone) + ": " + (zone.event.empty() ? zone.other : zone.event) + ", " +
                    std::to_string(std::max(zone.count, zone.others)) + " x, first " + timeOrDash(zone.first) +
                    (zone.isRestored() ? ", restored\n" : "\n");
        }
    }
    auto events = nlohmann::json::array();
    for (const response::ReportedEvent& event : report.events) {
        events.push_back({{"event", event.words}, {"count", event.count}});
        text += "  " + event.words + ": " + std::to_string(event.count) + " x\n";
    }
    for (const std::string& missing : report.missing) {
        text += "  DID NOT COME: " + missing + "\n";
    }
    session.show({{"notice", options.number},
                  {"premises", report.reference},
                  {"received", report.received},
                  {"hidden", report.hidden},
                  {"missing", report.missing},
                  {"zones", std::move(zones)},
                  {"events", std::move(events)}},
                 text);
    return ExitCode::Good;
}

base::Result<ExitCode> prolongTest(Session& session, const WalkOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto until, base::parseTime(options.until));
    TRY_ASSIGN(const auto period, response::TestPeriods{*database}.prolong(
                                      acting, response::TestPeriodId{options.number}, until, options.by));
    session.show({{"test", options.number}, {"ends", base::formatUtc(period.ends)}},
                 "On test until " + base::formatLocal(period.ends) + ".");
    return ExitCode::Good;
}

base::Result<ExitCode> listZones(Session& session, const WalkOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto premises, premisesNamed(session, options.premises));
    TRY_ASSIGN(const auto zones, estate::AlarmZones{*database}.list(acting, premises.premises.id));
    auto document = nlohmann::json::array();
    Table table{{"ACCOUNT", "ZONE", "NAME", "AREA", "KIND", "FROM"}};
    for (const estate::AlarmZone& zone : zones) {
        document.push_back({{"account", zone.account},
                            {"zone", zone.number},
                            {"name", zone.name},
                            {"area", zone.area},
                            {"kind", estate::nameOf(zone.kind)},
                            {"source", zone.source}});
        table.add({zone.account, zone.number, zone.name.empty() ? "-" : zone.name, zone.area.empty() ? "-" : zone.area,
                   std::string{estate::titleOf(zone.kind)}, zone.source});
    }
    session.show(document,
                 zones.empty() ? "No zone of these premises is known: import them, or learn them." : table.text());
    return ExitCode::Good;
}

base::Result<ExitCode> learnZones(Session& session, const WalkOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto premises, premisesNamed(session, options.premises));
    const auto from = database->clock().now() - std::chrono::hours{24} * options.days;
    TRY_ASSIGN(const int learnt, response::ZoneLearning{*database}.learn(acting, premises.premises.id, from));
    session.show({{"learnt", learnt}}, std::to_string(learnt) + " zones were learnt.");
    return ExitCode::Good;
}

base::Result<ExitCode> importZones(Session& session, const WalkOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    estate::AlarmZones zones{*database};
    return importCsvFile(session, "Zones", options.file, [&](const access::Acting& acting, std::string_view csv) {
        return zones.importCsv(acting, csv);
    });
}

base::Result<ExitCode> exportZones(Session& session, const WalkOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto csv, estate::AlarmZones{*database}.exportCsv(acting, {}));
    return writeCsvFile(session, options.file, csv);
}

void addZonesCommands(CLI::App& tests, Session& session, Command& chosen, const std::shared_ptr<WalkOptions>& options) {
    auto* zones = tests.add_subcommand("zones", "The zones of premises");
    zones->require_subcommand(1);
    auto* import = zones->add_subcommand("import", "Take zones from a CSV file");
    import->add_option("file", options->file, "CSV: premises, account, zone, name, area, kind")->required();
    onCommand(*import, chosen, [&session, options] { return importZones(session, *options); });
    auto* exporting = zones->add_subcommand("export", "Write all zones as CSV");
    exporting->add_option("file", options->file, "Where to; standard output if not given");
    onCommand(*exporting, chosen, [&session, options] { return exportZones(session, *options); });
    auto* list = zones->add_subcommand("list", "Show the zones of premises");
    list->add_option("premises", options->premises, "Their reference, or an account")->required();
    onCommand(*list, chosen, [&session, options] { return listZones(session, *options); });
    auto* learn = zones->add_subcommand("learn", "Add the zones that premises have reported from");
    learn->add_option("premises", options->premises, "Their reference, or an account")->required();
    learn->add_option("--days", options->days, "In so many days")->capture_default_str()->check(CLI::Range(1, 3'660));
    onCommand(*learn, chosen, [&session, options] { return learnZones(session, *options); });
}

void addWalkCommands(CLI::App& tests, Session& session, Command& chosen, const std::shared_ptr<WalkOptions>& options) {
    auto* walk = tests.add_subcommand("walk", "Walk tests");
    walk->require_subcommand(1);
    auto* begin = walk->add_subcommand("begin", "Put premises on test and tick off their zones");
    begin->add_option("premises", options->premises, "Their reference, or an account")->required();
    begin->add_option("--until", options->until, "When the test ends by itself")->required()->type_name("TIME");
    begin->add_option("--by", options->by, "Who walks")->required();
    begin->add_option("--known", options->known, "How it is known that they may")->required();
    begin->add_option("--reason", options->reason, "Why")->capture_default_str();
    begin->add_option("--area", options->area, "This area alone");
    onCommand(*begin, chosen, [&session, options] { return beginWalk(session, *options); });
    auto* list = walk->add_subcommand("list", "Show the walk tests that last");
    onCommand(*list, chosen, [&session] { return listWalks(session); });
    auto* show = walk->add_subcommand("show", "Show which zones are in");
    show->add_option("walk", options->number, "Its number")->required();
    onCommand(*show, chosen, [&session, options] { return showWalk(session, options->number); });
    auto* finish = walk->add_subcommand("finish", "End a walk test and keep what came of it");
    finish->add_option("walk", options->number, "Its number")->required();
    finish->add_option("outcome", options->outcome, "passed, failed, partly, not-carried-out")->required();
    finish->add_option("--found", options->found, "What was found");
    finish->add_option("--by", options->by, "Who walked, if it was another");
    finish->add_flag("--stay-on-test", options->staysOnTest, "Its system stays on test");
    onCommand(*finish, chosen, [&session, options] { return finishWalk(session, *options); });
}

}  // namespace

base::Result<estate::FoundPremises> premisesNamed(Session& session, const std::string& named) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    return estate::PremisesSearch{*database}.exactly(acting, named);
}

nlohmann::json jsonOfResult(const response::TestResult& result) {
    return {{"premises", result.reference},
            {"kind", response::nameOf(result.kind)},
            {"due", result.due ? nlohmann::json(base::formatUtc(*result.due)) : nlohmann::json{}},
            {"recorded", base::formatUtc(result.recorded)},
            {"outcome", response::nameOf(result.outcome)},
            {"found", result.found},
            {"by", result.byWhom},
            {"recorded_by", result.recordedBy},
            {"reported", result.reported},
            {"missing", result.missing}};
}

base::Result<response::TestOutcome> outcomeOf(const std::string& typed) {
    const auto outcome = response::testOutcomeFrom(typed);
    if (!outcome) {
        return base::fail(base::ErrorCode::InvalidInput, "an outcome is passed, failed, partly or not-carried-out");
    }
    return *outcome;
}

void addWalkTestCommands(CLI::App& tests, Session& session, Command& chosen) {
    auto options = std::make_shared<WalkOptions>();
    addWalkCommands(tests, session, chosen, options);
    addZonesCommands(tests, session, chosen, options);
    auto* notices = tests.add_subcommand("notices", "Show what was received during tests that are over");
    notices->add_option("premises", options->premises, "Of these premises");
    notices->add_option("--most", options->most, "The newest so many")
        ->capture_default_str()
        ->check(CLI::Range(1, 10'000));
    onCommand(*notices, chosen, [&session, options] { return listNotices(session, *options); });
    auto* notice = tests.add_subcommand("notice", "Show one of them");
    notice->add_option("notice", options->number, "Its number")->required();
    onCommand(*notice, chosen, [&session, options] { return showNotice(session, *options); });
    auto* prolong = tests.add_subcommand("prolong", "Keep on test what is on test (alarms tests shows the numbers)");
    prolong->add_option("test", options->number, "Its number")->required();
    prolong->add_option("--until", options->until, "When it ends by itself")->required()->type_name("TIME");
    prolong->add_option("--by", options->by, "Who asked, and how they were known")->required();
    onCommand(*prolong, chosen, [&session, options] { return prolongTest(session, *options); });
}

}  // namespace leedswatch::ctl
