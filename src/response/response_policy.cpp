#include "response/response_policy.h"

#include <algorithm>

namespace leedswatch::response {

namespace {

constexpr std::array<PolicySettingInfo, 15> settings{{
    {PolicySetting::AbortWindow, "abort-window", "An intruder alarm waits for a cancel", "seconds", 120, 0, 600},
    {PolicySetting::IntruderConfirmation, "intruder-confirmation", "A second detector confirms within", "minutes", 30,
     1, 60},
    {PolicySetting::HoldUpConfirmation, "hold-up-confirmation", "A second hold-up device confirms within", "minutes",
     480, 1, 1200},
    {PolicySetting::FireConfirmation, "fire-confirmation", "A second fire detector confirms within", "minutes", 30, 1,
     240},
    {PolicySetting::RunawayCount, "runaway-count", "More of the same than this run away", "", 10, 2, 1000},
    {PolicySetting::RunawayWindow, "runaway-window", "Counted over", "minutes", 5, 1, 60},
    {PolicySetting::RunawayBucket, "runaway-bucket", "So many at once do not run away", "", 15, 2, 150},
    {PolicySetting::RunawayRefill, "runaway-refill", "And one more each", "minutes", 4, 1, 240},
    {PolicySetting::PowerFaultDelay, "power-fault-delay", "A mains fault waits to be restored", "minutes", 30, 0, 240},
    {PolicySetting::StormPremises, "storm-premises", "Faults of more premises than this are one incident", "", 20, 3,
     10'000},
    {PolicySetting::StormWindow, "storm-window", "Counted over", "seconds", 120, 10, 3600},
    {PolicySetting::FalseCallsWarn, "false-calls-warn", "False calls in twelve months at which the police warn", "", 2,
     1, 100},
    {PolicySetting::FalseCallsStop, "false-calls-stop", "At which they come no more", "", 3, 1, 100},
    {PolicySetting::HoldUpCallsWarn, "hold-up-calls-warn", "False hold-up calls at which the police warn", "", 1, 1,
     100},
    {PolicySetting::HoldUpCallsStop, "hold-up-calls-stop", "At which they come no more", "", 2, 1, 100},
}};

void applyRows(soci::session& sql, long long premises, ResponsePolicy& policy) {
    std::string name;
    int value = 0;
    soci::statement statement = (sql.prepare << "SELECT name, value FROM response_policy WHERE premises_id = :premises",
                                 soci::use(premises, "premises"), soci::into(name), soci::into(value));
    statement.execute();
    while (statement.fetch()) {
        if (const auto setting = policySettingFrom(name)) {
            policy.set(*setting, value);
        }
    }
}

}  // namespace

std::span<const PolicySettingInfo> policySettings() {
    return settings;
}

std::optional<PolicySetting> policySettingFrom(std::string_view name) {
    const auto* found = std::ranges::find(settings, name, &PolicySettingInfo::name);
    return found == settings.end() ? std::nullopt : std::optional{found->setting};
}

ResponsePolicy::ResponsePolicy() {
    for (const PolicySettingInfo& info : settings) {
        set(info.setting, info.standard);
    }
}

ResponsePolicy ResponsePolicies::select(soci::session& sql, std::optional<estate::PremisesId> premises) {
    ResponsePolicy policy;
    applyRows(sql, 0, policy);
    if (premises) {
        applyRows(sql, premises->value(), policy);
    }
    return policy;
}

base::Result<ResponsePolicy> ResponsePolicies::of(std::optional<estate::PremisesId> premises) {
    return m_database.read([&](soci::session& sql) -> base::Result<ResponsePolicy> { return select(sql, premises); });
}

base::Result<void> ResponsePolicies::set(const access::Acting& acting, std::optional<estate::PremisesId> premises,
                                         PolicySetting setting, std::optional<int> value) {
    TRY(access::require(acting, access::Right::EditActionPlans));
    const PolicySettingInfo& info = settings.at(static_cast<std::size_t>(setting));
    if (value && (*value < info.least || *value > info.most)) {
        return base::fail(base::ErrorCode::InvalidInput, std::string{info.name} + " is from " +
                                                             std::to_string(info.least) + " to " +
                                                             std::to_string(info.most) + " " + std::string{info.unit});
    }
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        const long long key = premises ? premises->value() : 0;
        const std::string name{info.name};
        if (value) {
            transaction.sql() << "INSERT INTO response_policy (premises_id, name, value) VALUES (:premises, :name, "
                                 ":value) ON CONFLICT (premises_id, name) DO UPDATE SET value = excluded.value",
                soci::use(key, "premises"), soci::use(name, "name"), soci::use(*value, "value");
        } else {
            transaction.sql() << "DELETE FROM response_policy WHERE premises_id = :premises AND name = :name",
                soci::use(key, "premises"), soci::use(name, "name");
        }
        store::AuditEvent event;
        event.who = acting.username;
        event.workstation = acting.workstation;
        event.action = "policy.changed";
        event.object = premises ? "premises row " + std::to_string(key) : "all premises";
        event.details = {{"name", name}, {"value", value ? nlohmann::json(*value) : nlohmann::json("standard")}};
        transaction.audit(event);
        transaction.notify("response_policy", name);
        return {};
    });
}

}  // namespace leedswatch::response
