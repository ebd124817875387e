#include "response/planned_tests.h"

#include "base/local_time.h"
#include "base/utf8.h"
#include "response/planned_test_rows.h"
#include "response/test_reports.h"
#include "store/audit_witness.h"

#include <algorithm>
#include <array>

namespace leedswatch::response {

namespace {

using base::ErrorCode;
using PlannedKey = long long;

constexpr int daysInWeek = 7;
constexpr std::chrono::minutes shortestPlanned{5};
constexpr std::chrono::minutes dayMinutes{1'440};
constexpr std::size_t longestInstructions = 2'000;
constexpr std::size_t longestPlannedName = 200;
constexpr int mostOfCalendar = 200'000;

int monthsBetween(Recurrence every) {
    switch (every) {
        case Recurrence::Monthly: return 1;
        case Recurrence::Quarterly: return 3;
        case Recurrence::Yearly: return 12;
        case Recurrence::Once:
        case Recurrence::Weekly: break;
    }
    return 0;
}

/// The first occurrence, from `from` on, whose day is not before `day`; none: there is none.
std::optional<int> firstOccurrenceFrom(const PlannedTest& test, int from, const base::LocalDate& day) {
    std::optional<int> occurrence = from;
    while (occurrence && dayOf(test, *occurrence) < day) {
        occurrence = occurrenceAfter(test, *occurrence);
    }
    return occurrence;
}

base::Result<void> checkText(const std::string& text, std::size_t most, const char* what) {
    if (text.size() > most || !base::isPlainText(text)) {
        return base::fail(ErrorCode::InvalidInput,
                          std::string{what} + " are at most " + std::to_string(most) + " bytes of text");
    }
    return {};
}

base::Result<void> requirePremises(soci::session& sql, estate::PremisesId premises) {
    const PlannedKey id = premises.value();
    int count = 0;
    sql << "SELECT count(*) FROM premises WHERE id = :id", soci::use(id, "id"), soci::into(count);
    if (count == 0) {
        return base::fail(ErrorCode::NotFound, "these premises are not in the list of premises");
    }
    return {};
}

/// From today on; what came round before the plan was made was not promised.
base::Result<void> beginFromToday(PlannedTest& test, base::UtcTime now) {
    const auto occurrence = firstOccurrenceFrom(test, 0, base::localDateOf(now));
    if (!occurrence) {
        return base::fail(ErrorCode::InvalidInput,
                          base::textOf(test.first) + " is over: choose a day to come, or have it repeated");
    }
    test.occurrence = *occurrence;
    test.due = dueOf(test, *occurrence);
    test.period.reset();
    return {};
}

std::map<base::LocalDate, PlannedDay> countResults(soci::session& sql, base::UtcTime from, base::UtcTime until) {
    std::map<base::LocalDate, PlannedDay> days;
    const PlannedKey first = base::toStored(from);
    const PlannedKey end = base::toStored(until);
    PlannedKey recorded = 0;
    std::string outcome;
    soci::statement statement =
        (sql.prepare << "SELECT recorded, outcome FROM alarm_test_result WHERE recorded >= "
                        ":first AND recorded < :end",
         soci::use(first, "first"), soci::use(end, "end"), soci::into(recorded), soci::into(outcome));
    statement.execute();
    while (statement.fetch()) {
        PlannedDay& day = days[base::localDateOf(base::fromStored(recorded))];
        ++day.done;
        day.failed += testOutcomeFrom(outcome) == TestOutcome::Passed ? 0 : 1;
    }
    return days;
}

}  // namespace

std::string_view nameOf(PlanState state) {
    constexpr std::array<std::string_view, 5> planStates{"coming", "due-today", "overdue", "running", "ended"};
    return planStates.at(static_cast<std::size_t>(state));
}

base::LocalDate dayOf(const PlannedTest& test, int occurrence) {
    if (test.every == Recurrence::Weekly) {
        return base::daysAfter(test.first, daysInWeek * occurrence);
    }
    return base::monthsAfter(test.first, monthsBetween(test.every) * occurrence);
}

base::UtcTime dueOf(const PlannedTest& test, int occurrence) {
    return base::timeOn(dayOf(test, occurrence), test.ofDay);
}

std::optional<int> occurrenceAfter(const PlannedTest& test, int occurrence) {
    return test.every == Recurrence::Once ? std::nullopt : std::optional{occurrence + 1};
}

base::Result<void> checkPlannedTest(const PlannedTest& test) {
    if (test.ofDay < std::chrono::minutes{0} || test.ofDay >= dayMinutes) {
        return base::fail(ErrorCode::InvalidInput, "the time is one of the day, as 10:00");
    }
    if (test.lasts < shortestPlanned || test.lasts > TestPeriods::longest) {
        return base::fail(ErrorCode::InvalidInput, "a test takes five minutes to eight hours");
    }
    if (test.first.year > 2100) {
        return base::fail(ErrorCode::InvalidInput, "the first day is at most in the year 2100");
    }
    for (const std::string* number : {&test.area, &test.zone}) {
        TRY(checkText(*number, 16, "areas and zones"));
    }
    TRY(checkText(test.who, longestPlannedName, "names"));
    return checkText(test.instructions, longestInstructions, "instructions");
}

base::Result<PlannedTest> PlannedTests::planIn(store::Transaction& transaction, const access::Acting& acting,
                                               const PlannedTest& wanted) {
    TRY(checkPlannedTest(wanted));
    TRY(requirePremises(transaction.sql(), wanted.premises));
    PlannedTest test = wanted;
    test.madeBy = acting.username;
    TRY(beginFromToday(test, transaction.now()));
    insertPlannedTest(transaction, test);
    auditPlannedTest(transaction, acting, "test.planned", test);
    return requirePlannedTest(transaction, test.id);
}

base::Result<PlannedTest> PlannedTests::plan(const access::Acting& acting, const PlannedTest& wanted) {
    TRY(access::require(acting, access::Right::PlanAlarmTests));
    return m_database.write([&](store::Transaction& transaction) { return planIn(transaction, acting, wanted); });
}

base::Result<PlannedTest> PlannedTests::change(const access::Acting& acting, const PlannedTest& wanted) {
    TRY(access::require(acting, access::Right::PlanAlarmTests));
    TRY(checkPlannedTest(wanted));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<PlannedTest> {
        TRY_ASSIGN(const PlannedTest before, requirePlannedTest(transaction, wanted.id));
        if (before.period) {
            return base::fail(ErrorCode::Busy, "this test was begun: record what came of it first");
        }
        PlannedTest test = wanted;
        test.premises = before.premises;
        const bool isSameTime = before.first == test.first && before.ofDay == test.ofDay && before.every == test.every;
        if (isSameTime) {
            test.occurrence = before.occurrence;
            test.due = before.due;
        } else {
            TRY(beginFromToday(test, transaction.now()));
        }
        test.period.reset();
        updatePlannedTest(transaction.sql(), test);
        auditPlannedTest(transaction, acting, "test.replanned", test);
        return requirePlannedTest(transaction, test.id);
    });
}

base::Result<void> PlannedTests::retire(const access::Acting& acting, PlannedTestId id, const std::string& why) {
    TRY(access::require(acting, access::Right::PlanAlarmTests));
    TRY(checkText(why, longestPlannedName, "reasons"));
    if (why.find_first_not_of(" \t\r\n") == std::string::npos) {
        return base::fail(ErrorCode::InvalidInput, "write why the test is not planned any more");
    }
    return m_database.write([&](store::Transaction& transaction) -> base::Result<void> {
        TRY_ASSIGN(const PlannedTest test, requirePlannedTest(transaction, id));
        if (test.period) {
            return base::fail(ErrorCode::Busy, "this test was begun: record what came of it first");
        }
        const PlannedKey key = id.value();
        const PlannedKey now = base::toStored(transaction.now());
        transaction.sql() << "UPDATE planned_test SET retired = :now, retired_by = :who, retired_why = :why WHERE id = "
                             ":id",
            soci::use(now, "now"), soci::use(acting.username, "who"), soci::use(why, "why"), soci::use(key, "id");
        auditPlannedTest(transaction, acting, "test.retired", test);
        return {};
    });
}

base::Result<std::vector<PlannedTest>> PlannedTests::list(const access::Acting& acting, const Query& query) {
    TRY(access::require(acting, access::Right::SeeAlarms));
    return m_database.read([&](soci::session& sql) -> base::Result<std::vector<PlannedTest>> {
        return selectPlannedTests(sql, query, m_database.clock().now());
    });
}

base::Result<PlannedTest> PlannedTests::find(const access::Acting& acting, PlannedTestId id) {
    TRY(access::require(acting, access::Right::SeeAlarms));
    return m_database.read([&](soci::session& sql) -> base::Result<PlannedTest> {
        auto found = selectPlannedTest(sql, id, m_database.clock().now());
        if (!found) {
            return base::fail(ErrorCode::NotFound, "there is no planned test " + std::to_string(id.value()));
        }
        return base::Result<PlannedTest>{tl::in_place, *std::move(found)};
    });
}

base::Result<std::vector<PlannedTest>> PlannedTests::on(const access::Acting& acting, const base::LocalDate& day,
                                                        int most) {
    TRY_ASSIGN(auto all, list(acting, {{}, base::timeOn(base::daysAfter(day, 1), {}), mostOfCalendar}));
    std::vector<PlannedTest> found;
    for (PlannedTest& test : all) {
        const auto occurrence = firstOccurrenceFrom(test, test.occurrence, day);
        if (!occurrence || dayOf(test, *occurrence) != day) {
            continue;
        }
        if (*occurrence != test.occurrence) {
            test.occurrence = *occurrence;
            test.due = dueOf(test, *occurrence);
            test.state = PlanState::Coming;
        }
        found.push_back(std::move(test));
        if (static_cast<int>(found.size()) == most) {
            break;
        }
    }
    std::ranges::stable_sort(found, {}, &PlannedTest::due);
    return found;
}

base::Result<std::map<base::LocalDate, PlannedDay>> PlannedTests::days(const access::Acting& acting,
                                                                       const base::LocalDate& first,
                                                                       const base::LocalDate& end) {
    const base::UtcTime until = base::timeOn(end, {});
    TRY_ASSIGN(const auto all, list(acting, {{}, until, mostOfCalendar}));
    TRY_ASSIGN(auto days,
               m_database.read([&](soci::session& sql) -> base::Result<std::map<base::LocalDate, PlannedDay>> {
                   return countResults(sql, base::timeOn(first, {}), until);
               }));
    for (const PlannedTest& test : all) {
        auto occurrence = firstOccurrenceFrom(test, test.occurrence, first);
        for (; occurrence && dayOf(test, *occurrence) < end; occurrence = occurrenceAfter(test, *occurrence)) {
            PlannedDay& day = days[dayOf(test, *occurrence)];
            const bool isOutstanding = *occurrence == test.occurrence && test.state != PlanState::Coming;
            isOutstanding ? ++day.outstanding : ++day.coming;
        }
    }
    return days;
}

const store::AuditWitness& PlannedTests::witness() {
    static const store::AuditWitness witness{
        "planned_test",
        "planned_test",
        "id",
        "premises_id",
        {"premises_id", "kind", "area", "zone", "first_day", "minute_of_day", "every", "lasts", "who", "instructions",
         "shows_life_safety", "made", "made_by", "occurrence", "due", "test_period_id", "retired", "retired_by",
         "retired_why"},
        store::AuditWitness::Rows::Changing};
    return witness;
}

}  // namespace leedswatch::response
