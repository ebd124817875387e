#pragma once

#include "store/audit_problems.h"
#include "store/audit_run.h"
#include "store/audit_witness.h"

#include <soci/soci.h>

#include <cstdint>
#include <limits>
#include <optional>

namespace leedswatch::store {

/// Event `seq` says that the rows `first` to `last` are so many and that their digests hash to this.
struct VouchedRun {
    std::int64_t seq = 0;
    std::int64_t first = 0;
    std::int64_t last = 0;
    std::int64_t rows = 0;
    std::optional<base::Sha256Digest> digest;
};

/// Compares the rows of a kind with Rows::InRuns with their digests, and these with what the events say of their runs,
/// all three read along in one pass. Who changed a row only is named with it; who changed its digest too, with its run.
class RunCheck {
public:
    RunCheck(soci::session& sql, const AuditWitness& witness, AuditProblems& problems);

    /// Runs come in their order.
    void vouched(const VouchedRun& run);
    /// All events have gone by.
    void finish();
    [[nodiscard]] std::int64_t rows() const { return m_count; }
    /// Rows that are newer than every run: nothing vouches for them yet.
    [[nodiscard]] std::int64_t waiting() const { return m_waiting; }

private:
    void advanceRow() { m_row = m_rows.next(); }
    void unvouchedRowsUpTo(std::int64_t key);
    void compareRow();
    void digestsWithoutRunBefore(std::int64_t key);

    const AuditWitness& m_witness;
    AuditProblems& m_problems;
    WitnessedRows m_rows;
    StoredDigests m_digests;
    std::optional<WitnessedRow> m_row;
    std::optional<StoredDigest> m_digest;
    std::int64_t m_count = 0;
    std::int64_t m_waiting = 0;
};

}  // namespace leedswatch::store
