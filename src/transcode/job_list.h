#pragma once

#include "access/person.h"
#include "store/audit_witness.h"
#include "store/database.h"
#include "transcode/job.h"

#include <vector>

namespace leedswatch::transcode {

/// The old recordings that are to be converted, as people see and change them; a JobRunner does the work. What comes
/// out is footage that leaves the room's keeping, so whoever changes the list needs the right to export footage. Every
/// change is audited, and wakes kJobsTopic. Thread-safe; calls look at disks that may be slow.
///
/// Invariants: (1) a source is on the list once; (2) a job that has a result keeps its work folder beside it until it
/// is done or off the list; (3) only the runner brings a job into Running, Done and Failed.
class JobList {
public:
    explicit JobList(store::Database& database) : m_database{database} {}

    /// In the order in which they are done.
    [[nodiscard]] base::Result<std::vector<Job>> list();
    /// Of a job that is Done: JSON, as it lies beside the result. Error: NotFound.
    [[nodiscard]] base::Result<std::string> report(JobId id);

    struct Added {
        std::vector<JobId> jobs;
        std::int64_t known = 0;   ///< were on the list already
        std::int64_t others = 0;  ///< files in folders that are no recordings by their names
        std::vector<base::Error> refused;
    };
    /// Puts files at the end of the list, and all recordings in folders and below. They stay New. Errors: NotPermitted,
    /// those of the store.
    [[nodiscard]] base::Result<Added> add(const access::Acting& acting,
                                          const std::vector<std::filesystem::path>& files);

    /// Has those among them that are New, Stopped or Failed done, for this person. The result of one that has none yet
    /// goes into `folder`. Errors: NotPermitted, NotFound (the folder), StorageFailed (it cannot be written to), those
    /// of the store.
    [[nodiscard]] base::Result<void> start(const access::Acting& acting, const std::vector<JobId>& jobs,
                                           const std::filesystem::path& folder);
    /// Those that are Waiting or Running; a running one ends within a second or so, and keeps what is done.
    [[nodiscard]] base::Result<void> stop(const access::Acting& acting, const std::vector<JobId>& jobs);
    /// Off the list. What there is of an unfinished result goes; sources and results stay.
    [[nodiscard]] base::Result<void> remove(const access::Acting& acting, const std::vector<JobId>& jobs);
    /// One place up, but never before one that is Running.
    [[nodiscard]] base::Result<void> moveUp(const access::Acting& acting, JobId job);

    /// What the audit log vouches for of each job; for AuditLog::verify.
    [[nodiscard]] static const store::AuditWitness& witness();

private:
    store::Database& m_database;
};

}  // namespace leedswatch::transcode
