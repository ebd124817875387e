#pragma once

#include "access/person.h"
#include "dispatch/job.h"
#include "dispatch/unit.h"
#include "store/audit_event.h"
#include "store/database.h"

#include <functional>
#include <string>
#include <vector>

namespace leedswatch::dispatch {

/// Told of each line of a job's record in the transaction that writes it: whoever keeps a record of the alarm that the
/// job answers writes it there too. What it throws undoes the line. May be empty.
using JobTeller =
    std::function<void(store::Transaction&, const access::Acting&, const Job& job, const JobEntry& entry)>;

/// Changes of jobs and units in one transaction: each writes the row and a line of its record, and `finish` one audit
/// event that vouches for all of them. A unit's status follows its jobs. What throws is soci::soci_error.
class JobChange {
public:
    JobChange(store::Transaction& transaction, const access::Acting& acting, const JobTeller& teller)
        : m_transaction{transaction}, m_acting{acting}, m_teller{teller} {}

    /// Errors: InvalidInput, NotFound (premises, keys, unit).
    [[nodiscard]] base::Result<Job> create(const NewJob& wanted);
    /// From whoever has it, who is stood down. Errors: NotFound, InvalidInput (it cannot be sent, or has it already).
    [[nodiscard]] base::Result<void> assign(Job& job, UnitId unit, const std::string& words);
    /// Its unit is free again, and the job waits for another one.
    void standDown(Job& job, const std::string& why);
    /// Writes the job as it is now, with a line in its record.
    void enter(const Job& job, JobLine line, std::string text);
    /// Writes the unit in that status, with a line in its record.
    void enter(Unit& unit, UnitStatus status, std::string text, std::optional<JobId> job = {});
    /// A line of a unit's record, its status as it is.
    void note(const Unit& unit, std::string text, std::optional<JobId> job = {});
    /// It was heard of: whoever answers the alarm that it did not check in is told. Before its time begins anew.
    void tellIfLate(const Unit& unit, const std::string& words);
    /// The unit's status is that of its jobs: on scene, en route, assigned; else returning, or what it was.
    void followJobs(UnitId unit, JobId because);
    /// Another row that the audit event vouches for.
    void vouch(store::WitnessedChange change) { m_others.push_back(change); }
    /// Nothing if nothing was changed. `action`: "job.assigned".
    void finish(const std::string& action, const std::string& object,
                nlohmann::json details = nlohmann::json::object());

    [[nodiscard]] soci::session& sql() { return m_transaction.sql(); }
    [[nodiscard]] base::UtcTime now() const { return m_transaction.now(); }

private:
    store::Transaction& m_transaction;
    const access::Acting& m_acting;
    const JobTeller& m_teller;
    std::vector<store::WitnessedChange> m_jobs;
    std::vector<store::WitnessedChange> m_jobEntries;
    std::vector<store::WitnessedChange> m_unitEntries;
    std::vector<store::WitnessedChange> m_others;
    std::string m_newestJob;
    std::string m_newestUnit;
    bool m_tellsOfLate = false;
};

/// "job 12", "unit 3".
[[nodiscard]] std::string objectOf(JobId id);
[[nodiscard]] std::string objectOf(UnitId id);
/// What all requests for an answer about a unit that does not check in share: "unit 3 welfare".
[[nodiscard]] std::string welfareSubjectOf(UnitId id);
/// Errors: NotFound.
[[nodiscard]] base::Result<Job> findJob(soci::session& sql, JobId id);
[[nodiscard]] base::Result<Unit> findUnit(soci::session& sql, UnitId id);
/// Error: InvalidInput: it is over.
[[nodiscard]] base::Result<void> requireOpen(const Job& job);

/// What the audit log vouches for: what a job was when it was created, and the lines of the records.
[[nodiscard]] const store::AuditWitness& jobWitness();
[[nodiscard]] const store::AuditWitness& jobEntryWitness();
[[nodiscard]] const store::AuditWitness& unitEntryWitness();

}  // namespace leedswatch::dispatch
