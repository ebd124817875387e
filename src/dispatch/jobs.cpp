#include "dispatch/jobs.h"

#include "base/local_time.h"
#include "base/words.h"
#include "dispatch/key_rows.h"
#include "dispatch/unit_rows.h"
#include "estate/premises_details_rows.h"

#include <algorithm>

namespace leedswatch::dispatch {

namespace {

using base::ErrorCode;

std::string wordsOfState(JobState state) {
    switch (state) {
        case JobState::Created: return "waits for a unit";
        case JobState::Assigned: return "is assigned, and its unit has not set out";
        case JobState::EnRoute: return "has its unit on the way";
        case JobState::OnScene: return "has its unit on scene";
        case JobState::Finished: return "is finished";
        case JobState::Cancelled: return "is cancelled";
    }
    return {};
}

/// A unit is on its way to, or at, one job.
base::Result<void> requireNowhereElse(soci::session& sql, const Job& job) {
    for (const Job& other : selectOpenJobsOfUnit(sql, *job.unit)) {
        if (other.id != job.id && (other.state == JobState::EnRoute || other.state == JobState::OnScene)) {
            return base::fail(ErrorCode::Busy,
                              job.callSign + " is " + (other.state == JobState::OnScene ? "on scene" : "on its way") +
                                  " for " + objectOf(other.id) + ": end that, or have another unit go");
        }
    }
    return {};
}

base::Result<void> checkReport(const JobReport& report) {
    TRY(base::requireWords(report.found, "say what was found"));
    TRY(base::requireWords(report.actions, "say what was done"));
    TRY(base::checkWords(report.handedTo, base::longestLine));
    if (!report.leftSecure) {
        return base::fail(ErrorCode::InvalidInput, "say whether the premises were left secure");
    }
    return {};
}

std::string textOfReport(const JobReport& report) {
    return "Found: " + report.found + ". Done: " + report.actions +
           (*report.leftSecure ? ". Left secure" : ". NOT left secure") +
           (report.handedTo.empty() ? "." : ". Handed to " + report.handedTo + ".");
}

}  // namespace

base::Result<Job> Jobs::change(const access::Acting& acting, const char* action, JobId id,
                               const std::function<base::Result<void>(JobChange&, Job&)>& does) {
    TRY(access::require(acting, access::Right::SendResponse));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<Job> {
        TRY_ASSIGN(Job job, findJob(transaction.sql(), id));
        JobChange changes{transaction, acting, m_teller};
        TRY(does(changes, job));
        changes.finish(action, objectOf(id));
        return base::Result<Job>{tl::in_place, std::move(job)};
    });
}

base::Result<std::vector<Job>> Jobs::open(const access::Acting& acting, int most) {
    TRY(access::require(acting, access::Right::SeeAlarms));
    return m_database.read([&](soci::session& sql) -> base::Result<std::vector<Job>> {
        return base::Result<std::vector<Job>>{tl::in_place, selectOpenJobs(sql, most)};
    });
}

base::Result<std::vector<Job>> Jobs::history(const access::Acting& acting, const JobPeriod& period) {
    TRY(access::require(acting, access::Right::SeeAlarms));
    return m_database.read([&](soci::session& sql) -> base::Result<std::vector<Job>> {
        return base::Result<std::vector<Job>>{tl::in_place, selectJobs(sql, period)};
    });
}

base::Result<JobSheet> Jobs::sheet(const access::Acting& acting, JobId id) {
    TRY(access::require(acting, access::Right::SeeAlarms));
    return m_database.read([&](soci::session& sql) -> base::Result<JobSheet> {
        JobSheet sheet;
        TRY_ASSIGN(sheet.job, findJob(sql, id));
        if (sheet.job.unit) {
            sheet.unit = selectUnit(sql, *sheet.job.unit);
        }
        if (sheet.job.premises) {
            const auto premises = estate::selectPremisesById(sql, *sheet.job.premises);
            sheet.premisesReference = premises ? premises->reference : std::string{};
        }
        sheet.keys = selectBunchesOfJob(sql, id);
        sheet.movements = selectMovementsOfJob(sql, id);
        sheet.entries = selectJobEntries(sql, id);
        return base::Result<JobSheet>{tl::in_place, std::move(sheet)};
    });
}

base::Result<Job> Jobs::createIn(store::Transaction& transaction, const access::Acting& acting, const NewJob& wanted) {
    TRY(access::require(acting, access::Right::SendResponse));
    const JobTeller nobody;
    JobChange changes{transaction, acting, nobody};
    TRY_ASSIGN(Job job, changes.create(wanted));
    changes.finish("job.created", objectOf(job.id));
    return base::Result<Job>{tl::in_place, std::move(job)};
}

