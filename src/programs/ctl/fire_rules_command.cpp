#include "programs/ctl/fire_rules_command.h"

#include "programs/ctl/csv_file.h"
#include "response/fire_rules.h"

namespace leedswatch::ctl {
namespace {

base::Result<ExitCode> listFireRules(Session& session) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto rules, response::FireRules{*database}.list(acting));
    auto document = nlohmann::json::array();
    Table table{{"AUTHORITY", "KIND", "HOURS", "HANDLING"}};
    for (const response::FireRule& rule : rules) {
        const std::string handling{response::nameOf(rule.handling)};
        document.push_back(
            {{"authority", rule.authority}, {"kind", rule.kind}, {"hours", rule.hours.text()}, {"handling", handling}});
        table.add({rule.authority.empty() ? "all" : rule.authority, rule.kind.empty() ? "all" : rule.kind,
                   rule.hours.isEmpty() ? "any" : rule.hours.text(), handling});
    }
    session.show(document, table.text());
    return ExitCode::Good;
}

base::Result<ExitCode> importFireRules(Session& session, const std::string& file) {
    TRY_ASSIGN(const std::string csv, readCsvFile(file));
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const int rules, response::FireRules{*database}.importCsv(acting, csv));
    session.show({{"rules", rules}}, std::to_string(rules) + " fire rules hold from now on.");
    return ExitCode::Good;
}

base::Result<ExitCode> importAuthorities(Session& session, const std::string& file) {
    TRY_ASSIGN(auto* database, session.database());
    return importCsvFile(session, "premises", file, [&](const access::Acting& acting, std::string_view csv) {
        return response::FireRules{*database}.importAuthorities(acting, csv);
    });
}

}  // namespace

void addFireRulesCommands(CLI::App& alarms, Session& session, Command& chosen) {
    auto* rules = alarms.add_subcommand("fire-rules", "Where premises are called before the fire service is");
    rules->require_subcommand(1);
    auto file = std::make_shared<std::string>();
    auto* list = rules->add_subcommand("list", "Show them");
    onCommand(*list, chosen, [&session] { return listFireRules(session); });
    auto* import = rules->add_subcommand("import", "Take all of them from a CSV file");
    import->add_option("file", *file, "CSV: authority, kind, hours, handling (pass, challenge, confirm)")->required();
    onCommand(*import, chosen, [&session, file] { return importFireRules(session, *file); });
    auto* authorities = rules->add_subcommand("authorities", "Take the fire services of premises from a CSV file");
    authorities->add_option("file", *file, "CSV: premises, authority")->required();
    onCommand(*authorities, chosen, [&session, file] { return importAuthorities(session, *file); });
}

}  // namespace leedswatch::ctl
