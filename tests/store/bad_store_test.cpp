#include "base/file.h"
#include "store/audit_log.h"
#include "store/database.h"
#include "store/forked.h"
#include "store/migrations.h"
#include "store/sqlite_connection.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>
#include <sys/resource.h>

#include <fstream>

using namespace leedswatch;
using leedswatch::tests::FakeClock;
using leedswatch::tests::Forked;
using leedswatch::tests::TemporaryFolder;
using testing::HasSubstr;

namespace {

class BadStoreTest : public testing::Test {
protected:
    base::Result<std::unique_ptr<store::Database>> open() { return store::Database::open(m_folder.path(), m_clock); }
    std::filesystem::path file() { return m_folder / "leedswatch.db"; }

    /// A store with a table of `rows` notes, closed again.
    void makeStore(int rows) {
        auto database = open().value();
        const auto made = database->write([&](store::Transaction& transaction) -> base::Result<void> {
            transaction.sql() << "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT";
            const std::string text(500, 'x');
            for (int row = 0; row < rows; ++row) {
                transaction.sql() << "INSERT INTO note (text) VALUES (:text)", soci::use(text, "text");
            }
            return {};
        });
        ASSERT_TRUE(made) << made.error().message;
    }

    void overwrite(std::streamoff at, const std::string& bytes) {
        std::fstream stream{file(), std::ios::in | std::ios::out | std::ios::binary};
        stream.seekp(at);
        stream << bytes;
    }

    static base::Result<void> addNote(store::Database& database, const std::string& text) {
        return database.write([&](store::Transaction& transaction) -> base::Result<void> {
            transaction.sql() << "INSERT INTO note (text) VALUES (:text)", soci::use(text, "text");
            store::AuditEvent event;
            event.who = "tester";
            event.action = "note.added";
            transaction.audit(event);
            transaction.notify("notes", "");
            return {};
        });
    }

    static long long countNotes(store::Database& database) {
        return database
            .read([](soci::session& sql) -> base::Result<long long> {
                long long rows = 0;
                sql << "SELECT count(*) FROM note", soci::into(rows);
                return rows;
            })
            .value();
    }

    void expectDamaged() {
        const auto opened = open();
        ASSERT_FALSE(opened);
        EXPECT_EQ(opened.error().code, base::ErrorCode::Damaged);
        EXPECT_THAT(opened.error().message, HasSubstr(file().string()));
        EXPECT_THAT(opened.error().message, HasSubstr("restore it from a backup"));
    }

