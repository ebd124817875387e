#pragma once

#include "access/person.h"
#include "dispatch/job_change.h"
#include "dispatch/key_bunch.h"
#include "estate/camera_registry.h"
#include "store/audit_witness.h"
#include "store/database.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::dispatch {

/// A bunch that comes into the register.
struct NewBunch {
    std::string tag;
    std::string premises;  ///< their reference
    std::string opens;
    int keys = 1;
    std::string hook;
};

/// To whom keys go.
struct KeyIssue {
    std::optional<UnitId> unit = {};  ///< one of ours that is on duty; else:
    std::string holder = {};          ///< somebody else, and how they were known: "J. Hall, council pass seen"
    std::string why = {};
    std::optional<JobId> job = {};  ///< an open job for the same premises
    base::UtcTime due{};            ///< back by then; within 90 days
};

/// How keys came back.
struct KeyReturn {
    std::string from = {};       ///< who brought them; empty: whoever had them
    bool isWhole = true;         ///< all keys are on the ring, and the seal, if there is one, is whole
    std::string condition = {};  ///< in words; needed if it is not whole
};

/// The register of keys that are held: where each bunch is, and every hand that it went through. A bunch is out once at
/// most. The history is only added to, and the audit log vouches for it. Thread-safe. Topic of the change feed: "keys";
/// what is issued for a job is a line of its record ("dispatch_jobs").
/// Errors of all: NotPermitted (SendResponse to issue, take back, report lost and found; ManageResponse to add, move,
/// withdraw, import, export; SeeAlarms to see); NotFound; InvalidInput (words are missing or wrong; the bunch is not in
/// a state for it).
class KeyRegister {
public:
    explicit KeyRegister(store::Database& database) : m_database{database} {}

    /// By the beginning of a tag or of a reference; empty: all, the first of them.
    [[nodiscard]] base::Result<std::vector<KeyBunch>> find(const access::Acting& acting, const std::string& begin,
                                                           int most = 200);
    [[nodiscard]] base::Result<std::vector<KeyBunch>> ofPremises(const access::Acting& acting,
                                                                 estate::PremisesId premises);
    /// The one that is due first, first.
    [[nodiscard]] base::Result<std::vector<KeyBunch>> out(const access::Acting& acting, int most = 500);
    [[nodiscard]] base::Result<KeyBunch> bunch(const access::Acting& acting, const std::string& tag);
    [[nodiscard]] base::Result<std::vector<KeyMovement>> history(const access::Acting& acting, BunchId id);

    /// Errors: AlreadyExists (the tag is, or once was, in use); InvalidInput: the tag says whose keys they are, or what
    /// they open looks like a code.
    [[nodiscard]] base::Result<KeyBunch> add(const access::Acting& acting, const NewBunch& bunch);
    /// To another hook.
    [[nodiscard]] base::Result<KeyBunch> move(const access::Acting& acting, BunchId id, const std::string& hook);
    /// For good. Not while it is out.
    [[nodiscard]] base::Result<KeyBunch> withdraw(const access::Acting& acting, BunchId id, const std::string& why);

    /// Error: Busy (it is out; the message says who has it since when).
    [[nodiscard]] base::Result<KeyBunch> issue(const access::Acting& acting, BunchId id, const KeyIssue& issue);
    /// Out until later.
    [[nodiscard]] base::Result<KeyBunch> extend(const access::Acting& acting, BunchId id, base::UtcTime due,
                                                const std::string& why);
    [[nodiscard]] base::Result<KeyBunch> takeBack(const access::Acting& acting, BunchId id, const KeyReturn& how);
    [[nodiscard]] base::Result<KeyBunch> reportLost(const access::Acting& acting, BunchId id, const std::string& words);
    /// A lost one is on its hook again.
    [[nodiscard]] base::Result<KeyBunch> reportFound(const access::Acting& acting, BunchId id,
                                                     const std::string& words);

    /// CSV with the columns tag, premises (a reference), opens; keys and hook may be there. A tag that is there gets
    /// the hook of its row; whose it is and what it opens stay as they are. All rows or none; the error names line and
    /// column.
    [[nodiscard]] base::Result<estate::ImportReport> importCsv(const access::Acting& acting, std::string_view csv);
    /// The same columns and where each is. Safe to open in a spreadsheet.
    [[nodiscard]] base::Result<std::string> exportCsv(const access::Acting& acting);

    /// What the audit log vouches for; for AuditLog::verify.
    [[nodiscard]] static const store::AuditWitness& witness();
    [[nodiscard]] static const store::AuditWitness& movementWitness();

private:
    [[nodiscard]] base::Result<KeyBunch> change(const access::Acting& acting, access::Right right, const char* action,
                                                BunchId id,
                                                const std::function<base::Result<KeyMovement>(JobChange&, KeyBunch&)>&);

    store::Database& m_database;
};

}  // namespace leedswatch::dispatch
