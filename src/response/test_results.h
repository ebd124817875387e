#pragma once

#include "access/person.h"
#include "estate/premises.h"
#include "response/test_kinds.h"
#include "response/test_periods.h"

#include <optional>
#include <string>
#include <vector>

namespace leedswatch::response {

using PlannedTestId = base::Id<struct PlannedTestTag>;
using WalkTestId = base::Id<struct WalkTestTag>;
using TestResultId = base::Id<struct TestResultTag>;

/// What somebody says that came of a test.
struct NewTestResult {
    TestOutcome outcome = TestOutcome::Passed;
    std::string found = {};   ///< must be there unless it passed
    std::string byWhom = {};  ///< who carried it out; empty: as planned
};

/// What came of a test, for ever.
struct TestResult {
    TestResultId id = {};
    estate::PremisesId premises = {};
    std::string reference = {};  ///< of the premises
    std::string name = {};
    std::optional<PlannedTestId> plan = {};  ///< none: nobody had planned it
    int occurrence = 0;
    TestKind kind = TestKind::Other;
    std::optional<base::UtcTime> due = {};
    base::UtcTime recorded{};
    TestOutcome outcome = TestOutcome::Passed;
    std::string found = {};
    std::string byWhom = {};
    std::string recordedBy = {};
    std::optional<TestPeriodId> period = {};
    std::optional<WalkTestId> walk = {};
    std::vector<std::string> reported = {};  ///< zones: "12 Hall"
    std::vector<std::string> missing = {};
};

/// What came of tests. Thread-safe. Topic of the change feed: "test_results".
class TestResults {
public:
    explicit TestResults(store::Database& database) : m_database{database} {}

    struct Query {
        std::optional<estate::PremisesId> premises = {};
        base::UtcTime from = base::UtcTime::min();
        base::UtcTime until = base::UtcTime::max();
        int most = 200;
    };
    /// The newest first. Error: NotPermitted (the right to see alarms).
    [[nodiscard]] base::Result<std::vector<TestResult>> list(const access::Acting& acting, const Query& query);
    /// For a spreadsheet. Error: NotPermitted.
    [[nodiscard]] base::Result<std::string> exportCsv(const access::Acting& acting, const Query& query);

    /// Error: InvalidInput.
    [[nodiscard]] static base::Result<void> check(const NewTestResult& result);
    /// Writes one, with its audit entry; gives it its id and time. Throws soci::soci_error.
    static void write(store::Transaction& transaction, const access::Acting& acting, TestResult& result);

    /// What the audit log vouches for; for AuditLog::verify.
    [[nodiscard]] static const store::AuditWitness& witness();

private:
    store::Database& m_database;
};

}  // namespace leedswatch::response
