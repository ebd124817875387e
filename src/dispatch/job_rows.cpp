#include "dispatch/job_rows.h"

#include "store/nullable.h"

namespace leedswatch::dispatch {

namespace {

using JobKey = long long;

/// The variables that a row of dispatch_job goes through.
struct JobRow {
    JobRow() = default;
    explicit JobRow(const Job& job)
        : id{job.id.value()},
          premises{job.premises},
          alarm{job.alarm ? std::optional<JobKey>{*job.alarm} : std::nullopt},
          place{job.place},
          reason{job.reason},
          priority{job.priority},
          instructions{job.instructions},
          target{static_cast<int>(job.target.count())},
          created{base::toStored(job.created)},
          createdBy{job.createdBy},
          state{nameOf(job.state)},
          unit{job.unit},
          assigned{job.assigned},
          enRoute{job.enRoute},
          onScene{job.onScene},
          ended{job.ended},
          found{job.report.found},
          actions{job.report.actions},
          leftSecure{job.report.leftSecure ? std::optional<JobKey>{*job.report.leftSecure ? 1 : 0} : std::nullopt},
          handedTo{job.report.handedTo} {}

    [[nodiscard]] Job job() const {
        Job to;
        to.id = JobId{id};
        to.premises = premises.id<estate::PremisesId>();
        to.alarm = alarm.number();
        to.place = place;
        to.reason = reason;
        to.priority = priority;
        to.instructions = instructions;
        to.target = std::chrono::minutes{target};
        to.created = base::fromStored(created);
        to.createdBy = createdBy;
        to.state = jobStateFrom(state).value_or(JobState::Created);
        to.unit = unit.id<UnitId>();
        to.callSign = to.unit ? callSign : std::string{};
        to.assigned = assigned.time();
        to.enRoute = enRoute.time();
        to.onScene = onScene.time();
        to.ended = ended.time();
        to.report.found = found;
        to.report.actions = actions;
        to.report.leftSecure = leftSecure.number() ? std::optional{*leftSecure.number() != 0} : std::nullopt;
        to.report.handedTo = handedTo;
        return to;
    }

