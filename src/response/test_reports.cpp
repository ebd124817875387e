#include "response/test_reports.h"

#include "estate/premises_details_rows.h"
#include "response/event_words.h"
#include "store/audit_witness.h"

#include <algorithm>
#include <map>

namespace leedswatch::response {

namespace {

using nlohmann::json;
using ReportKey = long long;

/// Some panel that runs away is no reason for a notice that nobody can open.
constexpr std::size_t mostEventsInReport = 500;

bool isHiddenBy(const TestPeriod& period, const SignalEvent& event) {
    const auto alarmClass = alarmClassOf(event.meaning.category);
    return event.code.qualifier != alarm::Qualifier::Previous && alarmClass &&
           !(period.showsLifeSafety && infoOf(*alarmClass).isLifeSafety);
}

json jsonOfEvents(const std::vector<ReportedEvent>& events) {
    auto all = json::array();
    for (const ReportedEvent& event : events) {
        all.push_back({{"event", event.words},
                       {"count", event.count},
                       {"first", base::toStored(event.first)},
                       {"latest", base::toStored(event.latest)}});
    }
    return all;
}

std::vector<ReportedEvent> reportedEventsFrom(const json& all) {
    std::vector<ReportedEvent> events;
    for (const json& one : all.is_array() ? all : json::array()) {
        if (one.is_object() && one.value("event", json{}).is_string() &&
            one.value("count", json{}).is_number_integer()) {
            events.push_back({one["event"], one["count"], base::fromStored(one.value("first", std::int64_t{0})),
                              base::fromStored(one.value("latest", std::int64_t{0}))});
        }
    }
    return events;
}

void addOther(TestReportDraft& draft, base::UtcTime received, const SignalEvent& event) {
    const std::string words = wordsOf(event);
    const auto found = draft.events.find(words);
    if (found != draft.events.end()) {
        ++found->second.count;
        found->second.latest = std::max(found->second.latest, received);
    } else if (draft.events.size() < mostEventsInReport) {
        draft.events.emplace(words, ReportedEvent{words, 1, received, received});
    }
}

void readOnDraft(soci::session& sql, const TestPeriod& period, TestReportDraft& draft) {
    const TestScope scope{period.area, period.zone};
    const auto known = estate::AlarmZones::select(sql, period.premises);
    draft.tally.expect(zonesExpected(period.kind, scope, known));
    const auto take = [&](const std::string& account, base::UtcTime received, const SignalEvent& event) {
        const int before = draft.tally.received();
        draft.tally.add(account, received, event);
        if (draft.tally.received() == before) {
            return;  // not of what is on test
        }
        draft.hidden += isHiddenBy(period, event) ? 1 : 0;
        if (zoneEventOf(event) == ZoneEvent::None) {
            addOther(draft, received, event);
        }
    };
    draft.read = forEachEventOfPremises(sql, period.premises, {period.begins, draft.read}, take);
    draft.tally.name(known);
}

TestReportDraft emptyDraft(const TestPeriod& period) {
    TestReportDraft draft;
    draft.period = period.id;
    draft.tally = ZoneTally{{period.area, period.zone}, {}};
    draft.read = period.firstSignal;
    return draft;
}

std::vector<ReportedEvent> eventsOf(const TestReportDraft& draft) {
    std::vector<ReportedEvent> events;
    for (const auto& [words, event] : draft.events) {
        events.push_back(event);
    }
    std::ranges::sort(events, {}, &ReportedEvent::first);
    return events;
}

std::vector<std::string> missingOf(const std::optional<TestKind>& kind, const ZoneTally& tally,
                                   const std::vector<TalliedZone>& zones) {
    std::vector<std::string> missing;
    for (const TalliedZone& zone : zones) {
        if (zone.isExpected && !zone.hasCome()) {
            missing.push_back("zone " + wordsOf(zone));
        }
    }
    const bool wantsTest = kind == TestKind::Path || kind == TestKind::AnnualService;
    if (wantsTest && tally.tests() == 0) {
        missing.emplace_back("a test signal of the panel");
    }
    if (kind == TestKind::Fire && tally.fires() == 0) {
        missing.emplace_back("a fire signal");
    }
    return missing;
}

void nameThePremises(soci::session& sql, TestReport& report) {
    if (const auto premises = estate::selectPremisesById(sql, report.period.premises)) {
        report.reference = premises->reference;
        report.name = premises->name;
    }
}

std::optional<TestReport> selectReport(soci::session& sql, const std::string& condition, ReportKey key) {
    TestReport report;
    ReportKey id = 0;
    ReportKey period = 0;
    ReportKey made = 0;
    std::string content;
    sql << "SELECT id, test_period_id, made, received, hidden, content FROM test_report WHERE " + condition,
        soci::use(key, "key"), soci::into(id), soci::into(period), soci::into(made), soci::into(report.received),
        soci::into(report.hidden), soci::into(content);
    auto found = sql.got_data() ? TestPeriods::select(sql, TestPeriodId{period}) : std::nullopt;
    if (!found) {
        return std::nullopt;
    }
    report.id = TestReportId{id};
    report.period = *std::move(found);
    report.made = base::fromStored(made);
    nameThePremises(sql, report);
    const json all = json::parse(content, nullptr, false);
    if (all.is_object()) {
        report.zones = talliedZonesFrom(all.value("zones", json::array()));
        report.events = reportedEventsFrom(all.value("events", json::array()));
        for (const json& text : all.value("missing", json::array())) {
            report.missing.push_back(text.is_string() ? text.get<std::string>() : std::string{});
        }
    }
    return report;
}

base::Result<TestReport> required(std::optional<TestReport> report) {
    if (!report) {
        return base::fail(base::ErrorCode::NotFound,
                          "there is no notice of this test: it lasts still, or it ended before notices were kept");
    }
    return base::Result<TestReport>{tl::in_place, *std::move(report)};
}

}  // namespace

TestReportDraft TestReports::draft(soci::session& sql, const TestPeriod& period) {
    TestReportDraft draft = emptyDraft(period);
    readOnDraft(sql, period, draft);
    return draft;
}

void TestReports::write(store::Transaction& transaction, const access::Acting& acting, const TestPeriod& period,
                        TestReportDraft draft) {
    if (draft.period != period.id) {
        draft = emptyDraft(period);
    }
    readOnDraft(transaction.sql(), period, draft);
    const auto zones = draft.tally.zones();
    const auto missingOnes = missingOf(period.kind, draft.tally, zones);
    const int received = draft.tally.received();
    const ReportKey periodKey = period.id.value();
    const ReportKey premises = period.premises.value();
    const ReportKey made = base::toStored(transaction.now());
    const int missing = static_cast<int>(missingOnes.size());
    const std::string content =
        json{{"zones", jsonOf(zones)}, {"events", jsonOfEvents(eventsOf(draft))}, {"missing", missingOnes}}.dump(
            -1, ' ', false, json::error_handler_t::replace);
    ReportKey id = 0;
    transaction.sql() << "INSERT INTO test_report (test_period_id, premises_id, made, received, hidden, missing, "
                         "content) VALUES (:period, :premises, :made, :received, :hidden, :missing, :content) "
                         "RETURNING id",
        soci::use(periodKey, "period"), soci::use(premises, "premises"), soci::use(made, "made"),
        soci::use(received, "received"), soci::use(draft.hidden, "hidden"), soci::use(missing, "missing"),
        soci::use(content, "content"), soci::into(id);
    store::AuditEvent event;
    event.who = acting.username;
    event.workstation = acting.workstation;
    event.action = "test.reported";
    event.object = "test period " + std::to_string(periodKey);
    event.details = {{"received", received}, {"hidden", draft.hidden}, {"missing", missing}};
    event.witnesses = {{&witness(), id}};
    transaction.audit(event);
    transaction.notify("test_periods", std::to_string(periodKey));
}

base::Result<std::vector<TestReportLine>> TestReports::list(const access::Acting& acting, const Query& query) {
    TRY(access::require(acting, access::Right::SeeAlarms));
    return m_database.read([&](soci::session& sql) -> base::Result<std::vector<TestReportLine>> {
        std::vector<TestReportLine> lines;
        const ReportKey wanted = query.premises ? query.premises->value() : 0;
        // A condition for each kind of question, so that each has its index.
        const std::string condition = query.premises ? "test_report.premises_id = :premises" : ":premises = 0";
        TestReportLine line;
        ReportKey id = 0;
        ReportKey period = 0;
        ReportKey premises = 0;
        ReportKey begins = 0;
        ReportKey made = 0;
        soci::statement statement =
            (sql.prepare << "SELECT test_report.id, test_period_id, test_report.premises_id, reference, name, begins, "
                            "made, ended_by, reason, received, hidden, missing FROM test_report JOIN test_period ON "
                            "test_period.id = test_period_id JOIN premises ON premises.id = test_report.premises_id "
                            "WHERE " +
                                condition + " ORDER BY made DESC, test_report.id DESC LIMIT :most",
             soci::use(wanted, "premises"), soci::use(query.most, "most"), soci::into(id), soci::into(period),
             soci::into(premises), soci::into(line.reference), soci::into(line.name), soci::into(begins),
             soci::into(made), soci::into(line.endedBy), soci::into(line.reason), soci::into(line.received),
             soci::into(line.hidden), soci::into(line.missing));
        statement.execute();
        while (statement.fetch()) {
            line.id = TestReportId{id};
            line.period = TestPeriodId{period};
            line.premises = estate::PremisesId{premises};
            line.begins = base::fromStored(begins);
            line.made = base::fromStored(made);
            lines.push_back(line);
        }
        return lines;
    });
}

base::Result<TestReport> TestReports::find(const access::Acting& acting, TestReportId id) {
    TRY(access::require(acting, access::Right::SeeAlarms));
    return m_database.read([&](soci::session& sql) { return required(selectReport(sql, "id = :key", id.value())); });
}

base::Result<TestReport> TestReports::ofPeriod(const access::Acting& acting, TestPeriodId period) {
    TRY(access::require(acting, access::Right::SeeAlarms));
    return m_database.read([&](soci::session& sql) { return required(select(sql, period)); });
}

std::optional<TestReport> TestReports::select(soci::session& sql, TestPeriodId period) {
    return selectReport(sql, "test_period_id = :key", period.value());
}

const store::AuditWitness& TestReports::witness() {
    static const store::AuditWitness witness{
        "test_report",
        "test_report",
        "id",
        "test_period_id",
        {"test_period_id", "premises_id", "made", "received", "hidden", "missing", "content"},
        store::AuditWitness::Rows::OnlyAdded};
    return witness;
}

}  // namespace leedswatch::response
