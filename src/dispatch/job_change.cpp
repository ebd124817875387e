#include "dispatch/job_change.h"

#include "base/local_time.h"
#include "base/words.h"
#include "dispatch/job_rows.h"
#include "dispatch/key_rows.h"
#include "dispatch/unit_rows.h"
#include "estate/answer_requests.h"
#include "estate/premises_details_rows.h"
#include "store/audit_witness.h"

#include <algorithm>

namespace leedswatch::dispatch {

namespace {

using base::ErrorCode;

constexpr std::chrono::minutes longestTarget{24 * 60};
constexpr int mostPriority = 5;
constexpr std::size_t longestPlace = 1'000;
constexpr std::size_t mostJobKeys = 20;

base::Result<void> checkNewJob(const NewJob& wanted) {
    TRY(base::requireWords(wanted.reason, "say why somebody is sent"));
    TRY(base::checkWords(wanted.instructions));
    TRY(base::checkWords(wanted.place, longestPlace));
    if (wanted.priority < 1 || wanted.priority > mostPriority) {
        return base::fail(ErrorCode::InvalidInput, "the priority is 1, the most urgent, to 5");
    }
    if (wanted.target < std::chrono::minutes{1} || wanted.target > longestTarget) {
        return base::fail(ErrorCode::InvalidInput, "somebody is to be there within 1 minute to 1,440 (a day)");
    }
    if (wanted.keys.size() > mostJobKeys) {
        return base::fail(ErrorCode::InvalidInput, "a job has 20 bunches of keys at most");
    }
    return {};
}

/// As alarms of these premises are called: "Otley Library, 1 Bondgate, Otley".
std::string placeText(const estate::Premises& premises) {
    return premises.name + (premises.address.empty() ? "" : ", " + premises.address);
}

base::Result<std::string> placeOf(soci::session& sql, const NewJob& wanted) {
    if (wanted.premises) {
        const auto premises = estate::selectPremisesById(sql, *wanted.premises);
        if (!premises) {
            return base::fail(ErrorCode::NotFound, "these premises are not in the list any more");
        }
        return base::isBlank(wanted.place) ? placeText(*premises) : wanted.place;
    }
    if (base::isBlank(wanted.place)) {
        return base::fail(ErrorCode::InvalidInput, "say where: premises, or a place in words");
    }
    return wanted.place;
}

base::Result<void> checkKeys(soci::session& sql, const NewJob& wanted) {
    for (const BunchId id : wanted.keys) {
        const auto bunch = selectBunch(sql, id);
        if (!bunch || !wanted.premises || bunch->premises != *wanted.premises) {
            return base::fail(ErrorCode::InvalidInput,
                              (bunch ? "keys " + bunch->tag : "these keys") + " are none of the premises of the job");
        }
        if (bunch->state == KeyState::Lost || bunch->state == KeyState::Withdrawn) {
            return base::fail(ErrorCode::InvalidInput,
                              "keys " + bunch->tag + " are " + std::string{nameOf(bunch->state)} + ": choose others");
        }
    }
    return {};
}

}  // namespace

std::string objectOf(JobId id) {
    return "job " + std::to_string(id.value());
}

std::string objectOf(UnitId id) {
    return "unit " + std::to_string(id.value());
}

std::string welfareSubjectOf(UnitId id) {
    return objectOf(id) + " welfare";
}

base::Result<Job> findJob(soci::session& sql, JobId id) {
    auto job = selectJob(sql, id);
    if (!job) {
        return base::fail(ErrorCode::NotFound, "there is no " + objectOf(id));
    }
    return base::Result<Job>{tl::in_place, *std::move(job)};
}

base::Result<Unit> findUnit(soci::session& sql, UnitId id) {
    auto unit = selectUnit(sql, id);
    if (!unit) {
        return base::fail(ErrorCode::NotFound, "there is no such unit any more");
    }
    return base::Result<Unit>{tl::in_place, *std::move(unit)};
}

base::Result<void> requireOpen(const Job& job) {
    if (!isOpen(job.state)) {
        return base::fail(ErrorCode::InvalidInput, objectOf(job.id) + " is " + std::string{nameOf(job.state)} +
                                                       " since " + base::formatLocal(job.ended.value_or(job.created)));
    }
    return {};
}

base::Result<Job> JobChange::create(const NewJob& wanted) {
    TRY(checkNewJob(wanted));
    TRY(checkKeys(sql(), wanted));
    Job job;
    TRY_ASSIGN(job.place, placeOf(sql(), wanted));
    job.premises = wanted.premises;
    job.alarm = wanted.alarm;
    job.reason = wanted.reason;
    job.priority = wanted.priority;
    job.instructions = wanted.instructions;
    job.target = wanted.target;
    job.created = now();
    job.createdBy = m_acting.username;
    insertJob(sql(), job);
    insertJobKeys(sql(), job.id, wanted.keys);
    store::vouchForAdded(m_jobs, jobWitness(), job.id.value());
    enter(job, JobLine::Created, job.reason);
    if (wanted.unit) {
        TRY(assign(job, *wanted.unit, {}));
    }
    return base::Result<Job>{tl::in_place, std::move(job)};
}

base::Result<void> JobChange::assign(Job& job, UnitId id, const std::string& words) {
    TRY(requireOpen(job));
    TRY_ASSIGN(const Unit unit, findUnit(sql(), id));
    if (!canBeSent(unit.status)) {
        return base::fail(ErrorCode::InvalidInput,
                          unit.callSign + " is " + (unit.status == UnitStatus::OffDuty ? "off duty" : "unavailable") +
                              ": choose another unit");
    }
    if (job.unit == id) {
        return base::fail(ErrorCode::InvalidInput, unit.callSign + " has " + objectOf(job.id) + " already");
    }
    if (job.unit) {
        standDown(job, "for " + unit.callSign + (words.empty() ? "" : ": " + words));
    }
    job.unit = id;
    job.callSign = unit.callSign;
    job.state = JobState::Assigned;
    job.assigned = job.assigned.value_or(now());
    enter(job, JobLine::Assigned, unitText(unit) + (words.empty() ? "" : ": " + words));
    followJobs(id, job.id);
    return {};
}

void JobChange::standDown(Job& job, const std::string& why) {
    if (!job.unit) {
        return;
    }
    const UnitId before = *job.unit;
    const std::string callSign = job.callSign;
    job.unit.reset();
    job.callSign.clear();
    job.enRoute.reset();
    job.state = JobState::Created;
    enter(job, JobLine::StoodDown, callSign + (why.empty() ? "" : " " + why));
    followJobs(before, job.id);
}

void JobChange::enter(const Job& job, JobLine line, std::string text) {
    updateJob(sql(), job);
    JobEntry entry;
    entry.job = job.id;
    entry.at = now();
    entry.kind = line;
    entry.unit = job.unit;
    entry.who = m_acting.username;
    entry.workstation = m_acting.workstation;
    entry.text = std::move(text);
    insertJobEntry(sql(), entry);
    store::vouchForAdded(m_jobEntries, jobEntryWitness(), entry.id);
    m_newestJob = std::to_string(job.id.value());
    if (m_teller) {
        m_teller(m_transaction, m_acting, job, entry);
    }
}

void JobChange::enter(Unit& unit, UnitStatus status, std::string text, std::optional<JobId> job) {
    tellIfLate(unit, text);
    unit.status = status;
    unit.since = now();
    const bool isWatched = status == UnitStatus::OnScene && unit.checkInEvery.count() > 0;
    unit.checkInDue = isWatched ? std::optional{now() + unit.checkInEvery} : std::nullopt;
    unit.isLate = false;
    saveUnit(sql(), unit);
    note(unit, std::move(text), job);
}

void JobChange::note(const Unit& unit, std::string text, std::optional<JobId> job) {
    UnitEntry entry;
    entry.unit = unit.id;
    entry.at = now();
    entry.status = unit.status;
    entry.job = job;
    entry.who = m_acting.username;
    entry.workstation = m_acting.workstation;
    entry.text = std::move(text);
    insertUnitEntry(sql(), entry);
    store::vouchForAdded(m_unitEntries, unitEntryWitness(), entry.id);
    m_newestUnit = std::to_string(unit.id.value());
}

void JobChange::tellIfLate(const Unit& unit, const std::string& words) {
    if (!unit.isLate) {
        return;
    }
    estate::AnswerRequest request;
    request.source = "heard-of";
    request.at = now();
    request.subject = welfareSubjectOf(unit.id);
    request.words = unit.callSign + " was heard of (" + m_acting.username + "): " + words;
    estate::insertAnswerRequest(sql(), request);
    m_tellsOfLate = true;
}

void JobChange::followJobs(UnitId id, JobId because) {
    auto unit = selectUnit(sql(), id);
    if (!unit || unit->status == UnitStatus::OffDuty) {
        return;
    }
    const auto jobs = selectOpenJobsOfUnit(sql(), id);
    const auto has = [&](JobState state) { return std::ranges::find(jobs, state, &Job::state) != jobs.end(); };
    UnitStatus status = UnitStatus::Assigned;
    if (has(JobState::OnScene)) {
        status = UnitStatus::OnScene;
    } else if (has(JobState::EnRoute)) {
        status = UnitStatus::EnRoute;
    } else if (jobs.empty()) {
        const bool wasOut = unit->status == UnitStatus::OnScene || unit->status == UnitStatus::EnRoute ||
                            unit->status == UnitStatus::Returning;
        status = wasOut ? UnitStatus::Returning : UnitStatus::Available;
    }
    if (status != unit->status) {
        enter(*unit, status, {}, because);
    }
}

void JobChange::finish(const std::string& action, const std::string& object, nlohmann::json details) {
    if (m_newestJob.empty() && m_newestUnit.empty() && m_others.empty()) {
        return;
    }
    store::AuditEvent event;
    event.who = m_acting.username;
    event.workstation = m_acting.workstation;
    event.action = action;
    event.object = object;
    event.details = std::move(details);
    for (auto* part : {&m_jobs, &m_jobEntries, &m_unitEntries, &m_others}) {
        event.witnesses.insert(event.witnesses.end(), part->begin(), part->end());
        part->clear();
    }
    m_transaction.audit(event);
    if (!m_newestJob.empty()) {
        m_transaction.notify("dispatch_jobs", std::exchange(m_newestJob, {}));
    }
    if (!m_newestUnit.empty()) {
        m_transaction.notify("response_units", std::exchange(m_newestUnit, {}));
    }
    if (std::exchange(m_tellsOfLate, false)) {
        m_transaction.notify("answer_requests", "heard-of");
    }
}

const store::AuditWitness& jobWitness() {
    static const store::AuditWitness witness{"dispatch job",
                                             "dispatch_job",
                                             "id",
                                             "id",
                                             {"premises_id", "alarm_id", "place", "reason", "priority", "instructions",
                                              "target_minutes", "created", "created_by"},
                                             store::AuditWitness::Rows::OnlyAdded};
    return witness;
}

const store::AuditWitness& jobEntryWitness() {
    static const store::AuditWitness witness{"dispatch job entry",
                                             "dispatch_job_entry",
                                             "id",
                                             "job_id",
                                             {"job_id", "at", "kind", "unit_id", "who", "workstation", "text"},
                                             store::AuditWitness::Rows::OnlyAdded};
    return witness;
}

const store::AuditWitness& unitEntryWitness() {
    static const store::AuditWitness witness{"response unit entry",
                                             "response_unit_entry",
                                             "id",
                                             "unit_id",
                                             {"unit_id", "at", "status", "job_id", "who", "workstation", "text"},
                                             store::AuditWitness::Rows::OnlyAdded};
    return witness;
}

}  // namespace leedswatch::dispatch
