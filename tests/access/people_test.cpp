#include "access/people.h"

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

}  // namespace
