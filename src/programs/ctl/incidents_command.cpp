#include "programs/ctl/incidents_command.h"

#include "base/local_time.h"
#include "incident/incident_types.h"
#include "incident/incidents.h"
#include "programs/ctl/incident_text.h"

#include <algorithm>

namespace leedswatch::ctl {

namespace {

struct IncidentOptions {
    std::string reference;
    std::vector<std::string> words;
    std::string type;
    int priority = 0;
    std::string source;
    std::string mode;
    int camera = 0;
    std::string place;
    std::string ward;
    std::string police;
    std::string outcome;
    std::vector<std::string> description;
    int person = 0;
    bool onlyOpen = false;
    std::string from;
    std::string to;
    int limit = 200;
    incident::IncidentType edited;
    bool isRetired = false;
};

std::string textFrom(const IncidentOptions& options) {
    std::string text;
    for (const auto& word : options.words) {
        text += (text.empty() ? "" : " ") + word;
    }
    return text;
}

base::Result<incident::Said> saidFrom(store::Database& database, const IncidentOptions& options, incident::Said said) {
    said.type = options.type.empty() ? said.type : options.type;
    said.priority = options.priority == 0 ? said.priority : options.priority;
    said.cameraNumber = options.camera == 0 ? said.cameraNumber : options.camera;
    said.place = options.place.empty() ? said.place : options.place;
    said.policeReference = options.police.empty() ? said.policeReference : options.police;
    if (!options.mode.empty()) {
        said.isProactive = options.mode == "proactive";
    }
    if (!options.source.empty()) {
        const auto source = incident::sourceFrom(options.source);
        if (!source) {
            return base::fail(base::ErrorCode::InvalidInput, "there is no source '" + options.source + "'");
        }
        said.source = *source;
    }
    if (!options.ward.empty()) {
        TRY_ASSIGN(const auto ward, wardNamed(database, options.ward));
        said.ward = ward.id;
    }
    return base::Result<incident::Said>{tl::in_place, std::move(said)};
}

base::Result<ExitCode> runList(Session& session, const IncidentOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    incident::IncidentFilter filter;
    filter.onlyOpen = options.onlyOpen;
    filter.most = options.limit;
    filter.type = options.type.empty() ? std::nullopt : std::optional{options.type};
    if (!options.from.empty()) {
        TRY_ASSIGN(filter.from, base::parseTime(options.from));
    }
    if (!options.to.empty()) {
        TRY_ASSIGN(filter.until, base::parseTime(options.to));
    }
    if (!options.ward.empty()) {
        TRY_ASSIGN(const auto ward, wardNamed(*database, options.ward));
        filter.ward = ward.id;
    }
    TRY_ASSIGN(const auto incidents, incident::Incidents{*database}.list(acting, filter));
    auto document = nlohmann::json::array();
    std::string text;
    for (const auto& one : incidents) {
        document.push_back(jsonOfIncident(one));
        text += textOfIncident(one);
    }
    session.show(document, incidents.empty() ? "No incident fits." : text);
    return ExitCode::Good;
}

nlohmann::json jsonOfSheet(const incident::IncidentSheet& sheet) {
    auto document = jsonOfIncident(sheet.incident);
    document["persons"] = nlohmann::json::array();
    for (const auto& person : sheet.persons) {
        document["persons"].push_back({{"number", person.number}, {"description", person.description}});
    }
    document["links"] = nlohmann::json::array();
    for (const auto& link : sheet.links) {
        document["links"].push_back({{"kind", link.kind}, {"key", link.key}, {"label", link.label}});
    }
    document["spine"] = nlohmann::json::array();
    for (const auto& line : sheet.spine) {
        document["spine"].push_back({{"at", base::formatUtc(line.at)},
                                     {"kind", line.kind},
                                     {"from", line.from},
                                     {"who", line.who},
                                     {"text", line.text}});
    }
    return document;
}

base::Result<ExitCode> runShow(Session& session, const IncidentOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    incident::Incidents incidents{*database};
    TRY_ASSIGN(const auto found, incidents.find(acting, options.reference));
    TRY_ASSIGN(const auto sheet, incidents.sheet(acting, found.id));
    std::string text = textOfIncident(sheet.incident);
    for (const auto& person : sheet.persons) {
        text += "  " + incident::textOf(person) + "\n";
    }
    for (const auto& link : sheet.links) {
        text += "  " + link.kind + " " + std::to_string(link.key) + "  " + link.label + "\n";
    }
    for (const auto& line : sheet.spine) {
        text += "  " + base::formatLocal(line.at) + "  " + line.who + (line.from.empty() ? "" : "  " + line.from) +
                "  " + line.text + "\n";
    }
    session.show(jsonOfSheet(sheet), text);
    return ExitCode::Good;
}

void showIncident(const Session& session, const incident::Incident& one) {
    session.show(jsonOfIncident(one), textOfIncident(one));
}

base::Result<ExitCode> runOpen(Session& session, const IncidentOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto said, saidFrom(*database, options, {}));
    TRY_ASSIGN(const auto opened, incident::Incidents{*database}.open(acting, said, textFrom(options)));
    showIncident(session, opened);
    return ExitCode::Good;
}

base::Result<ExitCode> runChange(Session& session, const IncidentOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    incident::Incidents incidents{*database};
    TRY_ASSIGN(const auto found, incidents.find(acting, options.reference));
    TRY_ASSIGN(const auto said, saidFrom(*database, options, found.said));
    TRY_ASSIGN(const auto changed, incidents.change(acting, found.id, found.version, said));
    showIncident(session, changed);
    return ExitCode::Good;
}

base::Result<ExitCode> runClose(Session& session, const IncidentOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    incident::Incidents incidents{*database};
    TRY_ASSIGN(const auto found, incidents.find(acting, options.reference));
    TRY_ASSIGN(const auto closed, incidents.close(acting, found.id, found.version, options.outcome, textFrom(options)));
    showIncident(session, closed);
    return ExitCode::Good;
}

base::Result<ExitCode> runReopen(Session& session, const IncidentOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    incident::Incidents incidents{*database};
    TRY_ASSIGN(const auto found, incidents.find(acting, options.reference));
    TRY_ASSIGN(const auto opened, incidents.reopen(acting, found.id, textFrom(options)));
    showIncident(session, opened);
    return ExitCode::Good;
}

base::Result<ExitCode> runDescribe(Session& session, const IncidentOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    incident::Description description;
    for (const std::string& one : options.description) {
        const auto equals = one.find('=');
        if (equals == std::string::npos) {
            return base::fail(base::ErrorCode::InvalidInput, "a description is written as hair=grey");
        }
        description[one.substr(0, equals)] = one.substr(equals + 1);
    }
    incident::Incidents incidents{*database};
    TRY_ASSIGN(const auto found, incidents.find(acting, options.reference));
    TRY_ASSIGN(const auto person, incidents.describe(acting, found.id, options.person, description));
    session.show({{"number", person.number}, {"description", person.description}}, incident::textOf(person));
    return ExitCode::Good;
}

base::Result<ExitCode> runTypes(Session& session) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto types, incident::IncidentTypes{*database}.list());
    auto document = nlohmann::json::array();
    Table table{{"code", "name", "a kind of", ""}};
    for (const auto& type : types) {
        document.push_back(
            {{"code", type.code}, {"name", type.name}, {"parent", type.parent}, {"retired", type.isRetired}});
        table.add({type.code, type.name, type.parent, type.isRetired ? "retired" : ""});
    }
    session.show(document, table.text());
    return ExitCode::Good;
}

