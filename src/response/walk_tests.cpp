#include "response/walk_tests.h"

#include "base/utf8.h"
#include "response/event_words.h"
#include "response/planned_test_rows.h"
#include "response/signal_rows.h"
#include "response/test_reports.h"
#include "store/audit_witness.h"

#include <algorithm>

namespace leedswatch::response {

namespace {

using base::ErrorCode;
using nlohmann::json;
using WalkKey = long long;

constexpr std::size_t longestEngineer = 200;

struct WalkRow {
    WalkTest walk;
    SignalId lastSignal;
    std::string content;
};

template <typename... Bound>
std::vector<WalkRow> selectWalks(soci::session& sql, const std::string& condition, Bound&&... bound) {
    std::vector<WalkRow> walks;
    WalkRow row;
    WalkTest& walk = row.walk;
    WalkKey id = 0;
    WalkKey premises = 0;
    WalkKey period = 0;
    WalkKey plan = 0;
    soci::indicator hasPlan = soci::i_null;
    WalkKey begun = 0;
    WalkKey firstSignal = 0;
    WalkKey ended = 0;
    soci::indicator hasEnded = soci::i_null;
    WalkKey lastSignal = 0;
    soci::statement statement =
        ((sql.prepare << "SELECT walk_test.id, premises_id, reference, name, test_period_id, planned_test_id, area, "
                         "zone, engineer, begun, begun_by, first_signal, ended, ended_by, last_signal, content FROM "
                         "walk_test JOIN premises ON premises.id = premises_id WHERE " +
                             condition,
          soci::into(id), soci::into(premises), soci::into(walk.reference), soci::into(walk.name), soci::into(period),
          soci::into(plan, hasPlan), soci::into(walk.scope.area), soci::into(walk.scope.zone),
          soci::into(walk.engineer), soci::into(begun), soci::into(walk.begunBy), soci::into(firstSignal),
          soci::into(ended, hasEnded), soci::into(walk.endedBy), soci::into(lastSignal), soci::into(row.content)),
         ..., std::forward<Bound>(bound));
    statement.execute();
    while (statement.fetch()) {
        walk.id = WalkTestId{id};
        walk.premises = estate::PremisesId{premises};
        walk.period = TestPeriodId{period};
        walk.plan = hasPlan == soci::i_ok ? std::optional{PlannedTestId{plan}} : std::nullopt;
        walk.begun = base::fromStored(begun);
        walk.firstSignal = SignalId{firstSignal};
        walk.ended = hasEnded == soci::i_ok ? std::optional{base::fromStored(ended)} : std::nullopt;
        row.lastSignal = SignalId{lastSignal};
        walks.push_back(row);
    }
    return walks;
}

std::optional<WalkRow> selectWalk(soci::session& sql, WalkTestId id) {
    const WalkKey key = id.value();
    auto found = selectWalks(sql, "walk_test.id = :id", soci::use(key, "id"));
    return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
}

std::vector<WalkTest> walksOf(std::vector<WalkRow> rows) {
    std::vector<WalkTest> walks;
    for (WalkRow& row : rows) {
        walks.push_back(std::move(row.walk));
    }
    return walks;
}

/// The newest of those that last on the premises.
std::optional<TestPeriod> testOf(soci::session& sql, estate::PremisesId premises, base::UtcTime now) {
    const WalkKey id = premises.value();
    const WalkKey time = base::toStored(now);
    WalkKey found = 0;
    sql << "SELECT id FROM test_period WHERE premises_id = :premises AND ended IS NULL AND ends > :now ORDER BY ends "
           "DESC LIMIT 1",
        soci::use(id, "premises"), soci::use(time, "now"), soci::into(found);
    return sql.got_data() ? TestPeriods::select(sql, TestPeriodId{found}) : std::nullopt;
}

void auditWalk(store::Transaction& transaction, const access::Acting& acting, const char* action,
               const WalkTest& walk) {
    store::AuditEvent event;
    event.who = acting.username;
    event.workstation = acting.workstation;
    event.action = action;
    event.object = "walk test " + std::to_string(walk.id.value());
    event.details = {{"premises", walk.premises.value()}, {"test", walk.period.value()}};
    event.personal = walk.engineer;
    event.witnesses = {{&WalkTests::witness(), walk.id.value()}};
    transaction.audit(event);
    transaction.notify("walk_tests", std::to_string(walk.id.value()));
}

/// Reads on to `until`, or to the newest signal.
void readOn(soci::session& sql, WalkProgress& progress, SignalId until) {
    const TestScope& scope = progress.walk.scope;
    const auto known = estate::AlarmZones::select(sql, progress.walk.premises);
    progress.tally.expect(zonesExpected(TestKind::WalkTest, scope, known));
    std::vector<WalkLine> lines = std::move(progress.newest);
    const auto take = [&](const std::string& account, base::UtcTime received, const SignalEvent& event) {
        const int before = progress.tally.received();
        progress.tally.add(account, received, event);
        if (progress.tally.received() > before) {
            const ZoneEvent what = zoneEventOf(event);
            lines.push_back({received, wordsOf(event), account,
                             what == ZoneEvent::None ? std::string{} : estate::zoneNumber(event.code.address), what});
        }
    };
    progress.read =
        forEachEventOfPremises(sql, progress.walk.premises, {progress.walk.begun, progress.read, until}, take);
    progress.tally.name(known);
    // Panels are read one after the other.
    std::ranges::stable_sort(lines, {}, &WalkLine::received);
    if (lines.size() > WalkProgress::mostLines) {
        lines.erase(lines.begin(), lines.end() - static_cast<std::ptrdiff_t>(WalkProgress::mostLines));
    }
    progress.newest = std::move(lines);
}

WalkProgress freshProgress(const WalkTest& walk) {
    WalkProgress progress;
    progress.walk = walk;
    progress.tally = ZoneTally{walk.scope, {}};
    progress.read = walk.firstSignal;
    return progress;
}

base::Result<WalkRow> requireLasting(soci::session& sql, WalkTestId id) {
    auto row = selectWalk(sql, id);
    if (!row) {
        return base::fail(ErrorCode::NotFound, "there is no walk test " + std::to_string(id.value()));
    }
    if (row->walk.ended) {
        return base::fail(ErrorCode::InvalidInput, "this walk test is over: " + row->walk.endedBy + " has ended it");
    }
    return base::Result<WalkRow>{tl::in_place, *std::move(row)};
}

void endWalk(store::Transaction& transaction, const access::Acting& acting, WalkProgress& progress) {
    WalkTest& walk = progress.walk;
    const SignalId last = newestSignal(transaction.sql());
    readOn(transaction.sql(), progress, last);
    walk.ended = transaction.now();
    walk.endedBy = acting.username;
    const WalkKey id = walk.id.value();
    const WalkKey now = base::toStored(transaction.now());
    const WalkKey lastSignal = last.value();
    const std::string content = json{
        {"zones", jsonOf(progress.tally.zones())},
        {"received", progress.tally.received()},
        {"tests",
         progress.tally.tests()}}.dump(-1, ' ', false, json::error_handler_t::replace);
    transaction.sql() << "UPDATE walk_test SET ended = :now, ended_by = :who, last_signal = :last, content = :content "
                         "WHERE id = :id",
        soci::use(now, "now"), soci::use(acting.username, "who"), soci::use(lastSignal, "last"),
        soci::use(content, "content"), soci::use(id, "id");
    auditWalk(transaction, acting, "walk-test.ended", walk);
}

TestResult resultOfWalk(const WalkProgress& progress, const NewTestResult& wanted) {
    TestResult result;
    result.premises = progress.walk.premises;
    result.kind = TestKind::WalkTest;
    result.outcome = wanted.outcome;
    result.found = wanted.found;
    result.byWhom = wanted.byWhom.empty() ? progress.walk.engineer : wanted.byWhom;
    result.period = progress.walk.period;
    result.walk = progress.walk.id;
    const auto zones = progress.tally.zones();
    for (const TalliedZone& zone : zones) {
        if (zone.hasCome()) {
            result.reported.push_back(wordsOf(zone));
        } else if (zone.isExpected) {
            result.missing.push_back("zone " + wordsOf(zone));
        }
    }
    return result;
}

}  // namespace

base::Result<WalkTest> WalkTests::begin(const access::Acting& acting, const Beginning& beginning) {
    return m_database.write([&](store::Transaction& transaction) { return beginIn(transaction, acting, beginning); });
}

base::Result<WalkTest> WalkTests::beginIn(store::Transaction& transaction, const access::Acting& acting,
                                          const Beginning& beginning) {
    TRY(access::require(acting, access::Right::AnswerAlarms));
    const std::string& engineer = beginning.engineer;
    if (engineer.find_first_not_of(" \t\r\n") == std::string::npos || engineer.size() > longestEngineer ||
        !base::isPlainText(engineer)) {
        return base::fail(ErrorCode::InvalidInput, "write who walks: at most 200 bytes of text");
    }
    const auto period = TestPeriods::select(transaction.sql(), beginning.period);
    if (!period || period->ended || period->ends <= transaction.now()) {
        return base::fail(ErrorCode::NotFound, "its system is not on test any more: put it on test first");
    }
    const WalkKey premises = period->premises.value();
    const auto lasts =
        selectWalks(transaction.sql(), "premises_id = :premises AND ended IS NULL", soci::use(premises, "premises"));
    if (!lasts.empty()) {
        return base::fail(ErrorCode::Busy, "a walk test of these premises lasts already: " +
                                               lasts.front().walk.begunBy + " has begun it; open that one");
    }
    const WalkKey periodKey = period->id.value();
    const WalkKey plan = beginning.plan ? beginning.plan->value() : 0;
    soci::indicator hasPlan = beginning.plan ? soci::i_ok : soci::i_null;
    const WalkKey begun = base::toStored(transaction.now());
    const WalkKey first = newestSignal(transaction.sql()).value();
    const std::string kind{nameOf(TestKind::WalkTest)};
    WalkKey id = 0;
    transaction.sql() << "INSERT INTO walk_test (premises_id, test_period_id, planned_test_id, area, zone, engineer, "
                         "begun, begun_by, first_signal) VALUES (:premises, :period, :plan, :area, :zone, :engineer, "
                         ":begun, :who, :first) RETURNING id",
        soci::use(premises, "premises"), soci::use(periodKey, "period"), soci::use(plan, hasPlan, "plan"),
        soci::use(period->area, "area"), soci::use(period->zone, "zone"), soci::use(engineer, "engineer"),
        soci::use(begun, "begun"), soci::use(acting.username, "who"), soci::use(first, "first"), soci::into(id);
    // The notice of the test says which zones did not come.
    transaction.sql() << "UPDATE test_period SET kind = :kind WHERE id = :id AND kind = ''", soci::use(kind, "kind"),
        soci::use(periodKey, "id");
    auto written = selectWalk(transaction.sql(), WalkTestId{id});
    auditWalk(transaction, acting, "walk-test.begun", written->walk);
    return base::Result<WalkTest>{tl::in_place, std::move(written->walk)};
}

base::Result<std::vector<WalkTest>> WalkTests::lasting(const access::Acting& acting) {
    TRY(access::require(acting, access::Right::SeeAlarms));
    return m_database.read([](soci::session& sql) -> base::Result<std::vector<WalkTest>> {
        return walksOf(selectWalks(sql, "ended IS NULL ORDER BY begun"));
    });
}

base::Result<std::vector<WalkTest>> WalkTests::history(const access::Acting& acting, estate::PremisesId premises,
                                                       int most) {
    TRY(access::require(acting, access::Right::SeeAlarms));
    const WalkKey id = premises.value();
    return m_database.read([&](soci::session& sql) -> base::Result<std::vector<WalkTest>> {
        return walksOf(selectWalks(sql, "premises_id = :premises ORDER BY begun DESC LIMIT :most",
                                   soci::use(id, "premises"), soci::use(most, "most")));
    });
}

base::Result<WalkProgress> WalkTests::progress(const access::Acting& acting, WalkTestId id,
                                               std::optional<WalkProgress> before) {
    TRY(access::require(acting, access::Right::SeeAlarms));
    return m_database.read([&](soci::session& sql) -> base::Result<WalkProgress> {
        const auto row = selectWalk(sql, id);
        if (!row) {
            return base::fail(ErrorCode::NotFound, "there is no walk test " + std::to_string(id.value()));
        }
        const bool readsOn = before && before->walk.id == id && !row->walk.ended;
        WalkProgress progress = readsOn ? std::move(*before) : freshProgress(row->walk);
        progress.walk = row->walk;
        if (row->walk.ended) {
            // As it was then, whatever has become of the register of zones since.
            const json kept = json::parse(row->content, nullptr, false);
            const json zones = kept.is_object() ? kept.value("zones", json::array()) : json::array();
            progress.tally = ZoneTally::kept(row->walk.scope, talliedZonesFrom(zones));
            progress.read = row->lastSignal;
            return base::Result<WalkProgress>{tl::in_place, std::move(progress)};
        }
        readOn(sql, progress, {});
        progress.onTest = testOf(sql, row->walk.premises, m_database.clock().now());
        return base::Result<WalkProgress>{tl::in_place, std::move(progress)};
    });
}

base::Result<TestResult> WalkTests::finish(const access::Acting& acting, WalkTestId id, const NewTestResult& wanted,
                                           bool endsTest) {
    TRY(access::require(acting, access::Right::AnswerAlarms));
    TRY(TestResults::check(wanted));
    // Most is read before the transaction, in which panels would wait for their answers.
    TRY_ASSIGN(WalkProgress progress, this->progress(acting, id));
    TRY_ASSIGN(const TestReportDraft draft, m_database.read([&](soci::session& sql) -> base::Result<TestReportDraft> {
        const auto period = TestPeriods::select(sql, progress.walk.period);
        return period && !period->ended ? TestReports::draft(sql, *period) : TestReportDraft{};
    }));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<TestResult> {
        TRY_ASSIGN(const WalkRow row, requireLasting(transaction.sql(), id));
        progress.walk = row.walk;
        endWalk(transaction, acting, progress);
        const auto period = testOf(transaction.sql(), row.walk.premises, transaction.now());
        if (period && period->id == row.walk.period && (endsTest || row.walk.plan)) {
            TRY(endTestIn(transaction, acting, period->id, draft));
        }
        TestResult result = resultOfWalk(progress, wanted);
        const auto plan = row.walk.plan ? selectPlannedTest(transaction.sql(), *row.walk.plan, transaction.now())
                                        : std::optional<PlannedTest>{};
        // Somebody may have recorded it meanwhile, or taken it away: what the engineer found is kept all the same.
        if (plan && plan->period == row.walk.period) {
            TRY_ASSIGN(result, PlannedTests::recordIn(transaction, acting, *row.walk.plan, wanted, result));
        } else {
            TestResults::write(transaction, acting, result);
        }
        return base::Result<TestResult>{tl::in_place, std::move(result)};
    });
}

const store::AuditWitness& WalkTests::witness() {
    static const store::AuditWitness witness{
        "walk_test",
        "walk_test",
        "id",
        "premises_id",
        {"premises_id", "test_period_id", "planned_test_id", "area", "zone", "engineer", "begun", "begun_by",
         "first_signal", "ended", "ended_by", "last_signal", "content"},
        store::AuditWitness::Rows::Changing};
    return witness;
}

}  // namespace leedswatch::response
