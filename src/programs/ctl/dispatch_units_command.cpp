#include "base/local_time.h"
#include "base/words.h"
#include "dispatch/officers.h"
#include "programs/ctl/dispatch_command.h"
#include "programs/ctl/dispatch_lookup.h"

#include <algorithm>

namespace leedswatch::ctl {
namespace {

using dispatch::LicenceState;
using dispatch::Officer;
using dispatch::Unit;
using dispatch::UnitStatus;

struct OfficerOptions {
    std::int64_t number = 0;
    std::optional<std::string> name;
    std::optional<std::string> licence;
    std::optional<std::string> expires;
    std::optional<std::string> phone;
};

struct UnitOptions {
    std::string sign;
    std::optional<std::string> newSign;
    std::optional<std::string> vehicle;
    std::optional<int> checkIn;
    std::vector<std::int64_t> officers;
    std::string words;
    std::string status;
};

std::string licenceText(const Officer& officer, base::UtcTime now) {
    switch (licenceOf(officer, now)) {
        case LicenceState::None: return "NONE";
        case LicenceState::Expired: return "EXPIRED " + officer.licenceExpires;
        case LicenceState::RunsOut: return "runs out " + officer.licenceExpires;
        case LicenceState::Holds: return officer.licenceExpires;
    }
    return {};
}

nlohmann::json jsonOfOfficer(const Officer& officer, base::UtcTime now) {
    return {{"officer", officer.id.value()},
            {"name", officer.name},
            {"licence", officer.licence},
            {"licence_expires", officer.licenceExpires},
            {"licence_holds", dispatch::licenceProblem(officer, now).empty()},
            {"phone", officer.phone}};
}

nlohmann::json jsonOfUnit(const Unit& unit, base::UtcTime now) {
    auto crew = nlohmann::json::array();
    for (const Officer& officer : unit.crew) {
        crew.push_back(jsonOfOfficer(officer, now));
    }
    return {{"unit", unit.callSign},
            {"vehicle", unit.vehicle},
            {"status", dispatch::nameOf(unit.status)},
            {"since", base::formatUtc(unit.since)},
            {"check_in_minutes", unit.checkInEvery.count()},
            {"check_in_due", timeOrNull(unit.checkInDue)},
            {"late", unit.isLate},
            {"crew", crew}};
}

base::Result<ExitCode> listOfficers(Session& session) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto officers, dispatch::Officers{*database}.list(acting));
    auto document = nlohmann::json::array();
    Table table{{"OFFICER", "NAME", "LICENCE", "UNTIL", "PHONE"}};
    for (const Officer& officer : officers) {
        document.push_back(jsonOfOfficer(officer, session.clock.now()));
        table.add({std::to_string(officer.id.value()), officer.name, officer.licence.empty() ? "-" : officer.licence,
                   licenceText(officer, session.clock.now()), officer.phone});
    }
    session.show(document, officers.empty() ? "No officers are entered; see dispatch officers add." : table.text());
    return ExitCode::Good;
}

base::Result<ExitCode> saveOfficer(Session& session, const OfficerOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    dispatch::Officers officers{*database};
    Officer officer;
    if (options.number != 0) {
        TRY_ASSIGN(const auto all, officers.list(acting));
        const auto found = std::ranges::find(all, dispatch::OfficerId{options.number}, &Officer::id);
        if (found == all.end()) {
            return base::fail(base::ErrorCode::NotFound,
                              "there is no officer " + std::to_string(options.number) + "; see dispatch officers list");
        }
        officer = *found;
    }
    officer.name = options.name.value_or(officer.name);
    officer.licence = options.licence.value_or(officer.licence);
    officer.licenceExpires = options.expires.value_or(officer.licenceExpires);
    officer.phone = options.phone.value_or(officer.phone);
    TRY_ASSIGN(const auto saved, officers.save(acting, officer));
    session.show(jsonOfOfficer(saved, session.clock.now()), "Officer " + std::to_string(saved.id.value()) + ": " +
                                                                saved.name + ", licence " +
                                                                licenceText(saved, session.clock.now()) + ".");
    return ExitCode::Good;
}

base::Result<ExitCode> retireOfficer(Session& session, std::int64_t number) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY(dispatch::Officers{*database}.retire(acting, dispatch::OfficerId{number}));
    session.show({{"retired", number}}, "Officer " + std::to_string(number) + " is not sent any more.");
    return ExitCode::Good;
}

