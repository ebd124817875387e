#include "programs/ctl/premises_command.h"

#include "base/local_time.h"
#include "estate/premises_registry.h"
#include "programs/ctl/csv_file.h"

#include <map>

namespace leedswatch::ctl {
namespace {

base::Result<ExitCode> runPremisesImport(Session& session, const std::string& file) {
    TRY_ASSIGN(auto* database, session.database());
    estate::PremisesRegistry registry{*database};
    return importCsvFile(session, "Panels", file, [&](const access::Acting& acting, std::string_view csv) {
        return registry.importCsv(acting, csv);
    });
}

base::Result<ExitCode> runPremisesExport(Session& session, const std::string& file) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto csv, estate::PremisesRegistry{*database}.exportCsv(acting));
    return writeCsvFile(session, file, csv);
}

nlohmann::json toJson(const estate::Panel& panel, const estate::Premises& premises,
                      const std::optional<base::UtcTime>& heard) {
    return {{"account", panel.account},
            {"line", panel.line},
            {"transmitter", panel.transmitter},
            {"has_key", panel.hasKey},
            {"test_hours", panel.testInterval ? nlohmann::json(panel.testInterval->count()) : nlohmann::json{}},
            {"path_category", panel.path ? nlohmann::json(estate::nameOf(*panel.path)) : nlohmann::json{}},
            {"heard", heard ? nlohmann::json(base::formatUtc(*heard)) : nlohmann::json{}},
            {"premises", premises.reference},
            {"name", premises.name},
            {"address", premises.address},
            {"ward", premises.ward},
            {"committee", premises.committee},
            {"class", premises.kind},
            {"police_reference", premises.policeReference}};
}

base::Result<ExitCode> runPremisesList(Session& session) {
    TRY_ASSIGN(auto* database, session.database());
    estate::PremisesRegistry registry{*database};
    TRY_ASSIGN(const auto panels, registry.panels());
    TRY_ASSIGN(const auto all, registry.list());
    TRY_ASSIGN(const auto heard, registry.heard());
    std::map<estate::PremisesId, estate::Premises> byId;
    for (const estate::Premises& premises : all) {
        byId.emplace(premises.id, premises);
    }
    const auto orDash = [](const std::string& text) { return text.empty() ? std::string{"-"} : text; };
    auto document = nlohmann::json::array();
    Table table{{"ACCOUNT", "LINE", "KEY", "PATH", "HEARD", "PREMISES", "NAME", "ADDRESS"}};
    for (const estate::Panel& panel : panels) {
        const estate::Premises& premises = byId[panel.premises];
        const auto found = heard.find(panel.id);
        const auto when = found == heard.end() ? std::nullopt : std::optional{found->second};
        document.push_back(toJson(panel, premises, when));
        table.add({panel.account, orDash(panel.line), panel.hasKey ? "yes" : "no",
                   panel.path ? std::string{estate::nameOf(*panel.path)} : "-",
                   when ? base::formatLocal(*when) : "never", premises.reference, premises.name,
                   orDash(premises.address)});
    }
    session.show(document, panels.empty() ? "There are no premises yet." : table.text());
    return ExitCode::Good;
}

}  // namespace

void addPremisesCommands(CLI::App& root, Session& session, Command& chosen) {
    auto* premises = root.add_subcommand("premises", "The premises whose alarms are answered here");
    premises->require_subcommand(1);
    auto file = std::make_shared<std::string>();

    auto* import = premises->add_subcommand("import", "Add and change premises and their panels from a CSV file");
    import->add_option("file", *file, "CSV file, or - for standard input")->required();
    onCommand(*import, chosen, [&session, file] { return runPremisesImport(session, *file); });

    auto* exporting = premises->add_subcommand("export", "Write them as CSV, without keys");
    exporting->add_option("file", *file, "Where to; standard output if not given");
    onCommand(*exporting, chosen, [&session, file] { return runPremisesExport(session, *file); });

    auto* list = premises->add_subcommand("list", "Show the panels and the premises that they are on");
    onCommand(*list, chosen, [&session] { return runPremisesList(session); });
}

}  // namespace leedswatch::ctl
