#include "programs/ctl/premises_paths_command.h"

#include "alarm/dc09_reader.h"
#include "base/local_time.h"
#include "estate/path_teller.h"
#include "estate/path_times.h"
#include "estate/premises_registry.h"

#include <algorithm>

namespace leedswatch::ctl {
namespace {

using estate::SignallingPath;
using response::PathStanding;
using response::PathState;

struct ChangesOptions {
    std::string from;
    std::string to;
    std::string account;
    int most = 50;
};

/// The paths that a panel has; whether each is supervised.
std::vector<std::pair<SignallingPath, bool>> pathsOf(const estate::Panel& panel) {
    if (!panel.path) {
        return {};
    }
    std::vector<std::pair<SignallingPath, bool>> paths{{SignallingPath::Primary, true}};
    if (estate::hasTwoPaths(*panel.path)) {
        paths.emplace_back(SignallingPath::Alternative, estate::PathTeller{panel}.tellsApart());
    }
    return paths;
}

std::optional<PathStanding> standingOf(const estate::Panel& panel, SignallingPath path,
                                       const SupervisedStates& states) {
    const auto found = states.paths.find({panel.id, path});
    return found == states.paths.end() ? std::nullopt : std::optional{found->second};
}

std::string stateOf(const std::optional<PathStanding>& standing, bool isSupervised) {
    return isSupervised ? std::string{nameOf(standing ? standing->state : PathState::Unknown)} : "not told apart";
}

nlohmann::json jsonOfChangeTime(const std::optional<base::UtcTime>& time) {
    return time ? nlohmann::json(base::formatUtc(*time)) : nlohmann::json{};
}

std::string localOr(const std::optional<base::UtcTime>& time, const char* otherwise) {
    return time ? base::formatLocal(*time) : otherwise;
}

nlohmann::json jsonOfPath(SignallingPath path, const std::optional<PathStanding>& standing, bool isSupervised) {
    return {{"path", estate::nameOf(path)},
            {"supervised", isSupervised},
            {"state", nameOf(standing ? standing->state : PathState::Unknown)},
            {"since", jsonOfChangeTime(standing ? std::optional{standing->since} : std::nullopt)},
            {"heard", jsonOfChangeTime(standing ? standing->heard : std::nullopt)},
            {"poll_interval_s",
             standing && standing->pollInterval ? nlohmann::json(standing->pollInterval->count()) : nlohmann::json{}}};
}

base::Result<std::map<estate::PremisesId, std::string>> premisesNames(estate::PremisesRegistry& registry) {
    TRY_ASSIGN(const auto all, registry.list());
    std::map<estate::PremisesId, std::string> names;
    for (const estate::Premises& premises : all) {
        names.emplace(premises.id, premises.name);
    }
    return names;
}

base::Result<ExitCode> runPaths(Session& session, bool onlyFailed) {
    TRY_ASSIGN(auto* database, session.database());
    estate::PremisesRegistry registry{*database};
    TRY_ASSIGN(const auto panels, registry.panels());
    TRY_ASSIGN(auto names, premisesNames(registry));
    TRY_ASSIGN(const auto states, readSupervisedStates(*database));
    auto document = nlohmann::json::array();
    Table table{{"ACCOUNT", "CATEGORY", "PATH", "STATE", "SINCE", "HEARD", "PREMISES"}};
    for (const estate::Panel& panel : panels) {
        for (const auto& [path, isSupervised] : pathsOf(panel)) {
            const auto standing = standingOf(panel, path, states);
            if (onlyFailed && !(standing && standing->state == PathState::Failed)) {
                continue;
            }
            auto json = jsonOfPath(path, standing, isSupervised);
            json["account"] = panel.account;
            json["line"] = panel.line;
            json["path_category"] = estate::nameOf(*panel.path);
            json["name"] = names[panel.premises];
            document.push_back(std::move(json));
            table.add({panel.account, std::string{estate::nameOf(*panel.path)}, std::string{estate::nameOf(path)},
                       stateOf(standing, isSupervised),
                       localOr(standing ? std::optional{standing->since} : std::nullopt, "-"),
                       localOr(standing ? standing->heard : std::nullopt, "never"), names[panel.premises]});
        }
    }
    const char* none = onlyFailed ? "No path has failed." : "No panel has a path category yet.";
    session.show(document, document.empty() ? none : table.text());
    return ExitCode::Good;
}

/// What is the same of both kinds of changes, as text.
struct ChangeWords {
    estate::PanelId panel;
    std::string subject;
    std::string from;
    std::string to;
    base::UtcTime when{};
    bool isCatastrophic = false;
};

ChangeWords wordsOf(const response::StoredSupervisionChange& stored) {
    if (const auto* path = std::get_if<response::PathChange>(&stored.change)) {
        return {path->panel,
                std::string{estate::nameOf(path->path)},
                std::string{nameOf(path->from)},
                std::string{nameOf(path->to)},
                path->when,
                path->isCatastrophic};
    }
    const auto& test = std::get<response::TestChange>(stored.change);
    return {test.panel, "test", std::string{nameOf(test.from)}, std::string{nameOf(test.to)}, test.when, false};
}

base::Result<response::SupervisionQuery> supervisionQuery(const ChangesOptions& options,
                                                          const std::vector<estate::Panel>& panels) {
    response::SupervisionQuery query;
    query.most = options.most;
    if (!options.from.empty()) {
        TRY_ASSIGN(query.from, base::parseTime(options.from));
    }
    if (!options.to.empty()) {
        TRY_ASSIGN(query.until, base::parseTime(options.to));
    }
    if (!options.account.empty()) {
        const std::string account = alarm::normalAccount(options.account);
        const auto found = std::find_if(panels.begin(), panels.end(),
                                        [&](const estate::Panel& panel) { return panel.account == account; });
        if (found == panels.end()) {
            return base::fail(base::ErrorCode::NotFound, "there is no panel with account " + account);
        }
        query.panel = found->id;
    }
    return query;
}

base::Result<ExitCode> runChanges(Session& session, const ChangesOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto panels, estate::PremisesRegistry{*database}.panels());
    TRY_ASSIGN(const auto query, supervisionQuery(options, panels));
    TRY_ASSIGN(const auto changes, response::SupervisionJournal{*database}.changes(acting, query));
    std::map<estate::PanelId, std::string> accounts;
    for (const estate::Panel& panel : panels) {
        accounts.emplace(panel.id, panel.account);
    }
    auto document = nlohmann::json::array();
    Table table{{"WHEN", "ACCOUNT", "WHAT", "FROM", "TO", "BOTH FAILED"}};
    for (const auto& stored : changes) {
        const ChangeWords words = wordsOf(stored);
        document.push_back({{"change", stored.id.value()},
                            {"when", base::formatUtc(words.when)},
                            {"account", accounts[words.panel]},
                            {"subject", words.subject},
                            {"from", words.from},
                            {"to", words.to},
                            {"both_failed", words.isCatastrophic}});
        table.add({base::formatLocal(words.when), accounts[words.panel], words.subject, words.from, words.to,
                   words.isCatastrophic ? "yes" : "-"});
    }
    session.show(document, changes.empty() ? "There are no such changes." : table.text());
    return ExitCode::Good;
}

}  // namespace

