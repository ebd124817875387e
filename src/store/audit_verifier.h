#pragma once

#include "store/audit_log.h"
#include "store/audit_run_check.h"
#include "store/audit_witness.h"
#include "store/checkpoint_note.h"
#include "store/merkle.h"

#include <soci/soci.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace leedswatch::store {

/// Compares the rows of one kind with what the events say of them, as the events go by in their order.
class WitnessCheck {
public:
    WitnessCheck(soci::session& sql, const AuditWitness& witness, AuditProblems& problems);

    /// Event `seq` says that row `key` has this digest, or none if it was removed.
    void vouched(std::int64_t seq, std::int64_t key, const std::optional<base::Sha256Digest>& digest);
    /// An event says what the rows of a run are; of a kind with Rows::OnlyAdded. Names the rows that are not.
    void vouched(const VouchedRun& run);
    /// All events have gone by.
    void finish();
    [[nodiscard]] std::int64_t rows() const { return m_count; }

private:
    struct Vouched {
        std::int64_t seq = 0;
        std::optional<base::Sha256Digest> digest;
    };

    void advance();
    void compare(const Vouched& vouched);
    void changed(std::int64_t seq);
    void missing(std::int64_t seq, std::int64_t key);
    void unvouched();
    void unvouchedBefore(std::int64_t key);

    const AuditWitness& m_witness;
    AuditProblems& m_problems;
    WitnessedRows m_rows;
    std::optional<WitnessedRow> m_row;
    std::int64_t m_count = 0;
    std::unordered_map<std::int64_t, Vouched> m_newest;  // Rows::Changing only
};

/// The inner nodes that are stored, read along with the leaves: one cursor a level.
class StoredNodeCheck {
public:
    StoredNodeCheck(soci::session& sql, AuditProblems& problems) : m_sql{sql}, m_problems{problems} {}
    void completed(int level, std::int64_t index, const base::Sha256Digest& hash);

private:
    struct Cursor {
        explicit Cursor(soci::session& sql) : statement{sql} {}
        soci::statement statement;
        std::int64_t index = -1;
        std::string hash;
        bool hasRow = false;
    };
    std::unique_ptr<Cursor> openCursor(int level);

    soci::session& m_sql;
    AuditProblems& m_problems;
    std::map<int, std::unique_ptr<Cursor>> m_cursors;
};

/// One verification, in one snapshot of the store.
class AuditVerifier {
public:
    AuditVerifier(soci::session& sql, std::string origin, const VerifyingKey& key,
                  const std::vector<const AuditWitness*>& witnesses);

    /// A checkpoint to be held against the log. `where` says where it was found.
    void addCheckpoint(const std::string& note, const std::string& where);
    [[nodiscard]] AuditVerification run();

private:
    void addStoredCheckpoints();
    void checkEvent(std::int64_t seq, const std::string& body, const std::string& storedLeaf);
    void checkBody(std::int64_t seq, const std::string& body);
    void checkKey(const nlohmann::json& body);
    void checkWitnesses(std::int64_t seq, const nlohmann::json& list);
    void checkPersonal(std::int64_t seq, const std::string& commitment);
    void checkCheckpointsAt(std::int64_t size);

    soci::session& m_sql;
    const std::string m_origin;
    const VerifyingKey& m_key;
    AuditProblems m_problems;
    AuditVerification m_result;
    std::map<std::string, std::unique_ptr<WitnessCheck>> m_witnesses;
    std::map<std::string, std::unique_ptr<RunCheck>> m_runs;
    std::multimap<std::int64_t, std::pair<base::Sha256Digest, std::string>> m_checkpoints;  // by size
    MerkleFrontier m_tree;
    StoredNodeCheck m_nodes;
    std::int64_t m_expected = 0;
    bool m_hasGap = false;  // behind a gap nothing of the tree can fit any more
};

}  // namespace leedswatch::store
