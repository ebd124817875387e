#include "response/planned_test_rows.h"
#include "response/planned_tests.h"
#include "response/test_reports.h"

// What is done with a planned test when its time has come: it is begun, and what came of it is recorded.

namespace leedswatch::response {

namespace {

using base::ErrorCode;
using PlannedKey = long long;

/// Ten years of weeks: a plan that nobody looked at for longer is looked at again and again.
constexpr int mostMissedAtOnce = 520;

/// The occurrence that a test at `when` was: the newest that was due by then, or the one that is due.
int occurrenceAt(const PlannedTest& test, base::UtcTime when) {
    int occurrence = test.occurrence;
    for (int count = 0; count < mostMissedAtOnce; ++count) {
        const auto next = occurrenceAfter(test, occurrence);
        if (!next || dueOf(test, *next) > when) {
            break;
        }
        occurrence = *next;
    }
    return occurrence;
}

TestResult resultOf(const PlannedTest& test, int occurrence) {
    TestResult result;
    result.premises = test.premises;
    result.plan = test.id;
    result.occurrence = occurrence;
    result.kind = test.kind;
    result.due = dueOf(test, occurrence);
    return result;
}

void writeMissed(store::Transaction& transaction, const access::Acting& acting, const PlannedTest& test, int until) {
    for (int occurrence = test.occurrence; occurrence < until; ++occurrence) {
        TestResult missed = resultOf(test, occurrence);
        missed.outcome = TestOutcome::NotCarriedOut;
        missed.found = "Missed: nobody had recorded a result when the next one was carried out.";
        missed.byWhom = test.who;
        TestResults::write(transaction, acting, missed);
    }
}

void takeZones(soci::session& sql, TestResult& result) {
    const auto report = result.period ? TestReports::select(sql, *result.period) : std::nullopt;
    if (!report) {
        return;
    }
    for (const TalliedZone& zone : report->zones) {
        if (zone.hasCome()) {
            result.reported.push_back(wordsOf(zone));
        }
    }
    result.missing = report->missing;
}

void moveOn(store::Transaction& transaction, const access::Acting& acting, PlannedTest test, int done) {
    test.period.reset();
    const auto next = occurrenceAfter(test, done);
    if (next) {
        test.occurrence = *next;
        test.due = dueOf(test, *next);
    }
    updatePlannedTest(transaction.sql(), test);
    if (!next) {
        const PlannedKey id = test.id.value();
        const PlannedKey now = base::toStored(transaction.now());
        transaction.sql() << "UPDATE planned_test SET retired = :now, retired_by = :who, retired_why = 'done' WHERE id "
                             "= :id",
            soci::use(now, "now"), soci::use(acting.username, "who"), soci::use(id, "id");
    }
    auditPlannedTest(transaction, acting, "test.moved-on", test);
}

}  // namespace

base::Result<TestPeriod> PlannedTests::start(const access::Acting& acting, PlannedTestId id, const TestPeriod& wanted) {
    return m_database.write([&](store::Transaction& transaction) { return startIn(transaction, acting, id, wanted); });
}

base::Result<TestPeriod> PlannedTests::startIn(store::Transaction& transaction, const access::Acting& acting,
                                               PlannedTestId id, const TestPeriod& wanted) {
    TRY(access::require(acting, access::Right::AnswerAlarms));
    TRY_ASSIGN(PlannedTest test, requirePlannedTest(transaction, id));
    if (test.period) {
        return base::fail(ErrorCode::Busy, test.state == PlanState::Running
                                               ? "this test is running already"
                                               : "this test was carried out: record what came of it first");
    }
    TestPeriod period = wanted;
    period.premises = test.premises;
    period.area = test.area;
    period.zone = test.zone;
    period.kind = test.kind;
    period.showsLifeSafety = test.showsLifeSafety;
    TRY_ASSIGN(const TestPeriod begun, TestPeriods::beginIn(transaction, acting, period));
    test.period = begun.id;
    updatePlannedTest(transaction.sql(), test);
    auditPlannedTest(transaction, acting, "test.started", test);
    return base::Result<TestPeriod>{tl::in_place, begun};
}

base::Result<TestResult> PlannedTests::record(const access::Acting& acting, PlannedTestId id,
                                              const NewTestResult& result) {
    return m_database.write([&](store::Transaction& transaction) { return recordIn(transaction, acting, id, result); });
}

base::Result<TestResult> PlannedTests::recordIn(store::Transaction& transaction, const access::Acting& acting,
                                                PlannedTestId id, const NewTestResult& wanted,
                                                const std::optional<TestResult>& walked) {
    TRY(access::require(acting, access::Right::AnswerAlarms));
    TRY(TestResults::check(wanted));
    TRY_ASSIGN(const PlannedTest test, requirePlannedTest(transaction, id));
    if (test.state == PlanState::Running) {
        return base::fail(ErrorCode::Busy, "its system is on test still: end that test first");
    }
    const bool isCarriedOut = wanted.outcome != TestOutcome::NotCarriedOut;
    const auto period = test.period ? TestPeriods::select(transaction.sql(), *test.period) : std::nullopt;
    const base::UtcTime when = period ? period->begins : transaction.now();
    const int occurrence = isCarriedOut ? occurrenceAt(test, when) : test.occurrence;
    writeMissed(transaction, acting, test, occurrence);
    TestResult result = resultOf(test, occurrence);
    result.outcome = wanted.outcome;
    result.found = wanted.found;
    result.byWhom = wanted.byWhom.empty() ? test.who : wanted.byWhom;
    result.period = test.period;
    if (walked) {
        result.walk = walked->walk;
        result.reported = walked->reported;
        result.missing = walked->missing;
    } else {
        takeZones(transaction.sql(), result);
    }
    TestResults::write(transaction, acting, result);
    moveOn(transaction, acting, test, occurrence);
    return base::Result<TestResult>{tl::in_place, std::move(result)};
}

}  // namespace leedswatch::response
