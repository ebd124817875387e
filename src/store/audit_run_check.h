#pragma once

#include "store/audit_problems.h"
#include "store/audit_run.h"
#include "store/audit_witness.h"

#include <soci/soci.h>

#include <cstdint>
#include <limits>
#include <map>
#include <optional>

namespace leedswatch::store {

/// Compares the rows of a kind with Rows::InRuns with their digests, and these with what the events say of their runs.
/// The events go by first and the runs that still have rows are remembered, about 100 bytes for a thousand rows; then
/// rows and digests are read along once. Who changed a row only is named with it; who changed its digest too, with its
/// run. A row that an event says was removed is not missed.
class RunCheck {
public:
    RunCheck(soci::session& sql, const AuditWitness& witness, AuditProblems& problems);

    void vouched(const VouchedRun& run);
    /// What an event says of all that was removed of a run until then; the newest counts.
    void removed(const VouchedRun& run);
    /// All events have gone by: now the rows are looked at.
    void finish();
    [[nodiscard]] std::int64_t rows() const { return m_count; }
    /// Rows that are newer than every run: nothing vouches for them yet.
    [[nodiscard]] std::int64_t waiting() const { return m_waiting; }

private:
    struct Known {
        VouchedRun sealed;
        std::optional<VouchedRun> removed;
    };

    void advanceRow() { m_row = m_rows.next(); }
    void unvouchedRowsUpTo(std::int64_t key);
    void compareRow();
    void removedRow();
    void digestsWithoutRunBefore(std::int64_t key);
    void checkRun(const Known& run);
    void differs(const VouchedRun& run, const char* what);

    const AuditWitness& m_witness;
    AuditProblems& m_problems;
    WitnessedRows m_rows;
    StoredDigests m_digests;
    std::optional<WitnessedRow> m_row;
    std::optional<StoredDigest> m_digest;
    std::map<std::int64_t, Known> m_runs;  // by first key
    std::int64_t m_count = 0;
    std::int64_t m_waiting = 0;
};

}  // namespace leedswatch::store
