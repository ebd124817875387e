#include "response/action_plans.h"

#include "store/audit_witness.h"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace leedswatch::response {

namespace {

using Key = long long;

constexpr const char* planSaved = "plan.saved";
constexpr const char* planRetired = "plan.retired";

/// The plans in force of a query: what stands behind WHERE retired IS NULL is the caller's. One whose steps cannot be
/// read is left out, so that the next best holds.
template <typename... Bound>
std::vector<ActionPlan> selectPlans(soci::session& sql, const std::string& condition, Bound&&... bound) {
    std::vector<ActionPlan> plans;
    Key id = 0;
    Key premises = 0;
    soci::indicator hasPremises = soci::i_null;
    ActionPlan plan;
    std::string alarmClass;
    std::string hours;
    std::string steps;
    soci::statement statement =
        ((sql.prepare << "SELECT id, name, class, premises_id, premises_kind, hours, steps FROM action_plan WHERE "
                         "retired IS NULL " +
                             condition,
          soci::into(id), soci::into(plan.name), soci::into(alarmClass), soci::into(premises, hasPremises),
          soci::into(plan.premisesKind), soci::into(hours), soci::into(steps)),
         ..., std::forward<Bound>(bound));
    statement.execute();
    while (statement.fetch()) {
        const auto known = alarmClassFrom(alarmClass);
        auto schedule = base::WeeklySchedule::parse(hours);
        auto read = stepsFromText(steps);
        if (!known || !schedule || !read) {
            spdlog::error("action plan {} cannot be read and is left out", id);
            continue;
        }
        plan.id = PlanId{id};
        plan.alarmClass = *known;
        plan.premises = hasPremises == soci::i_ok ? std::optional{estate::PremisesId{premises}} : std::nullopt;
        plan.hours = *std::move(schedule);
        plan.steps = *std::move(read);
        plans.push_back(plan);
    }
    return plans;
}

/// How closely a plan fits; less than 0: not at all.
int fitOf(const ActionPlan& plan, const ActionPlans::Wanted& wanted) {
    if (plan.premises && plan.premises != wanted.premises) {
        return -1;
    }
    if (!plan.premisesKind.empty() && plan.premisesKind != wanted.premisesKind) {
        return -1;
    }
    if (!plan.hours.isEmpty() && !plan.hours.contains(wanted.when)) {
        return -1;
    }
    return (plan.premises ? 4 : 0) + (plan.premisesKind.empty() ? 0 : 2) + (plan.hours.isEmpty() ? 0 : 1);
}

void auditPlan(store::Transaction& transaction, const access::Acting& acting, const char* action, PlanId id,
               const std::string& name) {
    store::AuditEvent event;
    event.who = acting.username;
    event.workstation = acting.workstation;
    event.action = action;
    event.object = "action plan " + std::to_string(id.value());
    event.details = {{"name", name}};
    if (std::string_view{action} == planSaved) {
        event.witnesses = {{&ActionPlans::witness(), id.value()}};
    }
    transaction.audit(event);
    transaction.notify("action_plans", std::to_string(id.value()));
}

base::Result<void> retirePlan(store::Transaction& transaction, const access::Acting& acting, PlanId id) {
    const Key key = id.value();
    const auto found = selectPlans(transaction.sql(), "AND id = :id", soci::use(key, "id"));
    if (found.empty()) {
        return base::fail(base::ErrorCode::NotFound,
                          "this plan is not in force any more: somebody has changed it; look at it anew");
    }
    const Key now = base::toStored(transaction.now());
    transaction.sql() << "UPDATE action_plan SET retired = :now, retired_by = :who WHERE id = :id",
        soci::use(now, "now"), soci::use(acting.username, "who"), soci::use(key, "id");
    auditPlan(transaction, acting, planRetired, id, found.front().name);
    return {};
}

}  // namespace

base::Result<std::vector<ActionPlan>> ActionPlans::list(const access::Acting& acting) {
    TRY(access::require(acting, access::Right::SeeAlarms));
    return m_database.read([](soci::session& sql) -> base::Result<std::vector<ActionPlan>> {
        return selectPlans(sql, "ORDER BY class, name, id");
    });
}

base::Result<ActionPlan> ActionPlans::save(const access::Acting& acting, ActionPlan plan) {
    TRY(access::require(acting, access::Right::EditActionPlans));
    TRY(checkPlan(plan));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<ActionPlan> {
        if (plan.id.isValid()) {
            TRY(retirePlan(transaction, acting, plan.id));
        }
        const std::string alarmClass{infoOf(plan.alarmClass).code};
        const Key premises = plan.premises ? plan.premises->value() : 0;
        soci::indicator hasPremises = plan.premises ? soci::i_ok : soci::i_null;
        const std::string steps = textOfSteps(plan.steps);
        const Key now = base::toStored(transaction.now());
        Key id = 0;
        transaction.sql() << "INSERT INTO action_plan (name, class, premises_id, premises_kind, hours, steps, made, "
                             "made_by) VALUES (:name, :class, :premises, :kind, :hours, :steps, :now, :who) "
                             "RETURNING id",
            soci::use(plan.name, "name"), soci::use(alarmClass, "class"), soci::use(premises, hasPremises, "premises"),
            soci::use(plan.premisesKind, "kind"), soci::use(plan.hours.text(), "hours"), soci::use(steps, "steps"),
            soci::use(now, "now"), soci::use(acting.username, "who"), soci::into(id);
        plan.id = PlanId{id};
        auditPlan(transaction, acting, planSaved, plan.id, plan.name);
        return base::Result<ActionPlan>{tl::in_place, plan};
    });
}

base::Result<void> ActionPlans::retire(const access::Acting& acting, PlanId id) {
    TRY(access::require(acting, access::Right::EditActionPlans));
    return m_database.write(
        [&](store::Transaction& transaction) -> base::Result<void> { return retirePlan(transaction, acting, id); });
}

ActionPlan ActionPlans::choose(soci::session& sql, const Wanted& wanted) {
    const std::string alarmClass{infoOf(wanted.alarmClass).code};
    const auto plans = selectPlans(sql, "AND class = :class ORDER BY id DESC", soci::use(alarmClass, "class"));
    const auto best = std::ranges::max_element(plans, {}, [&](const ActionPlan& plan) { return fitOf(plan, wanted); });
    return best == plans.end() || fitOf(*best, wanted) < 0 ? standardPlan(wanted.alarmClass) : *best;
}

const store::AuditWitness& ActionPlans::witness() {
    static const store::AuditWitness witness{
        "action_plan",
        "action_plan",
        "id",
        "name",
        {"name", "class", "premises_id", "premises_kind", "hours", "steps", "made", "made_by"},
        store::AuditWitness::Rows::OnlyAdded};
    return witness;
}

}  // namespace leedswatch::response
