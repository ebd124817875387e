#include "store/audit_run.h"

#include "store/audit_log.h"
#include "store/sqlite_connection.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>

#include <numeric>

using namespace leedswatch;
using leedswatch::tests::FakeClock;
using leedswatch::tests::TemporaryFolder;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

const store::AuditWitness kFile{"file",   "file", "id", "name", {"name"}, store::AuditWitness::Rows::InRuns,
                                "digest", "run"};

/// A store with a table that the log vouches for in runs: a hundred rows, sealed by forty.
class AuditRunTest : public testing::Test {
protected:
    void SetUp() override {
        m_database = store::Database::open(m_folder.path(), m_clock).value();
        execute(
            "CREATE TABLE file (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;"
            "CREATE TABLE digest (id INTEGER PRIMARY KEY, sha256 BLOB NOT NULL, removed INTEGER NOT NULL DEFAULT 0) "
            "STRICT;"
            "CREATE TABLE run (first INTEGER PRIMARY KEY, last INTEGER NOT NULL) STRICT;");
        addFiles(1, 100);
        for (const std::int64_t sealed : {40, 40, 20, 0}) {
            ASSERT_EQ(seal(), sealed);
        }
    }

    void addFiles(int first, int last) {
        for (int id = first; id <= last; ++id) {
            execute("INSERT INTO file VALUES (" + std::to_string(id) + ", 'file " + std::to_string(id) + "')");
        }
    }
    std::int64_t seal() {
        store::AuditEvent event;
        event.who = "tester";
        event.action = "files.sealed";
        return store::sealNewRows(*m_database, kFile, event, 40).value();
    }
    std::int64_t remove(const std::vector<std::int64_t>& keys) {
        store::AuditEvent event;
        event.who = "tester";
        event.action = "files.deleted";
        return m_database
            ->write([&](store::Transaction& transaction) -> base::Result<std::int64_t> {
                return store::removeSealedRows(transaction, kFile, keys, event);
            })
            .value();
    }
    std::int64_t count(const std::string& table) {
        return m_database
            ->read([&](soci::session& sql) -> base::Result<std::int64_t> {
                std::int64_t rows = 0;
                sql << "SELECT count(*) FROM " + table, soci::into(rows);
                return rows;
            })
            .value();
    }
    /// Past every rule of the program.
    void execute(const std::string& script) {
        auto sql = store::openConnection(m_database->file(), store::Access::ReadWrite).value();
        store::executeScript(*sql, script.c_str());
    }
    store::AuditVerification verify() { return store::AuditLog{*m_database}.verify({&kFile}).value(); }
    std::vector<std::string> problems() { return verify().problems; }

