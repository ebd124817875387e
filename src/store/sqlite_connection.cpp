#include "store/sqlite_connection.h"

#include "base/hash.h"
#include "store/erasable.h"

#include <soci/sqlite3/soci-sqlite3.h>

#include <cerrno>

namespace leedswatch::store {
namespace {

constexpr int kBusyTimeoutMilliseconds = 10'000;
constexpr int kPrimaryCodeMask = 0xff;

sqlite_api::sqlite3* handleOf(soci::session& sql) {
    return static_cast<soci::sqlite3_session_backend*>(sql.get_backend())->conn_;
}

/// How SOCI wants a file name: in double quotes. It knows no way to write a double quote inside them.
base::Result<std::string> connectString(const std::filesystem::path& file) {
    if (file.string().find('"') != std::string::npos) {
        return base::fail(base::ErrorCode::InvalidInput,
                          "the data folder's name must not hold a double quote: " + file.parent_path().string());
    }
    return "db=\"" + file.string() + "\"";
}

void unhex(sqlite_api::sqlite3_context* context, int, sqlite_api::sqlite3_value** arguments) {
    const auto* text = reinterpret_cast<const char*>(sqlite_api::sqlite3_value_text(arguments[0]));
    const auto bytes = text == nullptr ? base::fail(base::ErrorCode::InvalidInput, "null") : base::fromHex(text);
    if (!bytes) {
        sqlite_api::sqlite3_result_null(context);
        return;
    }
    auto* const copyIt = reinterpret_cast<sqlite_api::sqlite3_destructor_type>(-1);  // SQLITE_TRANSIENT
    sqlite_api::sqlite3_result_blob(context, bytes->data(), static_cast<int>(bytes->size()), copyIt);
}

std::string_view textOf(sqlite_api::sqlite3_value* value) {
    const auto* text = reinterpret_cast<const char*>(sqlite_api::sqlite3_value_text(value));
    return text == nullptr ? std::string_view{}
                           : std::string_view{text, static_cast<std::size_t>(sqlite_api::sqlite3_value_bytes(value))};
}

void hmac(sqlite_api::sqlite3_context* context, int, sqlite_api::sqlite3_value** arguments) {
    const auto digits = hmacSha256Hex(textOf(arguments[0]), textOf(arguments[1]));
    auto* const copyIt = reinterpret_cast<sqlite_api::sqlite3_destructor_type>(-1);  // SQLITE_TRANSIENT
    sqlite_api::sqlite3_result_text(context, digits.data(), static_cast<int>(digits.size()), copyIt);
}

void configure(soci::session& sql, Access access) {
    auto* handle = handleOf(sql);
    sqlite_api::sqlite3_extended_result_codes(handle, 1);
    sqlite_api::sqlite3_busy_timeout(handle, kBusyTimeoutMilliseconds);
    std::string mode;
    sql << "PRAGMA journal_mode = WAL", soci::into(mode);
    executeScript(sql,
                  "PRAGMA synchronous = FULL;"
                  "PRAGMA foreign_keys = ON;"
                  "PRAGMA trusted_schema = OFF;"
                  "PRAGMA secure_delete = ON;"
                  "PRAGMA cache_size = -16384;"
                  "PRAGMA journal_size_limit = 67108864;");
    // For erasableColumn().
    sqlite_api::sqlite3_create_function(handle, "hmac_sha256_hex", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nullptr, hmac,
                                        nullptr, nullptr);
    if (access == Access::Read) {
        executeScript(sql, "PRAGMA query_only = ON;");
    }
}

base::Error full(const std::string& name) {
    return {base::ErrorCode::StorageFull, "the disk that holds " + name + " is full: free some space and try again"};
}

base::Error mapCode(int extendedCode, const std::string& name, const std::string& reason) {
    using base::ErrorCode;
    switch (extendedCode & kPrimaryCodeMask) {
        case SQLITE_FULL: return full(name);
        case SQLITE_IOERR:
            if (errno == ENOSPC || errno == EDQUOT || errno == EFBIG) {
                return full(name);
            }
            return {ErrorCode::StorageFailed,
                    "the disk that holds " + name + " would not read or write: check the disk"};
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return {ErrorCode::Damaged,
                    name + " is damaged: stop every program that uses it, keep a copy, and restore it from a backup"};
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return {ErrorCode::Busy, "another program kept " + name + " locked for more than ten seconds: try again"};
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_CANTOPEN:
        case SQLITE_AUTH:
            return {ErrorCode::StorageFailed, name +
                                                  " cannot be opened or written: check who owns it and its folder, "
                                                  "and that the disk is not read-only"};
        case SQLITE_CONSTRAINT:
            if (extendedCode == SQLITE_CONSTRAINT_UNIQUE || extendedCode == SQLITE_CONSTRAINT_PRIMARYKEY) {
                return {ErrorCode::AlreadyExists, "there is one already: " + reason};
            }
            return {ErrorCode::Internal, "a rule of the database was broken: " + reason};
        default: return {ErrorCode::Internal, name + ": " + reason};
    }
}

base::Result<void> damaged(const std::filesystem::path& file, const std::string& how) {
    return base::fail(base::ErrorCode::Damaged,
                      file.string() + " is damaged (" + how +
                          "): stop every program that uses it, keep a copy, and restore it from a backup");
}

/// Pages that the header counts and the file does not have. What is still in the write-ahead log may lie beyond the
/// end of the file, so this is only looked at when there is none.
base::Result<void> checkLength(soci::session& sql, const std::filesystem::path& file) {
    std::error_code failed;
    const auto logSize = std::filesystem::file_size(file.string() + "-wal", failed);
    if (!failed && logSize > 0) {
        return {};
    }
    long long pages = 0;
    long long pageSize = 0;
    sql << "PRAGMA page_count", soci::into(pages);
    sql << "PRAGMA page_size", soci::into(pageSize);
    const auto size = std::filesystem::file_size(file, failed);
    if (!failed && size < static_cast<std::uintmax_t>(pages * pageSize)) {
        return damaged(file, "its end is missing");
    }
    return {};
}

}  // namespace

base::Result<std::unique_ptr<soci::session>> openConnection(const std::filesystem::path& file, Access access) {
    TRY_ASSIGN(const auto text, connectString(file));
    try {
        auto session = std::make_unique<soci::session>(soci::sqlite3, text);
        configure(*session, access);
        return session;
    } catch (const soci::soci_error& error) {
        return base::fail(mapSqlError(error, file));
    }
}

base::Error mapSqlError(const soci::soci_error& error, const std::filesystem::path& file) {
    if (const auto* own = dynamic_cast<const soci::sqlite3_soci_error*>(&error)) {
        return mapCode(own->result(), file.string(), error.get_error_message());
    }
    // SOCI's own complaints (no session, a null that was not expected): a bug of ours.
    return {base::ErrorCode::Internal, file.string() + ": " + error.get_error_message()};
}

void executeScript(soci::session& sql, const char* script) {
    auto* handle = handleOf(sql);
    const int code = sqlite_api::sqlite3_exec(handle, script, nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) {
        throw soci::sqlite3_soci_error(sqlite_api::sqlite3_errmsg(handle), code);
    }
}

void provideUnhex(soci::session& sql) {
    sqlite_api::sqlite3_create_function(handleOf(sql), "leedswatch_unhex", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
                                        nullptr, unhex, nullptr, nullptr);
}

bool inTransaction(soci::session& sql) {
    return sqlite_api::sqlite3_get_autocommit(handleOf(sql)) == 0;
}

base::Result<void> checkForDamage(soci::session& sql, const std::filesystem::path& file) {
    TRY(checkLength(sql, file));
    for (const char* table : {"sqlite_schema", "schema_migration", "setting", "change_topic", "person", "camera"}) {
        int found = 0;
        const std::string name = table;
        sql << "SELECT count(*) FROM pragma_table_list WHERE name = :name", soci::use(name), soci::into(found);
        if (found == 0) {
            continue;
        }
        std::string answer;
        sql << "PRAGMA quick_check(" + name + ")", soci::into(answer);
        if (answer != "ok") {
            return damaged(file, answer);
        }
    }
    return {};
}

}  // namespace leedswatch::store
