#include "video/recording_plans.h"

#include "base/local_time.h"
#include "store/audit_witness.h"
#include "video/segment_rows.h"

namespace leedswatch::video {
namespace {

using base::ErrorCode;

constexpr const char* kPlansTopic = "recording_plans";
constexpr std::chrono::hours kLongestManual{4};

base::Result<void> requireSound(const RecordingPlan& plan) {
    const bool scheduled = plan.mode == RecordingMode::Scheduled || plan.mode == RecordingMode::ScheduledElseOnEvent;
    if (scheduled && plan.schedule.isEmpty()) {
        return base::fail(ErrorCode::InvalidInput,
                          "a schedule needs at least one period, as in Mon-Fri 07:00-19:00; Sat,Sun 22:00-04:00");
    }
    if (plan.preRoll < std::chrono::seconds{0} || plan.preRoll > std::chrono::seconds{60} ||
        plan.postRoll < std::chrono::seconds{0} || plan.postRoll > std::chrono::seconds{600}) {
        return base::fail(ErrorCode::InvalidInput,
                          "before an event 0 to 60 seconds can be kept, and behind it 0 to 600");
    }
    return {};
}

void saveOne(soci::session& sql, estate::CameraId camera, const RecordingPlan& plan) {
    const StoredInteger id = camera.value();
    const std::string mode{nameOf(plan.mode)};
    const StoredInteger before = plan.preRoll.count();
    const StoredInteger behind = plan.postRoll.count();
    const std::string& schedule = plan.schedule.text();
    sql << "INSERT INTO recording_plan (camera_id, mode, pre_roll, post_roll, schedule) "
           "VALUES (:id, :mode, :before, :behind, :schedule) ON CONFLICT (camera_id) DO UPDATE SET mode = "
           "excluded.mode, pre_roll = excluded.pre_roll, post_roll = excluded.post_roll, schedule = excluded.schedule",
        soci::use(id, "id"), soci::use(mode, "mode"), soci::use(before, "before"), soci::use(behind, "behind"),
        soci::use(schedule, "schedule");
}

StoredInteger insertTrigger(soci::session& sql, TriggerKind kind, estate::CameraId camera, base::UtcTime from,
                            std::optional<base::UtcTime> until, const std::string& who) {
    const StoredInteger id = camera.value();
    const std::string name{nameOf(kind)};
    const StoredInteger begin = base::toStored(from);
    const StoredInteger end = until ? base::toStored(*until) : 0;
    soci::indicator hasEnd = until ? soci::i_ok : soci::i_null;
    StoredInteger trigger = 0;
    sql << "INSERT INTO recording_trigger (camera_id, kind, from_time, until_time, who) "
           "VALUES (:id, :kind, :from, :until, :who) RETURNING id",
        soci::use(id, "id"), soci::use(name, "kind"), soci::use(begin, "from"), soci::use(end, hasEnd, "until"),
        soci::use(who, "who"), soci::into(trigger);
    return trigger;
}

}  // namespace

std::string_view nameOf(TriggerKind kind) {
    switch (kind) {
        case TriggerKind::Motion: return "motion";
        case TriggerKind::Alarm: return "alarm";
        case TriggerKind::Manual: return "manual";
    }
    return "manual";
}

const store::AuditWitness& RecordingPlans::witness() {
    static const store::AuditWitness witness{"recording_plan",
                                             "recording_plan",
                                             "camera_id",
                                             "camera_id",
                                             {"mode", "pre_roll", "post_roll", "schedule"},
                                             store::AuditWitness::Rows::Changing};
    return witness;
}

base::Result<void> RecordingPlans::set(const access::Acting& acting, const std::vector<estate::Camera>& cameras,
                                       const RecordingPlan& plan) {
    TRY(access::require(acting, access::Right::ManageArchive));
    TRY(requireSound(plan));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        for (const estate::Camera& camera : cameras) {
            saveOne(transaction.sql(), camera.id, plan);
            store::AuditEvent event;
            event.who = acting.username;
            event.workstation = acting.workstation;
            event.action = "plan.set";
            event.object = "camera " + std::to_string(camera.number);
            event.details = {{"mode", nameOf(plan.mode)},
                             {"pre_roll_s", plan.preRoll.count()},
                             {"post_roll_s", plan.postRoll.count()},
                             {"schedule", plan.schedule.text()}};
            event.witnesses = {{&witness(), camera.id.value()}};
            transaction.audit(event);
        }
        transaction.notify(kPlansTopic, "plans");
        return {};
    });
}

base::Result<std::map<estate::CameraId, RecordingPlan>> RecordingPlans::plans() {
    return m_database.read([](soci::session& sql) -> base::Result<std::map<estate::CameraId, RecordingPlan>> {
        std::map<estate::CameraId, RecordingPlan> plans;
        StoredInteger id = 0;
        StoredInteger before = 0;
        StoredInteger behind = 0;
        std::string mode;
        std::string schedule;
        soci::statement statement =
            (sql.prepare << "SELECT camera_id, mode, pre_roll, post_roll, schedule FROM recording_plan", soci::into(id),
             soci::into(mode), soci::into(before), soci::into(behind), soci::into(schedule));
        for (bool more = statement.execute(true); more; more = statement.fetch()) {
            RecordingPlan plan;
            auto periods = base::WeeklySchedule::parse(schedule);
            const auto known = recordingModeFromName(mode);
            // What cannot be understood any more must not leave a camera out.
            plan.mode = known && periods ? *known : RecordingMode::Always;
            plan.preRoll = std::chrono::seconds{before};
            plan.postRoll = std::chrono::seconds{behind};
            plan.schedule = periods ? std::move(*periods) : base::WeeklySchedule{};
            plans[estate::CameraId{id}] = std::move(plan);
        }
        return plans;
    });
}

