#include "dispatch/units.h"

#include "base/local_time.h"
#include "base/words.h"
#include "dispatch/job_rows.h"
#include "dispatch/key_rows.h"
#include "dispatch/unit_rows.h"
#include "estate/answer_requests.h"

#include <algorithm>

namespace leedswatch::dispatch {

namespace {

using base::ErrorCode;

constexpr std::chrono::minutes longestCheckIn{8 * 60};
constexpr int lateAtOnce = 200;

base::Result<void> checkUnit(Unit& unit) {
    unit.callSign = base::trimmedUpper(unit.callSign);
    TRY(base::requireWords(unit.callSign, "say the unit's call sign", 40));
    TRY(base::checkWords(unit.vehicle, base::longestLine));
    if (unit.checkInEvery.count() < 0 || unit.checkInEvery > longestCheckIn) {
        return base::fail(ErrorCode::InvalidInput, "a unit checks in within 1 to 480 minutes, or 0: it is not watched");
    }
    return {};
}

base::Result<void> requireOnDuty(const Unit& unit) {
    if (unit.status == UnitStatus::OffDuty) {
        return base::fail(ErrorCode::InvalidInput, unit.callSign + " is off duty: put it on duty first");
    }
    return {};
}

/// Those who are named, or who were in the unit last.
base::Result<std::vector<Officer>> crewOf(soci::session& sql, const Unit& unit, const std::vector<OfficerId>& wanted) {
    std::vector<Officer> crew = wanted.empty() ? unit.crew : std::vector<Officer>{};
    for (const OfficerId id : wanted) {
        auto officer = selectOfficer(sql, id);
        if (!officer) {
            return base::fail(ErrorCode::NotFound, "one of these officers is not in the list any more");
        }
        if (std::ranges::find(crew, id, &Officer::id) == crew.end()) {
            crew.push_back(*std::move(officer));
        }
    }
    if (crew.empty()) {
        return base::fail(ErrorCode::InvalidInput, "say who is in " + unit.callSign);
    }
    for (const Officer& officer : crew) {
        const auto other = selectUnitOfOfficer(sql, officer.id);
        const auto busy = other && *other != unit.id ? selectUnit(sql, *other) : std::nullopt;
        if (busy && busy->status != UnitStatus::OffDuty) {
            return base::fail(ErrorCode::Busy, officer.name + " is on duty in " + busy->callSign);
        }
    }
    return base::Result<std::vector<Officer>>{tl::in_place, std::move(crew)};
}

/// Sentences about licences that do not hold; empty: all do.
std::string licenceProblems(const std::vector<Officer>& crew, base::UtcTime now) {
    std::string problems;
    for (const Officer& officer : crew) {
        const std::string problem = licenceProblem(officer, now);
        problems += (problems.empty() || problem.empty() ? "" : "; ") + problem;
    }
    return problems;
}

std::string leftBehind(const std::vector<Job>& jobs, const std::vector<KeyBunch>& keys) {
    std::string text;
    for (const Job& job : jobs) {
        text += (text.empty() ? "" : ", ") + objectOf(job.id) + " (" + std::string{nameOf(job.state)} + ")";
    }
    for (const KeyBunch& bunch : keys) {
        text += (text.empty() ? "" : ", ") + std::string{"keys "} + bunch.tag;
    }
    return text;
}

/// Where a unit is: the job that it is on scene of.
std::optional<Job> jobOnScene(soci::session& sql, UnitId unit) {
    const auto jobs = selectOpenJobsOfUnit(sql, unit);
    const auto found = std::ranges::find(jobs, JobState::OnScene, &Job::state);
    return found == jobs.end() ? std::nullopt : std::optional{*found};
}

estate::AnswerRequest requestFor(const Unit& unit, const std::optional<Job>& job, base::UtcTime now) {
    estate::AnswerRequest request;
    request.source = "welfare";
    request.at = now;
    request.subject = welfareSubjectOf(unit.id);
    request.place = job ? unit.callSign + " at " + job->place : unit.callSign;
    request.premises = job ? job->premises : std::nullopt;
    request.words = unitText(unit) + " did not check in by " + base::formatLocal(*unit.checkInDue) +
                    (job ? ", on scene for " + objectOf(job->id) : std::string{});
    return request;
}

}  // namespace

base::Result<Unit> Units::change(const access::Acting& acting, const char* action, UnitId id,
                                 const std::function<base::Result<void>(JobChange&, Unit&)>& does) {
    TRY(access::require(acting, access::Right::SendResponse));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<Unit> {
        TRY_ASSIGN(Unit unit, findUnit(transaction.sql(), id));
        JobChange changes{transaction, acting, m_teller};
        TRY(does(changes, unit));
        changes.finish(action, objectOf(id));
        return findUnit(transaction.sql(), id);
    });
}

