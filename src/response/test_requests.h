#pragma once

#include "response/test_periods.h"
#include "response/walk_tests.h"

#include <optional>
#include <string>

namespace leedswatch::response {

/// Somebody on the telephone wants a system put on test, or kept on it.
struct TestRequest {
    TestPeriod wanted = {};    ///< byWhom: the caller's name
    std::string word = {};     ///< the password that was said; empty: none was asked for
    std::string knownBy = {};  ///< how else it is known that they may
    std::optional<PlannedTestId> plan = {};
    bool walks = false;  ///< a walk test begins with it
};

/// What became of it.
struct TestAnswer {
    std::optional<TestPeriod> period = {};  ///< none: nothing is on test
    std::optional<WalkTest> walk = {};
    /// The word for being under threat was said: a hold-up alarm was raised, and nothing is hidden. The caller must not
    /// hear that.
    bool isUnderThreat = false;
};

/// Puts systems on test for people who ask for it, once it is known that they may: by the premises' password, which is
/// compared and never shown or logged, or by what the operator writes. Thread-safe.
class TestRequests {
public:
    explicit TestRequests(store::Database& database) : m_database{database} {}

    /// Errors: those of TestPeriods::begin; SignInFailed: it is not the password; InvalidInput: neither word nor
    /// reason, or no password is kept to compare with; those of PlannedTests::start and WalkTests::begin.
    [[nodiscard]] base::Result<TestAnswer> begin(const access::Acting& acting, const TestRequest& request);
    /// The test of `period` lasts until `wanted.ends`. Errors alike.
    [[nodiscard]] base::Result<TestAnswer> prolong(const access::Acting& acting, TestPeriodId period,
                                                   const TestRequest& request);

private:
    /// Who asked, with how it was known that they may; nothing: they are under threat.
    [[nodiscard]] base::Result<std::optional<std::string>> identify(const access::Acting& acting,
                                                                    const TestRequest& request);
    [[nodiscard]] base::Result<void> raiseHoldUp(const access::Acting& acting, estate::PremisesId premises);

    store::Database& m_database;
};

}  // namespace leedswatch::response
