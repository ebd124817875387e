#pragma once

#include "access/person.h"
#include "dispatch/unit.h"
#include "store/audit_witness.h"
#include "store/database.h"

#include <vector>

namespace leedswatch::dispatch {

/// The people who may be sent, with their licences. Thread-safe. Topic of the change feed: "response_units".
/// Errors of all: NotPermitted (ManageResponse; to see: SeeAlarms); NotFound.
class Officers {
public:
    explicit Officers(store::Database& database) : m_database{database} {}

    /// By name.
    [[nodiscard]] base::Result<std::vector<Officer>> list(const access::Acting& acting);
    /// A new one if it has no id yet. Spaces in the licence do not count. Errors: InvalidInput (no name, a licence that
    /// is not 16 digits or has no day on which it ends); AlreadyExists (somebody else has that licence).
    [[nodiscard]] base::Result<Officer> save(const access::Acting& acting, Officer officer);
    /// Error: Busy (in a unit that is on duty).
    [[nodiscard]] base::Result<void> retire(const access::Acting& acting, OfficerId id);

    /// What the audit log vouches for; for AuditLog::verify.
    [[nodiscard]] static const store::AuditWitness& witness();

private:
    store::Database& m_database;
};

}  // namespace leedswatch::dispatch
