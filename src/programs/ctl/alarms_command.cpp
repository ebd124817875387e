#include "programs/ctl/alarms_command.h"

#include "base/local_time.h"
#include "programs/ctl/alarm_figures_command.h"
#include "programs/ctl/alarm_port_command.h"
#include "programs/ctl/alarm_rules_command.h"
#include "programs/ctl/alarm_targets_command.h"
#include "response/alarm_queue.h"
#include "response/alarm_rules.h"

namespace leedswatch::ctl {
namespace {

using response::Alarm;
using response::AlarmState;

struct AlarmsOptions {
    std::string from;
    std::string to;
    int most = 200;
    std::int64_t number = 0;
};

nlohmann::json jsonOfTime(const std::optional<base::UtcTime>& time) {
    return time ? nlohmann::json(base::formatUtc(*time)) : nlohmann::json(nullptr);
}

nlohmann::json jsonOfAlarm(const Alarm& alarm) {
    return {{"alarm", alarm.id.value()},
            {"class", response::infoOf(alarm.alarmClass).code},
            {"life_safety", alarm.isLifeSafety},
            {"priority", alarm.priority},
            {"state", response::nameOf(alarm.state)},
            {"until", jsonOfTime(alarm.until)},
            {"place", alarm.place},
            {"what", alarm.what},
            {"signals", alarm.signals},
            {"confirmed", alarm.isConfirmed},
            {"runaway", alarm.isRunaway},
            {"owner", alarm.owner},
            {"desk", alarm.ownerDesk},
            {"forwarded_to", alarm.forwardedTo},
            {"raised", base::formatUtc(alarm.raised)},
            {"latest", base::formatUtc(alarm.latest)},
            {"presented", jsonOfTime(alarm.presented)},
            {"accepted", jsonOfTime(alarm.accepted)},
            {"acted", jsonOfTime(alarm.acted)},
            {"closed", jsonOfTime(alarm.closed)},
            {"outcome", alarm.outcome}};
}

base::Result<std::vector<Alarm>> alarmsOf(response::AlarmQueue& queue, const access::Acting& acting,
                                          const AlarmsOptions& options) {
    if (options.from.empty() && options.to.empty()) {
        TRY_ASSIGN(auto open, queue.snapshot(acting, options.most));
        std::vector<Alarm> all = std::move(open.waiting);
        for (auto* part : {&open.inHand, &open.parked, &open.held}) {
            all.insert(all.end(), part->begin(), part->end());
        }
        return base::Result<std::vector<Alarm>>{tl::in_place, std::move(all)};
    }
    response::AlarmPeriod period{base::UtcTime::min(), base::UtcTime::max(), std::nullopt, options.most};
    if (!options.from.empty()) {
        TRY_ASSIGN(period.from, base::parseTime(options.from));
    }
    if (!options.to.empty()) {
        TRY_ASSIGN(period.until, base::parseTime(options.to));
    }
    return queue.history(acting, period);
}

base::Result<ExitCode> listAlarms(Session& session, const AlarmsOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    response::AlarmQueue queue{*database};
    TRY_ASSIGN(const auto alarms, alarmsOf(queue, acting, options));
    auto document = nlohmann::json::array();
    Table table{{"ALARM", "CLASS", "PRIORITY", "STATE", "OWNER", "RAISED", "SIGNALS", "PLACE", "WHAT"}};
    for (const Alarm& alarm : alarms) {
        document.push_back(jsonOfAlarm(alarm));
        table.add({std::to_string(alarm.id.value()), std::string{response::infoOf(alarm.alarmClass).code},
                   std::to_string(alarm.priority), std::string{response::nameOf(alarm.state)},
                   alarm.owner.empty() ? "-" : alarm.owner, base::formatLocal(alarm.raised),
                   std::to_string(alarm.signals), alarm.place, alarm.what});
    }
    session.show(document, alarms.empty() ? "There are no such alarms." : table.text());
    return ExitCode::Good;
}

nlohmann::json jsonOfRecord(const response::AlarmRecord& record) {
    auto document = jsonOfAlarm(record.alarm);
    document["plan"] = record.plan;
    document["record"] = nlohmann::json::array();
    for (const response::AlarmEntry& entry : record.entries) {
        document["record"].push_back(
            {{"at", base::formatUtc(entry.at)},
             {"kind", response::nameOf(entry.kind)},
             {"who", entry.who},
             {"desk", entry.workstation},
             {"text", entry.text},
             {"signal", entry.signal ? nlohmann::json(entry.signal->value()) : nlohmann::json(nullptr)},
             {"details", entry.details}});
    }
    document["steps"] = nlohmann::json::array();
    constexpr std::array<const char*, 3> states{"open", "done", "skipped"};
    for (const response::AlarmStep& step : record.steps) {
        document["steps"].push_back({{"step", step.position},
                                     {"kind", response::nameOf(step.step.kind)},
                                     {"text", step.step.text},
                                     {"required", step.step.isRequired},
                                     {"when", response::nameOf(step.step.applies)},
                                     {"state", states.at(static_cast<std::size_t>(step.state))},
                                     {"by", step.doneBy},
                                     {"at", jsonOfTime(step.doneAt)},
                                     {"result", step.result}});
    }
    document["jobs"] = nlohmann::json::array();
    for (const dispatch::Job& job : record.jobs) {
        document["jobs"].push_back(
            {{"job", job.id.value()}, {"state", dispatch::nameOf(job.state)}, {"unit", job.callSign}});
    }
    return document;
}

std::string textOfJobs(const std::vector<dispatch::Job>& jobs) {
    std::string text;
    for (const dispatch::Job& job : jobs) {
        text += "Job " + std::to_string(job.id.value()) + ": " + std::string{dispatch::nameOf(job.state)} +
                (job.callSign.empty() ? "" : ", " + job.callSign) + "\n";
    }
    return text;
}

std::string reasonsOf(const response::AlarmEntry& entry) {
    std::string text;
    if (entry.details.contains("reasons") && entry.details["reasons"].is_array()) {
        for (const auto& reason : entry.details["reasons"]) {
            text += reason.is_string() ? " (" + reason.get<std::string>() + ")" : "";
        }
    }
    return text;
}

base::Result<ExitCode> showAlarm(Session& session, const AlarmsOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    response::AlarmQueue queue{*database};
    TRY_ASSIGN(const auto record, queue.record(acting, response::AlarmId{options.number}));
    Table table{{"WHEN", "WHO", "WHAT", "WORDS"}};
    for (const response::AlarmEntry& entry : record.entries) {
        table.add({base::formatLocal(entry.at), entry.who, std::string{response::nameOf(entry.kind)},
                   entry.text + reasonsOf(entry)});
    }
    const Alarm& alarm = record.alarm;
    std::string text =
        "Alarm " + std::to_string(alarm.id.value()) + ": " + std::string{response::infoOf(alarm.alarmClass).title} +
        ", " + alarm.place + ", " + std::string{response::nameOf(alarm.state)} +
        (record.plan.empty() ? "" : "; plan: " + record.plan) + "\n" + table.text() + textOfJobs(record.jobs);
    session.show(jsonOfRecord(record), text);
    return ExitCode::Good;
}

}  // namespace

void addAlarmsCommands(CLI::App& root, Session& session, Command& chosen) {
    auto* alarms = root.add_subcommand("alarms", "What needs an answer, what was done about it, and the rules");
    alarms->require_subcommand(1);
    auto options = std::make_shared<AlarmsOptions>();
    auto* list = alarms->add_subcommand("list", "Show the open alarms in the order of the queue, or those of a period");
    list->add_option("--from", options->from, "Raised since")->type_name("TIME");
    list->add_option("--to", options->to, "Raised until")->type_name("TIME");
    list->add_option("--most", options->most, "How many")->check(CLI::Range(1, 100'000))->capture_default_str();
    onCommand(*list, chosen, [&session, options] { return listAlarms(session, *options); });
    auto* show = alarms->add_subcommand("show", "Show the record of an alarm, line by line");
    show->add_option("alarm", options->number, "Its number")->required();
    onCommand(*show, chosen, [&session, options] { return showAlarm(session, *options); });
    addAlarmRulesCommands(*alarms, session, chosen);
    addAlarmPortCommand(*alarms, session, chosen);
    addAlarmFiguresCommand(*alarms, session, chosen);
    addAlarmTargetsCommands(*alarms, session, chosen);
}

}  // namespace leedswatch::ctl
