#pragma once

#include "access/person.h"
#include "dispatch/job_change.h"
#include "dispatch/unit.h"
#include "store/audit_witness.h"
#include "store/database.h"

#include <string>
#include <vector>

namespace leedswatch::dispatch {

/// The units of mobile response: who is in them, whether they are on duty, where they are. A unit with a job has the
/// status of that job (Jobs); what a unit does apart from jobs is told here. Every change is a line of the unit's
/// record. Thread-safe. Topics of the change feed: "response_units", "dispatch_jobs".
/// Errors of all: NotPermitted (SendResponse; to add, change, retire: ManageResponse; to see: SeeAlarms); NotFound.
class Units {
public:
    /// `teller`: of jobs that a unit leaves behind.
    Units(store::Database& database, JobTeller teller) : m_database{database}, m_teller{std::move(teller)} {}

    /// By call sign.
    [[nodiscard]] base::Result<std::vector<Unit>> list(const access::Acting& acting);
    /// The newest first.
    [[nodiscard]] base::Result<std::vector<UnitEntry>> record(const access::Acting& acting, UnitId id, int most = 200);

    /// A new one, off duty, if it has no id yet; else call sign, vehicle and check-in are changed. Errors:
    /// InvalidInput; AlreadyExists (the call sign).
    [[nodiscard]] base::Result<Unit> save(const access::Acting& acting, const Unit& unit);
    /// Error: Busy (on duty).
    [[nodiscard]] base::Result<void> retire(const access::Acting& acting, UnitId id);

    /// With these officers; with those of last time if none are named. Errors: InvalidInput (nobody is in it; somebody
    /// has no licence that holds, and `thoughUnlicensed` does not say why they go all the same: it is in the record);
    /// Busy (on duty already, or somebody is in another unit that is).
    [[nodiscard]] base::Result<Unit> goOnDuty(const access::Acting& acting, UnitId id,
                                              const std::vector<OfficerId>& officers = {},
                                              const std::string& thoughUnlicensed = {});
    /// Error: Busy (it has open jobs or keys, and `why` is empty). With a reason its jobs wait for another unit; keys
    /// stay issued to it.
    [[nodiscard]] base::Result<Unit> goOffDuty(const access::Acting& acting, UnitId id, const std::string& why = {});
    /// Available or Unavailable, with words for the latter. Errors: InvalidInput (another status; off duty); Busy (it
    /// has a job).
    [[nodiscard]] base::Result<Unit> setStatus(const access::Acting& acting, UnitId id, UnitStatus status,
                                               const std::string& words = {});
    /// It was heard of on scene: its time begins anew. Error: InvalidInput (nothing is waited for).
    [[nodiscard]] base::Result<Unit> checkIn(const access::Acting& acting, UnitId id, const std::string& words = {});

    /// By the station: who has not checked in by `now` becomes an answer_request of the class welfare, once for each
    /// time it is late; how many.
    [[nodiscard]] base::Result<int> raiseLate(base::UtcTime now);

    /// What the audit log vouches for of each unit; for AuditLog::verify.
    [[nodiscard]] static const store::AuditWitness& witness();

private:
    [[nodiscard]] base::Result<Unit> change(const access::Acting& acting, const char* action, UnitId id,
                                            const std::function<base::Result<void>(JobChange&, Unit&)>& does);

    store::Database& m_database;
    JobTeller m_teller;
};

}  // namespace leedswatch::dispatch
