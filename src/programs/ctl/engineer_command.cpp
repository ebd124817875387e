#include "programs/ctl/engineer_command.h"

#include "base/local_time.h"
#include "estate/premises_registry.h"
#include "response/engineer_visits.h"

#include <algorithm>

namespace leedswatch::ctl {
namespace {

struct EngineerOptions {
    std::string premises;
    std::string until;
    std::string who;
    std::int64_t number = 0;
};

base::Result<ExitCode> engineerArrived(Session& session, const EngineerOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto premises, estate::PremisesRegistry{*database}.find(options.premises));
    response::EngineerVisit wanted;
    wanted.premises = premises.id;
    wanted.engineer = options.who;
    TRY_ASSIGN(wanted.ends, base::parseTime(options.until));
    TRY_ASSIGN(const auto visit, response::EngineerVisits{*database}.begin(acting, wanted));
    session.show({{"visit", visit.id.value()}, {"ends", base::formatUtc(visit.ends)}},
                 "Visit " + std::to_string(visit.id.value()) + " until " + base::formatLocal(visit.ends) +
                     ": alarms are shown lower, and the police are not called.");
    return ExitCode::Good;
}

base::Result<ExitCode> engineerLeft(Session& session, const EngineerOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY(response::EngineerVisits{*database}.end(acting, response::EngineerVisitId{options.number}));
    session.show({{"ended", options.number}}, "The engineer has left.");
    return ExitCode::Good;
}

base::Result<ExitCode> listEngineers(Session& session) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto visits, response::EngineerVisits{*database}.lasting());
    TRY_ASSIGN(const auto all, estate::PremisesRegistry{*database}.list());
    auto document = nlohmann::json::array();
    Table table{{"VISIT", "PREMISES", "SINCE", "UNTIL", "WHO", "PLACED BY"}};
    for (const response::EngineerVisit& visit : visits) {
        const auto premises = std::ranges::find(all, visit.premises, &estate::Premises::id);
        const std::string reference = premises == all.end() ? "?" : premises->reference;
        document.push_back({{"visit", visit.id.value()},
                            {"premises", reference},
                            {"begins", base::formatUtc(visit.begins)},
                            {"ends", base::formatUtc(visit.ends)},
                            {"who", visit.engineer},
                            {"placed_by", visit.placedBy}});
        table.add({std::to_string(visit.id.value()), reference, base::formatLocal(visit.begins),
                   base::formatLocal(visit.ends), visit.engineer, visit.placedBy});
    }
    session.show(document, visits.empty() ? "No engineer is on site anywhere." : table.text());
    return ExitCode::Good;
}

}  // namespace

void addEngineerCommands(CLI::App& premises, Session& session, Command& chosen) {
    auto* engineer = premises.add_subcommand("engineer", "Engineers who are on site");
    engineer->require_subcommand(1);
    auto options = std::make_shared<EngineerOptions>();
    auto* arrived = engineer->add_subcommand("arrived", "An engineer is on site from now on");
    arrived->add_option("premises", options->premises, "Their reference")->required();
    arrived->add_option("--until", options->until, "When the visit ends by itself, twelve hours from now at most")
        ->required()
        ->type_name("TIME");
    arrived->add_option("--who", options->who, "Who, of which firm, and how they were known")->required();
    onCommand(*arrived, chosen, [&session, options] { return engineerArrived(session, *options); });
    auto* left = engineer->add_subcommand("left", "End a visit before its time");
    left->add_option("visit", options->number, "Its number")->required();
    onCommand(*left, chosen, [&session, options] { return engineerLeft(session, *options); });
    auto* list = engineer->add_subcommand("list", "Show who is where");
    onCommand(*list, chosen, [&session] { return listEngineers(session); });
}

}  // namespace leedswatch::ctl
