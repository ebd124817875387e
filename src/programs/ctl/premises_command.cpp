#include "programs/ctl/premises_command.h"

#include "base/local_time.h"
#include "estate/opening_hours.h"
#include "estate/panel_protocols.h"
#include "estate/premises_details.h"
#include "estate/premises_registry.h"
#include "programs/ctl/csv_file.h"
#include "programs/ctl/engineer_command.h"
#include "programs/ctl/police_command.h"
#include "programs/ctl/premises_paths_command.h"

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

base::Result<ExitCode> runKeyholdersImport(Session& session, const std::string& file) {
    TRY_ASSIGN(auto* database, session.database());
    estate::PremisesDetails details{*database};
    return importCsvFile(session, "Premises", file, [&](const access::Acting& acting, std::string_view csv) {
        return details.importKeyholders(acting, csv);
    });
}

base::Result<ExitCode> runAnsweringImport(Session& session, const std::string& file) {
    TRY_ASSIGN(auto* database, session.database());
    estate::PremisesDetails details{*database};
    return importCsvFile(session, "Premises", file, [&](const access::Acting& acting, std::string_view csv) {
        return details.importAnswering(acting, csv);
    });
}

base::Result<ExitCode> runHoursImport(Session& session, const std::string& file) {
    TRY_ASSIGN(auto* database, session.database());
    estate::OpeningHoursRegistry hours{*database};
    return importCsvFile(session, "Premises", file, [&](const access::Acting& acting, std::string_view csv) {
        return hours.importCsv(acting, csv);
    });
}

base::Result<ExitCode> runHolidaysImport(Session& session, const std::string& file) {
    TRY_ASSIGN(auto* database, session.database());
    estate::OpeningHoursRegistry hours{*database};
    return importCsvFile(session, "Days", file, [&](const access::Acting& acting, std::string_view csv) {
        return hours.importHolidays(acting, csv);
    });
}

base::Result<ExitCode> runPremisesExport(Session& session, const std::string& file) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto csv, estate::PremisesRegistry{*database}.exportCsv(acting));
    return writeCsvFile(session, file, csv);
}

using OthersOfPanel = std::map<std::string, estate::OtherProtocol>;

OthersOfPanel othersOf(const estate::PanelProtocols::Counts& counts, estate::PanelId panel) {
    OthersOfPanel others;
    for (const auto& [key, other] : counts) {
        if (key.first == panel) {
            others.emplace(key.second, other);
        }
    }
    return others;
}

nlohmann::json jsonOf(const OthersOfPanel& others) {
    auto all = nlohmann::json::object();
    for (const auto& [protocol, other] : others) {
        all[protocol] = {{"signals", other.signals}, {"last", base::formatUtc(other.last)}};
    }
    return all;
}

// "MLR2", or "MLR2 (7 by DC-09)" if it does not keep to it.
std::string protocolWords(const estate::Panel& panel, const OthersOfPanel& others) {
    std::string words = panel.protocol.empty() ? "any" : panel.protocol;
    for (const auto& [protocol, other] : others) {
        words += " (" + std::to_string(other.signals) + " by " + protocol + ")";
    }
    return words;
}

nlohmann::json toJson(const estate::Panel& panel, const estate::Premises& premises,
                      const std::optional<base::UtcTime>& heard, const OthersOfPanel& others,
                      const SupervisedStates& states) {
    return {{"account", panel.account},
            {"line", panel.line},
            {"transmitter", panel.transmitter},
            {"has_key", panel.hasKey},
            {"test_hours", panel.testInterval ? nlohmann::json(panel.testInterval->count()) : nlohmann::json{}},
            {"path_category", panel.path ? nlohmann::json(estate::nameOf(*panel.path)) : nlohmann::json{}},
            {"protocol", panel.protocol.empty() ? nlohmann::json{} : nlohmann::json(panel.protocol)},
            {"other_protocols", jsonOf(others)},
            {"paths", jsonOfPaths(panel, states)},
            {"test", jsonOfTest(panel, states)},
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
    TRY_ASSIGN(const auto counts, estate::PanelProtocols{*database}.others());
    TRY_ASSIGN(const auto states, readSupervisedStates(*database));
    std::map<estate::PremisesId, estate::Premises> byId;
    for (const estate::Premises& premises : all) {
        byId.emplace(premises.id, premises);
    }
    const auto orDash = [](const std::string& text) { return text.empty() ? std::string{"-"} : text; };
    auto document = nlohmann::json::array();
    Table table{
        {"ACCOUNT", "LINE", "KEY", "PATH", "STATE", "TEST", "PROTOCOL", "HEARD", "PREMISES", "NAME", "ADDRESS"}};
    for (const estate::Panel& panel : panels) {
        const estate::Premises& premises = byId[panel.premises];
        const auto found = heard.find(panel.id);
        const auto when = found == heard.end() ? std::nullopt : std::optional{found->second};
        const OthersOfPanel others = othersOf(counts, panel.id);
        document.push_back(toJson(panel, premises, when, others, states));
        table.add({panel.account, orDash(panel.line), panel.hasKey ? "yes" : "no",
                   panel.path ? std::string{estate::nameOf(*panel.path)} : "-", wordsOfPaths(panel, states),
                   wordOfTest(panel, states), protocolWords(panel, others), when ? base::formatLocal(*when) : "never",
                   premises.reference, premises.name, orDash(premises.address)});
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

    auto* keyholders = premises->add_subcommand("keyholders", "Take the keyholders of premises from a CSV file");
    keyholders->add_option("file", *file, "CSV: premises, name, phones, availability, holds_keys, note")->required();
    onCommand(*keyholders, chosen, [&session, file] { return runKeyholdersImport(session, *file); });

    auto* answering = premises->add_subcommand("answering", "Take passwords and cameras of premises from a CSV file");
    answering->add_option("file", *file, "CSV: premises, password, duress, cameras (12;14@03)")->required();
    onCommand(*answering, chosen, [&session, file] { return runAnsweringImport(session, *file); });

    auto* hours = premises->add_subcommand("hours", "Take the opening hours of premises from a CSV file");
    hours->add_option("file", *file, "CSV: premises, hours, level, tolerance, first_day, last_day, monitors")
        ->required();
    onCommand(*hours, chosen, [&session, file] { return runHoursImport(session, *file); });

    auto* holidays = premises->add_subcommand("holidays", "Take the public holidays from a CSV file");
    holidays->add_option("file", *file, "CSV: day, name")->required();
    onCommand(*holidays, chosen, [&session, file] { return runHolidaysImport(session, *file); });

    auto* exporting = premises->add_subcommand("export", "Write them as CSV, without keys");
    exporting->add_option("file", *file, "Where to; standard output if not given");
    onCommand(*exporting, chosen, [&session, file] { return runPremisesExport(session, *file); });

    auto* list = premises->add_subcommand("list", "Show the panels and the premises that they are on");
    onCommand(*list, chosen, [&session] { return runPremisesList(session); });

    addPremisesPathsCommands(*premises, session, chosen);
    addPoliceCommands(*premises, session, chosen);
    addEngineerCommands(*premises, session, chosen);
}

}  // namespace leedswatch::ctl