    TemporaryFolder m_folder;
    FakeClock m_clock{base::fromStored(1'700'000'000'000'000)};
};

TEST_F(BadStoreTest, AStoreOfANewerVersionIsRefusedByName) {
    makeStore(0);
    store::executeScript(*store::openConnection(file(), store::Access::ReadWrite).value(),
                         "INSERT INTO schema_migration VALUES (9001, '9001_from_the_future', 0)");
    const auto opened = open();
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().code, base::ErrorCode::NewerVersion);
    EXPECT_THAT(opened.error().message, HasSubstr("9001_from_the_future"));
    EXPECT_THAT(opened.error().message, HasSubstr(file().string()));
}

TEST_F(BadStoreTest, AStoreOfEachEarlierVersionIsBroughtUpToDate) {
    const auto& all = store::embeddedMigrations();
    ASSERT_GE(all.size(), 4U);
    for (std::size_t had = 0; had < all.size(); ++had) {
        const TemporaryFolder folder;
        {
            auto sql = store::openConnection(folder / "leedswatch.db", store::Access::ReadWrite).value();
            const std::vector<store::Migration> earlier(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(had));
            ASSERT_EQ(store::applyMigrations(*sql, "test", earlier, m_clock.now())->size(), had);
        }
        auto opened = store::Database::open(folder.path(), m_clock);
        ASSERT_TRUE(opened) << "from " << had << ": " << opened.error().message;
        const auto found = store::AuditLog{**opened}.verify({});
        EXPECT_TRUE(found->problems.empty()) << "from " << had;
    }
}

TEST_F(BadStoreTest, AMigrationThatAppearsBelowThoseThatWereAppliedIsApplied) {
    auto sql = store::openConnection(file(), store::Access::ReadWrite).value();
    const std::vector<store::Migration> second{{2, "0002_b", "CREATE TABLE b (x INTEGER);"}};
    const std::vector<store::Migration> both{{1, "0001_a", "CREATE TABLE a (x INTEGER);"}, second.front()};
    EXPECT_THAT(store::applyMigrations(*sql, "test", second, m_clock.now()).value(), testing::ElementsAre("0002_b"));
    EXPECT_THAT(store::applyMigrations(*sql, "test", both, m_clock.now()).value(), testing::ElementsAre("0001_a"));
    EXPECT_THAT(store::applyMigrations(*sql, "test", both, m_clock.now()).value(), testing::IsEmpty());
}

TEST_F(BadStoreTest, AMigrationThatFailsLeavesNothingOfItself) {
    auto sql = store::openConnection(file(), store::Access::ReadWrite).value();
    const std::vector<store::Migration> broken{
        {1, "0001_a", "CREATE TABLE a (x INTEGER); CREATE TABLE a (y INTEGER);"}};
    EXPECT_THROW(std::ignore = store::applyMigrations(*sql, "test", broken, m_clock.now()), soci::soci_error);
    int tables = 0;
    *sql << "SELECT count(*) FROM sqlite_schema WHERE name = 'a'", soci::into(tables);
    EXPECT_EQ(tables, 0);
}

TEST_F(BadStoreTest, AFileThatIsNoDatabaseIsSaidToBeDamaged) {
    ASSERT_TRUE(base::replaceFile(file(), std::string(10'000, 'n')));
    expectDamaged();
}

TEST_F(BadStoreTest, ADamagedHeaderIsSaidToBeDamaged) {
    makeStore(10);
    overwrite(0, std::string(100, '\xff'));
    expectDamaged();
}

TEST_F(BadStoreTest, AFileWithoutItsEndIsSaidToBeDamaged) {
    makeStore(1'000);
    std::filesystem::resize_file(file(), std::filesystem::file_size(file()) / 2 / 4096 * 4096);
    expectDamaged();
}

TEST_F(BadStoreTest, AStoreThatIsLostBesideItsKeysIsNotReplacedByAnEmptyOne) {
    makeStore(1);
    std::filesystem::create_directories(m_folder / "keys");
    std::ofstream{m_folder / "keys" / "audit.key"} << "a key";
    std::filesystem::resize_file(file(), 0);
    const auto emptied = open();
    ASSERT_FALSE(emptied);
    EXPECT_EQ(emptied.error().code, base::ErrorCode::Damaged);
    EXPECT_THAT(emptied.error().message, HasSubstr("restore it from a backup"));
    std::filesystem::remove(file());
    EXPECT_FALSE(open());
    EXPECT_FALSE(std::filesystem::exists(file()));
}

TEST_F(BadStoreTest, ADamagedTableOfTheCoreIsFoundWhenOpening) {
    makeStore(10);
    // Page 1 holds the schema: its header stays, the tree of tables behind it goes.
    overwrite(100, std::string(1'000, '\xee'));
    expectDamaged();
}

TEST_F(BadStoreTest, ADamagedPageOfALongTableIsSaidWhenItIsMet) {
    makeStore(2'000);
    overwrite(static_cast<std::streamoff>(std::filesystem::file_size(file()) / 2 / 4096 * 4096),
              std::string(40'960, '\xee'));
    auto database = open().value();
    const auto read = database->read([](soci::session& sql) -> base::Result<void> {
        std::string longest;
        sql << "SELECT max(text) FROM note", soci::into(longest);
        return {};
    });
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, base::ErrorCode::Damaged);
}

TEST_F(BadStoreTest, AFolderThatCannotBeMadeIsNamed) {
    const auto opened = store::Database::open("/proc/leedswatch-test", m_clock);
    ASSERT_FALSE(opened);
    EXPECT_THAT(opened.error().message, HasSubstr("/proc/leedswatch-test"));
}

TEST_F(BadStoreTest, AFileInThePlaceOfTheFolderIsNamed) {
    ASSERT_TRUE(base::replaceFile(m_folder / "data", "text"));
    const auto opened = store::Database::open(m_folder / "data", m_clock);
    ASSERT_FALSE(opened);
    EXPECT_THAT(opened.error().message, HasSubstr("data"));
}

TEST_F(BadStoreTest, AFullDiskFailsTheWriteWholeAndLaterOnesGoOn) {
    makeStore(0);
    auto database = open().value();
    ASSERT_TRUE(addNote(*database, "before"));
    const auto full = database->write([](store::Transaction& transaction) -> base::Result<void> {
        store::executeScript(transaction.sql(), "PRAGMA max_page_count = 1");
        const std::string text(100'000, 'x');
        for (int row = 0; row < 10; ++row) {
            transaction.sql() << "INSERT INTO note (text) VALUES (:text)", soci::use(text, "text");
        }
        return {};
    });
    ASSERT_FALSE(full);
    EXPECT_EQ(full.error().code, base::ErrorCode::StorageFull);
    EXPECT_THAT(full.error().message, HasSubstr("free some space"));
    EXPECT_EQ(countNotes(*database), 1);
    ASSERT_TRUE(database->write([](store::Transaction& transaction) -> base::Result<void> {
        store::executeScript(transaction.sql(), "PRAGMA max_page_count = 1000000");
        return {};
    }));
    ASSERT_TRUE(addNote(*database, "after"));
    EXPECT_EQ(countNotes(*database), 2);
    EXPECT_TRUE(store::AuditLog{*database}.verify({})->problems.empty());
}

TEST_F(BadStoreTest, AFileThatMayNotGrowIsAFullDiskAndLosesNothingThatWasCommitted) {
    makeStore(0);
    Forked writer{[this] {
        ::signal(SIGXFSZ, SIG_IGN);
        auto database = open().value();
        const rlimit limit{400'000, 400'000};
        ::setrlimit(RLIMIT_FSIZE, &limit);
        for (int note = 0; note < 10'000; ++note) {
            const auto added = addNote(*database, std::string(2'000, 'x'));
            if (!added) {
                return added.error().code == base::ErrorCode::StorageFull ? 0 : 1;
            }
        }
        return 2;
    }};
    EXPECT_EQ(writer.wait(), 0);
    auto database = open().value();
    EXPECT_GT(countNotes(*database), 10);
    const auto found = store::AuditLog{*database}.verify({});
    EXPECT_TRUE(found->problems.empty());
    EXPECT_EQ(found->events, 1 + countNotes(*database));
    EXPECT_TRUE(addNote(*database, "room again"));
}

TEST_F(BadStoreTest, AWriterThatIsKilledInMidTransactionLosesThatOneAndNoOther) {
    makeStore(0);
    int ends[2];
    ASSERT_EQ(::pipe(ends), 0);
    Forked writer{[this, &ends] {
        auto database = open().value();
        for (int note = 0; note < 30; ++note) {
            if (!addNote(*database, "committed")) {
                return 1;
            }
        }
        std::ignore = database->write([&](store::Transaction& transaction) -> base::Result<void> {
            for (int note = 0; note < 1'000; ++note) {
                transaction.sql() << "INSERT INTO note (text) VALUES ('half')";
            }
            transaction.audit({"tester", "desk", "note.added", "", nlohmann::json::object(), "", {}});
            std::ignore = ::write(ends[1], "x", 1);
            ::pause();
            return {};
        });
        return 1;
    }};
    char byte = 0;
    ASSERT_EQ(::read(ends[0], &byte, 1), 1);
    writer.kill();
    EXPECT_EQ(writer.wait(), -SIGKILL);
    ::close(ends[0]);
    ::close(ends[1]);
    auto database = open().value();
    EXPECT_EQ(countNotes(*database), 30);
    const auto found = store::AuditLog{*database}.verify({});
    EXPECT_TRUE(found->problems.empty());
    EXPECT_EQ(found->events, 31);
    EXPECT_TRUE(addNote(*database, "goes on"));
}

}  // namespace
