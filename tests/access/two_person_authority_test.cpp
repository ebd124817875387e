#include "access/two_person_authority.h"

#include "support/fake_clock.h"
#include "support/temporary_folder.h"

#include <gtest/gtest.h>

using namespace leedswatch;
using access::Right;
using access::Role;
using base::ErrorCode;

namespace {

constexpr const char* password = "correct horse battery";
constexpr const char* reason = "a person is being attacked behind the wall";
constexpr access::TwoPersonRights rights{Right::LiftPrivacyZones, Right::ConfirmLiftingZones};

class TwoPersonTest : public testing::Test {
protected:
    void SetUp() override {
        add("ada", Role::Administrator);
        add("olive", Role::Operator);
        add("oscar", Role::Operator);
        add("sue", Role::Supervisor);
    }
    void add(const std::string& name, Role role, bool mustChange = false) {
        ASSERT_TRUE(m_people.add(m_root, name, name + " Example", role, password, mustChange));
    }
    access::Acting signIn(const std::string& name) { return m_people.signIn(name, password, "desk 1").value(); }
    base::Result<access::TwoPersonGrant> confirm(const std::string& first, const std::string& second,
                                                 const std::string& typed = password, const std::string& why = reason) {
        return access::TwoPersonAuthority{m_people}.confirm(signIn(first), second, typed, rights, why);
    }
    std::int64_t eventsOf(const std::string& action) {
        return m_database
            ->read([&](soci::session& sql) -> base::Result<std::int64_t> {
                std::int64_t count = 0;
                sql << "SELECT count(*) FROM audit_event WHERE json_extract(CAST(body AS TEXT), '$.act') = :action",
                    soci::use(action, "action"), soci::into(count);
                return count;
            })
            .value();
    }

    tests::TemporaryFolder m_folder;
    tests::FakeClock m_clock{base::fromStored(1'700'000'000'000'000)};
    std::unique_ptr<store::Database> m_database = store::Database::open(m_folder.path(), m_clock).value();
    access::People m_people{*m_database};
    access::Acting m_root = access::Acting::commandLine();
};

TEST_F(TwoPersonTest, TwoPeopleWithTheRightsStandBehindAnAct) {
    const auto grant = confirm("olive", "Sue");
    ASSERT_TRUE(grant) << grant.error().message;
    EXPECT_EQ(grant->first().username, "olive");
    EXPECT_EQ(grant->second().username, "sue");
    EXPECT_EQ(grant->second().workstation, "desk 1");
    EXPECT_EQ(grant->reason(), reason);
    EXPECT_EQ(eventsOf("signin.confirmed"), 1);
    EXPECT_EQ(eventsOf("signin.accepted"), 1);
}

TEST_F(TwoPersonTest, NobodyIsTheirOwnSecondPerson) {
    for (const char* name : {"sue", "SUE"}) {
        const auto grant = confirm("sue", name);
        ASSERT_FALSE(grant);
        EXPECT_EQ(grant.error().code, ErrorCode::NotPermitted);
    }
    EXPECT_EQ(eventsOf("signin.confirmed"), 0);
}

TEST_F(TwoPersonTest, BothNeedTheirRight) {
    EXPECT_EQ(confirm("olive", "oscar").error().code, ErrorCode::NotPermitted);
    add("eve", Role::Engineer);
    EXPECT_EQ(confirm("eve", "sue").error().code, ErrorCode::NotPermitted);
    EXPECT_EQ(confirm("sue", "eve").error().code, ErrorCode::NotPermitted);
    EXPECT_TRUE(confirm("ada", "sue"));
    EXPECT_TRUE(confirm("sue", "ada"));
}

TEST_F(TwoPersonTest, ADisabledPersonIsNeitherTheFirstNorTheSecond) {
    const auto olive = signIn("olive");
    ASSERT_TRUE(m_people.disable(m_root, "olive"));
    access::TwoPersonAuthority authority{m_people};
    EXPECT_EQ(authority.confirm(olive, "sue", password, rights, reason).error().code, ErrorCode::NotPermitted);
    ASSERT_TRUE(m_people.disable(m_root, "sue"));
    EXPECT_EQ(confirm("oscar", "sue").error().code, ErrorCode::SignInFailed);
    // A command line is no person.
    EXPECT_EQ(authority.confirm(m_root, "ada", password, rights, reason).error().code, ErrorCode::NotPermitted);
}

TEST_F(TwoPersonTest, AWrongPasswordIsRefusedAndCountsForTheThrottle) {
    for (int attempt = 0; attempt < 5; ++attempt) {
        EXPECT_EQ(confirm("olive", "sue", "wrong horse battery").error().code, ErrorCode::SignInFailed);
    }
    EXPECT_EQ(confirm("olive", "sue").error().code, ErrorCode::TimedOut);
    EXPECT_EQ(m_people.signIn("sue", password, "desk 2").error().code, ErrorCode::TimedOut);
    m_clock.advance(std::chrono::minutes{2});
    EXPECT_TRUE(confirm("olive", "sue"));
}

TEST_F(TwoPersonTest, WhoStillHasAPasswordThatAnotherChoseCannotConfirm) {
    add("sam", Role::Supervisor, true);
    const auto grant = confirm("olive", "sam");
    ASSERT_FALSE(grant);
    EXPECT_EQ(grant.error().code, ErrorCode::NotPermitted);
}

TEST_F(TwoPersonTest, WithoutAReasonNothingIsAskedOfAnybody) {
    for (const std::string& why :
         {std::string{}, std::string{"    \n  x "}, std::string(501, 'x'), std::string{"a\0bcdef", 7}}) {
        EXPECT_EQ(confirm("olive", "sue", password, why).error().code, ErrorCode::InvalidInput);
    }
    EXPECT_EQ(eventsOf("signin.confirmed"), 0);
}

}  // namespace
