#include "programs/ctl/codes_command.h"

#include "base/csv_table.h"
#include "base/local_time.h"
#include "programs/ctl/csv_file.h"
#include "response/code_overrides.h"
#include "response/unmapped_codes.h"

#include <algorithm>
#include <set>

namespace leedswatch::ctl {
namespace {

constexpr int unmappedDays = 31;

struct CodesOptions {
    response::TypedCodeRule rule;
    std::string file;
    std::string from;
    std::string to;
    bool dryRun = false;
};

std::string whoseWords(const response::ScopedOverride& one) {
    return one.premises ? "premises " + one.reference : one.transmitter;
}

nlohmann::json jsonOfOverride(const response::ScopedOverride& one) {
    return {{"premises", one.premises ? nlohmann::json(one.reference) : nlohmann::json{}},
            {"transmitter", one.premises ? nlohmann::json{} : nlohmann::json(one.transmitter)},
            {"scheme", alarm::nameOf(one.code.scheme)},
            {"code", one.code.code},
            {"category", alarm::nameOf(one.code.category)},
            {"event", one.code.event}};
}

base::Result<ExitCode> listCodes(Session& session, const CodesOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(auto all, response::CodeOverrides{*database}.list());
    std::erase_if(all, [&rule = options.rule](const response::ScopedOverride& one) {
        return (!rule.premises.empty() && one.reference != rule.premises) ||
               (!rule.transmitter.empty() && one.transmitter != base::loweredAscii(rule.transmitter));
    });
    auto document = nlohmann::json::array();
    Table table{{"OF", "SCHEME", "CODE", "CATEGORY", "EVENT"}};
    for (const response::ScopedOverride& one : all) {
        document.push_back(jsonOfOverride(one));
        table.add({whoseWords(one), std::string{alarm::nameOf(one.code.scheme)}, one.code.code,
                   std::string{alarm::nameOf(one.code.category)}, one.code.event});
    }
    session.show(document, all.empty() ? "All codes mean what the tables say." : table.text());
    return ExitCode::Good;
}

base::Result<ExitCode> setCode(Session& session, const CodesOptions& options) {
    TRY_ASSIGN(const auto rule, response::checkedCodeRule(options.rule));
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY(response::CodeOverrides{*database}.set(acting, rule));
    session.show({{"code", wordsOf(rule)}, {"category", alarm::nameOf(rule.code.category)}},
                 wordsOf(rule) + " now means: " + rule.code.event + ".");
    return ExitCode::Good;
}

base::Result<ExitCode> removeCode(Session& session, const CodesOptions& options) {
    response::TypedCodeRule typed = options.rule;
    typed.category = alarm::nameOf(alarm::SignalCategory::Untyped);  // whose code it is counts
    typed.event = "-";
    TRY_ASSIGN(const auto rule, response::checkedCodeRule(typed));
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY(response::CodeOverrides{*database}.remove(acting, rule));
    session.show({{"code", wordsOf(rule)}}, wordsOf(rule) + " means again what the tables say.");
    return ExitCode::Good;
}

base::Result<ExitCode> checkCodes(Session& session, const CodesOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto csv, readCsvFile(options.file));
    TRY_ASSIGN(const auto check, response::CodeOverrides{*database}.checkCsv(acting, csv));
    std::string text;
    for (const std::string& problem : check.problems) {
        text += problem + "\n";
    }
    text += "Would be " + std::to_string(check.report.added) + " added, " + std::to_string(check.report.changed) +
            " changed, " + std::to_string(check.report.unchanged) + " unchanged" +
            (check.problems.empty() ? "." : "; as it is, nothing would be imported.");
    session.show({{"problems", check.problems},
                  {"added", check.report.added},
                  {"changed", check.report.changed},
                  {"unchanged", check.report.unchanged}},
                 text);
    return check.problems.empty() ? ExitCode::Good : ExitCode::Wrong;
}

base::Result<ExitCode> importCodes(Session& session, const CodesOptions& options) {
    if (options.dryRun) {
        return checkCodes(session, options);
    }
    TRY_ASSIGN(auto* database, session.database());
    response::CodeOverrides overrides{*database};
    return importCsvFile(session, "Codes", options.file, [&](const access::Acting& acting, std::string_view csv) {
        return overrides.importCsv(acting, csv);
    });
}

base::Result<ExitCode> exportCodes(Session& session, const CodesOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto csv, response::CodeOverrides{*database}.exportCsv(acting));
    return writeCsvFile(session, options.file, csv);
}

