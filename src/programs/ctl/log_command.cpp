#include "programs/ctl/log_command.h"

#include "base/local_time.h"
#include "incident/incident_log.h"
#include "incident/incidents.h"
#include "programs/ctl/incident_text.h"

namespace leedswatch::ctl {
namespace {

struct LogOptions {
    std::vector<std::string> words;
    std::string type;
    std::string book;
    int camera = 0;
    int priority = 0;
    std::string ward;
    std::string committee;
    std::string author;
    std::string incident;
    std::vector<std::string> facts;
    std::string happened;
    std::int64_t corrects = 0;
    std::int64_t follows = 0;
    std::string from;
    std::string to;
    int limit = 200;
};

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) {
        text += (text.empty() ? "" : " ") + word;
    }
    return text;
}

std::string bookHelp(const std::string& what) {
    std::string text = what + ":";
    for (const incident::Book book : incident::allBooks()) {
        text += " " + std::string{nameOf(book)};
    }
    return text;
}

base::Result<incident::Book> bookOf(const std::string& name) {
    const auto book = incident::bookFrom(name);
    if (!book) {
        return base::fail(base::ErrorCode::InvalidInput, "there is no book '" + name.substr(0, 40) + "'");
    }
    return *book;
}

base::Result<incident::Search> searchOf(store::Database& database, const LogOptions& options) {
    incident::Search search;
    search.words = joined(options.words);
    search.limit = options.limit;
    search.type = options.type.empty() ? std::nullopt : std::optional{options.type};
    search.cameraNumber = options.camera == 0 ? std::nullopt : std::optional{options.camera};
    search.priority = options.priority == 0 ? std::nullopt : std::optional{options.priority};
    search.committee = options.committee.empty() ? std::nullopt : std::optional{options.committee};
    search.author = options.author.empty() ? std::nullopt : std::optional{options.author};
    if (!options.book.empty()) {
        TRY_ASSIGN(search.book, bookOf(options.book));
    }
    if (!options.ward.empty()) {
        TRY_ASSIGN(const auto ward, wardNamed(database, options.ward));
        search.ward = ward.id;
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
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto search, searchOf(*database, options));
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto lines, incident::IncidentLog{*database}.search(acting, search));
    auto document = nlohmann::json::array();
    std::string text;
    for (const auto& line : lines) {
        document.push_back(jsonOfLine(line));
        text += textOfLine(line);
    }
    session.show(document, lines.empty() ? "No entry fits." : text);
    return ExitCode::Good;
}

base::Result<incident::Facts> factsFrom(const std::vector<std::string>& given) {
    incident::Facts facts;
    for (const std::string& one : given) {
        const auto equals = one.find('=');
        if (equals == std::string::npos) {
            return base::fail(base::ErrorCode::InvalidInput,
                              "--fact is written as CODE=WORDS: '" + one.substr(0, 40) + "' has no =");
        }
        facts.emplace_back(one.substr(0, equals), one.substr(equals + 1));
    }
    return base::Result<incident::Facts>{tl::in_place, std::move(facts)};
}

base::Result<incident::NewLine> lineFrom(store::Database& database, const access::Acting& acting,
                                         const LogOptions& options) {
    incident::NewLine line;
    line.type = options.type;
    line.text = joined(options.words);
    line.priority = options.priority == 0 ? incident::usualPriority : options.priority;
    line.cameraNumber = options.camera == 0 ? std::nullopt : std::optional{options.camera};
    TRY_ASSIGN(line.facts, factsFrom(options.facts));
    if (!options.book.empty()) {
        TRY_ASSIGN(line.book, bookOf(options.book));
    }
    if (!options.incident.empty()) {
        TRY_ASSIGN(const auto incident, incident::Incidents{database}.find(acting, options.incident));
        line.incident = incident.id;
    }
    if (!options.happened.empty()) {
        TRY_ASSIGN(line.happened, base::parseTime(options.happened));
    }
    if (options.corrects != 0 || options.follows != 0) {
        line.kind = options.corrects != 0 ? incident::LineKind::Correction : incident::LineKind::FollowUp;
        line.refersTo = incident::LineId{options.corrects != 0 ? options.corrects : options.follows};
    }
    return base::Result<incident::NewLine>{tl::in_place, std::move(line)};
}

base::Result<ExitCode> runAdd(Session& session, const LogOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto wanted, lineFrom(*database, acting, options));
    TRY_ASSIGN(const auto line, incident::IncidentLog{*database}.add(acting, wanted));
    session.show(jsonOfLine(line), "Saved as line " + std::to_string(line.id.value()) +
                                       (line.reference.empty() ? "." : " of incident " + line.reference + "."));
    return ExitCode::Good;
}

void addFilters(CLI::App& command, LogOptions& options) {
    command.add_option("--category,--type", options.type, "Only this type and those below it")->type_name("CODE");
    command.add_option("--book", options.book, bookHelp("Only this book"))->type_name("BOOK");
    command.add_option("--camera", options.camera, "Only this camera")
        ->type_name("NUMBER")
        ->check(CLI::Range(1, 99999));
    command.add_option("--ward", options.ward, "Only this ward")->type_name("NAME");
    command.add_option("--committee", options.committee, "Only the wards of this committee")->type_name("NAME");
    command.add_option("--author", options.author, "Only what this person wrote")->type_name("USER");
    command.add_option("--priority", options.priority, "Only this priority and more urgent ones")
        ->check(CLI::Range(1, 4));
    command.add_option("--from", options.from, "Not before this time (Europe/London if it has no offset)")
        ->type_name("TIME");
    command.add_option("--to", options.to, "Before this time")->type_name("TIME");
    command.add_option("--limit", options.limit, "At most so many, the newest")
        ->check(CLI::Range(1, 10'000))
        ->capture_default_str();
}

void addWriting(CLI::App& command, LogOptions& options) {
    command.add_option("text", options.words, "What happened")->required();
    command.add_option("--category,--type", options.type, "What it is about; see incidents types")->type_name("CODE");
    command.add_option("--book", options.book, bookHelp("The book that it is written in"))->type_name("BOOK");
    command.add_option("--fact", options.facts, "What the book asks for, as call-sign=YP12")->type_name("CODE=WORDS");
    command.add_option("--camera", options.camera, "The camera it was seen on")
        ->type_name("NUMBER")
        ->check(CLI::Range(1, 99999));
    command.add_option("--priority", options.priority, "1 (at once) to 4 (for information)")->check(CLI::Range(1, 4));
    command.add_option("--incident", options.incident, "The incident that it belongs to")->type_name("REFERENCE");
    command.add_option("--happened", options.happened, "When it came to pass, if not now")->type_name("TIME");
    auto* corrects = command.add_option("--corrects", options.corrects, "The line that it corrects");
    command.add_option("--follows", options.follows, "The line that it goes on from")->excludes(corrects);
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
    search->add_option("words", options->words, "Words, beginnings of words, \"phrases\"")->required();
    addFilters(*search, *options);
    onCommand(*search, chosen, [&session, options] { return runSearch(session, *options); });

    auto* add = log->add_subcommand("add", "Write an entry");
    addWriting(*add, *options);
    onCommand(*add, chosen, [&session, options] { return runAdd(session, *options); });
}

}  // namespace leedswatch::ctl
