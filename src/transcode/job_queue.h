#pragma once

#include "store/database.h"
#include "transcode/job.h"

namespace leedswatch::transcode {

class JobProgress;

/// The runner's side of the list: takes the next job and says what becomes of it. Only for whoever holds the lock of
/// the list (JobRunner). Errors: those of the store. Thread-safe.
class JobQueue {
public:
    explicit JobQueue(store::Database& database) : m_database{database} {}

    /// What a console that was closed or killed was doing waits again. While no job is worked on.
    [[nodiscard]] base::Result<void> putBack();
    /// The first one that waits; it is Running then.
    [[nodiscard]] base::Result<std::optional<Job>> takeNext();
    /// Whether the source is what it was when the job came onto the list. Errors: those of the disk; InvalidInput.
    [[nodiscard]] base::Result<void> checkSource(const Job& job);
    [[nodiscard]] base::Result<bool> isResultOfOther(const Job& job, const std::filesystem::path& result);
    [[nodiscard]] base::Result<void> setResult(Job& job, const std::filesystem::path& result);
    /// Nothing if it is off the list.
    [[nodiscard]] base::Result<std::optional<JobState>> stateOf(JobId job);
    [[nodiscard]] base::Result<void> tell(JobId job, const JobProgress& progress);
    /// `report` as toJson() gives it.
    [[nodiscard]] base::Result<void> finish(const Job& job, const nlohmann::json& report);
    /// If a disk is full (StorageFull), what waits and would go into the same folder is stopped with it.
    [[nodiscard]] base::Result<void> fail(const Job& job, const base::Error& error);

private:
    store::Database& m_database;
};

}  // namespace leedswatch::transcode