base::Result<Job> Jobs::create(const access::Acting& acting, const NewJob& wanted) {
    TRY(access::require(acting, access::Right::SendResponse));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<Job> {
        JobChange changes{transaction, acting, m_teller};
        TRY_ASSIGN(Job job, changes.create(wanted));
        changes.finish("job.created", objectOf(job.id));
        return base::Result<Job>{tl::in_place, std::move(job)};
    });
}

base::Result<Job> Jobs::assign(const access::Acting& acting, JobId id, UnitId unit, const std::string& words) {
    TRY(base::checkWords(words));
    return change(acting, "job.assigned", id, [&](JobChange& changes, Job& job) -> base::Result<void> {
        if (job.unit && base::isBlank(words)) {
            TRY(requireOpen(job));
            return base::fail(ErrorCode::InvalidInput,
                              job.callSign + " has " + objectOf(id) + ": say why another unit gets it");
        }
        return changes.assign(job, unit, words);
    });
}

base::Result<Job> Jobs::standDown(const access::Acting& acting, JobId id, const std::string& why) {
    TRY(base::requireWords(why, "say why the unit is stood down"));
    return change(acting, "job.stood-down", id, [&](JobChange& changes, Job& job) -> base::Result<void> {
        TRY(requireOpen(job));
        if (!job.unit) {
            return base::fail(ErrorCode::InvalidInput, "no unit has " + objectOf(id));
        }
        changes.standDown(job, why);
        return {};
    });
}

base::Result<Job> Jobs::advance(const access::Acting& acting, JobId id, JobState to, const std::string& words) {
    TRY(base::checkWords(words));
    return change(acting, to == JobState::EnRoute ? "job.en-route" : "job.on-scene", id,
                  [&](JobChange& changes, Job& job) -> base::Result<void> {
                      TRY(requireOpen(job));
                      const bool isNext = (job.state == JobState::Assigned && to == JobState::EnRoute) ||
                                          (job.state == JobState::EnRoute && to == JobState::OnScene);
                      if (!isNext) {
                          return base::fail(ErrorCode::InvalidInput, objectOf(id) + " " + wordsOfState(job.state) +
                                                                         ": that is not what comes next");
                      }
                      TRY(requireNowhereElse(changes.sql(), job));
                      job.state = to;
                      if (to == JobState::EnRoute) {
                          job.enRoute = changes.now();
                      } else {
                          job.onScene = job.onScene.value_or(changes.now());
                      }
                      changes.enter(job, to == JobState::EnRoute ? JobLine::EnRoute : JobLine::OnScene,
                                    job.callSign + (words.empty() ? "" : ": " + words));
                      changes.followJobs(*job.unit, id);
                      return {};
                  });
}

base::Result<Job> Jobs::finish(const access::Acting& acting, JobId id, const JobReport& report) {
    TRY(checkReport(report));
    return change(acting, "job.finished", id, [&](JobChange& changes, Job& job) -> base::Result<void> {
        TRY(requireOpen(job));
        if (job.state != JobState::OnScene) {
            return base::fail(ErrorCode::InvalidInput, objectOf(id) + " " + wordsOfState(job.state) +
                                                           ": only what somebody was on scene for is finished; cancel "
                                                           "it if nobody is wanted any more");
        }
        job.state = JobState::Finished;
        job.ended = changes.now();
        job.report = report;
        changes.enter(job, JobLine::Finished, textOfReport(report));
        changes.followJobs(*job.unit, id);
        return {};
    });
}

base::Result<Job> Jobs::cancel(const access::Acting& acting, JobId id, const std::string& why) {
    TRY(base::requireWords(why, "say why nobody is wanted any more"));
    return change(acting, "job.cancelled", id, [&](JobChange& changes, Job& job) -> base::Result<void> {
        TRY(requireOpen(job));
        job.state = JobState::Cancelled;
        job.ended = changes.now();
        changes.enter(job, JobLine::Cancelled, why);
        if (job.unit) {
            changes.followJobs(*job.unit, id);
        }
        return {};
    });
}

base::Result<void> Jobs::note(const access::Acting& acting, JobId id, const std::string& words) {
    TRY(base::requireWords(words, "the note is empty: write what happened"));
    TRY(change(acting, "job.noted", id, [&](JobChange& changes, Job& job) -> base::Result<void> {
        changes.enter(job, JobLine::Note, words);
        return {};
    }));
    return {};
}

}  // namespace leedswatch::dispatch
