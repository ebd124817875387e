#include "store/audit_run_check.h"

#include <string>

namespace leedswatch::store {
namespace {

constexpr auto kEveryKey = std::numeric_limits<std::int64_t>::max();

std::string rowsBetween(const std::string& kind, std::int64_t first, std::int64_t last) {
    return first == last ? kind + " row " + std::to_string(first)
                         : kind + " rows " + std::to_string(first) + " to " + std::to_string(last);
}

}  // namespace

RunCheck::RunCheck(soci::session& sql, const AuditWitness& witness, AuditProblems& problems)
    : m_witness{witness}, m_problems{problems}, m_rows{sql, witness}, m_digests{sql, witness, 0, kEveryKey} {}

void RunCheck::unvouchedRowsUpTo(std::int64_t key) {
    for (; m_row && m_row->key <= key; advanceRow()) {
        ++m_count;
        m_problems.add("no audit event vouches for " + m_witness.kind + " " + m_row->label + " (row " +
                       std::to_string(m_row->key) + "): it was added from outside the program");
    }
}

/// The digest in hand with its row.
void RunCheck::compareRow() {
    unvouchedRowsUpTo(m_digest->key - 1);
    if (!m_row || m_row->key > m_digest->key) {
        m_problems.add(rowsBetween(m_witness.kind, m_digest->key, m_digest->key) +
                       ", which the audit log vouches for, is gone: it was removed from outside the program");
        return;
    }
    if (m_digest->digest != m_row->digest) {
        m_problems.add(m_witness.kind + " " + m_row->label + " (row " + std::to_string(m_row->key) +
                       ") is not what the audit log vouches for: it was changed from outside the program");
    }
    ++m_count;
    advanceRow();
}

/// Told as one: their event may be damaged, which is one fault and not a thousand.
void RunCheck::digestsWithoutRunBefore(std::int64_t key) {
    if (!m_digest || m_digest->key >= key) {
        return;
    }
    const auto first = m_digest->key;
    auto last = first;
    for (; m_digest && m_digest->key < key; m_digest = m_digests.next()) {
        last = m_digest->key;
        compareRow();
    }
    m_problems.add("no audit event vouches for " + rowsBetween(m_witness.kind, first, last) +
                   ": they were added from outside the program, or their event is damaged");
}

void RunCheck::vouched(const VouchedRun& run) {
    if (!m_runs.emplace(run.first, Known{run, {}}).second) {
        differs(run, "they are vouched for twice");
    }
}

void RunCheck::removed(const VouchedRun& run) {
    const auto known = m_runs.find(run.first);
    if (known == m_runs.end() || known->second.sealed.last != run.last) {
        differs(run, "they were removed though nothing had vouched for them");
        return;
    }
    const VouchedRun& sealed = known->second.sealed;
    if (run.rows == sealed.rows && run.digest == sealed.digest) {
        m_runs.erase(known);
        return;
    }
    known->second.removed = run;
}

void RunCheck::differs(const VouchedRun& run, const char* what) {
    m_problems.add("among " + rowsBetween(m_witness.kind, run.first, run.last) +
                   " something was changed, removed or added from outside the program: " + what + " (audit event " +
                   std::to_string(run.seq) + ")");
}

/// The digest in hand is marked as that of a row which a rule removed.
void RunCheck::removedRow() {
    unvouchedRowsUpTo(m_digest->key - 1);
    if (m_row && m_row->key == m_digest->key) {
        m_problems.add(m_witness.kind + " " + m_row->label + " (row " + std::to_string(m_row->key) +
                       ") is there, though it is marked as removed");
        ++m_count;
        advanceRow();
    }
}

void RunCheck::checkRun(const Known& run) {
    const VouchedRun& sealed = run.sealed;
    digestsWithoutRunBefore(sealed.first);
    RunHash all;
    RunHash removed;
    for (; m_digest && m_digest->key <= sealed.last; m_digest = m_digests.next()) {
        all.add(*m_digest);
        if (m_digest->removed) {
            removed.add(*m_digest);
            removedRow();
        } else {
            compareRow();
        }
    }
    unvouchedRowsUpTo(sealed.last);
    if (all.rows() != sealed.rows || all.digest() != sealed.digest) {
        differs(sealed, "their digests are not those that the log vouches for");
    }
    const bool asSaid = run.removed ? removed.rows() == run.removed->rows && removed.digest() == run.removed->digest
                                    : removed.rows() == 0;
    if (!asSaid) {
        differs(run.removed.value_or(sealed), "those that are marked as removed are not those that the log says were");
    }
}

void RunCheck::finish() {
    advanceRow();
    m_digest = m_digests.next();
    for (const auto& [first, run] : m_runs) {
        checkRun(run);
    }
    digestsWithoutRunBefore(kEveryKey);
    for (; m_row; advanceRow()) {
        ++m_waiting;
    }
}

}  // namespace leedswatch::store
