#pragma once

#include "base/result.h"

#include <soci/soci.h>

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

// What is SQLite's own in the store: opening, error numbers, scripts. PostgreSQL will have a sibling of this file.

namespace leedswatch::store {

/// Carries an Error out of code that cannot return one (Transaction::audit); the Database turns it back.
class StoreFailure : public std::runtime_error {
public:
    explicit StoreFailure(base::Error error) : std::runtime_error{error.message}, m_error{std::move(error)} {}
    [[nodiscard]] const base::Error& error() const { return m_error; }

private:
    base::Error m_error;
};

enum class Access { Read, ReadWrite };

/// A connection to the file: WAL, synchronous=FULL, foreign keys, ten seconds of patience with other writers; with
/// Access::Read it refuses to change anything. Errors: as `mapSqlError` gives them.
[[nodiscard]] base::Result<std::unique_ptr<soci::session>> openConnection(const std::filesystem::path& file,
                                                                          Access access);

/// The one place where what SOCI and SQLite report becomes an Error of ours.
[[nodiscard]] base::Error mapSqlError(const soci::soci_error& error, const std::filesystem::path& file);

/// Runs every statement of a script. Throws soci::soci_error.
void executeScript(soci::session& sql, const char* script);

/// Teaches the connection `leedswatch_unhex(TEXT)`, a blob or NULL, which a migration needs and this SQLite lacks.
void provideUnhex(soci::session& sql);

/// Whether a BEGIN has not been ended yet.
[[nodiscard]] bool inTransaction(soci::session& sql);

/// A cheap look at the file: that its pages are all there and that its small, most needed tables are whole. The large
/// ones are met by reading. Error: Damaged.
[[nodiscard]] base::Result<void> checkForDamage(soci::session& sql, const std::filesystem::path& file);

}  // namespace leedswatch::store
