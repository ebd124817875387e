#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "base/subscription.h"
#include "store/audit_event.h"

#include <soci/soci.h>

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <type_traits>

namespace leedswatch::store {

/// What a writer holds while it changes the store: everything done through it is committed together or not at all.
/// Valid only inside the function that was given it.
class Transaction {
public:
    virtual ~Transaction() = default;

    /// Parameters are bound with soci::use, never pasted into the text.
    [[nodiscard]] virtual soci::session& sql() = 0;
    /// The moment that this transaction's rows carry.
    [[nodiscard]] virtual base::UtcTime now() const = 0;
    /// Appends to the audit log, in this transaction. Every change of state has one (DESIGN section 5).
    virtual void audit(const AuditEvent& event) = 0;
    /// Tells the readers of `topic`, in this and other processes, after the commit.
    virtual void notify(const std::string& topic, const std::string& key) = 0;
};

/// The one store of a data folder: SQLite (WAL, synchronous=FULL) through SOCI. Several processes may have it open.
/// Thread-safe: readers each take a connection of a pool, writers wait for each other.
///
/// The functions given to `read` and `write` return a Result; what SOCI throws inside them is mapped to an Error here,
/// and a failed or thrown-out-of write is rolled back. Errors: StorageFull, StorageFailed, Damaged, Busy (another
/// process kept the write lock for more than ten seconds), AlreadyExists (a UNIQUE rule), and the function's own.
class Database {
public:
    /// Opens or creates `folder`/leedswatch.db and applies the migrations that it lacks. Errors: NewerVersion, Damaged,
    /// StorageFull, StorageFailed; each message names the file and what to do.
    [[nodiscard]] static base::Result<std::unique_ptr<Database>> open(const std::filesystem::path& folder,
                                                                      const base::Clock& clock);
    /// Whether there is a store in `folder`; NotFound, with a sentence that says how to make one, if not. For programs
    /// that must not make one: a mistyped folder would look like an estate without cameras.
    [[nodiscard]] static base::Result<void> requireIn(const std::filesystem::path& folder);
    virtual ~Database() = default;

    template <typename Function>
    auto read(Function&& function) -> std::invoke_result_t<Function, soci::session&> {
        std::invoke_result_t<Function, soci::session&> result =
            base::fail(base::ErrorCode::Internal, "read did not run");
        TRY(readErased([&](soci::session& sql) { result = function(sql); }));
        return result;
    }

    template <typename Function>
    auto write(Function&& function) -> std::invoke_result_t<Function, Transaction&> {
        std::invoke_result_t<Function, Transaction&> result =
            base::fail(base::ErrorCode::Internal, "write did not run");
        TRY(writeErased([&](Transaction& transaction) {
            result = function(transaction);
            return result.has_value();
        }));
        return result;
    }

    [[nodiscard]] virtual const std::filesystem::path& folder() const = 0;
    [[nodiscard]] virtual const base::Clock& clock() const = 0;
    /// The file itself: folder / "leedswatch.db".
    [[nodiscard]] virtual const std::filesystem::path& file() const = 0;

    /// Calls `committed` after each commit of this process that notified anybody, on the thread that committed. It must
    /// not block or call the database. For the change feed.
    [[nodiscard]] virtual base::Subscription onCommit(std::function<void()> committed) = 0;

private:
    virtual base::Result<void> readErased(const std::function<void(soci::session&)>& function) = 0;
    /// Commits if the function returned true, else rolls back.
    virtual base::Result<void> writeErased(const std::function<bool(Transaction&)>& function) = 0;
};

}  // namespace leedswatch::store