    JobKey id = 0;
    store::Nullable premises;
    store::Nullable alarm;
    std::string place;
    std::string reason;
    int priority = 0;
    std::string instructions;
    int target = 0;
    JobKey created = 0;
    std::string createdBy;
    std::string state;
    store::Nullable unit;
    std::string callSign;
    store::Nullable assigned;
    store::Nullable enRoute;
    store::Nullable onScene;
    store::Nullable ended;
    std::string found;
    std::string actions;
    store::Nullable leftSecure;
    std::string handedTo;
};

/// Jobs of a query: everything behind FROM is the caller's, with the values that it binds.
template <typename... Bound>
std::vector<Job> jobsWhere(soci::session& sql, const std::string& condition, Bound&&... bound) {
    std::vector<Job> jobs;
    JobRow row;
    soci::statement statement =
        ((sql.prepare << "SELECT id, premises_id, alarm_id, place, reason, priority, instructions, target_minutes, "
                         "created, created_by, state, unit_id, coalesce((SELECT call_sign FROM response_unit WHERE "
                         "response_unit.id = unit_id), ''), assigned, en_route, on_scene, ended, found, actions, "
                         "left_secure, handed_to FROM dispatch_job " +
                             condition,
          soci::into(row.id), row.premises.into(), row.alarm.into(), soci::into(row.place), soci::into(row.reason),
          soci::into(row.priority), soci::into(row.instructions), soci::into(row.target), soci::into(row.created),
          soci::into(row.createdBy), soci::into(row.state), row.unit.into(), soci::into(row.callSign),
          row.assigned.into(), row.enRoute.into(), row.onScene.into(), row.ended.into(), soci::into(row.found),
          soci::into(row.actions), row.leftSecure.into(), soci::into(row.handedTo)),
         ..., std::forward<Bound>(bound));
    statement.execute();
    while (statement.fetch()) {
        jobs.push_back(row.job());
    }
    return jobs;
}

}  // namespace

void insertJob(soci::session& sql, Job& job) {
    const JobRow row{job};
    JobKey id = 0;
    sql << "INSERT INTO dispatch_job (premises_id, alarm_id, place, reason, priority, instructions, target_minutes, "
           "created, created_by, state) VALUES (:premises, :alarm, :place, :reason, :priority, :instructions, :target, "
           ":created, :by, :state) RETURNING id",
        row.premises.use("premises"), row.alarm.use("alarm"), soci::use(row.place, "place"),
        soci::use(row.reason, "reason"), soci::use(row.priority, "priority"),
        soci::use(row.instructions, "instructions"), soci::use(row.target, "target"), soci::use(row.created, "created"),
        soci::use(row.createdBy, "by"), soci::use(row.state, "state"), soci::into(id);
    job.id = JobId{id};
}

void updateJob(soci::session& sql, const Job& job) {
    const JobRow row{job};
    sql << "UPDATE dispatch_job SET state = :state, unit_id = :unit, assigned = :assigned, en_route = :route, on_scene "
           "= :scene, ended = :ended, found = :found, actions = :actions, left_secure = :secure, handed_to = :handed "
           "WHERE id = :id",
        soci::use(row.state, "state"), row.unit.use("unit"), row.assigned.use("assigned"), row.enRoute.use("route"),
        row.onScene.use("scene"), row.ended.use("ended"), soci::use(row.found, "found"),
        soci::use(row.actions, "actions"), row.leftSecure.use("secure"), soci::use(row.handedTo, "handed"),
        soci::use(row.id, "id");
}

std::optional<Job> selectJob(soci::session& sql, JobId id) {
    const JobKey key = id.value();
    auto found = jobsWhere(sql, "WHERE id = :id", soci::use(key, "id"));
    return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
}

std::vector<Job> selectOpenJobs(soci::session& sql, int most) {
    return jobsWhere(sql, "WHERE ended IS NULL ORDER BY priority, created, id LIMIT :most", soci::use(most, "most"));
}

std::vector<Job> selectOpenJobsOfUnit(soci::session& sql, UnitId unit) {
    const JobKey key = unit.value();
    // Without the plus the planner might walk all open jobs for their order.
    return jobsWhere(sql, "WHERE ended IS NULL AND unit_id = :unit ORDER BY +created, +id", soci::use(key, "unit"));
}

std::vector<Job> selectJobsOfAlarm(soci::session& sql, std::int64_t alarm) {
    const JobKey key = alarm;
    return jobsWhere(sql, "WHERE alarm_id = :alarm ORDER BY id", soci::use(key, "alarm"));
}

std::vector<Job> selectJobs(soci::session& sql, const JobPeriod& period) {
    const JobKey from = base::toStored(period.from);
    const JobKey until = base::toStored(period.until);
    const JobKey premises = period.premises ? period.premises->value() : 0;
    const JobKey unit = period.unit ? period.unit->value() : 0;
    // A condition for each kind of question, so that each has its index.
    const std::string ofPremises = period.premises ? "premises_id = :premises" : ":premises = 0";
    const std::string ofUnit = period.unit ? "unit_id = :unit" : ":unit = 0";
    return jobsWhere(sql,
                     "WHERE " + ofPremises + " AND " + ofUnit +
                         " AND created >= :from AND created < :until ORDER BY created DESC, id DESC LIMIT :most",
                     soci::use(premises, "premises"), soci::use(unit, "unit"), soci::use(from, "from"),
                     soci::use(until, "until"), soci::use(period.most, "most"));
}

void insertJobEntry(soci::session& sql, JobEntry& entry) {
    const JobKey job = entry.job.value();
    const JobKey at = base::toStored(entry.at);
    const std::string kind{nameOf(entry.kind)};
    const store::Nullable unit{entry.unit};
    JobKey id = 0;
    sql << "INSERT INTO dispatch_job_entry (job_id, at, kind, unit_id, who, workstation, text) VALUES (:job, :at, "
           ":kind, :unit, :who, :workstation, :text) RETURNING id",
        soci::use(job, "job"), soci::use(at, "at"), soci::use(kind, "kind"), unit.use("unit"),
        soci::use(entry.who, "who"), soci::use(entry.workstation, "workstation"), soci::use(entry.text, "text"),
        soci::into(id);
    entry.id = id;
}

std::vector<JobEntry> selectJobEntries(soci::session& sql, JobId job) {
    std::vector<JobEntry> entries;
    const JobKey key = job.value();
    JobEntry entry;
    JobKey id = 0;
    JobKey at = 0;
    std::string kind;
    store::Nullable unit;
    soci::statement statement =
        (sql.prepare << "SELECT id, at, kind, unit_id, who, workstation, text FROM dispatch_job_entry WHERE job_id = "
                        ":job ORDER BY id",
         soci::use(key, "job"), soci::into(id), soci::into(at), soci::into(kind), unit.into(), soci::into(entry.who),
         soci::into(entry.workstation), soci::into(entry.text));
    statement.execute();
    while (statement.fetch()) {
        entry.id = id;
        entry.job = job;
        entry.at = base::fromStored(at);
        entry.kind = jobLineFrom(kind).value_or(JobLine::Note);
        entry.unit = unit.id<UnitId>();
        entries.push_back(entry);
    }
    return entries;
}

void insertJobKeys(soci::session& sql, JobId job, const std::vector<BunchId>& keys) {
    const JobKey jobKey = job.value();
    for (const BunchId bunch : keys) {
        const JobKey bunchKey = bunch.value();
        sql << "INSERT OR IGNORE INTO dispatch_job_key (job_id, bunch_id) VALUES (:job, :bunch)",
            soci::use(jobKey, "job"), soci::use(bunchKey, "bunch");
    }
}

}  // namespace leedswatch::dispatch
