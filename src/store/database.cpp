#include "store/database.h"

#include "base/file.h"
#include "store/audit_appender.h"
#include "store/first_rows.h"
#include "store/key_folder.h"
#include "store/migrations.h"
#include "store/sqlite_connection.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <atomic>
#include <list>
#include <map>
#include <mutex>
#include <thread>
#include <vector>

namespace leedswatch::store {
namespace {

constexpr auto kFileName = "leedswatch.db";

constexpr std::size_t kIdleReaders = 8;

using Session = std::unique_ptr<soci::session>;

class SqliteTransaction final : public Transaction {
public:
    SqliteTransaction(soci::session& sql, const base::Clock& clock)
        : m_sql{sql}, m_now{clock.now()}, m_steadyNow{clock.steadyNow()} {}

    soci::session& sql() override { return m_sql; }
    base::UtcTime now() const override { return m_now; }
    void audit(const AuditEvent& event) override { appendAuditEvent(m_sql, event, m_now, m_steadyNow); }
    void notify(const std::string& topic, const std::string& key) override { m_notes[topic] = key; }

    [[nodiscard]] bool hasNotes() const { return !m_notes.empty(); }

    /// One row a topic, however often it was noted.
    void storeNotes() {
        for (const auto& [topic, key] : m_notes) {
            m_sql << "INSERT INTO change_topic (topic, version, key) VALUES (:topic, 1, :key) "
                     "ON CONFLICT (topic) DO UPDATE SET version = version + 1, key = excluded.key",
                soci::use(topic, "topic"), soci::use(key, "key");
        }
    }

private:
    soci::session& m_sql;
    const base::UtcTime m_now;
    const base::SteadyTime m_steadyNow;
    std::map<std::string, std::string> m_notes;
};

/// Rolls back unless it was told that the transaction has ended well.
class RollBackGuard {
public:
    explicit RollBackGuard(soci::session& sql) : m_sql{sql} {}
    RollBackGuard(const RollBackGuard&) = delete;
    RollBackGuard& operator=(const RollBackGuard&) = delete;
    ~RollBackGuard() {
        try {
            // A full disk may have made SQLite roll back by itself.
            if (inTransaction(m_sql)) {
                executeScript(m_sql, "ROLLBACK");
            }
        } catch (const soci::soci_error&) {
            // The next BEGIN on this connection says what is wrong.
        }
    }

private:
    soci::session& m_sql;
};

class SqliteDatabase final : public Database {
public:
    SqliteDatabase(std::filesystem::path folder, std::filesystem::path file, const base::Clock& clock, Session writer)
        : m_folder{std::move(folder)}, m_file{std::move(file)}, m_clock{clock}, m_writer{std::move(writer)} {}

    const std::filesystem::path& folder() const override { return m_folder; }
    const std::filesystem::path& file() const override { return m_file; }
    const base::Clock& clock() const override { return m_clock; }
    base::Subscription onCommit(std::function<void()> committed) override;

private:
    base::Result<void> readErased(const std::function<void(soci::session&)>& function) override;
    base::Result<void> writeErased(const std::function<bool(Transaction&)>& function) override;
    base::Result<void> writeOnce(const std::function<bool(Transaction&)>& function, bool& noted);
    base::Result<Session> takeReader();
    void giveBackReader(Session reader);
    void tellCommitted();

    // Constant after construction.
    const std::filesystem::path m_folder;
    const std::filesystem::path m_file;
    const base::Clock& m_clock;

    std::mutex m_writerMutex;
    Session m_writer;                             // guarded by m_writerMutex
    std::atomic<std::thread::id> m_writerThread;  // who holds m_writerMutex

    std::mutex m_readersMutex;
    std::vector<Session> m_readers;  // guarded by m_readersMutex: those that nobody uses just now

