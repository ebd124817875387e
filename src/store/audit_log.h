#pragma once

#include "base/result.h"
#include "store/database.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace leedswatch::store {

struct AuditVerification {
    std::int64_t events = 0;
    std::string rootHex;
    std::int64_t vouchedRows = 0;  ///< rows of the services that were compared with what the events say of them
    std::int64_t waitingRows = 0;  ///< newer than the newest run that an event vouches for: nothing protects them yet
    std::int64_t erased = 0;       ///< events whose personal part has been erased, as it may be
    std::int64_t checkpoints = 0;
    std::int64_t newestCheckpointSize = 0;  ///< rows after it are not protected against truncation
    std::vector<std::string> problems;      ///< each a sentence that names the row or checkpoint; empty: all is well
};

/// The append-only audit log as a Merkle tree (RFC 6962) with Ed25519-signed checkpoints (C2SP tlog-checkpoint).
/// Appending is `Transaction::audit`; this signs and verifies. The signing key is `folder`/keys/audit.key.
class AuditLog {
public:
    explicit AuditLog(Database& database) : m_database{database} {}

    /// Signs the tree as it stands, after proving that it extends the newest checkpoint; returns the note. Errors:
    /// Damaged if it does not, and nothing is signed.
    [[nodiscard]] base::Result<std::string> checkpoint();
    /// How many events came after the newest checkpoint.
    [[nodiscard]] base::Result<std::int64_t> eventsSinceCheckpoint();
    /// Recomputes every leaf, node, root and signature, and every row that the events vouch for: `witnesses` are the
    /// services' (People::witness(), ...). A kind that an event names and that is not among them is a problem.
    /// `outsideNotes`: checkpoints that were kept elsewhere; they protect against what was done to all of this folder.
    [[nodiscard]] base::Result<AuditVerification> verify(const std::vector<const AuditWitness*>& witnesses,
                                                         const std::vector<std::string>& outsideNotes = {});

private:
    Database& m_database;
};

}  // namespace leedswatch::store
