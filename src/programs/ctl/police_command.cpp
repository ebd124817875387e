#include "programs/ctl/police_command.h"

#include "base/local_time.h"
#include "estate/police_systems.h"
#include "estate/premises_registry.h"
#include "programs/ctl/csv_file.h"
#include "response/police_calls.h"

namespace leedswatch::ctl {
namespace {

using estate::PoliceSystem;
using estate::PoliceSystemKind;

struct PoliceOptions {
    std::string premises;
    std::string system;
    std::string reference;
    std::string force;
    bool needsConfirmation = false;
    bool needsNone = false;
    int level = 0;
    std::string why;
    std::string at;
    std::string verdict;
    std::string source = "room";
    std::int64_t call = 0;
    std::string file;
};

base::Result<PoliceSystemKind> systemOf(const PoliceOptions& options) {
    const auto kind = estate::policeSystemKindFrom(options.system);
    if (!kind) {
        return base::fail(base::ErrorCode::InvalidInput, "the system is intruder, hold-up, video or lone-worker");
    }
    return *kind;
}

base::Result<response::PoliceVerdict> verdictOf(const PoliceOptions& options) {
    const auto verdict = response::policeVerdictFrom(options.verdict);
    if (!verdict) {
        return base::fail(base::ErrorCode::InvalidInput, "the verdict is false, genuine or disregarded");
    }
    return *verdict;
}

base::Result<response::VerdictSource> sourceOf(const PoliceOptions& options) {
    const auto source = response::verdictSourceFrom(options.source);
    if (!source || *source == response::VerdictSource::Outcome) {
        return base::fail(base::ErrorCode::InvalidInput, "the source is police or room");
    }
    return *source;
}

std::string countWords(const response::FalseCallCount& count) {
    return std::to_string(count.calls) + " of " + std::to_string(count.stopAt);
}

base::Result<ExitCode> showPolice(Session& session, const PoliceOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto premises, estate::PremisesRegistry{*database}.find(options.premises));
    TRY_ASSIGN(const auto systems, estate::PoliceSystems{*database}.of(acting, premises.id));
    auto document = nlohmann::json::array();
    Table table{{"SYSTEM", "REFERENCE", "FORCE", "LEVEL", "CONFIRMED ONLY", "FALSE CALLS", "LEVEL SINCE", "WHY"}};
    for (const PoliceSystem& system : systems) {
        TRY_ASSIGN(const auto count, response::PoliceCalls{*database}.count(acting, premises.id, system.kind));
        TRY_ASSIGN(const auto levels, estate::PoliceSystems{*database}.levels(acting, premises.id, system.kind));
        auto history = nlohmann::json::array();
        for (const estate::PoliceLevelChange& change : levels) {
            history.push_back({{"at", base::formatUtc(change.at)},
                               {"level", change.level},
                               {"who", change.who},
                               {"why", change.why}});
        }
        document.push_back({{"system", estate::nameOf(system.kind)},
                            {"reference", system.reference},
                            {"force", system.force},
                            {"level", system.level},
                            {"needs_confirmation", system.needsConfirmation},
                            {"false_calls", count.calls},
                            {"warn_at", count.warnAt},
                            {"stop_at", count.stopAt},
                            {"levels", history}});
        table.add(
            {std::string{estate::nameOf(system.kind)}, system.reference, system.force.empty() ? "-" : system.force,
             std::to_string(system.level), system.needsConfirmation ? "yes" : "no", countWords(count),
             levels.empty() ? "-" : base::formatLocal(levels.front().at), levels.empty() ? "-" : levels.front().why});
    }
    session.show(document, systems.empty() ? "These premises have no police reference." : table.text());
    return ExitCode::Good;
}

base::Result<ExitCode> setPolice(Session& session, const PoliceOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto premises, estate::PremisesRegistry{*database}.find(options.premises));
    TRY_ASSIGN(const auto kind, systemOf(options));
    PoliceSystem wanted;
    wanted.kind = kind;
    wanted.reference = options.reference == "-" ? "" : options.reference;
    wanted.force = options.force;
    const bool isHoldUp = kind == PoliceSystemKind::HoldUp || kind == PoliceSystemKind::LoneWorker;
    wanted.needsConfirmation = options.needsConfirmation || (!isHoldUp && !options.needsNone);
    TRY(estate::PoliceSystems{*database}.set(acting, premises.id, wanted));
    return showPolice(session, options);
}

base::Result<ExitCode> setPoliceLevel(Session& session, const PoliceOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto premises, estate::PremisesRegistry{*database}.find(options.premises));
    TRY_ASSIGN(const auto kind, systemOf(options));
    TRY(estate::PoliceSystems{*database}.setLevel(acting, premises.id, kind, options.level, options.why));
    return showPolice(session, options);
}

base::Result<ExitCode> importPolice(Session& session, const PoliceOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    return importCsvFile(session, "police references", options.file,
                         [&](const access::Acting& acting, std::string_view csv) {
                             return estate::PoliceSystems{*database}.importCsv(acting, csv);
                         });
}