base::Result<ExitCode> listUnits(Session& session) {
    TRY_ASSIGN(auto services, dispatchServices(session));
    TRY_ASSIGN(const auto units, services.units.list(services.acting));
    auto document = nlohmann::json::array();
    Table table{{"UNIT", "STATUS", "SINCE", "CHECK-IN DUE", "WHO", "VEHICLE"}};
    for (const Unit& unit : units) {
        document.push_back(jsonOfUnit(unit, session.clock.now()));
        table.add({unit.callSign, std::string{dispatch::nameOf(unit.status)}, base::formatLocal(unit.since),
                   timeOrDash(unit.checkInDue) + (unit.isLate ? " LATE" : ""), dispatch::unitText(unit), unit.vehicle});
    }
    session.show(document, units.empty() ? "There are no units; see dispatch units add." : table.text());
    return ExitCode::Good;
}

base::Result<ExitCode> showUnit(Session& session, const Unit& unit) {
    session.show(jsonOfUnit(unit, session.clock.now()),
                 dispatch::unitText(unit) + ": " + std::string{dispatch::nameOf(unit.status)} + ".");
    return ExitCode::Good;
}

base::Result<ExitCode> saveUnit(Session& session, const UnitOptions& options, bool isNew) {
    TRY_ASSIGN(auto services, dispatchServices(session));
    Unit unit;
    unit.callSign = options.sign;
    if (!isNew) {
        TRY_ASSIGN(unit, unitBySign(services, options.sign));
    }
    unit.callSign = options.newSign.value_or(unit.callSign);
    unit.vehicle = options.vehicle.value_or(unit.vehicle);
    unit.checkInEvery = options.checkIn ? std::chrono::minutes{*options.checkIn} : unit.checkInEvery;
    TRY_ASSIGN(const auto saved, services.units.save(services.acting, unit));
    return showUnit(session, saved);
}

base::Result<ExitCode> retireUnit(Session& session, const UnitOptions& options) {
    TRY_ASSIGN(auto services, dispatchServices(session));
    TRY_ASSIGN(const auto unit, unitBySign(services, options.sign));
    TRY(services.units.retire(services.acting, unit.id));
    session.show({{"retired", unit.callSign}}, unit.callSign + " is not sent any more.");
    return ExitCode::Good;
}

/// One change of a unit that is told by its call sign.
template <typename Change>
base::Result<ExitCode> changeUnit(Session& session, const UnitOptions& options, Change change) {
    TRY_ASSIGN(auto services, dispatchServices(session));
    TRY_ASSIGN(const auto unit, unitBySign(services, options.sign));
    TRY_ASSIGN(const auto changed, change(services, unit.id));
    return showUnit(session, changed);
}

base::Result<ExitCode> showUnitHistory(Session& session, const UnitOptions& options) {
    TRY_ASSIGN(auto services, dispatchServices(session));
    TRY_ASSIGN(const auto unit, unitBySign(services, options.sign));
    TRY_ASSIGN(const auto entries, services.units.record(services.acting, unit.id));
    auto document = nlohmann::json::array();
    Table table{{"WHEN", "STATUS", "JOB", "BY", "WORDS"}};
    for (const auto& entry : entries) {
        document.push_back({{"at", base::formatUtc(entry.at)},
                            {"status", dispatch::nameOf(entry.status)},
                            {"job", entry.job ? nlohmann::json(entry.job->value()) : nlohmann::json(nullptr)},
                            {"who", entry.who},
                            {"desk", entry.workstation},
                            {"text", entry.text}});
        table.add({base::formatLocal(entry.at), std::string{dispatch::nameOf(entry.status)},
                   entry.job ? std::to_string(entry.job->value()) : "-", entry.who, entry.text});
    }
    session.show(document, table.text());
    return ExitCode::Good;
}