    TemporaryFolder m_folder;
    FakeClock m_clock{base::fromStored(1'700'000'000'000'000)};
    std::unique_ptr<store::Database> m_database;
};

TEST_F(AuditRunTest, UntouchedRowsAreSoundAndCostAnEventARun) {
    const auto found = verify();
    EXPECT_THAT(found.problems, IsEmpty());
    EXPECT_EQ(found.vouchedRows, 100);
    EXPECT_EQ(found.waitingRows, 0);
    EXPECT_EQ(found.events, 1 + 3);
}

TEST_F(AuditRunTest, RowsThatWereNotSealedYetWaitAndAreNoProblem) {
    addFiles(101, 107);
    EXPECT_THAT(problems(), IsEmpty());
    EXPECT_EQ(verify().waitingRows, 7);
    EXPECT_EQ(verify().vouchedRows, 100);
}

TEST_F(AuditRunTest, AChangedRowIsNamed) {
    execute("UPDATE file SET name = 'another' WHERE id = 57");
    EXPECT_THAT(problems(), ElementsAre(HasSubstr("file another (row 57) is not what the audit log vouches for")));
}

TEST_F(AuditRunTest, ARemovedRowIsNamed) {
    execute("DELETE FROM file WHERE id IN (40, 100)");
    EXPECT_THAT(problems(), ElementsAre(HasSubstr("file row 40, "), HasSubstr("file row 100, ")));
}

TEST_F(AuditRunTest, ARowThatWasPutBetweenIsNamed) {
    execute("DELETE FROM file WHERE id = 50; DELETE FROM digest WHERE id = 50");
    addFiles(50, 50);
    EXPECT_THAT(problems(), ElementsAre(HasSubstr("no audit event vouches for file file 50 (row 50)"),
                                        HasSubstr("among file rows 41 to 80 something was changed")));
}

TEST_F(AuditRunTest, WhoChangesTheDigestWithItsRowIsFoundByTheRun) {
    execute("DELETE FROM file WHERE id = 90; DELETE FROM digest WHERE id = 90");
    EXPECT_THAT(problems(), ElementsAre(HasSubstr("among file rows 81 to 100 something was changed")));
}

TEST_F(AuditRunTest, TheNewestRowsTakenAwayWithTheirDigestsAreFoundByTheRun) {
    execute("DELETE FROM file WHERE id > 95; DELETE FROM digest WHERE id > 95");
    EXPECT_THAT(problems(), ElementsAre(HasSubstr("among file rows 81 to 100 something was changed")));
}

TEST_F(AuditRunTest, DigestsThatNoEventKnowsAreToldAsOne) {
    addFiles(101, 120);
    execute("INSERT INTO digest (id, sha256) SELECT id, zeroblob(32) FROM file WHERE id > 100");
    const auto found = problems();
    EXPECT_THAT(found, SizeIs(21)) << "each row differs from its digest, and no event vouches for them";
    EXPECT_THAT(found.back(), HasSubstr("no audit event vouches for file rows 101 to 120"));
}

TEST_F(AuditRunTest, RowsThatWereRemovedByRuleAreNotMissed) {
    remove({1, 2, 39, 41, 100});
    EXPECT_THAT(problems(), IsEmpty());
    EXPECT_EQ(verify().vouchedRows, 95);
    remove({3, 42});
    EXPECT_THAT(problems(), IsEmpty());
}

TEST_F(AuditRunTest, ARowThatVanishedBesideRemovedOnesIsNamed) {
    remove({1, 2});
    execute("DELETE FROM file WHERE id = 3");
    EXPECT_THAT(problems(), ElementsAre(HasSubstr("file row 3, which the audit log vouches for, is gone")));
}

TEST_F(AuditRunTest, WhoMarksAVanishedRowAsRemovedIsFoundByTheRun) {
    remove({1, 2});
    execute("DELETE FROM file WHERE id = 3; UPDATE digest SET removed = 1 WHERE id = 3");
    EXPECT_THAT(problems(), ElementsAre(HasSubstr("among file rows 1 to 40 something was changed")));
}

TEST_F(AuditRunTest, ARowThatWasRemovedAndIsThereAgainIsNamed) {
    remove({7});
    addFiles(7, 7);
    EXPECT_THAT(problems(), ElementsAre(HasSubstr("file file 7 (row 7) is there, though it is marked as removed")));
}

TEST_F(AuditRunTest, OfARunThatIsGoneNothingIsKeptAndNothingIsMissed) {
    for (int begin = 1; begin <= 41; begin += 20) {
        std::vector<std::int64_t> keys(20);
        std::iota(keys.begin(), keys.end(), begin);
        remove(keys);
    }
    EXPECT_EQ(count("digest"), 60) << "the first run is forgotten, the second has lost half and keeps its digests";
    EXPECT_EQ(count("run"), 2);
    EXPECT_THAT(problems(), IsEmpty());
    execute("INSERT INTO file VALUES (5, 'forged')");
    EXPECT_THAT(problems(), ElementsAre(HasSubstr("no audit event vouches for file forged (row 5)")));
}

TEST_F(AuditRunTest, AfterEverythingWasRemovedNewRowsAreSealedAsUsual) {
    std::vector<std::int64_t> keys(100);
    std::iota(keys.begin(), keys.end(), 1);
    remove(keys);
    EXPECT_EQ(count("digest"), 0);
    EXPECT_EQ(seal(), 0);
    addFiles(101, 110);
    EXPECT_EQ(seal(), 10);
    EXPECT_THAT(problems(), IsEmpty());
}

TEST_F(AuditRunTest, WhatIsNotSealedYetIsNotRemoved) {
    addFiles(101, 102);
    EXPECT_EQ(remove({101, 100}), 1);
    EXPECT_EQ(count("file"), 101);
}

TEST_F(AuditRunTest, ADigestThatIsNoneIsADifferenceAndNotTheEndOfTheCheck) {
    execute("UPDATE digest SET sha256 = x'00' WHERE id = 3");
    EXPECT_THAT(problems(), ElementsAre(HasSubstr("file file 3 (row 3) is not what"), HasSubstr("rows 1 to 40")));
}

}  // namespace
