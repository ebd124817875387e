#include "programs/ctl/alarm_rules_command.h"

#include "base/local_time.h"
#include "estate/premises_registry.h"
#include "estate/premises_search.h"
#include "programs/ctl/fire_rules_command.h"
#include "response/alarm_rules.h"
#include "response/test_periods.h"

namespace leedswatch::ctl {
namespace {

struct PolicyOptions {
    std::string premises;
    std::string name;
    std::string value;
};

struct TestOptions {
    std::string premises;
    std::string area;
    std::string zone;
    std::string until;
    std::string by;
    std::string reason;
    bool hidesLifeSafety = false;
    std::int64_t number = 0;
};

base::Result<estate::PremisesId> premisesOf(store::Database& database, const std::string& reference) {
    TRY_ASSIGN(const auto premises, estate::PremisesRegistry{database}.find(reference));
    return premises.id;
}

base::Result<std::optional<estate::PremisesId>> premisesOrAll(store::Database& database, const std::string& reference) {
    if (reference.empty()) {
        return std::nullopt;
    }
    TRY_ASSIGN(const auto premises, premisesOf(database, reference));
    return std::optional{premises};
}

base::Result<ExitCode> showPolicy(Session& session, const PolicyOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto premises, premisesOrAll(*database, options.premises));
    TRY_ASSIGN(const auto policy, response::ResponsePolicies{*database}.of(premises));
    auto document = nlohmann::json::object();
    Table table{{"NAME", "VALUE", "UNIT", "STANDARD", "WHAT"}};
    for (const response::PolicySettingInfo& info : response::policySettings()) {
        document[std::string{info.name}] = policy[info.setting];
        table.add({std::string{info.name}, std::to_string(policy[info.setting]), std::string{info.unit},
                   std::to_string(info.standard), std::string{info.title}});
    }
    session.show(document, table.text());
    return ExitCode::Good;
}

base::Result<ExitCode> setPolicy(Session& session, const PolicyOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto premises, premisesOrAll(*database, options.premises));
    const auto setting = response::policySettingFrom(options.name);
    if (!setting) {
        return base::fail(base::ErrorCode::InvalidInput,
                          "there is no setting '" + options.name.substr(0, 40) + "'; alarms policy shows all");
    }
    std::optional<int> value;
    if (options.value != "standard") {
        int number = 0;
        if (!CLI::detail::lexical_cast(options.value, number)) {
            return base::fail(base::ErrorCode::InvalidInput, "the value is a whole number, or 'standard'");
        }
        value = number;
    }
    TRY(response::ResponsePolicies{*database}.set(acting, premises, *setting, value));
    return showPolicy(session, options);
}

base::Result<ExitCode> beginTest(Session& session, const TestOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    response::TestPeriod wanted;
    TRY_ASSIGN(wanted.premises, premisesOf(*database, options.premises));
    TRY_ASSIGN(wanted.ends, base::parseTime(options.until));
    wanted.area = options.area;
    wanted.zone = options.zone;
    wanted.byWhom = options.by;
    wanted.reason = options.reason;
    wanted.showsLifeSafety = !options.hidesLifeSafety;
    TRY_ASSIGN(const auto begun, response::TestPeriods{*database}.begin(acting, wanted));
    session.show({{"test", begun.id.value()}, {"ends", base::formatUtc(begun.ends)}},
                 "Test " + std::to_string(begun.id.value()) + " until " + base::formatLocal(begun.ends) + ".");
    return ExitCode::Good;
}

base::Result<ExitCode> endTest(Session& session, const TestOptions& options) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY(response::TestPeriods{*database}.end(acting, response::TestPeriodId{options.number}));
    session.show({{"ended", options.number}}, "The test is over: alarms are shown again.");
    return ExitCode::Good;
}

