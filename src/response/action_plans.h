#pragma once

#include "access/person.h"
#include "response/action_plan.h"
#include "store/database.h"

#include <vector>

namespace leedswatch::response {

/// What supervisors have written instead of the standard plans. A plan that is changed is retired and a new one made:
/// alarms go on by the steps that they began with. Thread-safe. Topic of the change feed: "action_plans".
class ActionPlans {
public:
    explicit ActionPlans(store::Database& database) : m_database{database} {}

    /// Those in force, by class and name, without the standard ones.
    [[nodiscard]] base::Result<std::vector<ActionPlan>> list(const access::Acting& acting);
    /// In the place of the one whose id it has, or a new one. Errors: NotPermitted; InvalidInput (checkPlan);
    /// NotFound: somebody else has changed or retired it meanwhile.
    [[nodiscard]] base::Result<ActionPlan> save(const access::Acting& acting, ActionPlan plan);
    /// Errors: NotPermitted, NotFound.
    [[nodiscard]] base::Result<void> retire(const access::Acting& acting, PlanId id);

    /// The plan for an alarm: of its premises before their kind before all; one of the hour before one of any hour; the
    /// newest of equals; else the standard one. Throws soci::soci_error.
    struct Wanted {
        AlarmClass alarmClass;
        std::optional<estate::PremisesId> premises;
        std::string premisesKind;
        base::UtcTime when;
    };
    [[nodiscard]] static ActionPlan choose(soci::session& sql, const Wanted& wanted);

    /// What the audit log vouches for; for AuditLog::verify.
    [[nodiscard]] static const store::AuditWitness& witness();

private:
    store::Database& m_database;
};

}  // namespace leedswatch::response