base::Result<base::UtcTime> RecordingPlans::recordNow(const access::Acting& acting, const estate::Camera& camera,
                                                      std::chrono::seconds length) {
    TRY(access::require(acting, access::Right::RecordNow));
    if (length <= std::chrono::seconds{0} || length > kLongestManual) {
        return base::fail(ErrorCode::InvalidInput, "a camera can be recorded by hand for at most four hours at a time");
    }
    if (!camera.enabled) {
        return base::fail(ErrorCode::InvalidInput,
                          "camera " + std::to_string(camera.number) + " is switched off in the estate");
    }
    return m_database.write([&](store::Transaction& transaction) -> base::Result<base::UtcTime> {
        const base::UtcTime until = transaction.now() + length;
        insertTrigger(transaction.sql(), TriggerKind::Manual, camera.id, transaction.now(), until, acting.username);
        store::AuditEvent event;
        event.who = acting.username;
        event.workstation = acting.workstation;
        event.action = "recording.asked";
        event.object = "camera " + std::to_string(camera.number);
        event.details = {{"until", base::formatUtc(until)}};
        transaction.audit(event);
        transaction.notify(kPlansTopic, std::to_string(camera.id.value()));
        return until;
    });
}

base::Result<bool> RecordingPlans::stopNow(const access::Acting& acting, const estate::Camera& camera) {
    TRY(access::require(acting, access::Right::RecordNow));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<bool> {
        const StoredInteger id = camera.id.value();
        const StoredInteger now = base::toStored(transaction.now());
        soci::statement statement =
            (transaction.sql().prepare << "UPDATE recording_trigger SET until_time = :now "
                                          "WHERE camera_id = :camera AND kind = 'manual' AND until_time > :now",
             soci::use(now, "now"), soci::use(id, "camera"));
        statement.execute(true);
        if (statement.get_affected_rows() == 0) {
            return false;
        }
        store::AuditEvent event;
        event.who = acting.username;
        event.workstation = acting.workstation;
        event.action = "recording.stopped";
        event.object = "camera " + std::to_string(camera.number);
        transaction.audit(event);
        transaction.notify(kPlansTopic, std::to_string(camera.id.value()));
        return true;
    });
}

base::Result<std::int64_t> RecordingPlans::begin(TriggerKind kind, estate::CameraId camera, base::UtcTime from,
                                                 const std::string& who) {
    return m_database.write([&](store::Transaction& transaction) -> base::Result<std::int64_t> {
        transaction.notify(kPlansTopic, std::to_string(camera.value()));
        return insertTrigger(transaction.sql(), kind, camera, from, std::nullopt, who);
    });
}

base::Result<void> RecordingPlans::endAll(TriggerKind kind, base::UtcTime until) {
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        const std::string name{nameOf(kind)};
        const StoredInteger end = base::toStored(until);
        transaction.sql() << "UPDATE recording_trigger SET until_time = :end WHERE kind = :kind AND until_time IS NULL",
            soci::use(end, "end"), soci::use(name, "kind");
        transaction.notify(kPlansTopic, "end");
        return {};
    });
}

base::Result<void> RecordingPlans::end(std::int64_t trigger, base::UtcTime until) {
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        const StoredInteger id = trigger;
        const StoredInteger end = base::toStored(until);
        transaction.sql() << "UPDATE recording_trigger SET until_time = :end WHERE id = :id AND until_time IS NULL",
            soci::use(end, "end"), soci::use(id, "id");
        transaction.notify(kPlansTopic, "end");
        return {};
    });
}

base::Result<std::map<estate::CameraId, std::vector<RecordingEvent>>> RecordingPlans::eventsSince(base::UtcTime time) {
    using Events = std::map<estate::CameraId, std::vector<RecordingEvent>>;
    return m_database.read([&](soci::session& sql) -> base::Result<Events> {
        const StoredInteger since = base::toStored(time);
        StoredInteger id = 0;
        StoredInteger begin = 0;
        StoredInteger end = 0;
        int manual = 0;
        soci::indicator hasEnd = soci::i_null;
        Events events;
        soci::statement statement =
            (sql.prepare << "SELECT camera_id, from_time, until_time, kind = 'manual' FROM recording_trigger "
                            "WHERE until_time IS NULL OR until_time > :since",
             soci::use(since, "since"), soci::into(id), soci::into(begin), soci::into(end, hasEnd), soci::into(manual));
        for (bool more = statement.execute(true); more; more = statement.fetch()) {
            events[estate::CameraId{id}].push_back(
                {base::fromStored(begin), hasEnd == soci::i_ok ? std::optional{base::fromStored(end)} : std::nullopt,
                 manual != 0});
        }
        return events;
    });
}

base::Result<void> RecordingPlans::forget(base::UtcTime before) {
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        const StoredInteger limit = base::toStored(before);
        transaction.sql() << "DELETE FROM recording_trigger WHERE until_time < :limit", soci::use(limit, "limit");
        return {};
    });
}

}  // namespace leedswatch::video