base::Result<ExitCode> listTests(Session& session) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto running, response::TestPeriods{*database}.running(acting));
    auto document = nlohmann::json::array();
    Table table{
        {"TEST", "PREMISES", "AREA", "ZONE", "ENDS", "RECEIVED", "LIFE SAFETY", "ASKED FOR BY", "REASON", "PLACED BY"}};
    for (const response::RunningTest& test : running) {
        const response::TestPeriod& period = test.period;
        const std::string& reference = test.reference;
        document.push_back({{"test", period.id.value()},
                            {"premises", reference},
                            {"area", period.area},
                            {"zone", period.zone},
                            {"begins", base::formatUtc(period.begins)},
                            {"ends", base::formatUtc(period.ends)},
                            {"received", test.received},
                            {"shows_life_safety", period.showsLifeSafety},
                            {"by", period.byWhom},
                            {"reason", period.reason},
                            {"placed_by", period.placedBy}});
        table.add({std::to_string(period.id.value()), reference, period.area.empty() ? "all" : period.area,
                   period.zone.empty() ? "all" : period.zone, base::formatLocal(period.ends),
                   std::to_string(test.received), period.showsLifeSafety ? "shown" : "hidden", period.byWhom,
                   period.reason, period.placedBy});
    }
    session.show(document, running.empty() ? "Nothing is on test." : table.text());
    return ExitCode::Good;
}

base::Result<ExitCode> showWhy(Session& session, std::int64_t signal) {
    TRY_ASSIGN(auto* database, session.database());
    TRY_ASSIGN(const auto acting, session.acting());
    TRY_ASSIGN(const auto decisions, response::AlarmRules{*database}.decisions(acting, response::SignalId{signal}));
    auto document = nlohmann::json::array();
    Table table{{"EVENT", "DECISION", "ALARM", "WHY"}};
    for (const response::SignalDecision& one : decisions) {
        const auto& [outcome, alarm, reasons] = one.decision;
        std::string text;
        for (const std::string& reason : reasons) {
            text += (text.empty() ? "" : " ") + reason;
        }
        document.push_back({{"event", one.event},
                            {"decision", response::nameOf(outcome)},
                            {"alarm", alarm ? nlohmann::json(alarm->value()) : nlohmann::json(nullptr)},
                            {"reasons", reasons}});
        table.add({std::to_string(one.event + 1), std::string{response::nameOf(outcome)},
                   alarm ? std::to_string(alarm->value()) : "-", text});
    }
    session.show(document, decisions.empty() ? "No rule has judged this signal." : table.text());
    return ExitCode::Good;
}

void addTestCommands(CLI::App& alarms, Session& session, Command& chosen) {
    auto test = std::make_shared<TestOptions>();
    auto* begin = alarms.add_subcommand("test", "Put premises, an area or a zone of them on test");
    begin->add_option("premises", test->premises, "Their reference")->required();
    begin->add_option("--until", test->until, "When it ends by itself, eight hours from now at most")
        ->required()
        ->type_name("TIME");
    begin->add_option("--by", test->by, "Who asked, and how they were known")->required();
    begin->add_option("--reason", test->reason, "Why")->required();
    begin->add_option("--area", test->area, "This area alone");
    begin->add_option("--zone", test->zone, "This zone alone");
    begin->add_flag("--hide-life-safety", test->hidesLifeSafety, "Hold-ups, fires and the like are not shown either");
    onCommand(*begin, chosen, [&session, test] { return beginTest(session, *test); });
    auto* end = alarms.add_subcommand("end-test", "End a test before its time");
    end->add_option("test", test->number, "Its number")->required();
    onCommand(*end, chosen, [&session, test] { return endTest(session, *test); });
    auto* tests = alarms.add_subcommand("tests", "Show what is on test");
    onCommand(*tests, chosen, [&session] { return listTests(session); });
}

}  // namespace

void addAlarmRulesCommands(CLI::App& alarms, Session& session, Command& chosen) {
    auto options = std::make_shared<PolicyOptions>();
    auto* policy = alarms.add_subcommand("policy", "Show the numbers of the rules");
    policy->add_option("--premises", options->premises, "Of these premises");
    onCommand(*policy, chosen, [&session, options] { return showPolicy(session, *options); });
    auto* set = alarms.add_subcommand("set-policy", "Change a number of the rules");
    set->add_option("name", options->name, "As alarms policy shows it")->required();
    set->add_option("value", options->value, "A whole number, or 'standard'")->required();
    set->add_option("--premises", options->premises, "For these premises alone");
    onCommand(*set, chosen, [&session, options] { return setPolicy(session, *options); });
    auto signal = std::make_shared<std::int64_t>(0);
    auto* why = alarms.add_subcommand("why", "Show what the rules decided of a signal, and why");
    why->add_option("signal", *signal, "Its number, as signals list --json shows it")->required();
    onCommand(*why, chosen, [&session, signal] { return showWhy(session, *signal); });
    addTestCommands(alarms, session, chosen);
    addFireRulesCommands(alarms, session, chosen);
}

}  // namespace leedswatch::ctl
