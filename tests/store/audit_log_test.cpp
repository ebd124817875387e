#include "store/audit_log.h"

#include "base/file.h"
#include "store/audit_appender.h"
#include "store/audit_witness.h"
#include "store/checkpoint_note.h"
#include "store/signing_key.h"
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

namespace {

const store::AuditWitness kLine{"line", "line", "id", "text", {"text", "hint"}, store::AuditWitness::Rows::OnlyAdded};
const store::AuditWitness kThing{"thing", "thing", "id", "name", {"name"}, store::AuditWitness::Rows::Changing};

/// A store with two tables of its own that the log vouches for: lines that are only added and things that change.
class AuditLogTest : public testing::Test {
protected:
    void SetUp() override {
        auto opened = store::Database::open(m_folder.path(), m_clock);
        ASSERT_TRUE(opened) << opened.error().message;
        m_database = std::move(*opened);
        asAttacker(
            "CREATE TABLE line (id INTEGER PRIMARY KEY, text TEXT NOT NULL, hint INTEGER) STRICT;"
            "CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;");
    }

    static store::AuditEvent event(const std::string& action) {
        store::AuditEvent one;
        one.who = "tester";
        one.workstation = "desk";
        one.action = action;
        one.object = "thing";
        return one;
    }

    void addLine(const std::string& text) {
        const auto added = m_database->write([&](store::Transaction& transaction) -> base::Result<void> {
            std::int64_t id = 0;
            transaction.sql() << "INSERT INTO line (text) VALUES (:text) RETURNING id", soci::use(text, "text"),
                soci::into(id);
            auto one = event("line.added");
            one.witnesses = {{&kLine, id}};
            transaction.audit(one);
            return {};
        });
        ASSERT_TRUE(added) << added.error().message;
    }

    /// In one commit, vouched for together.
    void addLines(std::int64_t first, std::int64_t last) {
        const auto added = m_database->write([&](store::Transaction& transaction) -> base::Result<void> {
            for (std::int64_t id = first; id <= last; ++id) {
                transaction.sql() << "INSERT INTO line (id, text) VALUES (:id, 'line ' || :name)", soci::use(id, "id"),
                    soci::use(id, "name");
            }
            auto one = event("line.added");
            one.witnesses = {{&kLine, first, last}};
            transaction.audit(one);
            return {};
        });
        ASSERT_TRUE(added) << added.error().message;
    }

    void changeThing(std::int64_t id, const std::string& statement, const std::string& action) {
        const auto changed = m_database->write([&](store::Transaction& transaction) -> base::Result<void> {
            store::executeScript(transaction.sql(), statement.c_str());
            auto one = event(action);
            one.witnesses = {{&kThing, id}};
            transaction.audit(one);
            return {};
        });
        ASSERT_TRUE(changed) << changed.error().message;
    }

    /// Through the file, past every rule of the program.
    void asAttacker(const std::string& script) {
        auto sql = store::openConnection(m_database->file(), store::Access::ReadWrite).value();
        store::executeScript(*sql,
                             "PRAGMA foreign_keys = OFF; DROP TRIGGER IF EXISTS audit_event_is_never_changed;"
                             "DROP TRIGGER IF EXISTS audit_event_is_never_deleted;"
                             "DROP TRIGGER IF EXISTS audit_event_has_no_gap;");
        store::executeScript(*sql, script.c_str());
    }

    store::AuditVerification verify(const std::vector<std::string>& outside = {}) {
        auto found = store::AuditLog{*m_database}.verify({&kLine, &kThing}, outside);
        EXPECT_TRUE(found) << (found ? "" : found.error().message);
        return found.value_or(store::AuditVerification{});
    }
    std::vector<std::string> problems() { return verify().problems; }

