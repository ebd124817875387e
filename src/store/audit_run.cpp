#include "store/audit_run.h"

#include "store/audit_appender.h"
#include "store/audit_event.h"

#include <compare>
#include <set>
#include <utility>
#include <vector>

namespace leedswatch::store {
namespace {

std::int64_t newestOf(soci::session& sql, const std::string& key, const std::string& table) {
    std::int64_t newest = 0;
    sql << "SELECT coalesce(max(" + key + "), 0) FROM " + table, soci::into(newest);
    return newest;
}

std::int64_t newestSealed(soci::session& sql, const AuditWitness& witness) {
    return newestOf(sql, "last", witness.runs);
}

std::vector<WitnessedRow> newRows(soci::session& sql, const AuditWitness& witness, std::int64_t most) {
    WitnessedRows rows{sql, witness, newestSealed(sql, witness), most};
    std::vector<WitnessedRow> found;
    while (auto row = rows.next()) {
        found.push_back(std::move(*row));
    }
    return found;
}

void storeDigests(soci::session& sql, const AuditWitness& witness, const std::vector<WitnessedRow>& rows) {
    std::int64_t key = 0;
    std::string digest;
    soci::statement statement = (sql.prepare << "INSERT INTO " + witness.digests + " (" + witness.key +
                                                    ", sha256) VALUES (:key, CAST(:digest AS BLOB))",
                                 soci::use(key, "key"), soci::use(digest, "digest"));
    for (const WitnessedRow& row : rows) {
        key = row.key;
        digest = toBlobText(row.digest);
        statement.execute(true);
    }
}

void storeRun(soci::session& sql, const AuditWitness& witness, std::int64_t first, std::int64_t last) {
    sql << "INSERT INTO " + witness.runs + " (first, last) VALUES (:first, :last)", soci::use(first, "first"),
        soci::use(last, "last");
}

struct SealedRun {
    std::int64_t first = 0;
    std::int64_t last = 0;
    auto operator<=>(const SealedRun&) const = default;
};

std::optional<SealedRun> runOf(soci::session& sql, const AuditWitness& witness, std::int64_t key) {
    SealedRun run;
    sql << "SELECT first, last FROM " + witness.runs + " WHERE first <= :key ORDER BY first DESC LIMIT 1",
        soci::use(key, "key"), soci::into(run.first), soci::into(run.last);
    return sql.got_data() && run.last >= key ? std::optional{run} : std::nullopt;
}

std::set<SealedRun> removeRows(soci::session& sql, const AuditWitness& witness, const std::vector<std::int64_t>& keys,
                               std::int64_t& removed) {
    std::set<SealedRun> runs;
    for (const std::int64_t key : keys) {
        const auto run = runs.empty() || runs.rbegin()->last < key || runs.rbegin()->first > key
                             ? runOf(sql, witness, key)
                             : std::optional{*runs.rbegin()};
        if (!run) {
            continue;
        }
        runs.insert(*run);
        sql << "UPDATE " + witness.digests + " SET removed = 1 WHERE " + witness.key + " = :key", soci::use(key, "key");
        sql << "DELETE FROM " + witness.table + " WHERE " + witness.key + " = :key", soci::use(key, "key");
        ++removed;
    }
    return runs;
}

/// Nothing of it is left to be looked at: what the events say of it is enough.
void forgetIfGone(soci::session& sql, const AuditWitness& witness, const SealedRun& run) {
    std::int64_t left = 0;
    sql << "SELECT count(*) FROM " + witness.digests + " WHERE " + witness.key +
               " BETWEEN :first AND :last AND removed = 0",
        soci::use(run.first, "first"), soci::use(run.last, "last"), soci::into(left);
    if (left > 0) {
        return;
    }
    sql << "DELETE FROM " + witness.digests + " WHERE " + witness.key + " BETWEEN :first AND :last",
        soci::use(run.first, "first"), soci::use(run.last, "last");
    // The newest says how far the sealing has come.
    sql << "DELETE FROM " + witness.runs + " WHERE first = :first AND last < (SELECT max(last) FROM " + witness.runs +
               ")",
        soci::use(run.first, "first");
}

}  // namespace

StoredDigests::StoredDigests(soci::session& sql, const AuditWitness& witness, std::int64_t first, std::int64_t last)
    : m_statement{sql}, m_first{first}, m_last{last} {
    m_statement.exchange(soci::use(m_first, "first"));
    m_statement.exchange(soci::use(m_last, "last"));
    m_statement.exchange(soci::into(m_key));
    m_statement.exchange(soci::into(m_digest));
    m_statement.exchange(soci::into(m_removed));
    m_statement.alloc();
    m_statement.prepare("SELECT " + witness.key + ", sha256, removed FROM " + witness.digests + " WHERE " +
                        witness.key + " BETWEEN :first AND :last ORDER BY " + witness.key);
    m_statement.define_and_bind();
}

std::optional<StoredDigest> StoredDigests::next() {
    const bool found = m_started ? m_statement.fetch() : m_statement.execute(true);
    m_started = true;
    if (!found) {
        return std::nullopt;
    }
    StoredDigest one{m_key, base::Sha256Digest{}, m_removed != 0};
    if (!fromBlobText(m_digest, *one.digest)) {
        one.digest.reset();
    }
    return one;
}

void RunHash::add(const StoredDigest& digest) {
    m_hash.add(std::to_string(digest.key) + " " + (digest.digest ? base::toHex(*digest.digest) : "") + "\n");
    ++m_rows;
}

std::string rowMark(const base::Sha256Digest& digest) {
    return base::toHex(std::span{digest}.first<rowMarkLength / 2>());
}

base::Result<std::int64_t> sealNewRows(Database& database, const AuditWitness& witness, AuditEvent event,
                                       std::int64_t most) {
    // Asked without the write lock first: most of the time there is nothing to do.
    TRY_ASSIGN(const bool any, database.read([&](soci::session& sql) -> base::Result<bool> {
        return newestOf(sql, witness.key, witness.table) > newestSealed(sql, witness);
    }));
    if (!any) {
        return 0;
    }
    return database.write([&](Transaction& transaction) -> base::Result<std::int64_t> {
        const auto rows = newRows(transaction.sql(), witness, most);
        if (rows.empty()) {
            return 0;
        }
        storeDigests(transaction.sql(), witness, rows);
        storeRun(transaction.sql(), witness, rows.front().key, rows.back().key);
        event.witnesses = {{&witness, rows.front().key, rows.back().key}};
        transaction.audit(event);
        return static_cast<std::int64_t>(rows.size());
    });
}

std::int64_t removeSealedRows(Transaction& transaction, const AuditWitness& witness,
                              const std::vector<std::int64_t>& keys, AuditEvent event) {
    std::int64_t removed = 0;
    const auto runs = removeRows(transaction.sql(), witness, keys, removed);
    if (removed == 0) {
        return 0;
    }
    for (const SealedRun& run : runs) {
        event.witnesses.push_back({&witness, run.first, run.last, true});
    }
    transaction.audit(event);
    for (const SealedRun& run : runs) {
        forgetIfGone(transaction.sql(), witness, run);
    }
    return removed;
}

void vouchForAdded(std::vector<WitnessedChange>& changes, const AuditWitness& witness, std::int64_t key) {
    const bool followsOn = !changes.empty() && changes.back().witness == &witness && changes.back().last == key - 1;
    if (followsOn) {
        changes.back().last = key;
    } else {
        changes.push_back({&witness, key, key});
    }
}

}  // namespace leedswatch::store
