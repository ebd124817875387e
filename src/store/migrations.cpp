#include "store/migrations.h"

#include "store/sqlite_connection.h"

#include <algorithm>

namespace leedswatch::store {
namespace {

void createMigrationTable(soci::session& sql) {
    sql << "CREATE TABLE IF NOT EXISTS schema_migration ("
           "number INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at INTEGER NOT NULL) STRICT";
}

struct Applied {
    int number = 0;
    std::string name;
};

std::vector<Applied> appliedMigrations(soci::session& sql) {
    std::vector<Applied> all;
    Applied one;
    soci::statement statement = (sql.prepare << "SELECT number, name FROM schema_migration ORDER BY number",
                                 soci::into(one.number), soci::into(one.name));
    statement.execute();
    while (statement.fetch()) {
        all.push_back(one);
    }
    return all;
}

base::Result<void> refuseNewer(const std::vector<Applied>& applied, const std::vector<Migration>& known,
                               const std::string& databaseName) {
    for (const auto& one : applied) {
        if (std::none_of(known.begin(), known.end(), [&](const auto& each) { return each.number == one.number; })) {
            return base::fail(base::ErrorCode::NewerVersion,
                              databaseName + " was made by a newer version of Leedswatch (it has " + one.name +
                                  ", this version knows up to " + (known.empty() ? "nothing" : known.back().name) +
                                  "): install that version on this machine too");
        }
    }
    return {};
}

void applyOne(soci::session& sql, const Migration& migration, base::UtcTime now) {
    executeScript(sql, migration.sql);
    const std::string name = migration.name;
    const auto at = base::toStored(now);
    sql << "INSERT INTO schema_migration (number, name, applied_at) VALUES (:number, :name, :at)",
        soci::use(migration.number, "number"), soci::use(name, "name"), soci::use(at, "at");
}

}  // namespace

base::Result<std::vector<std::string>> applyMigrations(soci::session& sql, const std::string& databaseName,
                                                       const std::vector<Migration>& migrations, base::UtcTime now) {
    createMigrationTable(sql);
    provideUnhex(sql);
    const auto applied = appliedMigrations(sql);
    TRY(refuseNewer(applied, migrations, databaseName));
    std::vector<std::string> names;
    for (const auto& migration : migrations) {
        if (std::any_of(applied.begin(), applied.end(),
                        [&](const auto& each) { return each.number == migration.number; })) {
            continue;
        }
        soci::transaction transaction{sql};
        applyOne(sql, migration, now);
        transaction.commit();
        names.emplace_back(migration.name);
    }
    return names;
}

}  // namespace leedswatch::store