    std::mutex m_listenersMutex;
    std::list<std::function<void()>> m_listeners;  // guarded by m_listenersMutex
};

/// Runs `function`, and turns what SOCI and the store throw into an Error.
template <typename Function>
base::Result<void> catching(const std::filesystem::path& file, Function&& function) {
    try {
        return function();
    } catch (const soci::soci_error& error) {
        return base::fail(mapSqlError(error, file));
    } catch (const StoreFailure& failure) {
        return base::fail(failure.error());
    }
}

base::Result<Session> SqliteDatabase::takeReader() {
    {
        const std::scoped_lock lock{m_readersMutex};
        if (!m_readers.empty()) {
            auto reader = std::move(m_readers.back());
            m_readers.pop_back();
            return reader;
        }
    }
    return openConnection(m_file, Access::Read);
}

void SqliteDatabase::giveBackReader(Session reader) {
    const std::scoped_lock lock{m_readersMutex};
    if (m_readers.size() < kIdleReaders) {
        m_readers.push_back(std::move(reader));
    }
}

base::Result<void> SqliteDatabase::readErased(const std::function<void(soci::session&)>& function) {
    TRY_ASSIGN(auto reader, takeReader());
    const auto read = catching(m_file, [&]() -> base::Result<void> {
        const RollBackGuard guard{*reader};
        executeScript(*reader, "BEGIN");
        function(*reader);
        executeScript(*reader, "COMMIT");
        return {};
    });
    TRY(read);
    giveBackReader(std::move(reader));
    return {};
}

base::Result<void> SqliteDatabase::writeOnce(const std::function<bool(Transaction&)>& function, bool& noted) {
    const RollBackGuard guard{*m_writer};
    executeScript(*m_writer, "BEGIN IMMEDIATE");
    SqliteTransaction transaction{*m_writer, m_clock};
    if (!function(transaction)) {
        return {};
    }
    transaction.storeNotes();
    executeScript(*m_writer, "COMMIT");
    noted = transaction.hasNotes();
    return {};
}

base::Result<void> SqliteDatabase::writeErased(const std::function<bool(Transaction&)>& function) {
    if (m_writerThread.load() == std::this_thread::get_id()) {
        return base::fail(base::ErrorCode::Internal, "a write to the store was begun inside another");
    }
    bool noted = false;
    {
        const std::scoped_lock lock{m_writerMutex};
        m_writerThread = std::this_thread::get_id();
        struct Leave {
            std::atomic<std::thread::id>& thread;
            ~Leave() { thread = std::thread::id{}; }
        } const leave{m_writerThread};
        TRY(catching(m_file, [&] { return writeOnce(function, noted); }));
    }
    if (noted) {
        tellCommitted();
    }
    return {};
}

base::Subscription SqliteDatabase::onCommit(std::function<void()> committed) {
    const std::scoped_lock lock{m_listenersMutex};
    const auto listener = m_listeners.insert(m_listeners.end(), std::move(committed));
    return base::Subscription{[this, listener] {
        const std::scoped_lock cancelLock{m_listenersMutex};
        m_listeners.erase(listener);
    }};
}

void SqliteDatabase::tellCommitted() {
    const std::scoped_lock lock{m_listenersMutex};
    for (const auto& listener : m_listeners) {
        listener();
    }
}

/// One opener at a time, in all processes: changing a new file to WAL and migrating it are not for two at once.
class OpeningLock {
public:
    explicit OpeningLock(const std::filesystem::path& folder)
        : m_descriptor{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)} {
        ::flock(m_descriptor, LOCK_EX);
    }
    OpeningLock(const OpeningLock&) = delete;
    OpeningLock& operator=(const OpeningLock&) = delete;
    ~OpeningLock() { ::close(m_descriptor); }

private:
    int m_descriptor;
};

/// SQLite would make the file readable by everybody.
base::Result<void> createPrivately(const std::filesystem::path& folder, const std::filesystem::path& file) {
    auto created = base::File::create(file, 0640);
    if (created) {
        TRY(created->close());
        return base::syncFolder(folder);
    }
    if (created.error().code != base::ErrorCode::AlreadyExists) {
        return base::fail(std::move(created).error());
    }
    return {};
}

/// The keys are made after the first rows: with keys there was a store, and a new one in its place would hide that its
/// rows are lost.
base::Result<void> refuseToReplaceALostStore(const std::filesystem::path& folder, const std::filesystem::path& file) {
    std::error_code ignored;
    const auto size = std::filesystem::exists(file, ignored) ? std::filesystem::file_size(file, ignored) : 0;
    const KeyFolder keys{folder};
    const bool hadStore = std::filesystem::exists(keys.pathOf("audit.key"), ignored);
    if (size > 0 || !hadStore) {
        return {};
    }
    return base::fail(base::ErrorCode::Damaged, file.string() + " is empty or missing, though " +
                                                    keys.pathOf("audit.key").string() +
                                                    " shows that there was one: restore it from a backup");
}

}  // namespace

base::Result<void> Database::requireIn(const std::filesystem::path& folder) {
    std::error_code ignored;
    if (std::filesystem::exists(folder / kFileName, ignored)) {
        return {};
    }
    return base::fail(base::ErrorCode::NotFound, "there is no data folder at " + folder.string() +
                                                     ": make one with `leedswatchctl init`, or name it with --data");
}

base::Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& folder, const base::Clock& clock) {
    TRY(base::createFolders(folder));
    const OpeningLock lock{folder};
    const auto file = folder / kFileName;
    TRY(refuseToReplaceALostStore(folder, file));
    TRY(createPrivately(folder, file));
    TRY_ASSIGN(auto writer, openConnection(file, Access::ReadWrite));
    std::vector<std::string> applied;
    const auto prepared = catching(file, [&]() -> base::Result<void> {
        TRY(checkForDamage(*writer, file));
        TRY_ASSIGN(applied, applyMigrations(*writer, file.string(), embeddedMigrations(), clock.now()));
        return {};
    });
    TRY(prepared);
    std::unique_ptr<Database> database = std::make_unique<SqliteDatabase>(folder, file, clock, std::move(writer));
    if (!applied.empty()) {
        TRY(writeFirstRows(*database, applied));
    }
    return database;
}

}  // namespace leedswatch::store
