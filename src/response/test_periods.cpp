#include "response/test_periods.h"

#include "base/local_time.h"
#include "base/utf8.h"
#include "estate/alarm_zones.h"
#include "estate/premises_details_rows.h"
#include "response/signal_rows.h"
#include "response/test_reports.h"
#include "response/zone_tally.h"
#include "store/audit_witness.h"

#include <algorithm>
#include <array>
#include <map>

namespace leedswatch::response {

namespace {

using Key = long long;
using EventKind = TestPeriodEvent::Kind;

constexpr std::size_t longestWords = 500;
constexpr std::array<std::string_view, 3> periodEventNames{"begun", "prolonged", "ended"};
constexpr std::array<std::string_view, 3> periodActions{"test.begun", "test.prolonged", "test.ended"};

/// The periods of a query: what stands behind WHERE is the caller's.
template <typename... Bound>
std::vector<TestPeriod> selectPeriods(soci::session& sql, const std::string& condition, Bound&&... bound) {
    std::vector<TestPeriod> periods;
    TestPeriod period;
    Key id = 0;
    Key premises = 0;
    Key begins = 0;
    Key ends = 0;
    int showsLifeSafety = 0;
    Key ended = 0;
    soci::indicator hasEnded = soci::i_null;
    std::string kind;
    Key firstSignal = 0;
    soci::statement statement =
        ((sql.prepare << "SELECT id, premises_id, area, zone, begins, ends, by_whom, reason, shows_life_safety, "
                         "placed_by, ended, ended_by, kind, first_signal FROM test_period WHERE " +
                             condition,
          soci::into(id), soci::into(premises), soci::into(period.area), soci::into(period.zone), soci::into(begins),
          soci::into(ends), soci::into(period.byWhom), soci::into(period.reason), soci::into(showsLifeSafety),
          soci::into(period.placedBy), soci::into(ended, hasEnded), soci::into(period.endedBy), soci::into(kind),
          soci::into(firstSignal)),
         ..., std::forward<Bound>(bound));
    statement.execute();
    while (statement.fetch()) {
        period.id = TestPeriodId{id};
        period.premises = estate::PremisesId{premises};
        period.begins = base::fromStored(begins);
        period.ends = base::fromStored(ends);
        period.showsLifeSafety = showsLifeSafety != 0;
        period.ended = hasEnded == soci::i_ok ? std::optional{base::fromStored(ended)} : std::nullopt;
        period.kind = testKindFrom(kind);
        period.firstSignal = SignalId{firstSignal};
        periods.push_back(period);
    }
    return periods;
}

base::Result<void> checkWords(const std::string& byWhom, const std::string& reason) {
    for (const std::string* words : {&byWhom, &reason}) {
        if (words->find_first_not_of(" \t\r\n") == std::string::npos) {
            return base::fail(base::ErrorCode::InvalidInput, "say who asked for the test and why");
        }
        if (words->size() > longestWords || !base::isPlainText(*words)) {
            return base::fail(base::ErrorCode::InvalidInput, "who asked and why are at most 500 bytes of text each");
        }
    }
    return {};
}

base::Result<void> checkEnd(base::UtcTime ends, base::UtcTime now) {
    if (ends <= now) {
        return base::fail(base::ErrorCode::InvalidInput,
                          "the test ends at " + base::formatLocal(ends) + ", which is over: choose a time to come");
    }
    if (ends - now > TestPeriods::longest) {
        return base::fail(base::ErrorCode::InvalidInput,
                          "a test lasts eight hours at most from now: end it earlier, and prolong it if it takes "
                          "longer");
    }
    return {};
}

/// Writes the event and its audit entry.
void tellPeriod(store::Transaction& transaction, const access::Acting& acting, EventKind kind, const TestPeriod& period,
                const std::string& words) {
    const Key period_id = period.id.value();
    const Key premises = period.premises.value();
    const Key now = base::toStored(transaction.now());
    const Key ends = base::toStored(period.ends);
    const std::string name{nameOf(kind)};
    Key id = 0;
    transaction.sql() << "INSERT INTO test_period_event (test_period_id, premises_id, at, kind, ends, who, "
                         "workstation, words) VALUES (:period, :premises, :now, :kind, :ends, :who, :desk, :words) "
                         "RETURNING id",
        soci::use(period_id, "period"), soci::use(premises, "premises"), soci::use(now, "now"), soci::use(name, "kind"),
        soci::use(ends, "ends"), soci::use(acting.username, "who"), soci::use(acting.workstation, "desk"),
        soci::use(words, "words"), soci::into(id);
    store::AuditEvent event;
    event.who = acting.username;
    event.workstation = acting.workstation;
    event.action = std::string{periodActions.at(static_cast<std::size_t>(kind))};
    event.object = "test period " + std::to_string(period_id);
    event.details = {{"premises", premises},
                     {"area", period.area},
                     {"zone", period.zone},
                     {"ends", base::formatUtc(period.ends)},
                     {"shows_life_safety", period.showsLifeSafety}};
    event.personal = words;
    event.witnesses = {{&TestPeriods::witness(), id}};
    transaction.audit(event);
    transaction.notify("test_periods", std::to_string(period_id));
}

std::string wordsOfPeriod(const TestPeriod& period) {
    return period.byWhom + ": " + period.reason;
}

void endPeriod(store::Transaction& transaction, const access::Acting& acting, TestPeriod period,
               TestReportDraft draft) {
    const Key id = period.id.value();
    const Key now = base::toStored(transaction.now());
    transaction.sql() << "UPDATE test_period SET ended = :now, ended_by = :who WHERE id = :id", soci::use(now, "now"),
        soci::use(acting.username, "who"), soci::use(id, "id");
    period.ended = transaction.now();
    period.endedBy = acting.username;
    tellPeriod(transaction, acting, EventKind::Ended, period, wordsOfPeriod(period));
    TestReports::write(transaction, acting, period, std::move(draft));
}

RunningTest runningTestOf(soci::session& sql, const TestPeriod& period) {
    RunningTest running{period, {}, {}, {}, 0, {}};
    if (const auto premises = estate::selectPremisesById(sql, period.premises)) {
        running.reference = premises->reference;
        running.name = premises->name;
        running.address = premises->address;
    }
    ZoneTally tally{{period.area, period.zone}, {}};
    forEachEventOfPremises(
        sql, period.premises, {period.begins, period.firstSignal},
        [&](const auto& account, auto received, const auto& event) { tally.add(account, received, event); });
    running.received = tally.received();
    running.latest = tally.latest();
    return running;
}

}  // namespace

std::string_view nameOf(TestPeriodEvent::Kind kind) {
    return periodEventNames.at(static_cast<std::size_t>(kind));
}

std::optional<TestPeriodEvent::Kind> testPeriodEventFrom(std::string_view name) {
    const auto* found = std::ranges::find(periodEventNames, name);
    return found == periodEventNames.end() ? std::nullopt
                                           : std::optional{static_cast<EventKind>(found - periodEventNames.begin())};
}

base::Result<TestPeriod> TestPeriods::begin(const access::Acting& acting, const TestPeriod& wanted) {
    return m_database.write([&](store::Transaction& transaction) { return beginIn(transaction, acting, wanted); });
}

base::Result<TestPeriod> TestPeriods::beginIn(store::Transaction& transaction, const access::Acting& acting,
                                              const TestPeriod& wanted) {
    TRY(access::require(acting, access::Right::AnswerAlarms));
    TRY(checkWords(wanted.byWhom, wanted.reason));
    TRY(checkEnd(wanted.ends, transaction.now()));
    TestPeriod period = wanted;
    const Key premises = wanted.premises.value();
    int count = 0;
    transaction.sql() << "SELECT count(*) FROM premises WHERE id = :id", soci::use(premises, "id"), soci::into(count);
    if (count == 0) {
        return base::fail(base::ErrorCode::NotFound, "these premises are not in the list of premises");
    }
    period.begins = transaction.now();
    period.placedBy = acting.username;
    period.firstSignal = newestSignal(transaction.sql());
    const Key begins = base::toStored(period.begins);
    const Key ends = base::toStored(period.ends);
    const int showsLifeSafety = period.showsLifeSafety ? 1 : 0;
    const std::string kind{period.kind ? nameOf(*period.kind) : std::string_view{}};
    const Key firstSignal = period.firstSignal.value();
    Key id = 0;
    transaction.sql() << "INSERT INTO test_period (premises_id, area, zone, begins, ends, by_whom, reason, "
                         "shows_life_safety, placed_by, kind, first_signal) VALUES (:premises, :area, :zone, :begins, "
                         ":ends, :whom, :reason, :life, :placed, :kind, :first) RETURNING id",
        soci::use(premises, "premises"), soci::use(period.area, "area"), soci::use(period.zone, "zone"),
        soci::use(begins, "begins"), soci::use(ends, "ends"), soci::use(period.byWhom, "whom"),
        soci::use(period.reason, "reason"), soci::use(showsLifeSafety, "life"), soci::use(period.placedBy, "placed"),
        soci::use(kind, "kind"), soci::use(firstSignal, "first"), soci::into(id);
    period.id = TestPeriodId{id};
    tellPeriod(transaction, acting, EventKind::Begun, period, wordsOfPeriod(period));
    return base::Result<TestPeriod>{tl::in_place, period};
}

base::Result<TestPeriod> TestPeriods::prolong(const access::Acting& acting, TestPeriodId id, base::UtcTime ends,
                                              const std::string& byWhom) {
    TRY(access::require(acting, access::Right::AnswerAlarms));
    TRY(checkWords(byWhom, "-"));
    return m_database.write([&](store::Transaction& transaction) -> base::Result<TestPeriod> {
        TRY(checkEnd(ends, transaction.now()));
        auto found = select(transaction.sql(), id);
        if (!found || found->ended) {
            return base::fail(base::ErrorCode::NotFound, "this test is over already: begin another one");
        }
        TestPeriod period = *std::move(found);
        period.ends = ends;
        const Key key = id.value();
        const Key until = base::toStored(ends);
        transaction.sql() << "UPDATE test_period SET ends = :ends WHERE id = :id", soci::use(until, "ends"),
            soci::use(key, "id");
        tellPeriod(transaction, acting, EventKind::Prolonged, period, byWhom);
        return base::Result<TestPeriod>{tl::in_place, std::move(period)};
    });
}

base::Result<void> TestPeriods::end(const access::Acting& acting, TestPeriodId id) {
    TRY(access::require(acting, access::Right::AnswerAlarms));
    TRY_ASSIGN(const TestReportDraft draft, m_database.read([&](soci::session& sql) -> base::Result<TestReportDraft> {
        const auto found = select(sql, id);
        return found && !found->ended ? TestReports::draft(sql, *found) : TestReportDraft{};
    }));
    return m_database.write([&](store::Transaction& transaction) { return endTestIn(transaction, acting, id, draft); });
}

base::Result<void> TestPeriods::endIn(store::Transaction& transaction, const access::Acting& acting, TestPeriodId id) {
    return endTestIn(transaction, acting, id, {});
}

base::Result<void> endTestIn(store::Transaction& transaction, const access::Acting& acting, TestPeriodId id,
                             TestReportDraft draft) {
    TRY(access::require(acting, access::Right::AnswerAlarms));
    auto found = TestPeriods::select(transaction.sql(), id);
    if (!found || found->ended) {
        return base::fail(base::ErrorCode::NotFound, "this test is over already");
    }
    endPeriod(transaction, acting, *std::move(found), std::move(draft));
    return {};
}

base::Result<std::vector<TestPeriod>> TestPeriods::lasting() {
    return m_database.read([](soci::session& sql) -> base::Result<std::vector<TestPeriod>> {
        return selectPeriods(sql, "ended IS NULL ORDER BY ends");
    });
}

base::Result<std::vector<RunningTest>> TestPeriods::running(const access::Acting& acting) {
    TRY(access::require(acting, access::Right::SeeAlarms));
    return m_database.read([](soci::session& sql) -> base::Result<std::vector<RunningTest>> {
        std::vector<RunningTest> all;
        const auto periods = selectPeriods(sql, "ended IS NULL ORDER BY ends");
        for (const TestPeriod& period : periods) {
            all.push_back(runningTestOf(sql, period));
        }
        return all;
    });
}

base::Result<TestPeriod> TestPeriods::find(const access::Acting& acting, TestPeriodId id) {
    TRY(access::require(acting, access::Right::SeeAlarms));
    return m_database.read([&](soci::session& sql) -> base::Result<TestPeriod> {
        auto found = select(sql, id);
        if (!found) {
            return base::fail(base::ErrorCode::NotFound, "there is no test " + std::to_string(id.value()));
        }
        return base::Result<TestPeriod>{tl::in_place, *std::move(found)};
    });
}

base::Result<std::vector<TestPeriodEvent>> TestPeriods::record(const access::Acting& acting, TestPeriodId id) {
    TRY(access::require(acting, access::Right::SeeAlarms));
    return m_database.read([&](soci::session& sql) -> base::Result<std::vector<TestPeriodEvent>> {
        std::vector<TestPeriodEvent> events;
        TestPeriodEvent event;
        const Key key = id.value();
        Key at = 0;
        Key ends = 0;
        std::string kind;
        soci::statement statement = (sql.prepare << "SELECT at, kind, ends, who, words FROM test_period_event WHERE "
                                                    "test_period_id = :id ORDER BY id",
                                     soci::use(key, "id"), soci::into(at), soci::into(kind), soci::into(ends),
                                     soci::into(event.who), soci::into(event.words));
        statement.execute();
        while (statement.fetch()) {
            event.kind = testPeriodEventFrom(kind).value_or(EventKind::Begun);
            event.at = base::fromStored(at);
            event.ends = base::fromStored(ends);
            events.push_back(event);
        }
        return events;
    });
}

base::Result<int> TestPeriods::endDue(base::UtcTime now) {
    const Key until = base::toStored(now);
    using Drafts = std::map<TestPeriodId, TestReportDraft>;
    TRY_ASSIGN(Drafts drafts, m_database.read([&](soci::session& sql) -> base::Result<Drafts> {
        Drafts all;
        const auto due =
            selectPeriods(sql, "ended IS NULL AND ends <= :now ORDER BY ends LIMIT 50", soci::use(until, "now"));
        for (const TestPeriod& period : due) {
            all.emplace(period.id, TestReports::draft(sql, period));
        }
        return all;
    }));
    if (drafts.empty()) {
        return 0;
    }
    return m_database.write([&](store::Transaction& transaction) -> base::Result<int> {
        const auto due = selectPeriods(transaction.sql(), "ended IS NULL AND ends <= :now ORDER BY ends LIMIT 50",
                                       soci::use(until, "now"));
        for (const TestPeriod& period : due) {
            endPeriod(transaction, access::Acting::station(), period, std::move(drafts[period.id]));
        }
        return static_cast<int>(due.size());
    });
}

std::optional<TestPeriod> TestPeriods::select(soci::session& sql, TestPeriodId id) {
    const Key key = id.value();
    auto found = selectPeriods(sql, "id = :id", soci::use(key, "id"));
    return found.empty() ? std::nullopt : std::optional{std::move(found.front())};
}

std::optional<TestPeriod> TestPeriods::covering(soci::session& sql, estate::PremisesId premises,
                                                const std::string& area, const std::string& zone, base::UtcTime now) {
    const Key key = premises.value();
    const Key time = base::toStored(now);
    // What was received before it began is no part of it, though it may be judged only now.
    auto found = selectPeriods(sql,
                               "ended IS NULL AND premises_id = :premises AND begins <= :now AND ends > :same ORDER BY "
                               "shows_life_safety, ends DESC",
                               soci::use(key, "premises"), soci::use(time, "now"), soci::use(time, "same"));
    const auto covers = [&](const TestPeriod& period) {
        return TestScope{period.area, period.zone}.covers(area, zone);
    };
    const auto first = std::ranges::find_if(found, covers);
    return first == found.end() ? std::nullopt : std::optional{std::move(*first)};
}

const store::AuditWitness& TestPeriods::witness() {
    static const store::AuditWitness witness{
        "test_period_event",
        "test_period_event",
        "id",
        "test_period_id",
        {"test_period_id", "premises_id", "at", "kind", "ends", "who", "workstation", "words"},
        store::AuditWitness::Rows::OnlyAdded};
    return witness;
}

}  // namespace leedswatch::response
