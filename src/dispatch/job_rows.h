#pragma once

#include "dispatch/job.h"

#include <soci/soci.h>

#include <optional>
#include <vector>

namespace leedswatch::dispatch {

// The rows of jobs and their records as they go in and out. Each throws soci::soci_error.

/// Gives it its id.
void insertJob(soci::session& sql, Job& job);
/// What of it may change.
void updateJob(soci::session& sql, const Job& job);
[[nodiscard]] std::optional<Job> selectJob(soci::session& sql, JobId id);
/// By priority, then age.
[[nodiscard]] std::vector<Job> selectOpenJobs(soci::session& sql, int most);
/// Those that a unit has, the oldest first.
[[nodiscard]] std::vector<Job> selectOpenJobsOfUnit(soci::session& sql, UnitId unit);
[[nodiscard]] std::vector<Job> selectJobsOfAlarm(soci::session& sql, std::int64_t alarm);

/// Created in a period, the newest first.
struct JobPeriod {
    base::UtcTime from;
    base::UtcTime until;
    std::optional<estate::PremisesId> premises = {};
    std::optional<UnitId> unit = {};
    int most = 200;
};
[[nodiscard]] std::vector<Job> selectJobs(soci::session& sql, const JobPeriod& period);

/// Gives it its id.
void insertJobEntry(soci::session& sql, JobEntry& entry);
/// The record of a job in its order.
[[nodiscard]] std::vector<JobEntry> selectJobEntries(soci::session& sql, JobId job);

void insertJobKeys(soci::session& sql, JobId job, const std::vector<BunchId>& keys);

}  // namespace leedswatch::dispatch