void addOfficers(CLI::App& dispatch, Session& session, Command& chosen) {
    auto* officers = dispatch.add_subcommand("officers", "Who may be sent, and their licences");
    officers->require_subcommand(1);
    onCommand(*officers->add_subcommand("list", "Show them"), chosen, [&session] { return listOfficers(session); });
    auto options = std::make_shared<OfficerOptions>();
    const auto addFields = [options](CLI::App& command) {
        command.add_option("--licence", options->licence, "Of the Security Industry Authority, 16 digits");
        command.add_option("--expires", options->expires, "Its last day: 2027-03-31")->type_name("DAY");
        command.add_option("--phone", options->phone, "Telephone");
    };
    auto* add = officers->add_subcommand("add", "Enter somebody");
    add->add_option("name", options->name, "Name")->required();
    addFields(*add);
    onCommand(*add, chosen, [&session, options] { return saveOfficer(session, *options); });
    auto* change = officers->add_subcommand("change", "Change what is named, as a renewed licence");
    change->add_option("officer", options->number, "Number")->required()->check(CLI::PositiveNumber);
    change->add_option("--name", options->name, "Name");
    addFields(*change);
    onCommand(*change, chosen, [&session, options] { return saveOfficer(session, *options); });
    auto* retire = officers->add_subcommand("retire", "Somebody is not sent any more");
    retire->add_option("officer", options->number, "Number")->required()->check(CLI::PositiveNumber);
    onCommand(*retire, chosen, [&session, options] { return retireOfficer(session, options->number); });
}

void addUnitFields(CLI::App& command, UnitOptions& options) {
    command.add_option("--vehicle", options.vehicle, "What it drives");
    command
        .add_option("--check-in", options.checkIn,
                    "On scene it must be heard of within as many minutes; 0: it is not watched")
        ->check(CLI::Range(0, 480));
}

}  // namespace

void addDispatchUnitsCommands(CLI::App& dispatch, Session& session, Command& chosen) {
    addOfficers(dispatch, session, chosen);
    auto* units = dispatch.add_subcommand("units", "The units of mobile response");
    units->require_subcommand(1);
    onCommand(*units->add_subcommand("list", "Show them"), chosen, [&session] { return listUnits(session); });
    auto options = std::make_shared<UnitOptions>();
    const auto command = [&](const char* name, const char* what) {
        auto* made = units->add_subcommand(name, what);
        made->add_option("unit", options->sign, "Its call sign")->required();
        return made;
    };
    auto* add = command("add", "A new unit, off duty");
    addUnitFields(*add, *options);
    onCommand(*add, chosen, [&session, options] { return saveUnit(session, *options, true); });
    auto* change = command("change", "Change what is named");
    change->add_option("--call-sign", options->newSign, "Another call sign");
    addUnitFields(*change, *options);
    onCommand(*change, chosen, [&session, options] { return saveUnit(session, *options, false); });
    onCommand(*command("retire", "It is not sent any more"), chosen,
              [&session, options] { return retireUnit(session, *options); });
    auto* on = command("on", "Put it on duty");
    on->add_option("--officer", options->officers, "Who is in it, by number; as last time if nobody is named");
    on->add_option("--though-unlicensed", options->words, "Why somebody goes whose licence does not hold");
    onCommand(*on, chosen, [&session, options] {
        return changeUnit(session, *options, [options](DispatchServices& services, dispatch::UnitId id) {
            std::vector<dispatch::OfficerId> crew;
            for (const std::int64_t number : options->officers) {
                crew.emplace_back(number);
            }
            return services.units.goOnDuty(services.acting, id, crew, options->words);
        });
    });
    auto* off = command("off", "Take it off duty");
    off->add_option("--why", options->words, "Though it has open jobs or keys: why; the jobs wait for another unit");
    onCommand(*off, chosen, [&session, options] {
        return changeUnit(session, *options, [options](DispatchServices& services, dispatch::UnitId id) {
            return services.units.goOffDuty(services.acting, id, options->words);
        });
    });
    auto* status = command("status", "Available again, or unavailable for a while");
    status->add_option("status", options->status, "What it is")
        ->required()
        ->check(CLI::IsMember({"available", "unavailable"}));
    status->add_option("--why", options->words, "Why it cannot be sent");
    onCommand(*status, chosen, [&session, options] {
        return changeUnit(session, *options, [options](DispatchServices& services, dispatch::UnitId id) {
            return services.units.setStatus(services.acting, id, *dispatch::unitStatusFrom(options->status),
                                            options->words);
        });
    });
    auto* checkIn = command("check-in", "It was heard of on scene");
    checkIn->add_option("--words", options->words, "What it said");
    onCommand(*checkIn, chosen, [&session, options] {
        return changeUnit(session, *options, [options](DispatchServices& services, dispatch::UnitId id) {
            return services.units.checkIn(services.acting, id, options->words);
        });
    });
    onCommand(*command("history", "What it did, the newest first"), chosen,
              [&session, options] { return showUnitHistory(session, *options); });
}

}  // namespace leedswatch::ctl
