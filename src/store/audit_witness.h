#pragma once

#include "base/hash.h"

#include <soci/soci.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace leedswatch::store {

/// A kind of row whose truth the audit log vouches for. A service describes its table once, with constants of the
/// program, and names the row in the AuditEvent of each change; the store puts the SHA-256 of what the row then holds
/// into the event. Verifying computes it again from the row: a row that was changed, removed or added by anything but
/// the service is named. The store itself knows none of these tables.
///
/// What is hashed is the JSON array [kind, column, ...]: each column as its text, or null. So it can be computed
/// without this program, and it is the same on every database engine.
struct AuditWitness {
    enum class Rows {
        OnlyAdded,  ///< rows are never changed or removed, and ids grow: verified in one pass over any number;
                    ///< those of one commit may be vouched for together (WitnessedChange::last)
        Changing,   ///< the newest event about a row counts; a small table, held in memory while verifying
        InRuns,     ///< too many for an event each: sealNewRows() vouches for them in runs, removeSealedRows() removes
    };

    std::string kind;  ///< as in the event; never changes, as the events stay for ever
    std::string table;
    std::string key;    ///< the INTEGER PRIMARY KEY column
    std::string label;  ///< the column by which a person knows the row
    /// All that is vouched for, in the order in which it is hashed: columns, or expressions that give what a column
    /// once held.
    std::vector<std::string> columns;
    Rows rows = Rows::OnlyAdded;
    /// Rows::InRuns: the table (key, sha256, removed) of the digests, by which a row is named that is not what it was,
    /// and the table (first, last) of the keys that each sealing vouches for.
    std::string digests = {};
    std::string runs = {};
};

struct WitnessedRow {
    std::int64_t key = 0;
    std::string label;
    base::Sha256Digest digest{};
};

/// Reads the rows of a kind by key, hashing each. Throws soci::soci_error.
class WitnessedRows {
public:
    /// All of them, by key.
    WitnessedRows(soci::session& sql, const AuditWitness& witness);
    /// One.
    WitnessedRows(soci::session& sql, const AuditWitness& witness, std::int64_t key);
    /// At most `most` of those whose key is greater than `after`.
    WitnessedRows(soci::session& sql, const AuditWitness& witness, std::int64_t after, std::int64_t most);

    [[nodiscard]] std::optional<WitnessedRow> next();

private:
    void prepare(const std::string& condition, const std::string& bound = {});

    const AuditWitness& m_witness;
    soci::statement m_statement;
    std::int64_t m_wanted = 0;
    std::int64_t m_most = 0;
    std::int64_t m_key = 0;
    std::string m_label;
    std::vector<std::string> m_values;
    std::vector<soci::indicator> m_indicators;
    std::string m_text;  ///< what is hashed of the row in hand
    bool m_started = false;
};

}  // namespace leedswatch::store
