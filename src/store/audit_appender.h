#pragma once

#include "base/clock.h"
#include "store/audit_event.h"
#include "store/merkle.h"

#include <soci/soci.h>

namespace leedswatch::store {

/// Adds `event` as the next leaf, with the inner nodes that it completes, inside the caller's transaction. Throws
/// soci::soci_error and StoreFailure.
void appendAuditEvent(soci::session& sql, const AuditEvent& event, base::UtcTime now, base::SteadyTime steadyNow);

/// How many events there are.
[[nodiscard]] std::int64_t auditSize(soci::session& sql);

/// The stored hashes of the tree, for roots and proofs. Throws StoreFailure (Damaged) if one is missing.
[[nodiscard]] NodeSource storedNodes(soci::session& sql);

/// A digest as a text of 32 bytes, which is how blobs travel through SOCI here (CAST(:x AS BLOB) in the SQL).
[[nodiscard]] std::string toBlobText(const base::Sha256Digest& digest);
/// False if the text is not 32 bytes long.
[[nodiscard]] bool fromBlobText(const std::string& text, base::Sha256Digest& digest);

}  // namespace leedswatch::store
