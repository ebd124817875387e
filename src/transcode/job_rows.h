#pragma once

#include "access/person.h"
#include "store/audit_witness.h"
#include "store/database.h"
#include "transcode/job.h"

#include <vector>

// The table of jobs, for the two who change it: JobList for people, JobQueue for the runner.

namespace leedswatch::transcode {

/// In the order of the list.
[[nodiscard]] std::vector<Job> selectJobs(soci::session& sql);
[[nodiscard]] std::optional<Job> selectJob(soci::session& sql, JobId id);

/// What a file is, to see whether it is the same one later.
struct FileStamp {
    std::int64_t bytes = 0;
    std::int64_t time = 0;  ///< of its last change, in microseconds; only ever compared
    bool operator==(const FileStamp&) const = default;
};
/// Errors: NotFound, InvalidInput (no file but a folder or a device), StorageFailed (it may not be looked at).
[[nodiscard]] base::Result<FileStamp> stampOf(const std::filesystem::path& file);
[[nodiscard]] FileStamp selectStamp(soci::session& sql, JobId id);

/// Writes the event about the row as it is now, and wakes whoever shows the list. The path is personal: old recordings
/// are called after people.
void auditJob(store::Transaction& transaction, const std::string& who, const std::string& workstation,
              const std::string& action, const Job& job, const nlohmann::json& details = nlohmann::json::object());

[[nodiscard]] const store::AuditWitness& jobWitness();

}  // namespace leedswatch::transcode