base::Result<ExitCode> runType(Session& session, const IncidentOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    incident::IncidentTypes types{*database};
    incident::IncidentType type = options.edited;
    type.isRetired = options.isRetired;
    TRY_ASSIGN(const auto known, types.list());
    const bool isKnown = std::ranges::find(known, type.code, &incident::IncidentType::code) != known.end();
    TRY(isKnown ? types.change(acting, type) : types.add(acting, type));
    session.show({{"code", type.code}, {"changed", isKnown}}, isKnown ? "Changed." : "Added.");
    return ExitCode::Good;
}

void addSaid(CLI::App& command, IncidentOptions& options) {
    command.add_option("--type", options.type, "What it is; see incidents types")->type_name("CODE");
    command.add_option("--priority", options.priority, "1 (at once) to 4 (for information)")->check(CLI::Range(1, 4));
    command.add_option("--source", options.source,
                       "observation police-radio shop-radio telephone alarm public partner");
    command.add_option("--mode", options.mode, "Whether the room saw it before it was told")
        ->check(CLI::IsMember({"proactive", "reactive"}));
    command.add_option("--camera", options.camera, "Gives place and ward")->check(CLI::Range(1, 99999));
    command.add_option("--place", options.place, "Where, if not at the camera");
    command.add_option("--ward", options.ward, "The ward, if not the camera's")->type_name("NAME");
    command.add_option("--police", options.police, "The number of the police log");
}

