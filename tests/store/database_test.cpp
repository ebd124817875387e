#include "store/database.h"

#include "store/change_feed.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

#include <thread>

using namespace leedswatch;
using leedswatch::tests::FakeClock;
using leedswatch::tests::TemporaryFolder;

namespace {

class DatabaseTest : public testing::Test {
protected:
    void SetUp() override {
        auto opened = store::Database::open(m_folder / "data", m_clock);
        ASSERT_TRUE(opened) << opened.error().message;
        m_database = std::move(*opened);
        ASSERT_TRUE(m_database->write([](store::Transaction& transaction) -> base::Result<void> {
            transaction.sql() << "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT";
            return {};
        }));
    }

    static void addNote(soci::session& sql, const std::string& text) {
        sql << "INSERT INTO note (text) VALUES (:text)", soci::use(text, "text");
    }

    long long count(const std::string& table) {
        return m_database
            ->read([&](soci::session& sql) -> base::Result<long long> {
                long long rows = 0;
                sql << "SELECT count(*) FROM " + table, soci::into(rows);
                return rows;
            })
            .value();
    }

    TemporaryFolder m_folder;
    FakeClock m_clock{base::fromStored(1'700'000'000'000'000)};
    std::unique_ptr<store::Database> m_database;
};

TEST_F(DatabaseTest, WhatWasWrittenIsReadAndIsThereAfterReopening) {
    ASSERT_TRUE(m_database->write([](store::Transaction& transaction) -> base::Result<void> {
        addNote(transaction.sql(), "one");
        return {};
    }));
    m_database.reset();
    m_database = store::Database::open(m_folder / "data", m_clock).value();
    EXPECT_EQ(count("note"), 1);
}

TEST_F(DatabaseTest, AWriteThatFailsLeavesNeitherRowsNorAuditEvents) {
    const auto events = count("audit_event");
    const auto failed = m_database->write([](store::Transaction& transaction) -> base::Result<void> {
        addNote(transaction.sql(), "one");
        transaction.audit({"tester", "desk", "note.added", "note", nlohmann::json::object(), "", {}});
        return base::fail(base::ErrorCode::InvalidInput, "changed my mind");
    });
    ASSERT_FALSE(failed);
    EXPECT_EQ(failed.error().message, "changed my mind");
    EXPECT_EQ(count("note"), 0);
    EXPECT_EQ(count("audit_event"), events);
}

TEST_F(DatabaseTest, ABrokenUniqueRuleIsAlreadyExistsAndTheStoreGoesOn) {
    const auto addTwice = [](store::Transaction& transaction) -> base::Result<void> {
        addNote(transaction.sql(), "same");
        addNote(transaction.sql(), "same");
        return {};
    };
    EXPECT_EQ(m_database->write(addTwice).error().code, base::ErrorCode::AlreadyExists);
    EXPECT_EQ(count("note"), 0);
}

TEST_F(DatabaseTest, WrongSqlIsABugOfOursAndNotACrash) {
    const auto failed = m_database->read([](soci::session& sql) -> base::Result<void> {
        int value = 0;
        sql << "SELECT nonsense FROM nowhere", soci::into(value);
        return {};
    });
    EXPECT_EQ(failed.error().code, base::ErrorCode::Internal);
}

TEST_F(DatabaseTest, AReaderCannotChangeAnything) {
    const auto failed = m_database->read([](soci::session& sql) -> base::Result<void> {
        addNote(sql, "sneaked in");
        return {};
    });
    ASSERT_FALSE(failed);
    EXPECT_EQ(count("note"), 0);
}

TEST_F(DatabaseTest, AReadInsideAWriteSeesTheStateBeforeIt) {
    ASSERT_TRUE(m_database->write([this](store::Transaction& transaction) -> base::Result<void> {
        addNote(transaction.sql(), "new");
        EXPECT_EQ(count("note"), 0);
        return {};
    }));
    EXPECT_EQ(count("note"), 1);
}

TEST_F(DatabaseTest, AWriteInsideAWriteIsRefusedAndNotADeadlock) {
    const auto outer = m_database->write([this](store::Transaction&) -> base::Result<void> {
        return m_database->write([](store::Transaction&) -> base::Result<void> { return {}; });
    });
    EXPECT_EQ(outer.error().code, base::ErrorCode::Internal);
    EXPECT_TRUE(m_database->write([](store::Transaction&) -> base::Result<void> { return {}; }));
}

TEST_F(DatabaseTest, AnExceptionOfTheFunctionRollsBackAndGoesThrough) {
    EXPECT_THROW(std::ignore = m_database->write([](store::Transaction& transaction) -> base::Result<void> {
        addNote(transaction.sql(), "one");
        throw std::logic_error{"a bug"};
    }),
                 std::logic_error);
    EXPECT_EQ(count("note"), 0);
    EXPECT_TRUE(m_database->write([](store::Transaction&) -> base::Result<void> { return {}; }));
}

TEST_F(DatabaseTest, TheFileIsForItsOwnerAndGroupOnly) {
    const auto mode = std::filesystem::status(m_database->file()).permissions();
    EXPECT_EQ(mode & std::filesystem::perms::others_all, std::filesystem::perms::none);
}

}  // namespace
