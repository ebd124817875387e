#pragma once

#include "access/person.h"
#include "base/local_date.h"
#include "estate/camera_registry.h"
#include "response/test_periods.h"
#include "response/test_results.h"

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace leedswatch::response {

/// How the oldest occurrence of a planned test stands that nobody has recorded a result of.
enum class PlanState {
    Coming,
    DueToday,
    Overdue,  ///< its time has passed, with the minutes that it takes
    Running,  ///< its system is on test for it
    Ended,    ///< that test is over, and its result is outstanding
};

[[nodiscard]] std::string_view nameOf(PlanState state);  ///< "coming", "due-today", ...

/// A test that comes round by the clock on the wall.
struct PlannedTest {
    PlannedTestId id = {};
    estate::PremisesId premises = {};
    TestKind kind = TestKind::WalkTest;
    std::string area = {};  ///< empty: all
    std::string zone = {};
    base::LocalDate first = {};
    std::chrono::minutes ofDay{600};  ///< by the clock on the wall, 0 to 1,439
    Recurrence every = Recurrence::Once;
    std::chrono::minutes lasts{60};  ///< 5 minutes to 8 hours
    std::string who = {};            ///< carries it out
    std::string instructions = {};
    bool showsLifeSafety = true;

    // What the service keeps.
    std::string madeBy = {};
    int occurrence = 0;                       ///< the one that is due
    base::UtcTime due{};                      ///< when that is
    std::optional<TestPeriodId> period = {};  ///< it was begun
    std::string reference = {};               ///< of the premises
    std::string name = {};
    PlanState state = PlanState::Coming;
};

/// The local day of an occurrence, from 0: counted from the first day each time, so that a 31st comes back after a
/// shorter month.
[[nodiscard]] base::LocalDate dayOf(const PlannedTest& test, int occurrence);
[[nodiscard]] base::UtcTime dueOf(const PlannedTest& test, int occurrence);
/// Nothing: it comes once, and has.
[[nodiscard]] std::optional<int> occurrenceAfter(const PlannedTest& test, int occurrence);

/// What a calendar shows of a day.
struct PlannedDay {
    int coming = 0;
    int outstanding = 0;  ///< due or overdue, without a result
    int done = 0;
    int failed = 0;  ///< of those: failed, partly, not carried out
};

/// Tests that are planned. What is due stays due, and is overdue, until somebody records what came of it; only then the
/// next one is. Thread-safe. Topic of the change feed: "planned_tests".
/// Errors of all: NotPermitted; NotFound: it is not planned any more.
class PlannedTests {
public:
    explicit PlannedTests(store::Database& database) : m_database{database} {}

    /// A new one. InvalidInput says what is wrong. By those who may plan tests.
    [[nodiscard]] base::Result<PlannedTest> plan(const access::Acting& acting, const PlannedTest& wanted);
    /// In the place of the one with that id: what was due of it is due of the new one from its first day on, and a
    /// result that is outstanding keeps it from being changed.
    [[nodiscard]] base::Result<PlannedTest> change(const access::Acting& acting, const PlannedTest& wanted);
    [[nodiscard]] base::Result<void> retire(const access::Acting& acting, PlannedTestId id, const std::string& why);

    struct Query {
        std::optional<estate::PremisesId> premises = {};
        std::optional<base::UtcTime> dueBefore = {};
        int most = 1'000;
    };
    /// By the time at which they are due. By those who may see alarms, as all below.
    [[nodiscard]] base::Result<std::vector<PlannedTest>> list(const access::Acting& acting, const Query& query);
    [[nodiscard]] base::Result<PlannedTest> find(const access::Acting& acting, PlannedTestId id);
    /// What is due on a day: what is outstanding of it, and occurrences to come, whose `occurrence` and `due` are that
    /// day's. At most `most`.
    [[nodiscard]] base::Result<std::vector<PlannedTest>> on(const access::Acting& acting, const base::LocalDate& day,
                                                            int most = 500);
    /// The days from `first` to before `end` on which something is.
    [[nodiscard]] base::Result<std::map<base::LocalDate, PlannedDay>> days(const access::Acting& acting,
                                                                           const base::LocalDate& first,
                                                                           const base::LocalDate& end);

    /// Puts its system on test. `wanted`: until when, who asked and why; premises, area, zone and kind are the plan's.
    /// By those who may answer alarms. Busy: it is running already.
    [[nodiscard]] base::Result<TestPeriod> start(const access::Acting& acting, PlannedTestId id,
                                                 const TestPeriod& wanted);
    [[nodiscard]] static base::Result<TestPeriod> startIn(store::Transaction& transaction, const access::Acting& acting,
                                                          PlannedTestId id, const TestPeriod& wanted);
    /// What came of the one that is due; the next one is due from then on. Occurrences between that were missed
    /// meanwhile are written down as not carried out, unless this is what is recorded. InvalidInput: it is on test
    /// still, or words are missing. By those who may answer alarms.
    [[nodiscard]] base::Result<TestResult> record(const access::Acting& acting, PlannedTestId id,
                                                  const NewTestResult& result);
    /// The same, in a transaction that does more. `walked`: what a walk test found, with its zones.
    [[nodiscard]] static base::Result<TestResult> recordIn(store::Transaction& transaction,
                                                           const access::Acting& acting, PlannedTestId id,
                                                           const NewTestResult& result,
                                                           const std::optional<TestResult>& walked = {});

    /// CSV with the columns premises (a reference), kind, first_day, time; every, lasts (minutes), area, zone, who,
    /// instructions and hide_life_safety may be there. Adds them; one that is planned alike already is left alone. All
    /// rows or none. Errors: NotPermitted, InvalidInput (names line, column and what to do).
    [[nodiscard]] base::Result<estate::ImportReport> importCsv(const access::Acting& acting, std::string_view csv);
    /// The same columns, and when each is due next.
    [[nodiscard]] base::Result<std::string> exportCsv(const access::Acting& acting);

    /// What the audit log vouches for; for AuditLog::verify.
    [[nodiscard]] static const store::AuditWitness& witness();

private:
    [[nodiscard]] static base::Result<PlannedTest> planIn(store::Transaction& transaction, const access::Acting& acting,
                                                          const PlannedTest& wanted);

    store::Database& m_database;
};

/// Error: InvalidInput.
[[nodiscard]] base::Result<void> checkPlannedTest(const PlannedTest& test);

}  // namespace leedswatch::response
