#include "store/audit_run.h"

#include "store/audit_appender.h"

#include <utility>
#include <vector>

namespace leedswatch::store {
namespace {

std::int64_t newestKey(soci::session& sql, const AuditWitness& witness, const std::string& table) {
    std::int64_t key = 0;
    sql << "SELECT coalesce(max(" + witness.key + "), 0) FROM " + table, soci::into(key);
    return key;
}

std::vector<WitnessedRow> newRows(soci::session& sql, const AuditWitness& witness, std::int64_t most) {
    WitnessedRows rows{sql, witness, newestKey(sql, witness, witness.digests), most};
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

}  // namespace

StoredDigests::StoredDigests(soci::session& sql, const AuditWitness& witness, std::int64_t first, std::int64_t last)
    : m_statement{sql}, m_first{first}, m_last{last} {
    m_statement.exchange(soci::use(m_first, "first"));
    m_statement.exchange(soci::use(m_last, "last"));
    m_statement.exchange(soci::into(m_key));
    m_statement.exchange(soci::into(m_digest));
    m_statement.alloc();
    m_statement.prepare("SELECT " + witness.key + ", sha256 FROM " + witness.digests + " WHERE " + witness.key +
                        " BETWEEN :first AND :last ORDER BY " + witness.key);
    m_statement.define_and_bind();
}

std::optional<StoredDigest> StoredDigests::next() {
    const bool found = m_started ? m_statement.fetch() : m_statement.execute(true);
    m_started = true;
    if (!found) {
        return std::nullopt;
    }
    StoredDigest one{m_key, base::Sha256Digest{}};
    if (!fromBlobText(m_digest, *one.digest)) {
        one.digest.reset();
    }
    return one;
}

void RunHash::add(const StoredDigest& digest) {
    m_hash.add(std::to_string(digest.key) + " " + (digest.digest ? base::toHex(*digest.digest) : "") + "\n");
    ++m_rows;
}

base::Result<std::int64_t> sealNewRows(Database& database, const AuditWitness& witness, AuditEvent event,
                                       std::int64_t most) {
    // Asked without the write lock first: most of the time there is nothing to do.
    TRY_ASSIGN(const bool any, database.read([&](soci::session& sql) -> base::Result<bool> {
        return newestKey(sql, witness, witness.table) > newestKey(sql, witness, witness.digests);
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
        event.witnesses = {{&witness, rows.front().key, rows.back().key}};
        transaction.audit(event);
        return static_cast<std::int64_t>(rows.size());
    });
}

}  // namespace leedswatch::store