base::Result<std::vector<Unit>> Units::list(const access::Acting& acting) {
    TRY(access::require(acting, access::Right::SeeAlarms));
    return m_database.read([](soci::session& sql) -> base::Result<std::vector<Unit>> {
        return base::Result<std::vector<Unit>>{tl::in_place, selectUnits(sql)};
    });
}

base::Result<std::vector<UnitEntry>> Units::record(const access::Acting& acting, UnitId id, int most) {
    TRY(access::require(acting, access::Right::SeeAlarms));
    return m_database.read([&](soci::session& sql) -> base::Result<std::vector<UnitEntry>> {
        return base::Result<std::vector<UnitEntry>>{tl::in_place, selectUnitEntries(sql, id, most)};
    });
}

base::Result<Unit> Units::save(const access::Acting& acting, const Unit& wanted) {
    TRY(access::require(acting, access::Right::ManageResponse));
    Unit checked = wanted;
    TRY(checkUnit(checked));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<Unit> {
        const auto all = selectUnits(transaction.sql());
        if (std::ranges::any_of(
                all, [&](const Unit& other) { return other.callSign == checked.callSign && other.id != checked.id; })) {
            return base::fail(ErrorCode::AlreadyExists, "there is a unit " + checked.callSign + " already");
        }
        JobChange changes{transaction, acting, m_teller};
        Unit unit;
        if (checked.id.isValid()) {
            TRY_ASSIGN(unit, findUnit(transaction.sql(), checked.id));
        }
        const bool isNew = !unit.id.isValid();
        unit.callSign = checked.callSign;
        unit.vehicle = checked.vehicle;
        unit.checkInEvery = checked.checkInEvery;
        unit.since = isNew ? transaction.now() : unit.since;
        saveUnit(transaction.sql(), unit);
        changes.note(unit, isNew ? "Added." : "Changed.");
        changes.vouch({&witness(), unit.id.value()});
        changes.finish(isNew ? "unit.added" : "unit.changed", objectOf(unit.id), {{"call_sign", unit.callSign}});
        return base::Result<Unit>{tl::in_place, std::move(unit)};
    });
}

base::Result<void> Units::retire(const access::Acting& acting, UnitId id) {
    TRY(access::require(acting, access::Right::ManageResponse));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        TRY_ASSIGN(const Unit unit, findUnit(transaction.sql(), id));
        const auto keys = selectBunchesWith(transaction.sql(), id);
        if (unit.status != UnitStatus::OffDuty || !keys.empty()) {
            return base::fail(
                ErrorCode::Busy,
                unit.callSign + (unit.status != UnitStatus::OffDuty ? " is on duty" : " has " + leftBehind({}, keys)) +
                    ": end that first");
        }
        JobChange changes{transaction, acting, m_teller};
        changes.note(unit, "Retired.");
        retireUnit(transaction.sql(), id, transaction.now());
        changes.vouch({&witness(), id.value()});
        changes.finish("unit.retired", objectOf(id), {{"call_sign", unit.callSign}});
        return {};
    });
}

base::Result<Unit> Units::goOnDuty(const access::Acting& acting, UnitId id, const std::vector<OfficerId>& officers,
                                   const std::string& thoughUnlicensed) {
    TRY(base::checkWords(thoughUnlicensed));
    return change(acting, "unit.on-duty", id, [&](JobChange& changes, Unit& unit) -> base::Result<void> {
        if (unit.status != UnitStatus::OffDuty) {
            return base::fail(ErrorCode::Busy, unit.callSign + " is on duty already");
        }
        TRY_ASSIGN(auto crew, crewOf(changes.sql(), unit, officers));
        const std::string problems = licenceProblems(crew, changes.now());
        if (!problems.empty() && base::isBlank(thoughUnlicensed)) {
            return base::fail(ErrorCode::InvalidInput, problems +
                                                           ": choose somebody else, or write why they go all "
                                                           "the same");
        }
        replaceCrew(changes.sql(), id, crew);
        unit.crew = std::move(crew);
        std::string text = unitText(unit);
        text += problems.empty() ? "" : ". Though " + problems + ": " + thoughUnlicensed;
        changes.enter(unit, UnitStatus::Available, std::move(text));
        return {};
    });
}

