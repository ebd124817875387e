#include "base/local_time.h"
#include "programs/ctl/dispatch_command.h"
#include "programs/ctl/dispatch_lookup.h"
#include "programs/ctl/period_options.h"

namespace leedswatch::ctl {
namespace {

using dispatch::Job;
using dispatch::JobId;
using dispatch::JobState;
using dispatch::TargetState;

struct JobListOptions {
    PeriodOptions period;
    std::string premises;
    std::string unit;
    int most = 200;
};

struct JobOptions {
    std::int64_t number = 0;
    std::string premises;
    std::string place;
    std::string reason;
    std::string instructions;
    std::string unit;
    int priority = 3;
    int target = 20;
    std::vector<std::string> keys;
    std::string words;
    dispatch::JobReport report;
    bool isSecure = false;
    bool isNotSecure = false;
};

std::string_view textOfTarget(TargetState state) {
    switch (state) {
        case TargetState::Open: return "open";
        case TargetState::Met: return "met";
        case TargetState::Missed: return "missed";
        case TargetState::None: return "none";
    }
    return "";
}

nlohmann::json jsonOfJob(const Job& job, base::UtcTime now) {
    return {{"job", job.id.value()},
            {"alarm", job.alarm ? nlohmann::json(*job.alarm) : nlohmann::json(nullptr)},
            {"place", job.place},
            {"reason", job.reason},
            {"priority", job.priority},
            {"instructions", job.instructions},
            {"state", dispatch::nameOf(job.state)},
            {"unit", job.callSign},
            {"target_minutes", job.target.count()},
            {"target", textOfTarget(dispatch::targetOf(job, now))},
            {"created", base::formatUtc(job.created)},
            {"created_by", job.createdBy},
            {"assigned", timeOrNull(job.assigned)},
            {"en_route", timeOrNull(job.enRoute)},
            {"on_scene", timeOrNull(job.onScene)},
            {"ended", timeOrNull(job.ended)},
            {"found", job.report.found},
            {"actions", job.report.actions},
            {"left_secure", job.report.leftSecure ? nlohmann::json(*job.report.leftSecure) : nlohmann::json(nullptr)},
            {"handed_to", job.report.handedTo}};
}

base::Result<std::vector<Job>> jobsOf(Session& session, DispatchServices& services, const JobListOptions& options) {
    if (options.period.from.empty() && options.period.to.empty() && options.premises.empty() && options.unit.empty()) {
        return services.jobs.open(services.acting, options.most);
    }
    TRY_ASSIGN(const auto range, periodOf(session, options.period, std::chrono::hours{24 * 30}));
    dispatch::JobPeriod period{range.begin, range.end};
    period.most = options.most;
    if (!options.premises.empty()) {
        TRY_ASSIGN(period.premises, premisesByReference(services.database, options.premises));
    }
    if (!options.unit.empty()) {
        TRY_ASSIGN(const auto unit, unitBySign(services, options.unit));
        period.unit = unit.id;
    }
    return services.jobs.history(services.acting, period);
}

base::Result<ExitCode> listJobs(Session& session, const JobListOptions& options) {
    TRY_ASSIGN(auto services, dispatchServices(session));
    TRY_ASSIGN(const auto jobs, jobsOf(session, services, options));
    auto document = nlohmann::json::array();
    Table table{{"JOB", "PRIORITY", "STATE", "UNIT", "CREATED", "TARGET", "ON SCENE", "PLACE", "REASON"}};
    for (const Job& job : jobs) {
        document.push_back(jsonOfJob(job, session.clock.now()));
        table.add({std::to_string(job.id.value()), std::to_string(job.priority),
                   std::string{dispatch::nameOf(job.state)}, job.callSign.empty() ? "-" : job.callSign,
                   base::formatLocal(job.created),
                   std::to_string(job.target.count()) + " min " +
                       std::string{textOfTarget(dispatch::targetOf(job, session.clock.now()))},
                   timeOrDash(job.onScene), job.place, job.reason});
    }
    session.show(document, jobs.empty() ? "There are no such jobs." : table.text());
    return ExitCode::Good;
}

std::string textOfSheet(const dispatch::JobSheet& sheet, base::UtcTime now) {
    const Job& job = sheet.job;
    Table table{{"WHEN", "BY", "WHAT", "WORDS"}};
    for (const auto& entry : sheet.entries) {
        table.add({base::formatLocal(entry.at), entry.who, std::string{dispatch::nameOf(entry.kind)}, entry.text});
    }
    std::string keys;
    for (const auto& bunch : sheet.keys) {
        keys += (keys.empty() ? "Keys needed: " : ", ") + bunch.tag + " (" + bunch.opens + ", " +
                std::string{dispatch::nameOf(bunch.state)} + ")";
    }
    return "Job " + std::to_string(job.id.value()) + ": " + job.place +
           (sheet.premisesReference.empty() ? "" : " (" + sheet.premisesReference + ")") + ", " +
           std::string{dispatch::nameOf(job.state)} + (job.callSign.empty() ? "" : ", " + job.callSign) + "\n" +
           job.reason + "\n" + (job.instructions.empty() ? "" : "Instructions: " + job.instructions + "\n") +
           (keys.empty() ? "" : keys + "\n") + "Target " + std::to_string(job.target.count()) +
           " minutes: " + std::string{textOfTarget(dispatch::targetOf(job, now))} + "\n" + table.text();
}

base::Result<ExitCode> showJob(Session& session, const JobOptions& options) {
    TRY_ASSIGN(auto services, dispatchServices(session));
    TRY_ASSIGN(const auto sheet, services.jobs.sheet(services.acting, JobId{options.number}));
    auto document = jsonOfJob(sheet.job, session.clock.now());
    document["premises"] = sheet.premisesReference;
    document["record"] = nlohmann::json::array();
    for (const auto& entry : sheet.entries) {
        document["record"].push_back({{"at", base::formatUtc(entry.at)},
                                      {"kind", dispatch::nameOf(entry.kind)},
                                      {"who", entry.who},
                                      {"desk", entry.workstation},
                                      {"text", entry.text}});
    }
    document["keys"] = nlohmann::json::array();
    for (const auto& bunch : sheet.keys) {
        document["keys"].push_back({{"tag", bunch.tag}, {"state", dispatch::nameOf(bunch.state)}});
    }
    session.show(document, textOfSheet(sheet, session.clock.now()));
    return ExitCode::Good;
}

base::Result<ExitCode> tellJob(Session& session, const Job& job) {
    session.show(jsonOfJob(job, session.clock.now()), "Job " + std::to_string(job.id.value()) + ": " +
                                                          std::string{dispatch::nameOf(job.state)} +
                                                          (job.callSign.empty() ? "" : ", " + job.callSign) + ".");
    return ExitCode::Good;
}

base::Result<ExitCode> addJob(Session& session, const JobOptions& options) {
    TRY_ASSIGN(auto services, dispatchServices(session));
    dispatch::NewJob wanted;
    if (!options.premises.empty()) {
        TRY_ASSIGN(wanted.premises, premisesByReference(services.database, options.premises));
    }
    wanted.place = options.place;
    wanted.reason = options.reason;
    wanted.instructions = options.instructions;
    wanted.priority = options.priority;
    wanted.target = std::chrono::minutes{options.target};
    TRY_ASSIGN(wanted.keys, keysByTag(services, options.keys));
    if (!options.unit.empty()) {
        TRY_ASSIGN(const auto unit, unitBySign(services, options.unit));
        wanted.unit = unit.id;
    }
    TRY_ASSIGN(const auto job, services.jobs.create(services.acting, wanted));
    return tellJob(session, job);
}

/// One change of a job that is told by its number.
template <typename Change>
base::Result<ExitCode> changeJob(Session& session, const JobOptions& options, Change change) {
    TRY_ASSIGN(auto services, dispatchServices(session));
    TRY_ASSIGN(const Job job, change(services, JobId{options.number}));
    return tellJob(session, job);
}

base::Result<Job> advanceJob(DispatchServices& services, JobId id, const std::string& words) {
    TRY_ASSIGN(const auto sheet, services.jobs.sheet(services.acting, id));
    const JobState next = sheet.job.state == JobState::Assigned ? JobState::EnRoute : JobState::OnScene;
    return services.jobs.advance(services.acting, id, next, words);
}

base::Result<Job> finishJob(DispatchServices& services, const JobOptions& options) {
    dispatch::JobReport report = options.report;
    if (options.isSecure || options.isNotSecure) {
        report.leftSecure = options.isSecure;
    }
    return services.jobs.finish(services.acting, JobId{options.number}, report);
}

base::Result<ExitCode> noteJob(Session& session, const JobOptions& options) {
    TRY_ASSIGN(auto services, dispatchServices(session));
    TRY(services.jobs.note(services.acting, JobId{options.number}, options.words));
    return showJob(session, options);
}

void addJobList(CLI::App& jobs, Session& session, Command& chosen) {
    auto options = std::make_shared<JobListOptions>();
    auto* list = jobs.add_subcommand("list", "Show the open jobs, or those of a period, premises or a unit");
    addPeriodOptions(*list, options->period, "30 days");
    list->add_option("--premises", options->premises, "Of these premises");
    list->add_option("--unit", options->unit, "Of this unit");
    list->add_option("--most", options->most, "How many")->check(CLI::Range(1, 100'000))->capture_default_str();
    onCommand(*list, chosen, [&session, options] { return listJobs(session, *options); });
}

void addJobCreation(CLI::App& jobs, Session& session, Command& chosen) {
    auto options = std::make_shared<JobOptions>();
    auto* add = jobs.add_subcommand("add", "Send somebody");
    auto* premises = add->add_option("--premises", options->premises, "Where: a reference");
    add->add_option("--place", options->place, "Where, if it is in no list")->excludes(premises);
    add->add_option("--reason", options->reason, "Why")->required();
    add->add_option("--instructions", options->instructions, "What is to be done there");
    add->add_option("--unit", options->unit, "Who goes; without it the job waits");
    add->add_option("--priority", options->priority, "1 first")->check(CLI::Range(1, 5))->capture_default_str();
    add->add_option("--target", options->target, "Minutes within which somebody is to be there")
        ->check(CLI::Range(1, 1'440))
        ->capture_default_str();
    add->add_option("--key", options->keys, "Keys that it needs, by tag");
    onCommand(*add, chosen, [&session, options] { return addJob(session, *options); });
}

}  // namespace

void addDispatchJobsCommands(CLI::App& dispatch, Session& session, Command& chosen) {
    auto* jobs = dispatch.add_subcommand("jobs", "What units are sent for");
    jobs->require_subcommand(1);
    addJobList(*jobs, session, chosen);
    addJobCreation(*jobs, session, chosen);
    auto options = std::make_shared<JobOptions>();
    const auto command = [&](const char* name, const char* what) {
        auto* made = jobs->add_subcommand(name, what);
        made->add_option("job", options->number, "Its number")->required();
        return made;
    };
    onCommand(*command("show", "Show the sheet of a job, line by line"), chosen,
              [&session, options] { return showJob(session, *options); });
    auto* assign = command("assign", "Give it to a unit");
    assign->add_option("unit", options->unit, "Call sign")->required();
    assign->add_option("--why", options->words, "If another unit has it");
    onCommand(*assign, chosen, [&session, options] {
        return changeJob(session, *options, [options](DispatchServices& services, JobId id) -> base::Result<Job> {
            TRY_ASSIGN(const auto unit, unitBySign(services, options->unit));
            return services.jobs.assign(services.acting, id, unit.id, options->words);
        });
    });
    auto* next = command("next", "Its unit is on its way; on scene");
    next->add_option("--words", options->words, "What it said");
    onCommand(*next, chosen, [&session, options] {
        return changeJob(session, *options, [options](DispatchServices& services, JobId id) {
            return advanceJob(services, id, options->words);
        });
    });
    auto* standDown = command("stand-down", "Its unit is wanted elsewhere; the job waits for another one");
    standDown->add_option("--why", options->words, "Why")->required();
    onCommand(*standDown, chosen, [&session, options] {
        return changeJob(session, *options, [options](DispatchServices& services, JobId id) {
            return services.jobs.standDown(services.acting, id, options->words);
        });
    });
    auto* finish = command("finish", "What was found and done");
    finish->add_option("--found", options->report.found, "What was found")->required();
    finish->add_option("--actions", options->report.actions, "What was done")->required();
    finish->add_option("--handed-to", options->report.handedTo, "Police, keyholder, …");
    auto* secure = finish->add_flag("--secure", options->isSecure, "The premises were left secure");
    finish->add_flag("--not-secure", options->isNotSecure, "They were not")->excludes(secure);
    onCommand(*finish, chosen, [&session, options] {
        return changeJob(session, *options,
                         [options](DispatchServices& services, JobId) { return finishJob(services, *options); });
    });
    auto* cancel = command("cancel", "Nobody is wanted any more");
    cancel->add_option("--why", options->words, "Why")->required();
    onCommand(*cancel, chosen, [&session, options] {
        return changeJob(session, *options, [options](DispatchServices& services, JobId id) {
            return services.jobs.cancel(services.acting, id, options->words);
        });
    });
    auto* note = command("note", "Write something into its record");
    note->add_option("words", options->words, "What happened")->required();
    onCommand(*note, chosen, [&session, options] { return noteJob(session, *options); });
}

}  // namespace leedswatch::ctl
