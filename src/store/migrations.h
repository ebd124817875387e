#pragma once

#include "base/result.h"
#include "base/time.h"

#include <soci/soci.h>

#include <string>
#include <vector>

namespace leedswatch::store {

/// A numbered step of the schema: resources/migrations/NNNN_name.sql.
struct Migration {
    int number = 0;
    const char* name = "";  ///< the file's, without ".sql"
    const char* sql = "";
};

/// Those that this program was built with, by number.
[[nodiscard]] const std::vector<Migration>& embeddedMigrations();

/// Applies, by number, each migration that the database does not have, each in a transaction of its own; returns the
/// names of those. A number may be missing below one that is there: branches of work meet. Errors: NewerVersion if the
/// database has one that `migrations` does not.
[[nodiscard]] base::Result<std::vector<std::string>> applyMigrations(soci::session& sql,
                                                                     const std::string& databaseName,
                                                                     const std::vector<Migration>& migrations,
                                                                     base::UtcTime now);

}  // namespace leedswatch::store