base::Result<Unit> Units::goOffDuty(const access::Acting& acting, UnitId id, const std::string& why) {
    TRY(base::checkWords(why));
    return change(acting, "unit.off-duty", id, [&](JobChange& changes, Unit& unit) -> base::Result<void> {
        TRY(requireOnDuty(unit));
        auto jobs = selectOpenJobsOfUnit(changes.sql(), id);
        const auto keys = selectBunchesWith(changes.sql(), id);
        const std::string left = leftBehind(jobs, keys);
        if (!left.empty() && base::isBlank(why)) {
            return base::fail(ErrorCode::Busy, unit.callSign + " has " + left +
                                                   ": end them, or write why the unit goes off duty all the same; its "
                                                   "jobs wait for another one then");
        }
        changes.enter(unit, UnitStatus::OffDuty, (left.empty() ? "" : "With " + left + ": ") + why);
        for (Job& job : jobs) {
            changes.standDown(job, "went off duty: " + why);
        }
        return {};
    });
}

base::Result<Unit> Units::setStatus(const access::Acting& acting, UnitId id, UnitStatus status,
                                    const std::string& words) {
    TRY(base::checkWords(words));
    if (status != UnitStatus::Available && status != UnitStatus::Unavailable) {
        return base::fail(ErrorCode::InvalidInput,
                          "a unit is made available or unavailable; what it does for a job is told on the job");
    }
    if (status == UnitStatus::Unavailable) {
        TRY(base::requireWords(words, "say why the unit cannot be sent"));
    }
    return change(acting, "unit.status", id, [&](JobChange& changes, Unit& unit) -> base::Result<void> {
        TRY(requireOnDuty(unit));
        const auto jobs = selectOpenJobsOfUnit(changes.sql(), id);
        if (!jobs.empty()) {
            return base::fail(ErrorCode::Busy,
                              unit.callSign + " has " + leftBehind(jobs, {}) + ": end it or give it to another unit");
        }
        if (unit.status != status) {
            changes.enter(unit, status, words);
        }
        return {};
    });
}

base::Result<Unit> Units::checkIn(const access::Acting& acting, UnitId id, const std::string& words) {
    TRY(base::checkWords(words));
    return change(acting, "unit.checked-in", id, [&](JobChange& changes, Unit& unit) -> base::Result<void> {
        if (!unit.checkInDue) {
            return base::fail(ErrorCode::InvalidInput, unit.callSign +
                                                           " has nothing to check in for: it is not on "
                                                           "scene, or is not watched");
        }
        changes.tellIfLate(unit, "checked in" + (words.empty() ? std::string{"."} : ". " + words));
        const std::string late = unit.isLate ? "Late: it was due at " + base::formatLocal(*unit.checkInDue) + ". " : "";
        unit.checkInDue = changes.now() + unit.checkInEvery;
        unit.isLate = false;
        saveUnit(changes.sql(), unit);
        const auto job = jobOnScene(changes.sql(), id);
        changes.note(unit, "Checked in. " + late + words, job ? std::optional{job->id} : std::nullopt);
        return {};
    });
}

base::Result<int> Units::raiseLate(base::UtcTime now) {
    // It is asked every second, and most times there is nothing to write.
    TRY_ASSIGN(const bool isAny, m_database.read([&](soci::session& sql) -> base::Result<bool> {
        return !selectLateUnits(sql, now, 1).empty();
    }));
    if (!isAny) {
        return 0;
    }
    return m_database.write([&](store::Transaction& transaction) -> base::Result<int> {
        const access::Acting station = access::Acting::station();
        JobChange changes{transaction, station, m_teller};
        const auto late = selectLateUnits(transaction.sql(), now, lateAtOnce);
        for (Unit unit : late) {
            const auto job = jobOnScene(transaction.sql(), unit.id);
            const auto request = requestFor(unit, job, transaction.now());
            estate::insertAnswerRequest(transaction.sql(), request);
            unit.isLate = true;
            saveUnit(transaction.sql(), unit);
            changes.note(unit, request.words, job ? std::optional{job->id} : std::nullopt);
        }
        changes.finish("unit.late", "units");
        transaction.notify("answer_requests", "welfare");
        return static_cast<int>(late.size());
    });
}

const store::AuditWitness& Units::witness() {
    static const store::AuditWitness witness{"response unit",
                                             "response_unit",
                                             "id",
                                             "call_sign",
                                             {"call_sign", "vehicle", "check_in_minutes", "retired"},
                                             store::AuditWitness::Rows::Changing};
    return witness;
}

}  // namespace leedswatch::dispatch
