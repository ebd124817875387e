#include "base/local_time.h"
#include "programs/ctl/csv_file.h"
#include "programs/ctl/dispatch_command.h"
#include "programs/ctl/dispatch_lookup.h"

namespace leedswatch::ctl {
namespace {

using dispatch::KeyBunch;

struct KeyOptions {
    std::string tag;
    std::string premises;
    std::string opens;
    std::string hook;
    int keys = 1;
    std::string unit;
    std::string to;
    std::string why;
    std::string due;
    int hours = 8;
    std::int64_t job = 0;
    std::string from;
    std::string damage;
    std::string condition;
    std::string file = "-";
    bool isOut = false;
    int most = 200;
};

nlohmann::json jsonOfBunch(const KeyBunch& bunch, base::UtcTime now) {
    return {{"tag", bunch.tag},
            {"premises", bunch.premisesReference},
            {"opens", bunch.opens},
            {"keys", bunch.keys},
            {"hook", bunch.hook},
            {"state", dispatch::nameOf(bunch.state)},
            {"holder", bunch.holder},
            {"job", bunch.job ? nlohmann::json(bunch.job->value()) : nlohmann::json(nullptr)},
            {"since", base::formatUtc(bunch.since)},
            {"due", timeOrNull(bunch.due)},
            {"overdue", dispatch::isOverdue(bunch, now)}};
}

base::Result<ExitCode> listKeys(Session& session, const KeyOptions& options) {
    TRY_ASSIGN(auto services, dispatchServices(session));
    TRY_ASSIGN(const auto bunches, options.isOut ? services.keys.out(services.acting, options.most)
                                                 : services.keys.find(services.acting, options.tag, options.most));
    const base::UtcTime now = session.clock.now();
    auto document = nlohmann::json::array();
    Table table{{"TAG", "PREMISES", "OPENS", "KEYS", "HOOK", "STATE", "WHO HAS THEM", "DUE"}};
    for (const KeyBunch& bunch : bunches) {
        document.push_back(jsonOfBunch(bunch, now));
        table.add({bunch.tag, bunch.premisesReference, bunch.opens, std::to_string(bunch.keys), bunch.hook,
                   std::string{dispatch::nameOf(bunch.state)}, bunch.holder.empty() ? "-" : bunch.holder,
                   timeOrDash(bunch.due) + (dispatch::isOverdue(bunch, now) ? " OVERDUE" : "")});
    }
    session.show(document, bunches.empty() ? "There are no such keys." : table.text());
    return ExitCode::Good;
}

base::Result<ExitCode> tellKeys(Session& session, const KeyBunch& bunch) {
    session.show(jsonOfBunch(bunch, session.clock.now()),
                 "Keys " + bunch.tag + ": " + std::string{dispatch::nameOf(bunch.state)} +
                     (bunch.holder.empty() ? "" : ", " + bunch.holder) +
                     (bunch.due ? ", back by " + base::formatLocal(*bunch.due) : "") + ".");
    return ExitCode::Good;
}

base::Result<ExitCode> addKeysCommand(Session& session, const KeyOptions& options) {
    TRY_ASSIGN(auto services, dispatchServices(session));
    TRY_ASSIGN(const auto bunch, services.keys.add(services.acting, {options.tag, options.premises, options.opens,
                                                                     options.keys, options.hook}));
    return tellKeys(session, bunch);
}

/// One change of a bunch that is told by its tag.
template <typename Change>
base::Result<ExitCode> changeKeys(Session& session, const KeyOptions& options, Change change) {
    TRY_ASSIGN(auto services, dispatchServices(session));
    TRY_ASSIGN(const auto bunch, services.keys.bunch(services.acting, options.tag));
    TRY_ASSIGN(const auto changed, change(services, bunch.id));
    return tellKeys(session, changed);
}

base::Result<base::UtcTime> dueOf(const Session& session, const KeyOptions& options) {
    if (options.due.empty()) {
        return session.clock.now() + std::chrono::hours{options.hours};
    }
    return base::parseTime(options.due);
}

base::Result<KeyBunch> issueKeys(DispatchServices& services, dispatch::BunchId id, base::UtcTime due,
                                 const KeyOptions& options) {
    dispatch::KeyIssue issue;
    if (!options.unit.empty()) {
        TRY_ASSIGN(const auto unit, unitBySign(services, options.unit));
        issue.unit = unit.id;
    }
    issue.holder = options.to;
    issue.why = options.why;
    issue.due = due;
    if (options.job != 0) {
        issue.job = dispatch::JobId{options.job};
    }
    return services.keys.issue(services.acting, id, issue);
}

base::Result<ExitCode> showKeyHistory(Session& session, const KeyOptions& options) {
    TRY_ASSIGN(auto services, dispatchServices(session));
    TRY_ASSIGN(const auto bunch, services.keys.bunch(services.acting, options.tag));
    TRY_ASSIGN(const auto movements, services.keys.history(services.acting, bunch.id));
    auto document = nlohmann::json::array();
    Table table{{"WHEN", "WHAT", "WHO HAD THEM", "JOB", "DUE", "BY", "WORDS"}};
    for (const auto& movement : movements) {
        document.push_back({{"at", base::formatUtc(movement.at)},
                            {"kind", dispatch::nameOf(movement.kind)},
                            {"holder", movement.holder},
                            {"job", movement.job ? nlohmann::json(movement.job->value()) : nlohmann::json(nullptr)},
                            {"due", timeOrNull(movement.due)},
                            {"who", movement.who},
                            {"desk", movement.workstation},
                            {"text", movement.text}});
        table.add({base::formatLocal(movement.at), std::string{dispatch::nameOf(movement.kind)},
                   movement.holder.empty() ? "-" : movement.holder,
                   movement.job ? std::to_string(movement.job->value()) : "-", timeOrDash(movement.due), movement.who,
                   movement.text});
    }
    session.show(document, table.text());
    return ExitCode::Good;
}

base::Result<ExitCode> importKeys(Session& session, const KeyOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    return importCsvFile(session, "Bunches of keys", options.file,
                         [database](const access::Acting& acting, std::string_view csv) {
                             return dispatch::KeyRegister{*database}.importCsv(acting, csv);
                         });
}

base::Result<ExitCode> exportKeys(Session& session, const KeyOptions& options) {
    TRY_ASSIGN(auto services, dispatchServices(session));
    TRY_ASSIGN(const auto csv, services.keys.exportCsv(services.acting));
    return writeCsvFile(session, options.file, csv);
}

using KeyOptionsOf = std::shared_ptr<KeyOptions>;

CLI::App* keysCommand(CLI::App& keys, const KeyOptionsOf& options, const char* name, const char* what) {
    auto* made = keys.add_subcommand(name, what);
    made->add_option("tag", options->tag, "Their tag")->required();
    return made;
}

void addKeyLists(CLI::App& keys, Session& session, Command& chosen, const KeyOptionsOf& options) {
    auto* list = keys.add_subcommand("list", "Show the register");
    list->add_option("begin", options->tag, "The beginning of a tag, or of a reference of premises");
    list->add_flag("--out", options->isOut, "Those that are out, the one that is due first at the top");
    list->add_option("--most", options->most, "How many")->check(CLI::Range(1, 100'000))->capture_default_str();
    onCommand(*list, chosen, [&session, options] { return listKeys(session, *options); });
    onCommand(*keysCommand(keys, options, "history", "Every hand that keys went through"), chosen,
              [&session, options] { return showKeyHistory(session, *options); });
    auto* import = keys.add_subcommand("import", "Take a CSV file: tag, premises, opens; keys and hook may be there");
    import->add_option("file", options->file, "The file, or - for standard input")->required();
    onCommand(*import, chosen, [&session, options] { return importKeys(session, *options); });
    auto* exported = keys.add_subcommand("export", "Write the register as CSV");
    exported->add_option("file", options->file, "The file")->capture_default_str();
    onCommand(*exported, chosen, [&session, options] { return exportKeys(session, *options); });
}

void addKeyChanges(CLI::App& keys, Session& session, Command& chosen, const KeyOptionsOf& options) {
    auto* add = keysCommand(keys, options, "add", "New keys in the register");
    add->add_option("--premises", options->premises, "Whose: a reference")->required();
    add->add_option("--opens", options->opens, "What they open; never a code")->required();
    add->add_option("--keys", options->keys, "How many")->check(CLI::Range(1, 200))->capture_default_str();
    add->add_option("--hook", options->hook, "Where they hang");
    onCommand(*add, chosen, [&session, options] { return addKeysCommand(session, *options); });
    auto* move = keysCommand(keys, options, "move", "To another hook");
    move->add_option("hook", options->hook, "Where they hang")->required();
    onCommand(*move, chosen, [&session, options] {
        return changeKeys(session, *options, [options](DispatchServices& services, dispatch::BunchId id) {
            return services.keys.move(services.acting, id, options->hook);
        });
    });
    auto* withdraw = keysCommand(keys, options, "withdraw", "Given back for good, or destroyed");
    withdraw->add_option("--why", options->why, "Why, and who has them now")->required();
    onCommand(*withdraw, chosen, [&session, options] {
        return changeKeys(session, *options, [options](DispatchServices& services, dispatch::BunchId id) {
            return services.keys.withdraw(services.acting, id, options->why);
        });
    });
    for (const bool isFound : {false, true}) {
        auto* command = keysCommand(keys, options, isFound ? "found" : "lost",
                                    isFound ? "Lost keys are on their hook again" : "Keys are lost");
        command->add_option("words", options->why, isFound ? "Where they were" : "How, and who was told")->required();
        onCommand(*command, chosen, [&session, options, isFound] {
            return changeKeys(session, *options, [options, isFound](DispatchServices& services, dispatch::BunchId id) {
                return isFound ? services.keys.reportFound(services.acting, id, options->why)
                               : services.keys.reportLost(services.acting, id, options->why);
            });
        });
    }
}

void addDueOptions(CLI::App& command, KeyOptions& options) {
    auto* due = command.add_option("--due", options.due, "Back by then, within 90 days")->type_name("TIME");
    command.add_option("--hours", options.hours, "Back within as many hours")
        ->check(CLI::Range(1, 90 * 24))
        ->excludes(due)
        ->capture_default_str();
}

void addKeyIssue(CLI::App& keys, Session& session, Command& chosen, const KeyOptionsOf& options) {
    auto* issue = keysCommand(keys, options, "issue", "Give keys out");
    auto* unit = issue->add_option("--unit", options->unit, "To a unit that is on duty");
    issue->add_option("--to", options->to, "To somebody else, and how they were known")->excludes(unit);
    issue->add_option("--why", options->why, "Why")->required();
    addDueOptions(*issue, *options);
    issue->add_option("--job", options->job, "For this job");
    onCommand(*issue, chosen, [&session, options]() -> base::Result<ExitCode> {
        TRY_ASSIGN(const auto due, dueOf(session, *options));
        return changeKeys(session, *options, [options, due](DispatchServices& services, dispatch::BunchId id) {
            return issueKeys(services, id, due, *options);
        });
    });
    auto* extend = keysCommand(keys, options, "extend", "They stay out longer");
    addDueOptions(*extend, *options);
    extend->add_option("--why", options->why, "Why")->required();
    onCommand(*extend, chosen, [&session, options]() -> base::Result<ExitCode> {
        TRY_ASSIGN(const auto due, dueOf(session, *options));
        return changeKeys(session, *options, [options, due](DispatchServices& services, dispatch::BunchId id) {
            return services.keys.extend(services.acting, id, due, options->why);
        });
    });
    auto* back = keysCommand(keys, options, "return", "Keys come back");
    back->add_option("--from", options->from, "Who brought them, if it was not who had them");
    back->add_option("--condition", options->condition, "Anything to say, though all are there");
    back->add_option("--damage", options->damage, "What is missing or damaged");
    onCommand(*back, chosen, [&session, options] {
        return changeKeys(session, *options, [options](DispatchServices& services, dispatch::BunchId id) {
            const bool isWhole = options->damage.empty();
            return services.keys.takeBack(services.acting, id,
                                          {options->from, isWhole, isWhole ? options->condition : options->damage});
        });
    });
}

}  // namespace

void addDispatchKeysCommands(CLI::App& dispatch, Session& session, Command& chosen) {
    auto* keys = dispatch.add_subcommand("keys", "The register of keys that are held");
    keys->require_subcommand(1);
    const auto options = std::make_shared<KeyOptions>();
    addKeyLists(*keys, session, chosen, options);
    addKeyChanges(*keys, session, chosen, options);
    addKeyIssue(*keys, session, chosen, options);
}

}  // namespace leedswatch::ctl