base::Result<SupervisedStates> readSupervisedStates(store::Database& database) {
    TRY_ASSIGN(const auto memory, response::SupervisionJournal{database}.memory());
    SupervisedStates states;
    for (const PathStanding& path : memory.paths) {
        states.paths.emplace(std::pair{path.panel, path.path}, path);
    }
    for (const response::TestStanding& test : memory.tests) {
        states.tests.emplace(test.panel, test);
    }
    return states;
}

nlohmann::json jsonOfPaths(const estate::Panel& panel, const SupervisedStates& states) {
    auto all = nlohmann::json::array();
    for (const auto& [path, isSupervised] : pathsOf(panel)) {
        all.push_back(jsonOfPath(path, standingOf(panel, path, states), isSupervised));
    }
    return all;
}

nlohmann::json jsonOfTest(const estate::Panel& panel, const SupervisedStates& states) {
    if (!panel.testInterval) {
        return {};
    }
    const auto found = states.tests.find(panel.id);
    const auto test = found == states.tests.end() ? response::TestStanding{} : found->second;
    return {{"state", nameOf(test.state)},
            {"since", jsonOfChangeTime(found == states.tests.end() ? std::nullopt : std::optional{test.since})},
            {"received", jsonOfChangeTime(test.tested)}};
}

std::string wordsOfPaths(const estate::Panel& panel, const SupervisedStates& states) {
    std::string words;
    for (const auto& [path, isSupervised] : pathsOf(panel)) {
        words += (words.empty() ? "" : "/") + (isSupervised ? stateOf(standingOf(panel, path, states), true) : "?");
    }
    return words.empty() ? "-" : words;
}

std::string wordOfTest(const estate::Panel& panel, const SupervisedStates& states) {
    const auto found = states.tests.find(panel.id);
    if (!panel.testInterval) {
        return "-";
    }
    return std::string{nameOf(found == states.tests.end() ? response::TestState::Ok : found->second.state)};
}

void addPremisesPathsCommands(CLI::App& premises, Session& session, Command& chosen) {
    auto failed = std::make_shared<bool>(false);
    auto* paths = premises.add_subcommand("paths", "Show how the signalling paths of panels stand");
    paths->add_flag("--failed", *failed, "Only those that have failed");
    onCommand(*paths, chosen, [&session, failed] { return runPaths(session, *failed); });

    auto options = std::make_shared<ChangesOptions>();
    auto* changes = premises.add_subcommand("changes", "Show when paths and tests failed and came back");
    changes->add_option("--account", options->account, "Of this account");
    changes->add_option("--from", options->from, "Since")->type_name("TIME");
    changes->add_option("--to", options->to, "Until")->type_name("TIME");
    changes->add_option("--most", options->most, "How many")->check(CLI::Range(1, 100'000))->capture_default_str();
    onCommand(*changes, chosen, [&session, options] { return runChanges(session, *options); });
}

}  // namespace leedswatch::ctl
