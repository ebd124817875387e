#include "access/people.h"

#include "base/file.h"
#include "store/audit_log.h"
#include "store/audit_witness.h"
#include "support/fake_clock.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

using namespace leedswatch;
using access::Role;
using leedswatch::tests::FakeClock;
using leedswatch::tests::TemporaryFolder;

namespace {

constexpr const char* kGoodPassword = "correct horse battery";

class PeopleTest : public testing::Test {
protected:
    void SetUp() override {
        auto opened = store::Database::open(m_folder.path(), m_clock);
        ASSERT_TRUE(opened) << opened.error().message;
        m_database = std::move(*opened);
        m_people = std::make_unique<access::People>(*m_database);
    }

    void addFirst() {
        const auto added = m_people->add(m_root, "ann", "Ann Abel", Role::Administrator, kGoodPassword, false);
        ASSERT_TRUE(added) << added.error().message;
    }

    TemporaryFolder m_folder;
    FakeClock m_clock{base::fromStored(1'700'000'000'000'000)};
    std::unique_ptr<store::Database> m_database;
    std::unique_ptr<access::People> m_people;
    access::Acting m_root = access::Acting::commandLine();
};

TEST_F(PeopleTest, TheFirstPersonIsAnAdministratorAndCanSignIn) {
    EXPECT_TRUE(m_people->isEmpty().value());
    EXPECT_EQ(m_people->add(m_root, "bob", "Bob", Role::Operator, kGoodPassword, false).error().code,
              base::ErrorCode::InvalidInput);
    addFirst();
    EXPECT_FALSE(m_people->isEmpty().value());
    const auto acting = m_people->signIn("Ann", kGoodPassword, "desk-1");
    ASSERT_TRUE(acting) << acting.error().message;
    EXPECT_EQ(acting->username, "ann");
    EXPECT_EQ(acting->role, Role::Administrator);
    EXPECT_FALSE(acting->unrestricted);
}

TEST_F(PeopleTest, AWrongNameAndAWrongPasswordAreToldInTheSameWords) {
    addFirst();
    const auto wrongPassword = m_people->signIn("ann", "wrong horse battery", "desk-1");
    const auto wrongName = m_people->signIn("nobody", kGoodPassword, "desk-1");
    ASSERT_FALSE(wrongPassword);
    ASSERT_FALSE(wrongName);
    EXPECT_EQ(wrongPassword.error().code, base::ErrorCode::SignInFailed);
    EXPECT_EQ(wrongPassword.error().message, wrongName.error().message);
}

TEST_F(PeopleTest, FiveWrongPasswordsHoldTheNameOffForAMinuteAndNoLonger) {
    addFirst();
    for (int attempt = 0; attempt < 5; ++attempt) {
        EXPECT_EQ(m_people->signIn("ann", "wrong horse battery", "desk-1").error().code, base::ErrorCode::SignInFailed);
    }
    const auto held = m_people->signIn("ann", kGoodPassword, "desk-2");
    ASSERT_FALSE(held);
    EXPECT_EQ(held.error().code, base::ErrorCode::TimedOut);
    m_clock.advance(std::chrono::seconds{61});
    EXPECT_TRUE(m_people->signIn("ann", kGoodPassword, "desk-1"));
}

TEST_F(PeopleTest, ANameThatNobodyHasIsHeldOffJustTheSame) {
    addFirst();
    for (int attempt = 0; attempt < 5; ++attempt) {
        EXPECT_EQ(m_people->signIn("nobody", "wrong horse battery", "desk-1").error().code,
                  base::ErrorCode::SignInFailed);
    }
    EXPECT_EQ(m_people->signIn("nobody", "wrong horse battery", "desk-1").error().code, base::ErrorCode::TimedOut);
    EXPECT_TRUE(m_people->signIn("ann", kGoodPassword, "desk-1")) << "others are not held off with them";
}

TEST_F(PeopleTest, AWallClockSetBackDoesNotLengthenTheHold) {
    addFirst();
    for (int attempt = 0; attempt < 5; ++attempt) {
        EXPECT_FALSE(m_people->signIn("ann", "wrong horse battery", "desk-1"));
    }
    m_clock.stepWallClock(-std::chrono::hours{1});
    EXPECT_TRUE(m_people->signIn("ann", kGoodPassword, "desk-1"));
}

TEST_F(PeopleTest, ASuccessfulSignInForgetsTheFailuresBefore) {
    addFirst();
    for (int round = 0; round < 2; ++round) {
        for (int attempt = 0; attempt < 4; ++attempt) {
            EXPECT_FALSE(m_people->signIn("ann", "wrong horse battery", "desk-1"));
        }
        EXPECT_TRUE(m_people->signIn("ann", kGoodPassword, "desk-1"));
    }
}

TEST_F(PeopleTest, WhoIsDisabledCannotSignInAndTheLastAdministratorStays) {
    addFirst();
    ASSERT_TRUE(m_people->add(m_root, "bob", "Bob Baker", Role::Operator, "another long secret", false));
    ASSERT_TRUE(m_people->disable(m_root, "BOB"));
    EXPECT_EQ(m_people->signIn("bob", "another long secret", "desk-1").error().code, base::ErrorCode::SignInFailed);
    EXPECT_EQ(m_people->disable(m_root, "ann").error().code, base::ErrorCode::InvalidInput);
    EXPECT_EQ(m_people->disable(m_root, "zoe").error().code, base::ErrorCode::NotFound);
}

TEST_F(PeopleTest, OnlyWhoMayManagePeopleDoes) {
    addFirst();
    ASSERT_TRUE(m_people->add(m_root, "bob", "Bob Baker", Role::Supervisor, "another long secret", false));
    const auto bob = m_people->signIn("bob", "another long secret", "desk-1").value();
    EXPECT_EQ(m_people->add(bob, "eve", "Eve", Role::Operator, kGoodPassword, false).error().code,
              base::ErrorCode::NotPermitted);
    EXPECT_EQ(m_people->disable(bob, "ann").error().code, base::ErrorCode::NotPermitted);
    EXPECT_EQ(m_people->changePassword(bob, "ann", "a third long secret").error().code, base::ErrorCode::NotPermitted);
}

TEST_F(PeopleTest, APasswordThatAnotherGaveMustBeChangedByItsOwner) {
    addFirst();
    ASSERT_TRUE(m_people->add(m_root, "bob", "Bob Baker", Role::Operator, "another long secret", true));
    const auto bob = m_people->signIn("bob", "another long secret", "desk-1").value();
    EXPECT_TRUE(m_people->mustChangePassword(bob).value());
    EXPECT_EQ(m_people->changePassword(bob, "bob", "another long secret").error().code, base::ErrorCode::InvalidInput);
    ASSERT_TRUE(m_people->changePassword(bob, "bob", "my very own secret"));
    EXPECT_FALSE(m_people->mustChangePassword(bob).value());
    EXPECT_FALSE(m_people->signIn("bob", "another long secret", "desk-1"));
    EXPECT_TRUE(m_people->signIn("bob", "my very own secret", "desk-1"));
    ASSERT_TRUE(m_people->changePassword(m_root, "bob", "given by the root"));
    EXPECT_TRUE(m_people->mustChangePassword(bob).value());
}

TEST_F(PeopleTest, BadNamesAndPasswordsAreRefusedInOneSentence) {
    addFirst();
    const auto add = [&](const std::string& name, const std::string& fullName, const std::string& password) {
        const auto added = m_people->add(m_root, name, fullName, Role::Operator, password, false);
        return added ? base::ErrorCode::Internal : added.error().code;
    };
    EXPECT_EQ(add("Ann", "Second Ann", kGoodPassword), base::ErrorCode::AlreadyExists);
    for (const char* name :
         {"", "x", "1st", "with space", "semi;colon", "quote'", "ümlaut", "a-name-that-is-much-too-long-for-anybody"}) {
        EXPECT_EQ(add(name, "Name", kGoodPassword), base::ErrorCode::InvalidInput) << name;
    }
    for (const char* password : {"", "short", "zzzzzzzzzzzz", "xx bobby xx 12", "Password12345"}) {
        EXPECT_EQ(add("bobby", "Name", password), base::ErrorCode::InvalidInput) << password;
    }
    EXPECT_EQ(add("bobby", "", kGoodPassword), base::ErrorCode::InvalidInput);
    EXPECT_EQ(add("bobby", "two\nlines", kGoodPassword), base::ErrorCode::InvalidInput);
    EXPECT_EQ(add("bobby", "Name", std::string(300, 'a') + "b"), base::ErrorCode::InvalidInput);
    EXPECT_EQ(m_people->list()->size(), 1U);
}

TEST_F(PeopleTest, NoPasswordIsInTheStoreInTheClear) {
    addFirst();
    EXPECT_FALSE(m_people->signIn("ann", "my other password 77", "desk-1"));
    for (const char* name : {"leedswatch.db", "leedswatch.db-wal"}) {
        const auto bytes = base::readWholeFile(m_folder / name).value();
        EXPECT_EQ(bytes.find(kGoodPassword), std::string::npos);
        EXPECT_EQ(bytes.find("my other password"), std::string::npos);
    }
}

TEST_F(PeopleTest, TheAuditLogTellsEachStepAndVouchesForEachPerson) {
    addFirst();
    ASSERT_TRUE(m_people->signIn("ann", kGoodPassword, "desk-1"));
    EXPECT_FALSE(m_people->signIn("ann", "wrong horse battery", "desk-1"));
    EXPECT_FALSE(m_people->signIn("typed my password here", "x", "desk-1"));
    std::string actions;
    std::string bodies;
    ASSERT_TRUE(m_database->read([&](soci::session& sql) -> base::Result<void> {
        soci::rowset<std::string> rows = (sql.prepare << "SELECT CAST(body AS TEXT) FROM audit_event ORDER BY seq");
        for (const auto& body : rows) {
            actions += nlohmann::json::parse(body)["act"].get<std::string>() + " ";
            bodies += body;
        }
        return {};
    }));
    EXPECT_EQ(actions, "store.created person.added signin.accepted signin.refused signin.refused ");
    EXPECT_EQ(bodies.find("typed my password"), std::string::npos) << "a password typed as a name must be erasable";
    EXPECT_EQ(bodies.find("Ann Abel"), std::string::npos) << "a full name must be erasable";
    store::AuditLog log{*m_database};
    EXPECT_TRUE(log.verify({&access::People::witness()})->problems.empty());
    ASSERT_TRUE(m_database->write([](store::Transaction& transaction) -> base::Result<void> {
        transaction.sql() << "UPDATE person SET role = 'auditor'";
        return {};
    }));
    EXPECT_EQ(log.verify({&access::People::witness()})->problems.size(), 1U);
}

TEST(Rights, FollowTheTableOfTheControlRoom) {
    using access::Right;
    EXPECT_TRUE(mayDo(Role::Operator, Right::WriteLog));
    EXPECT_FALSE(mayDo(Role::Operator, Right::ExportFootage));
    EXPECT_TRUE(mayDo(Role::Supervisor, Right::ExportFootage));
    EXPECT_FALSE(mayDo(Role::Engineer, Right::ReadLog));
    EXPECT_FALSE(mayDo(Role::Engineer, Right::PlayRecorded));
    EXPECT_TRUE(mayDo(Role::Auditor, Right::ReadAudit));
    EXPECT_FALSE(mayDo(Role::Auditor, Right::WriteLog));
    EXPECT_TRUE(mayDo(Role::Administrator, Right::ManagePeople));
    EXPECT_FALSE(mayDo(Role::Administrator, Right::ExportFootage));
}

}  // namespace