    TemporaryFolder m_folder;
    FakeClock m_clock{base::fromStored(1'700'000'000'000'000)};
    std::unique_ptr<store::Database> m_database;
};

TEST_F(AuditLogTest, AnUntouchedLogIsSound) {
    for (int line = 0; line < 20; ++line) {
        addLine("line " + std::to_string(line));
    }
    const auto found = verify();
    EXPECT_THAT(found.problems, IsEmpty());
    EXPECT_EQ(found.events, 21);
    EXPECT_EQ(found.vouchedRows, 20);
}

TEST_F(AuditLogTest, AFlippedByteOfAnEventIsNamedByItsNumberAndOnlyOnce) {
    for (int line = 0; line < 20; ++line) {
        addLine("line");
    }
    ASSERT_TRUE(store::AuditLog{*m_database}.checkpoint());
    asAttacker(
        "UPDATE audit_event SET body = CAST(replace(CAST(body AS TEXT), 'tester', 'tesuer') AS BLOB) WHERE seq = 7");
    EXPECT_THAT(problems(), ElementsAre(HasSubstr("audit event 7 is not what was logged")));
}

TEST_F(AuditLogTest, AFlippedByteOfALeafIsNamedByItsNumber) {
    addLine("line");
    asAttacker("UPDATE audit_event SET leaf = zeroblob(32) WHERE seq = 1");
    EXPECT_THAT(problems(), ElementsAre(HasSubstr("audit event 1 is not what was logged")));
}

TEST_F(AuditLogTest, AnEventWhoseLeafWasMadeToFitIsFoundByTheHashesAbove) {
    for (int line = 0; line < 9; ++line) {
        addLine("line");
    }
    const std::string body = R"({"seq":4,"who":"somebody else"})";
    const auto leaf = base::toHex(store::leafHash(body));
    asAttacker("UPDATE audit_event SET body = CAST('" + body + "' AS BLOB), leaf = x'" + leaf + "' WHERE seq = 4");
    EXPECT_THAT(problems(), testing::Contains(HasSubstr("over audit events 4 to 5 does not fit")));
}

TEST_F(AuditLogTest, AMissingEventIsNamed) {
    for (int line = 0; line < 5; ++line) {
        addLine("line");
    }
    asAttacker("DELETE FROM audit_event WHERE seq IN (2, 3)");
    EXPECT_THAT(problems(), testing::Contains(HasSubstr("audit events 2 to 3 are missing")));
}

TEST_F(AuditLogTest, ChangedRemovedAndSmuggledInRowsAreNamed) {
    for (int line = 1; line <= 4; ++line) {
        addLine("line " + std::to_string(line));
    }
    asAttacker(
        "UPDATE line SET text = 'lime 2' WHERE id = 2; DELETE FROM line WHERE id = 3;"
        "INSERT INTO line (id, text) VALUES (9, 'line 9')");
    EXPECT_THAT(problems(), ElementsAre(HasSubstr("line lime 2 (row 2) is not what audit event 2 vouches for"),
                                        HasSubstr("line row 3, which audit event 3 vouches for, is gone"),
                                        HasSubstr("no audit event vouches for line line 9 (row 9)")));
}

TEST_F(AuditLogTest, RowsThatWereAddedTogetherAreVouchedForByOneEntry) {
    addLine("alone");
    addLines(2, 40);
    addLine("behind");
    const auto found = verify();
    EXPECT_THAT(found.problems, IsEmpty());
    EXPECT_EQ(found.vouchedRows, 41);
    EXPECT_EQ(found.events, 1 + 3);
}

TEST_F(AuditLogTest, OfRowsThatWereAddedTogetherEachThatDiffersIsNamed) {
    addLines(1, 40);
    asAttacker("UPDATE line SET text = 'other' WHERE id = 7");
    asAttacker("UPDATE line SET hint = 1 WHERE id = 40");
    EXPECT_THAT(problems(), ElementsAre(HasSubstr("line other (row 7) is not what audit event 1 vouches for"),
                                        HasSubstr("(row 40) is not what audit event 1 vouches for")));
}

TEST_F(AuditLogTest, OfRowsThatWereAddedTogetherOneThatIsGoneOrWasPutBesideThemIsNamed) {
    addLines(1, 20);
    addLines(21, 40);
    asAttacker("DELETE FROM line WHERE id = 20");
    asAttacker("INSERT INTO line VALUES (41, 'smuggled in', NULL)");
    EXPECT_THAT(problems(), ElementsAre(HasSubstr("line row 20, which audit event 1 vouches for, is gone"),
                                        HasSubstr("no audit event vouches for line smuggled in (row 41)")));
}

TEST_F(AuditLogTest, RowsThatDoNotStandOneBehindTheOtherAreNotVouchedForTogether) {
    addLines(1, 3);
    asAttacker("DELETE FROM line WHERE id = 2");
    const auto vouched = m_database->write([&](store::Transaction& transaction) -> base::Result<void> {
        auto one = event("line.added");
        one.witnesses = {{&kLine, 1, 3}};
        transaction.audit(one);
        return {};
    });
    ASSERT_FALSE(vouched);
    EXPECT_EQ(vouched.error().code, base::ErrorCode::Internal);
}

TEST_F(AuditLogTest, AnEntryOfRowsAddedTogetherThatWasMadeEndlessIsToldAndNotFollowed) {
    addLines(1, 3);
    asAttacker(
        "DROP TRIGGER IF EXISTS audit_event_is_never_changed;"
        "UPDATE audit_event SET body = CAST(replace(CAST(body AS TEXT), '\"to\":3', '\"to\":9223372036854775807') AS "
        "BLOB) WHERE seq = 1");
    EXPECT_THAT(problems(), testing::Contains(HasSubstr("vouches for cannot be read from it")));
}

TEST_F(AuditLogTest, ANullIsNotAnEmptyTextAndNotAZero) {
    addLine("line");
    asAttacker("UPDATE line SET hint = 0");
    EXPECT_THAT(problems(), ElementsAre(HasSubstr("(row 1) is not what audit event 1 vouches for")));
}

TEST_F(AuditLogTest, OfARowThatChangesTheNewestEventCounts) {
    changeThing(1, "INSERT INTO thing VALUES (1, 'old')", "thing.added");
    changeThing(1, "UPDATE thing SET name = 'new'", "thing.changed");
    changeThing(2, "INSERT INTO thing VALUES (2, 'two')", "thing.added");
    changeThing(2, "DELETE FROM thing WHERE id = 2", "thing.removed");
    EXPECT_THAT(problems(), IsEmpty());
    asAttacker("UPDATE thing SET name = 'old'");
    EXPECT_THAT(problems(), ElementsAre(HasSubstr("thing old (row 1) is not what audit event 2 vouches for")));
    asAttacker("UPDATE thing SET name = 'new'; INSERT INTO thing VALUES (2, 'back')");
    EXPECT_THAT(problems(), ElementsAre(HasSubstr("thing back (row 2) is there, though audit event 4 says")));
}

TEST_F(AuditLogTest, AKindThatNobodyCanCheckIsSaid) {
    addLine("line");
    EXPECT_THAT(
        store::AuditLog{*m_database}.verify({})->problems,
        ElementsAre(HasSubstr("audit event 1 vouches for a kind of row that this version does not know: line")));
}

TEST_F(AuditLogTest, TakenAwayEventsAreFoundByACheckpointThatWasKeptElsewhere) {
    for (int line = 0; line < 8; ++line) {
        addLine("line");
    }
    const auto note = store::AuditLog{*m_database}.checkpoint().value();
    asAttacker(
        "DELETE FROM audit_event WHERE seq >= 5; DELETE FROM audit_checkpoint; DELETE FROM line WHERE id >= 5;"
        "DELETE FROM audit_node WHERE ((idx + 1) << level) > 5");
    EXPECT_THAT(problems(), IsEmpty());
    EXPECT_THAT(verify({note}).problems, ElementsAre(HasSubstr("covers 9 events, and the log has 5")));
}

TEST_F(AuditLogTest, ACheckpointOfAnotherKeyIsNotBelieved) {
    auto note = store::parseCheckpoint(store::AuditLog{*m_database}.checkpoint().value()).value();
    const auto forged = store::signCheckpoint(note.checkpoint, store::SigningKey::generate().value());
    EXPECT_THAT(verify({forged}).problems, ElementsAre(HasSubstr("its signature is not right")));
}

TEST_F(AuditLogTest, AReplacedKeyIsNoticedBecauseTheFirstEventNamesIt) {
    addLine("line");
    std::filesystem::remove_all(m_folder / "keys");
    ASSERT_TRUE(store::openOrCreateAuditKey(m_folder.path()));
    EXPECT_THAT(problems(), ElementsAre(HasSubstr("is not the key that audit event 0 names")));
}

TEST_F(AuditLogTest, ACheckpointIsSignedOnceForASizeAndCountsWhatCameAfter) {
    addLine("one");
    store::AuditLog log{*m_database};
    const auto first = log.checkpoint().value();
    EXPECT_EQ(log.checkpoint().value(), first);
    EXPECT_EQ(log.eventsSinceCheckpoint().value(), 0);
    addLine("two");
    EXPECT_EQ(log.eventsSinceCheckpoint().value(), 1);
    EXPECT_NE(log.checkpoint().value(), first);
    EXPECT_EQ(verify().checkpoints, 2);
    EXPECT_EQ(verify().newestCheckpointSize, 3);
}

TEST_F(AuditLogTest, NothingIsSignedThatDoesNotContinueTheNewestCheckpoint) {
    for (int line = 0; line < 8; ++line) {
        addLine("line");
    }
    ASSERT_TRUE(store::AuditLog{*m_database}.checkpoint());
    addLine("more");
    asAttacker("UPDATE audit_node SET hash = zeroblob(32) WHERE level = 3");
    const auto refused = store::AuditLog{*m_database}.checkpoint();
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, base::ErrorCode::Damaged);
    EXPECT_EQ(verify().checkpoints, 1);
}

TEST_F(AuditLogTest, NothingIsSignedWhenTheNewestEventsWereTakenAway) {
    for (int line = 0; line < 8; ++line) {
        addLine("line");
    }
    ASSERT_TRUE(store::AuditLog{*m_database}.checkpoint());
    asAttacker("DELETE FROM audit_event WHERE seq >= 5");
    EXPECT_EQ(store::AuditLog{*m_database}.checkpoint().error().code, base::ErrorCode::Damaged);
}

TEST_F(AuditLogTest, PersonalDataCanBeErasedAndCannotBeChanged) {
    ASSERT_TRUE(m_database->write([](store::Transaction& transaction) -> base::Result<void> {
        auto one = event("request.taken");
        one.personal = "Jane Citizen, 1 Any Street";
        transaction.audit(one);
        return {};
    }));
    EXPECT_THAT(problems(), IsEmpty());
    EXPECT_NE(base::readWholeFile(m_folder / "leedswatch.db-wal")->find("Jane Citizen"), std::string::npos)
        << "the test would prove nothing";
    asAttacker("UPDATE audit_private SET personal = 'Jane Doe'");
    EXPECT_THAT(problems(), ElementsAre(HasSubstr("the personal part of audit event 1")));
    asAttacker("DELETE FROM audit_private");
    const auto found = verify();
    EXPECT_THAT(found.problems, IsEmpty());
    EXPECT_EQ(found.erased, 1);
}

TEST_F(AuditLogTest, TheProgramItselfCannotChangeOrRemoveAnEvent) {
    const auto change = [](const char* script) {
        return [script](store::Transaction& transaction) -> base::Result<void> {
            store::executeScript(transaction.sql(), script);
            return {};
        };
    };
    m_database.reset();
    TemporaryFolder fresh;
    m_database = store::Database::open(fresh.path(), m_clock).value();
    EXPECT_FALSE(m_database->write(change("UPDATE audit_event SET leaf = zeroblob(32)")));
    EXPECT_FALSE(m_database->write(change("DELETE FROM audit_event")));
    EXPECT_FALSE(m_database->write(change("INSERT INTO audit_event VALUES (5, x'00', zeroblob(32))")));
    m_database.reset();
}

TEST_F(AuditLogTest, AFloatIsRefusedBecauseItHasNoOneSpelling) {
    const auto refused = m_database->write([](store::Transaction& transaction) -> base::Result<void> {
        auto one = event("thing.measured");
        one.details["list"] = {1, 2.5};
        transaction.audit(one);
        return {};
    });
    EXPECT_EQ(refused.error().code, base::ErrorCode::Internal);
    EXPECT_THAT(problems(), IsEmpty());
}

TEST_F(AuditLogTest, TextThatIsNoUtf8IsStillLogged) {
    ASSERT_TRUE(m_database->write([](store::Transaction& transaction) -> base::Result<void> {
        auto one = event("signin.refused");
        one.object = "person \xff\xfe";
        transaction.audit(one);
        return {};
    }));
    EXPECT_THAT(problems(), IsEmpty());
}

}  // namespace
