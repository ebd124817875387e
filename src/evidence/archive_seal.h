#pragma once

#include "store/audit_witness.h"
#include "store/database.h"

#include <cstdint>

namespace leedswatch::evidence {

/// How the audit log vouches for the rows of the archive's finished files: in runs, because they are too many for an
/// event each (docs/decisions/0102).
[[nodiscard]] const store::AuditWitness& segmentWitness();

/// Has the audit log vouch for the finished files that are new to it, oldest first and 16,000 at most; the next call
/// goes on. Returns how many; 0: there were none. Any thread. Audited as "archive.sealed".
[[nodiscard]] base::Result<std::int64_t> sealArchive(store::Database& database);

}  // namespace leedswatch::evidence