CLI::App* addOne(CLI::App& incidents, const char* name, const char* what, IncidentOptions& options) {
    auto* command = incidents.add_subcommand(name, what);
    command->add_option("reference", options.reference, "Its number, as 2026-000123")->required();
    return command;
}

void addReading(CLI::App& incidents, Session& session, Command& chosen,
                const std::shared_ptr<IncidentOptions>& options) {
    auto* list = incidents.add_subcommand("list", "Show the newest incidents");
    list->add_flag("--open", options->onlyOpen, "Only open ones, the most urgent first");
    list->add_option("--type", options->type, "Only this type and those below it")->type_name("CODE");
    list->add_option("--ward", options->ward, "Only this ward")->type_name("NAME");
    list->add_option("--from", options->from, "Opened not before this time")->type_name("TIME");
    list->add_option("--to", options->to, "Opened before this time")->type_name("TIME");
    list->add_option("--limit", options->limit, "At most so many")->check(CLI::Range(1, 10'000));
    onCommand(*list, chosen, [&session, options] { return runList(session, *options); });
    auto* show = addOne(incidents, "show", "Show all of one incident in the order of its times", *options);
    onCommand(*show, chosen, [&session, options] { return runShow(session, *options); });
    auto* types = incidents.add_subcommand("types", "Show what an incident can be");
    onCommand(*types, chosen, [&session] { return runTypes(session); });
}

}  // namespace

void addIncidentsCommands(CLI::App& root, Session& session, Command& chosen) {
    auto* incidents = root.add_subcommand("incidents", "The incidents of the room");
    incidents->require_subcommand(1);
    auto options = std::make_shared<IncidentOptions>();
    addReading(*incidents, session, chosen, options);

    auto* open = incidents->add_subcommand("open", "Open an incident");
    open->add_option("text", options->words, "What happened")->required();
    addSaid(*open, *options);
    open->get_option("--type")->required();
    onCommand(*open, chosen, [&session, options] { return runOpen(session, *options); });
    auto* change = addOne(*incidents, "change", "Say something else of an incident", *options);
    addSaid(*change, *options);
    onCommand(*change, chosen, [&session, options] { return runChange(session, *options); });
    auto* close = addOne(*incidents, "close", "Close an incident", *options);
    close->add_option("outcome", options->outcome, "What came of it: arrest, advice, nothing, found-safe, …")
        ->required();
    close->add_option("text", options->words, "What is to be said at the end");
    onCommand(*close, chosen, [&session, options] { return runClose(session, *options); });
    auto* reopen = addOne(*incidents, "reopen", "Open a closed incident again", *options);
    reopen->add_option("text", options->words, "Why")->required();
    onCommand(*reopen, chosen, [&session, options] { return runReopen(session, *options); });
    auto* describe = addOne(*incidents, "describe", "Describe a person", *options);
    describe->add_option("fields", options->description, "part=suspect hair=grey upper=\"red coat\" …")->required();
    describe->add_option("--person", options->person, "The number of one who has been described already");
    onCommand(*describe, chosen, [&session, options] { return runDescribe(session, *options); });
    auto* type = incidents->add_subcommand("type", "Add a type, or give one another name or place in the tree");
    type->add_option("code", options->edited.code, "What is typed behind #")->required();
    type->add_option("name", options->edited.name, "What people call it")->required();
    type->add_option("--parent", options->edited.parent, "The type that it is a kind of");
    type->add_flag("--retired", options->isRetired, "Nothing new gets it");
    onCommand(*type, chosen, [&session, options] { return runType(session, *options); });
}

}  // namespace leedswatch::ctl
