#include "response/planned_test_rows.h"

#include "base/local_time.h"

#include <limits>

namespace leedswatch::response {

namespace {

using PlanKey = long long;

PlanState planStateOf(const PlannedTest& test, bool hasEnded, base::UtcTime now) {
    if (test.period) {
        return hasEnded ? PlanState::Ended : PlanState::Running;
    }
    if (test.due + test.lasts < now) {
        return PlanState::Overdue;
    }
    return base::localDateOf(test.due) <= base::localDateOf(now) ? PlanState::DueToday : PlanState::Coming;
}

template <typename... Bound>
std::vector<PlannedTest> selectPlanned(soci::session& sql, base::UtcTime now, const std::string& condition,
                                       Bound&&... bound) {
    std::vector<PlannedTest> tests;
    PlannedTest test;
    PlanKey id = 0;
    PlanKey premises = 0;
    std::string kind;
    std::string firstDay;
    int minute = 0;
    std::string every;
    int lasts = 0;
    int showsLifeSafety = 0;
    PlanKey due = 0;
    PlanKey period = 0;
    soci::indicator hasPeriod = soci::i_null;
    int hasEnded = 0;
    soci::statement statement =
        ((sql.prepare << "SELECT planned_test.id, premises_id, reference, name, planned_test.kind, area, zone, "
                         "first_day, minute_of_day, every, lasts, who, instructions, shows_life_safety, made_by, "
                         "occurrence, due, test_period_id, (SELECT count(*) FROM test_period WHERE test_period.id = "
                         "test_period_id AND ended IS NOT NULL) FROM planned_test JOIN premises ON premises.id = "
                         "premises_id WHERE retired IS NULL AND " +
                             condition,
          soci::into(id), soci::into(premises), soci::into(test.reference), soci::into(test.name), soci::into(kind),
          soci::into(test.area), soci::into(test.zone), soci::into(firstDay), soci::into(minute), soci::into(every),
          soci::into(lasts), soci::into(test.who), soci::into(test.instructions), soci::into(showsLifeSafety),
          soci::into(test.madeBy), soci::into(test.occurrence), soci::into(due), soci::into(period, hasPeriod),
          soci::into(hasEnded)),
         ..., std::forward<Bound>(bound));
    statement.execute();
    while (statement.fetch()) {
        test.id = PlannedTestId{id};
        test.premises = estate::PremisesId{premises};
        test.kind = testKindFrom(kind).value_or(TestKind::Other);
        test.first = base::localDateFrom(firstDay).value_or(base::LocalDate{});
        test.ofDay = std::chrono::minutes{minute};
        test.every = recurrenceFrom(every).value_or(Recurrence::Once);
        test.lasts = std::chrono::minutes{lasts};
        test.showsLifeSafety = showsLifeSafety != 0;
        test.due = base::fromStored(due);
        test.period = hasPeriod == soci::i_ok ? std::optional{TestPeriodId{period}} : std::nullopt;
        test.state = planStateOf(test, hasEnded != 0, now);
        tests.push_back(test);
    }
    return tests;
}

}  // namespace

std::vector<PlannedTest> selectPlannedTests(soci::session& sql, const PlannedTests::Query& query, base::UtcTime now) {
    const PlanKey before = query.dueBefore ? base::toStored(*query.dueBefore) : std::numeric_limits<PlanKey>::max();
    const PlanKey premises = query.premises ? query.premises->value() : 0;
    // A condition for each kind of question, so that each has its index.
    const std::string condition = query.premises ? "premises_id = :premises" : ":premises = 0";
    return selectPlanned(sql, now, condition + " AND due < :before ORDER BY due, planned_test.id LIMIT :most",
                         soci::use(premises, "premises"), soci::use(before, "before"), soci::use(query.most, "most"));
}

std::optional<PlannedTest> selectPlannedTest(soci::session& sql, PlannedTestId id, base::UtcTime now) {
    const PlanKey key = id.value();
    auto found = selectPlanned(sql, now, "planned_test.id = :id", soci::use(key, "id"));
    return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
}

void insertPlannedTest(store::Transaction& transaction, PlannedTest& test) {
    const PlanKey premises = test.premises.value();
    const std::string kind{nameOf(test.kind)};
    const std::string firstDay = base::textOf(test.first);
    const int minute = static_cast<int>(test.ofDay.count());
    const std::string every{nameOf(test.every)};
    const int lasts = static_cast<int>(test.lasts.count());
    const int showsLifeSafety = test.showsLifeSafety ? 1 : 0;
    const PlanKey made = base::toStored(transaction.now());
    const PlanKey due = base::toStored(test.due);
    PlanKey id = 0;
    transaction.sql() << "INSERT INTO planned_test (premises_id, kind, area, zone, first_day, minute_of_day, every, "
                         "lasts, who, instructions, shows_life_safety, made, made_by, occurrence, due) VALUES "
                         "(:premises, :kind, :area, :zone, :first, :minute, :every, :lasts, :who, :instructions, "
                         ":life, :made, :maker, :occurrence, :due) RETURNING id",
        soci::use(premises, "premises"), soci::use(kind, "kind"), soci::use(test.area, "area"),
        soci::use(test.zone, "zone"), soci::use(firstDay, "first"), soci::use(minute, "minute"),
        soci::use(every, "every"), soci::use(lasts, "lasts"), soci::use(test.who, "who"),
        soci::use(test.instructions, "instructions"), soci::use(showsLifeSafety, "life"), soci::use(made, "made"),
        soci::use(test.madeBy, "maker"), soci::use(test.occurrence, "occurrence"), soci::use(due, "due"),
        soci::into(id);
    test.id = PlannedTestId{id};
}

void updatePlannedTest(soci::session& sql, const PlannedTest& test) {
    const PlanKey id = test.id.value();
    const std::string kind{nameOf(test.kind)};
    const std::string firstDay = base::textOf(test.first);
    const int minute = static_cast<int>(test.ofDay.count());
    const std::string every{nameOf(test.every)};
    const int lasts = static_cast<int>(test.lasts.count());
    const int showsLifeSafety = test.showsLifeSafety ? 1 : 0;
    const PlanKey due = base::toStored(test.due);
    const PlanKey period = test.period ? test.period->value() : 0;
    soci::indicator hasPeriod = test.period ? soci::i_ok : soci::i_null;
    sql << "UPDATE planned_test SET kind = :kind, area = :area, zone = :zone, first_day = :first, minute_of_day = "
           ":minute, every = :every, lasts = :lasts, who = :who, instructions = :instructions, shows_life_safety = "
           ":life, occurrence = :occurrence, due = :due, test_period_id = :period WHERE id = :id",
        soci::use(kind, "kind"), soci::use(test.area, "area"), soci::use(test.zone, "zone"),
        soci::use(firstDay, "first"), soci::use(minute, "minute"), soci::use(every, "every"), soci::use(lasts, "lasts"),
        soci::use(test.who, "who"), soci::use(test.instructions, "instructions"), soci::use(showsLifeSafety, "life"),
        soci::use(test.occurrence, "occurrence"), soci::use(due, "due"), soci::use(period, hasPeriod, "period"),
        soci::use(id, "id");
}

void auditPlannedTest(store::Transaction& transaction, const access::Acting& acting, const char* action,
                      const PlannedTest& test) {
    store::AuditEvent event;
    event.who = acting.username;
    event.workstation = acting.workstation;
    event.action = action;
    event.object = "planned test " + std::to_string(test.id.value());
    event.details = {{"premises", test.premises.value()},
                     {"kind", nameOf(test.kind)},
                     {"every", nameOf(test.every)},
                     {"due", base::formatUtc(test.due)}};
    event.witnesses = {{&PlannedTests::witness(), test.id.value()}};
    transaction.audit(event);
    transaction.notify("planned_tests", std::to_string(test.id.value()));
}

base::Result<PlannedTest> requirePlannedTest(store::Transaction& transaction, PlannedTestId id) {
    auto found = selectPlannedTest(transaction.sql(), id, transaction.now());
    if (!found) {
        return base::fail(base::ErrorCode::NotFound, "this test is not planned any more: somebody has taken it away");
    }
    return base::Result<PlannedTest>{tl::in_place, *std::move(found)};
}

}  // namespace leedswatch::response