base::Result<ExitCode> listCalls(Session& session, const PoliceOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto premises, estate::PremisesRegistry{*database}.find(options.premises));
    TRY_ASSIGN(const auto calls, response::PoliceCalls{*database}.list(acting, premises.id));
    auto document = nlohmann::json::array();
    Table table{{"CALL", "AT", "SYSTEM", "REFERENCE", "ALARM", "BY", "SAID", "VERDICT", "FROM", "WHY"}};
    for (const response::PoliceCall& call : calls) {
        const std::string verdict = call.verdict ? std::string{response::nameOf(*call.verdict)} : "open";
        const std::string source = call.verdict ? std::string{response::nameOf(call.source)} : "-";
        document.push_back({{"call", call.id.value()},
                            {"at", base::formatUtc(call.at)},
                            {"system", estate::nameOf(call.system)},
                            {"reference", call.reference},
                            {"alarm", call.alarm ? nlohmann::json(call.alarm->value()) : nlohmann::json(nullptr)},
                            {"who", call.who},
                            {"words", call.words},
                            {"verdict", call.verdict ? nlohmann::json(verdict) : nlohmann::json(nullptr)},
                            {"source", source},
                            {"judged_by", call.judgedBy},
                            {"why", call.why}});
        table.add({std::to_string(call.id.value()), base::formatLocal(call.at),
                   std::string{estate::nameOf(call.system)}, call.reference,
                   call.alarm ? std::to_string(call.alarm->value()) : "-", call.who, call.words, verdict, source,
                   call.why.empty() ? "-" : call.why});
    }
    session.show(document, calls.empty() ? "The police were not called for these premises." : table.text());
    return ExitCode::Good;
}

base::Result<ExitCode> addCall(Session& session, const PoliceOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto premises, estate::PremisesRegistry{*database}.find(options.premises));
    response::PoliceCalls::Told told;
    told.premises = premises.id;
    TRY_ASSIGN(told.system, systemOf(options));
    TRY_ASSIGN(told.at, base::parseTime(options.at));
    TRY_ASSIGN(told.verdict, verdictOf(options));
    TRY_ASSIGN(told.source, sourceOf(options));
    told.why = options.why;
    TRY(response::PoliceCalls{*database}.add(acting, told));
    return listCalls(session, options);
}

base::Result<ExitCode> judgeCall(Session& session, const PoliceOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto verdict, verdictOf(options));
    TRY_ASSIGN(const auto source, sourceOf(options));
    TRY(response::PoliceCalls{*database}.judge(acting, response::PoliceCallId{options.call}, verdict, source,
                                               options.why));
    session.show({{"call", options.call}, {"verdict", options.verdict}},
                 "Call " + std::to_string(options.call) + " is " + options.verdict + ".");
    return ExitCode::Good;
}

using Options = std::shared_ptr<PoliceOptions>;

void addPlace(CLI::App& command, const Options& options, bool hasSystem) {
    command.add_option("premises", options->premises, "Their reference")->required();
    if (hasSystem) {
        command.add_option("system", options->system, "intruder, hold-up, video or lone-worker")->required();
    }
}

void addReferenceCommands(CLI::App& police, Session& session, Command& chosen, const Options& options) {
    auto* show = police.add_subcommand("show", "Show the references of premises, their levels and false calls");
    addPlace(*show, options, false);
    onCommand(*show, chosen, [&session, options] { return showPolice(session, *options); });
    auto* set = police.add_subcommand("set", "Give premises a reference, or take it away");
    addPlace(*set, options, true);
    set->add_option("reference", options->reference, "URN; - takes it away")->required();
    set->add_option("--force", options->force, "The police force that gave it");
    auto* needs = set->add_flag("--confirmed-only", options->needsConfirmation, "Only confirmed alarms are passed on");
    set->add_flag("--unconfirmed-too", options->needsNone, "Alarms are passed on as they come")->excludes(needs);
    onCommand(*set, chosen, [&session, options] { return setPolice(session, *options); });
    auto* level = police.add_subcommand("level", "Change the level of response");
    addPlace(*level, options, true);
    level->add_option("level", options->level, "1 at once, 2 as they can, 3 withdrawn")->required();
    level->add_option("--why", options->why, "The letter of the police")->required();
    onCommand(*level, chosen, [&session, options] { return setPoliceLevel(session, *options); });
    auto* import = police.add_subcommand("import", "Take references from a CSV file");
    import->add_option("file", options->file, "CSV: premises, system, reference, force, level, needs_confirmation")
        ->required();
    onCommand(*import, chosen, [&session, options] { return importPolice(session, *options); });
}

void addLedgerCommands(CLI::App& police, Session& session, Command& chosen, const Options& options) {
    auto* calls = police.add_subcommand("calls", "Show what was passed to the police, and what it was");
    addPlace(*calls, options, false);
    onCommand(*calls, chosen, [&session, options] { return listCalls(session, *options); });
    auto* add = police.add_subcommand("add-call", "Write down a call that is not in the ledger");
    addPlace(*add, options, true);
    add->add_option("--at", options->at, "When it was")->required()->type_name("TIME");
    auto* judge = police.add_subcommand("judge", "Say what a call was");
    judge->add_option("call", options->call, "Its number")->required();
    for (CLI::App* command : {add, judge}) {
        command->add_option("verdict", options->verdict, "false, genuine or disregarded")->required();
        command->add_option("--source", options->source, "Who says so: police or room");
        command->add_option("--why", options->why, "How it is known")->required();
    }
    onCommand(*add, chosen, [&session, options] { return addCall(session, *options); });
    onCommand(*judge, chosen, [&session, options] { return judgeCall(session, *options); });
}

}  // namespace

void addPoliceCommands(CLI::App& premises, Session& session, Command& chosen) {
    auto* police = premises.add_subcommand("police", "References with the police, and the calls to them");
    police->require_subcommand(1);
    auto options = std::make_shared<PoliceOptions>();
    addReferenceCommands(*police, session, chosen, options);
    addLedgerCommands(*police, session, chosen, options);
}

}  // namespace leedswatch::ctl