std::string firstAccounts(const std::set<std::string>& accounts) {
    constexpr std::size_t mostShown = 5;
    std::string text;
    std::size_t shown = 0;
    for (const std::string& account : accounts) {
        if (shown++ == mostShown) {
            return text + " and " + std::to_string(accounts.size() - mostShown) + " more";
        }
        text += (text.empty() ? "" : " ") + (account.empty() ? "-" : account);
    }
    return text;
}

base::Result<ExitCode> listUnmapped(Session& session, const CodesOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    base::UtcTime until = session.clock.now();
    if (!options.to.empty()) {
        TRY_ASSIGN(until, base::parseTime(options.to));
    }
    base::UtcTime from = until - std::chrono::days{unmappedDays};
    if (!options.from.empty()) {
        TRY_ASSIGN(from, base::parseTime(options.from));
    }
    TRY_ASSIGN(const auto found, response::findUnmappedCodes(*database, acting, from, until));
    auto codes = nlohmann::json::array();
    Table table{{"SCHEME", "CODE", "TIMES", "FIRST", "LAST", "ACCOUNTS"}};
    for (const response::UnmappedCode& one : found.codes) {
        codes.push_back({{"scheme", alarm::nameOf(one.scheme)},
                         {"code", one.code},
                         {"count", one.count},
                         {"first", base::formatUtc(one.first)},
                         {"last", base::formatUtc(one.last)},
                         {"accounts", one.accounts}});
        table.add({std::string{alarm::nameOf(one.scheme)}, one.code, std::to_string(one.count),
                   base::formatLocal(one.first), base::formatLocal(one.last), firstAccounts(one.accounts)});
    }
    std::string text = found.codes.empty() ? "No code was received that has no meaning." : table.text();
    if (found.unreadable > 0) {
        text += "\n" + std::to_string(found.unreadable) + " more had no code that can be read.";
    }
    session.show({{"codes", codes}, {"unreadable", found.unreadable}}, text);
    return ExitCode::Good;
}

void addWhose(CLI::App& command, response::TypedCodeRule& rule) {
    auto* premises = command.add_option("--premises", rule.premises, "Of these premises, by their reference");
    command.add_option("--transmitter", rule.transmitter, "Of all transmitters of this maker")->excludes(premises);
}

void addWhich(CLI::App& command, response::TypedCodeRule& rule) {
    command.add_option("scheme", rule.scheme, "contact-id, sia, fast-format or basic")->required();
    command.add_option("code", rule.code, "As it is received: 130, BA, 7")->required();
}

}  // namespace

void addCodesCommands(CLI::App& root, Session& session, Command& chosen) {
    auto* codes = root.add_subcommand("codes", "What alarm codes mean, where the tables do not say it or say it wrong");
    codes->require_subcommand(1);
    auto options = std::make_shared<CodesOptions>();

    auto* list = codes->add_subcommand("list", "Show the codes that have a meaning of their own");
    addWhose(*list, options->rule);
    onCommand(*list, chosen, [&session, options] { return listCodes(session, *options); });

    auto* set = codes->add_subcommand("set", "Say what a code means on premises, or from a maker's transmitters");
    addWhose(*set, options->rule);
    addWhich(*set, options->rule);
    set->add_option("category", options->rule.category, "alarm_intruder, trouble, test, ...: a wrong one lists them")
        ->required();
    set->add_option("event", options->rule.event, "The room's words for it")->required();
    onCommand(*set, chosen, [&session, options] { return setCode(session, *options); });

    auto* remove = codes->add_subcommand("remove", "Let a code mean again what the tables say");
    addWhose(*remove, options->rule);
    addWhich(*remove, options->rule);
    onCommand(*remove, chosen, [&session, options] { return removeCode(session, *options); });

    auto* import = codes->add_subcommand("import", "Add and change meanings from a CSV file");
    import->add_option("file", options->file, "CSV file, or - for standard input")->required();
    import->add_flag("--dry-run", options->dryRun, "Change nothing; list what is wrong, line by line");
    onCommand(*import, chosen, [&session, options] { return importCodes(session, *options); });

    auto* exporting = codes->add_subcommand("export", "Write them as CSV");
    exporting->add_option("file", options->file, "Where to; standard output if not given");
    onCommand(*exporting, chosen, [&session, options] { return exportCodes(session, *options); });

    auto* unmapped = codes->add_subcommand("unmapped", "Show codes that were received and mean nothing here");
    unmapped->add_option("--from", options->from, "Received since; 31 days ago if not given")->type_name("TIME");
    unmapped->add_option("--to", options->to, "Received until")->type_name("TIME");
    onCommand(*unmapped, chosen, [&session, options] { return listUnmapped(session, *options); });
}

}  // namespace leedswatch::ctl
