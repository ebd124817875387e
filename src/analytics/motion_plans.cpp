#include "analytics/motion_plans.h"

#include "estate/camera_rows.h"
#include "store/audit_witness.h"

#include <spdlog/spdlog.h>

namespace leedswatch::analytics {
namespace {

void save(soci::session& sql, const estate::Camera& camera, const std::string& text) {
    const long long id = camera.id.value();
    sql << "INSERT INTO motion_plan (camera_id, camera_number, plan) VALUES (:id, :number, :plan) "
           "ON CONFLICT (camera_id) DO UPDATE SET camera_number = excluded.camera_number, plan = excluded.plan",
        soci::use(id, "id"), soci::use(camera.number, "number"), soci::use(text, "plan");
}

store::AuditEvent eventOf(const access::Acting& acting, const estate::Camera& camera, const MotionPlan& plan) {
    store::AuditEvent event;
    event.who = acting.username;
    event.workstation = acting.workstation;
    event.action = "motion.plan-set";
    event.object = "camera " + std::to_string(camera.number);
    event.details = {{"on", plan.isOn ? 1 : 0},
                     {"zones", static_cast<std::int64_t>(plan.zones.size())},
                     {"sensitivity_day", plan.day.sensitivity},
                     {"sensitivity_night", plan.night.sensitivity},
                     {"schedule", plan.schedule.text()},
                     {"armed", plan.armed.text()}};
    event.witnesses = {{&MotionPlans::witness(), camera.id.value()}};
    return event;
}

}  // namespace

base::Result<std::map<estate::CameraId, MotionPlan>> MotionPlans::all() {
    return m_database.read([](soci::session& sql) -> base::Result<std::map<estate::CameraId, MotionPlan>> {
        std::map<estate::CameraId, MotionPlan> plans;
        long long id = 0;
        int number = 0;
        std::string text;
        soci::statement statement = (sql.prepare << "SELECT camera_id, camera_number, plan FROM motion_plan",
                                     soci::into(id), soci::into(number), soci::into(text));
        for (bool more = statement.execute(true); more; more = statement.fetch()) {
            if (auto plan = motionPlanFromText(text)) {
                plans.emplace(estate::CameraId{id}, std::move(*plan));
            } else {
                spdlog::error("camera {} is not watched for motion: {}", number, plan.error().message);
            }
        }
        return plans;
    });
}

base::Result<std::optional<MotionPlan>> MotionPlans::of(estate::CameraId camera) {
    return m_database.read([camera](soci::session& sql) -> base::Result<std::optional<MotionPlan>> {
        const long long id = camera.value();
        std::string text;
        sql << "SELECT plan FROM motion_plan WHERE camera_id = :id", soci::use(id, "id"), soci::into(text);
        if (!sql.got_data()) {
            return std::nullopt;
        }
        TRY_ASSIGN(MotionPlan plan, motionPlanFromText(text));
        return plan;
    });
}

base::Result<void> MotionPlans::set(const access::Acting& acting, const std::vector<estate::Camera>& cameras,
                                    const MotionPlan& plan) {
    TRY(access::require(acting, access::Right::ManageCameras));
    TRY(checkMotionPlan(plan));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        const std::string text = textOfMotionPlan(plan);
        for (const estate::Camera& camera : cameras) {
            TRY(estate::requireInEstate(transaction.sql(), camera));
            save(transaction.sql(), camera, text);
            transaction.audit(eventOf(acting, camera, plan));
            transaction.notify("motion_plans", std::to_string(camera.number));
        }
        return {};
    });
}

const store::AuditWitness& MotionPlans::witness() {
    static const store::AuditWitness witness{"motion_plan",
                                             "motion_plan",
                                             "camera_id",
                                             "camera_number",
                                             {"camera_id", "camera_number", "plan"},
                                             store::AuditWitness::Rows::Changing};
    return witness;
}

}  // namespace leedswatch::analytics
