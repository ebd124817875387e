#include "store/audit_run.h"

#include "store/audit_log.h"
#include "store/sqlite_connection.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"

#include <gmock/gmock.h>

using namespace leedswatch;
using leedswatch::tests::FakeClock;
using leedswatch::tests::TemporaryFolder;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

namespace {

const store::AuditWitness kFile{"file", "file", "id", "name", {"name"}, store::AuditWitness::Rows::InRuns, "digest"};

/// A store with a table that the log vouches for in runs: a hundred rows, sealed by forty.
class AuditRunTest : public testing::Test {
protected:
    void SetUp() override {
        m_database = store::Database::open(m_folder.path(), m_clock).value();
        execute(
            "CREATE TABLE file (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;"
            "CREATE TABLE digest (id INTEGER PRIMARY KEY, sha256 BLOB NOT NULL) STRICT;");
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
    execute("INSERT INTO digest SELECT id, zeroblob(32) FROM file WHERE id > 100");
    const auto found = problems();
    EXPECT_THAT(found, SizeIs(21)) << "each row differs from its digest, and no event vouches for them";
    EXPECT_THAT(found.back(), HasSubstr("no audit event vouches for file rows 101 to 120"));
}

TEST_F(AuditRunTest, ADigestThatIsNoneIsADifferenceAndNotTheEndOfTheCheck) {
    execute("UPDATE digest SET sha256 = x'00' WHERE id = 3");
    EXPECT_THAT(problems(), ElementsAre(HasSubstr("file file 3 (row 3) is not what"), HasSubstr("rows 1 to 40")));
}

}  // namespace
