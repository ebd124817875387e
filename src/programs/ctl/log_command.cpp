#include "programs/ctl/log_command.h"

#include "base/local_time.h"
#include "incident/incident_log.h"

namespace leedswatch::ctl {
namespace {

struct LogOptions {
    std::vector<std::string> words;
    std::string category;
    int camera = 0;
    std::string from;
    std::string to;
    int limit = 200;
};

nlohmann::json toJson(const incident::Entry& entry) {
    return {{"reference", entry.reference},
            {"at", base::formatUtc(entry.at)},
            {"author", entry.author},
            {"category", entry.category},
            {"camera", entry.cameraNumber ? nlohmann::json(*entry.cameraNumber) : nlohmann::json(nullptr)},
            {"camera_name", entry.cameraName},
            {"text", entry.text}};
}

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) {
        text += (text.empty() ? "" : " ") + word;
    }
    return text;
}

base::Result<incident::Search> searchOf(const LogOptions& options) {
    incident::Search search;
    search.words = joined(options.words);
    search.limit = options.limit;
    if (!options.category.empty()) {
        search.category = options.category;
    }
    if (options.camera != 0) {
        search.cameraNumber = options.camera;
    }
    if (!options.from.empty()) {
        TRY_ASSIGN(search.from, base::parseTime(options.from));
    }
    if (!options.to.empty()) {
        TRY_ASSIGN(search.to, base::parseTime(options.to));
    }
    return search;
}

base::Result<ExitCode> runSearch(Session& session, const LogOptions& options) {
    TRY_ASSIGN(const auto search, searchOf(options));
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto entries, incident::IncidentLog{*database}.search(acting, search));
    auto document = nlohmann::json::array();
    std::string text;
    for (const auto& entry : entries) {
        document.push_back(toJson(entry));
        text +=
            entry.reference + "  " + base::formatLocal(entry.at) + "  " + entry.author + "  [" + entry.category + "]";
        if (entry.cameraNumber) {
            text += "  camera " + std::to_string(*entry.cameraNumber) + " " + entry.cameraName;
        }
        text += "\n    " + entry.text + "\n";
    }
    session.show(document, entries.empty() ? "No entry fits." : text);
    return ExitCode::Good;
}

base::Result<ExitCode> runAdd(Session& session, const LogOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    const auto camera = options.camera == 0 ? std::nullopt : std::optional{options.camera};
    TRY_ASSIGN(const auto entry,
               incident::IncidentLog{*database}.add(acting, options.category, camera, joined(options.words)));
    session.show(toJson(entry), "Saved as " + entry.reference + ".");
    return ExitCode::Good;
}

void addFilters(CLI::App& command, LogOptions& options) {
    command.add_option("--category", options.category, "Only this category")->type_name("CODE");
    command.add_option("--camera", options.camera, "Only this camera")
        ->type_name("NUMBER")
        ->check(CLI::Range(1, 99999));
    command.add_option("--from", options.from, "Not before this time (Europe/London if it has no offset)")
        ->type_name("TIME");
    command.add_option("--to", options.to, "Before this time")->type_name("TIME");
    command.add_option("--limit", options.limit, "At most so many, the newest")
        ->check(CLI::Range(1, 10'000))
        ->capture_default_str();
}

std::string categoryHelp() {
    std::string text = "What it is about:";
    for (const auto& category : incident::IncidentLog::categories()) {
        text += " " + category.code;
    }
    return text;
}

}  // namespace

void addLogCommands(CLI::App& root, Session& session, Command& chosen) {
    auto* log = root.add_subcommand("log", "The incident log");
    log->require_subcommand(1);
    auto options = std::make_shared<LogOptions>();

    auto* list = log->add_subcommand("list", "Show the newest entries");
    addFilters(*list, *options);
    onCommand(*list, chosen, [&session, options] { return runSearch(session, *options); });

    auto* search = log->add_subcommand("search", "Show the newest entries that hold all these words");
    search->add_option("words", options->words, "Words, or beginnings of words")->required();
    addFilters(*search, *options);
    onCommand(*search, chosen, [&session, options] { return runSearch(session, *options); });

    auto* add = log->add_subcommand("add", "Write an entry");
    add->add_option("text", options->words, "What happened")->required();
    add->add_option("--category", options->category, categoryHelp())->type_name("CODE")->required();
    add->add_option("--camera", options->camera, "The camera it was seen on")
        ->type_name("NUMBER")
        ->check(CLI::Range(1, 99999));
    onCommand(*add, chosen, [&session, options] { return runAdd(session, *options); });
}

}  // namespace leedswatch::ctl
