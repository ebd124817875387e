#pragma once

#include "store/audit_event.h"
#include "store/audit_witness.h"
#include "store/database.h"

#include <soci/soci.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace leedswatch::store {

/// The digest of one row, as it is kept beside the rows of a kind with Rows::InRuns.
struct StoredDigest {
    std::int64_t key = 0;
    std::optional<base::Sha256Digest> digest;  ///< none if what is stored is not one
    bool removed = false;                      ///< its row was removed by removeSealedRows()
};

/// Reads the digests from `first` to `last` by key. Throws soci::soci_error.
class StoredDigests {
public:
    StoredDigests(soci::session& sql, const AuditWitness& witness, std::int64_t first, std::int64_t last);
    [[nodiscard]] std::optional<StoredDigest> next();

private:
    soci::statement m_statement;
    const std::int64_t m_first;
    const std::int64_t m_last;
    std::int64_t m_key = 0;
    std::string m_digest;
    int m_removed = 0;
    bool m_started = false;
};

/// Event `seq` says that the rows `first` to `last` are so many and that their digests hash to this.
struct VouchedRun {
    std::int64_t seq = 0;
    std::int64_t first = 0;
    std::int64_t last = 0;
    std::int64_t rows = 0;
    std::optional<base::Sha256Digest> digest;
    std::string marks = {};  ///< the rowMark of each, of a kind with Rows::OnlyAdded
};

/// What an event vouches for of a run: the SHA-256 of a line "KEY SHA256-IN-HEX" for each row, by key.
class RunHash {
public:
    void add(const StoredDigest& digest);
    [[nodiscard]] std::int64_t rows() const { return m_rows; }
    [[nodiscard]] base::Sha256Digest digest() const { return m_hash.digest(); }

private:
    base::Sha256 m_hash;
    std::int64_t m_rows = 0;
};

/// The first digits of a row's digest, by which a row is named that differs in a run which is vouched for by one hash.
[[nodiscard]] std::string rowMark(const base::Sha256Digest& digest);
inline constexpr std::size_t rowMarkLength = 8;

/// Has the audit log vouch for the oldest rows that it does not vouch for yet, at most `most` of them: keeps their
/// digests, and writes `event` with their run as its witness, in one commit. Returns how many rows; 0 writes nothing.
[[nodiscard]] base::Result<std::int64_t> sealNewRows(Database& database, const AuditWitness& witness, AuditEvent event,
                                                     std::int64_t most);

/// Removes rows that are vouched for, in the caller's transaction, and writes `event`, which says of each run that they
/// belong to how many of its rows have been removed until now and what their digests hash to. So a row that went by a
/// rule is told from one that vanished. The digests of a run stay until all of it is gone. Keys of rows that nothing
/// vouches for yet are left alone. Returns how many were removed. Throws soci::soci_error.
[[nodiscard]] std::int64_t removeSealedRows(Transaction& transaction, const AuditWitness& witness,
                                            const std::vector<std::int64_t>& keys, AuditEvent event);

}  // namespace leedswatch::store
