#include "programs/ctl/alarm_targets_command.h"

#include "base/local_time.h"
#include "response/service_words.h"

namespace leedswatch::ctl {
namespace {

using response::ServiceTargetSet;
using response::ShiftPattern;

struct TargetsOptions {
    std::string alarmClass;
    std::vector<std::string> targets;
    std::vector<std::string> shifts;
    std::string from;
    bool history = false;
};

base::Result<std::optional<response::AlarmClass>> classNamed(const std::string& code) {
    if (code.empty()) {
        return std::nullopt;
    }
    if (const auto alarmClass = response::alarmClassFrom(code)) {
        return std::optional{*alarmClass};
    }
    std::string all;
    for (const auto& info : response::alarmClasses()) {
        all += (all.empty() ? "" : ", ") + std::string{info.code};
    }
    return base::fail(base::ErrorCode::InvalidInput, "there is no class '" + code.substr(0, 40) + "': " + all);
}

base::Result<base::UtcTime> holdsFrom(const Session& session, const TargetsOptions& options) {
    if (options.from.empty()) {
        return session.clock.now();
    }
    return base::parseTime(options.from);
}

/// What holds from now or later, unless everything is asked for.
bool isShown(base::UtcTime from, const base::UtcTime* next, base::UtcTime now, bool history) {
    return history || next == nullptr || *next > now || from > now;
}

base::Result<ExitCode> showTargets(Session& session, const TargetsOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto only, classNamed(options.alarmClass));
    TRY_ASSIGN(const auto sets, response::ServiceTargets{*database}.history(acting));
    auto document = nlohmann::json::array();
    Table table{{"CLASS", "HOLDS FROM", "TARGET", "SET BY"}};
    for (auto set = sets.begin(); set != sets.end(); ++set) {
        const auto next = std::next(set);
        const bool hasNext = next != sets.end() && next->alarmClass == set->alarmClass;
        const base::UtcTime* until = hasNext ? &next->holdsFrom : nullptr;
        if ((only && *only != set->alarmClass) ||
            !isShown(set->holdsFrom, until, session.clock.now(), options.history)) {
            continue;
        }
        const std::string code{infoOf(set->alarmClass).code};
        const std::string from = set->madeBy == "standard" ? "the beginning" : base::formatLocal(set->holdsFrom);
        nlohmann::json one{{"class", code},
                           {"holds_from", base::formatUtc(set->holdsFrom)},
                           {"set_by", set->madeBy},
                           {"targets", nlohmann::json::array()}};
        if (set->targets.empty()) {
            table.add({code, from, "none: not judged", set->madeBy});
        }
        for (const response::ServiceTarget& target : set->targets) {
            one["targets"].push_back(textOf(target));
            table.add({code, from, targetText(target), set->madeBy});
        }
        document.push_back(std::move(one));
    }
    session.show(document, table.text());
    return ExitCode::Good;
}

base::Result<ExitCode> setTargets(Session& session, const TargetsOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto alarmClass, classNamed(options.alarmClass));
    if (!alarmClass) {
        return base::fail(base::ErrorCode::InvalidInput, "say of which class");
    }
    TRY_ASSIGN(const auto from, holdsFrom(session, options));
    std::vector<response::ServiceTarget> targets;
    const bool isNone = options.targets.size() == 1 && options.targets.front() == "none";
    for (const std::string& text : isNone ? std::vector<std::string>{} : options.targets) {
        TRY_ASSIGN(const auto target, response::parseServiceTarget(text));
        targets.push_back(target);
    }
    TRY(response::ServiceTargets{*database}.set(acting, *alarmClass, targets, from));
    return showTargets(session, options);
}

base::Result<ExitCode> showShifts(Session& session, const TargetsOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto patterns, response::ShiftPatterns{*database}.history(acting));
    auto document = nlohmann::json::array();
    Table table{{"HOLDS FROM", "BEGINS", "SHIFT", "SET BY"}};
    for (auto pattern = patterns.begin(); pattern != patterns.end(); ++pattern) {
        const auto next = std::next(pattern);
        const base::UtcTime* until = next == patterns.end() ? nullptr : &next->holdsFrom;
        if (!isShown(pattern->holdsFrom, until, session.clock.now(), options.history)) {
            continue;
        }
        nlohmann::json one{{"holds_from", base::formatUtc(pattern->holdsFrom)},
                           {"set_by", pattern->madeBy},
                           {"shifts", nlohmann::json::array()}};
        for (const response::Shift& shift : pattern->shifts) {
            one["shifts"].push_back(shift.name + "=" + beginText(shift));
            table.add({pattern->madeBy == "standard" ? "the beginning" : base::formatLocal(pattern->holdsFrom),
                       beginText(shift), shift.name, pattern->madeBy});
        }
        document.push_back(std::move(one));
    }
    session.show(document, table.text());
    return ExitCode::Good;
}

base::Result<ExitCode> setShifts(Session& session, const TargetsOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto from, holdsFrom(session, options));
    std::vector<response::Shift> shifts;
    for (const std::string& text : options.shifts) {
        TRY_ASSIGN(auto shift, response::parseShift(text));
        shifts.push_back(std::move(shift));
    }
    TRY(response::ShiftPatterns{*database}.set(acting, shifts, from));
    return showShifts(session, options);
}

}  // namespace

void addAlarmTargetsCommands(CLI::App& alarms, Session& session, Command& chosen) {
    auto options = std::make_shared<TargetsOptions>();
    auto* targets = alarms.add_subcommand("targets", "Show within which times alarms are to be answered");
    targets->add_option("--class", options->alarmClass, "Of this class alone");
    targets->add_flag("--history", options->history, "Those too that hold no more");
    onCommand(*targets, chosen, [&session, options] { return showTargets(session, *options); });
    auto* set = alarms.add_subcommand("set-targets", "Set the targets of a class for alarms that arrive later");
    set->add_option("class", options->alarmClass, "Its name, as alarms targets shows it")->required();
    set->add_option("targets", options->targets,
                    "All of them, each as MEASURE:PERCENT:SECONDS (acted:98.5:60), or 'none'")
        ->required();
    set->add_option("--from", options->from, "From this time on; now if it is not named")->type_name("TIME");
    onCommand(*set, chosen, [&session, options] { return setTargets(session, *options); });
    auto* shifts = alarms.add_subcommand("shifts", "Show when the room's shifts begin");
    shifts->add_flag("--history", options->history, "Those too that hold no more");
    onCommand(*shifts, chosen, [&session, options] { return showShifts(session, *options); });
    auto* setAll = alarms.add_subcommand("set-shifts", "Set when the room's shifts begin, from a time on");
    setAll->add_option("shifts", options->shifts, "All of a day, each as NAME=HH:MM (Day=07:00)")->required();
    setAll->add_option("--from", options->from, "From this time on; now if it is not named")->type_name("TIME");
    onCommand(*setAll, chosen, [&session, options] { return setShifts(session, *options); });
}

}  // namespace leedswatch::ctl
