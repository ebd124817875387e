#pragma once

#include "access/person.h"
#include "dispatch/job_change.h"
#include "dispatch/job_rows.h"
#include "dispatch/key_bunch.h"
#include "store/database.h"

#include <string>
#include <vector>

namespace leedswatch::dispatch {

/// All that stands on the sheet of a job.
struct JobSheet {
    Job job;
    std::optional<Unit> unit = {};  ///< with its crew, if it is not retired
    std::string premisesReference = {};
    std::vector<KeyBunch> keys = {};          ///< that it needs
    std::vector<KeyMovement> movements = {};  ///< of keys for it, in their order
    std::vector<JobEntry> entries = {};
};

/// What units are sent for. A unit may have several jobs, and is on its way to or at one of them at most. Every change
/// is a line of the job's record with who, when and where. Thread-safe. Topics of the change feed: "dispatch_jobs",
/// "response_units".
/// Errors of all: NotPermitted (SendResponse; to see: SeeAlarms); NotFound; InvalidInput (it is over, words are
/// missing).
class Jobs {
public:
    /// `teller`: who is told of each line in its transaction. An alarm's record is kept by whoever knows alarms.
    Jobs(store::Database& database, JobTeller teller) : m_database{database}, m_teller{std::move(teller)} {}

    /// By priority, then age.
    [[nodiscard]] base::Result<std::vector<Job>> open(const access::Acting& acting, int most = 500);
    /// Of a period, the newest first.
    [[nodiscard]] base::Result<std::vector<Job>> history(const access::Acting& acting, const JobPeriod& period);
    [[nodiscard]] base::Result<JobSheet> sheet(const access::Acting& acting, JobId id);

    [[nodiscard]] base::Result<Job> create(const access::Acting& acting, const NewJob& wanted);
    /// The same in a transaction of somebody else's, whose record is told by the caller.
    [[nodiscard]] static base::Result<Job> createIn(store::Transaction& transaction, const access::Acting& acting,
                                                    const NewJob& wanted);
    /// Gives it to a unit; whoever had it is stood down, and `words` say why.
    [[nodiscard]] base::Result<Job> assign(const access::Acting& acting, JobId id, UnitId unit,
                                           const std::string& words = {});
    /// From whoever has it; it waits for another unit.
    [[nodiscard]] base::Result<Job> standDown(const access::Acting& acting, JobId id, const std::string& why);
    /// EnRoute (the unit has accepted it) after Assigned, OnScene after EnRoute: the state is named, so that two people
    /// who press a key at once do not move it twice. Error: Busy (the unit is at another job).
    [[nodiscard]] base::Result<Job> advance(const access::Acting& acting, JobId id, JobState to,
                                            const std::string& words = {});
    /// After OnScene, with what was found and done.
    [[nodiscard]] base::Result<Job> finish(const access::Acting& acting, JobId id, const JobReport& report);
    [[nodiscard]] base::Result<Job> cancel(const access::Acting& acting, JobId id, const std::string& why);
    /// To one that is over, too: what is known later.
    [[nodiscard]] base::Result<void> note(const access::Acting& acting, JobId id, const std::string& words);

private:
    [[nodiscard]] base::Result<Job> change(const access::Acting& acting, const char* action, JobId id,
                                           const std::function<base::Result<void>(JobChange&, Job&)>& does);

    store::Database& m_database;
    JobTeller m_teller;
};

}  // namespace leedswatch::dispatch
