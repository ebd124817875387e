#include "response/test_results.h"

#include "base/local_time.h"
#include "base/spreadsheet_field.h"
#include "base/utf8.h"
#include "store/audit_witness.h"
#include "store/nullable.h"

#include <nlohmann/json.hpp>

namespace leedswatch::response {

namespace {

using nlohmann::json;
using ResultKey = long long;

constexpr std::size_t longestFound = 4'000;
constexpr std::size_t longestName = 200;

std::vector<std::string> textsIn(const json& object, const char* name) {
    std::vector<std::string> texts;
    if (object.is_object() && object.contains(name) && object[name].is_array()) {
        for (const json& text : object[name]) {
            texts.push_back(text.is_string() ? text.get<std::string>() : std::string{});
        }
    }
    return texts;
}

std::string listText(const std::vector<std::string>& texts) {
    std::string all;
    for (const std::string& text : texts) {
        all += (all.empty() ? "" : "; ") + text;
    }
    return all;
}

std::vector<TestResult> selectResults(soci::session& sql, const TestResults::Query& query) {
    std::vector<TestResult> results;
    const ResultKey wanted = query.premises ? query.premises->value() : 0;
    const ResultKey from = base::toStored(query.from);
    const ResultKey until = base::toStored(query.until);
    // A condition for each kind of question, so that each has its index.
    const std::string condition = query.premises ? "premises_id = :premises" : ":premises = 0";
    TestResult one;
    ResultKey id = 0;
    ResultKey premises = 0;
    store::Nullable plan;
    std::string kind;
    store::Nullable due;
    ResultKey recorded = 0;
    std::string outcome;
    store::Nullable period;
    store::Nullable walk;
    std::string zones;
    soci::statement statement =
        (sql.prepare << "SELECT alarm_test_result.id, premises_id, reference, name, planned_test_id, occurrence, "
                        "alarm_test_result.kind, due, recorded, outcome, found, by_whom, recorded_by, test_period_id, "
                        "walk_test_id, zones FROM alarm_test_result JOIN premises ON premises.id = premises_id WHERE " +
                            condition +
                            " AND recorded BETWEEN :from AND :until ORDER BY recorded DESC, alarm_test_result.id DESC "
                            "LIMIT :most",
         soci::use(wanted, "premises"), soci::use(from, "from"), soci::use(until, "until"),
         soci::use(query.most, "most"), soci::into(id), soci::into(premises), soci::into(one.reference),
         soci::into(one.name), plan.into(), soci::into(one.occurrence), soci::into(kind), due.into(),
         soci::into(recorded), soci::into(outcome), soci::into(one.found), soci::into(one.byWhom),
         soci::into(one.recordedBy), period.into(), walk.into(), soci::into(zones));
    statement.execute();
    while (statement.fetch()) {
        one.id = TestResultId{id};
        one.premises = estate::PremisesId{premises};
        one.plan = plan.id<PlannedTestId>();
        one.kind = testKindFrom(kind).value_or(TestKind::Other);
        one.due = due.time();
        one.recorded = base::fromStored(recorded);
        one.outcome = testOutcomeFrom(outcome).value_or(TestOutcome::Failed);
        one.period = period.id<TestPeriodId>();
        one.walk = walk.id<WalkTestId>();
        const json all = json::parse(zones, nullptr, false);
        one.reported = textsIn(all, "reported");
        one.missing = textsIn(all, "missing");
        results.push_back(one);
    }
    return results;
}

}  // namespace

base::Result<std::vector<TestResult>> TestResults::list(const access::Acting& acting, const Query& query) {
    TRY(access::require(acting, access::Right::SeeAlarms));
    return m_database.read(
        [&](soci::session& sql) -> base::Result<std::vector<TestResult>> { return selectResults(sql, query); });
}

base::Result<std::string> TestResults::exportCsv(const access::Acting& acting, const Query& query) {
    TRY_ASSIGN(const auto results, list(acting, query));
    std::string csv = "premises,name,kind,due,recorded,outcome,found,by,recorded_by,reported,missing\r\n";
    for (const TestResult& one : results) {
        const std::vector<std::string> fields{one.reference,
                                              one.name,
                                              std::string{nameOf(one.kind)},
                                              one.due ? base::formatLocal(*one.due) : "",
                                              base::formatLocal(one.recorded),
                                              std::string{nameOf(one.outcome)},
                                              one.found,
                                              one.byWhom,
                                              one.recordedBy,
                                              listText(one.reported),
                                              listText(one.missing)};
        for (std::size_t index = 0; index < fields.size(); ++index) {
            csv += (index == 0 ? "" : ",") + base::spreadsheetField(fields[index]);
        }
        csv += "\r\n";
    }
    return base::Result<std::string>{tl::in_place, std::move(csv)};
}

base::Result<void> TestResults::check(const NewTestResult& result) {
    const bool isSaid = result.found.find_first_not_of(" \t\r\n") != std::string::npos;
    if (!isSaid && result.outcome != TestOutcome::Passed) {
        return base::fail(base::ErrorCode::InvalidInput, "write what was found, or why it was not carried out");
    }
    if (result.found.size() > longestFound || !base::isPlainText(result.found)) {
        return base::fail(base::ErrorCode::InvalidInput, "what was found is at most 4,000 bytes of text");
    }
    if (result.byWhom.size() > longestName || !base::isPlainText(result.byWhom)) {
        return base::fail(base::ErrorCode::InvalidInput, "who carried it out is at most 200 bytes of text");
    }
    return {};
}

void TestResults::write(store::Transaction& transaction, const access::Acting& acting, TestResult& result) {
    result.recorded = transaction.now();
    result.recordedBy = acting.username;
    const ResultKey premises = result.premises.value();
    const store::Nullable plan{result.plan};
    const std::string kind{nameOf(result.kind)};
    const store::Nullable due{result.due};
    const ResultKey recorded = base::toStored(result.recorded);
    const std::string outcome{nameOf(result.outcome)};
    const store::Nullable period{result.period};
    const store::Nullable walk{result.walk};
    const std::string zones = json{{"reported", result.reported}, {"missing", result.missing}}.dump(
        -1, ' ', false, json::error_handler_t::replace);
    ResultKey id = 0;
    transaction.sql()
        << "INSERT INTO alarm_test_result (premises_id, planned_test_id, occurrence, kind, due, recorded, "
           "outcome, found, by_whom, recorded_by, test_period_id, walk_test_id, zones) VALUES "
           "(:premises, :plan, :occurrence, :kind, :due, :recorded, :outcome, :found, :whom, :recorder, "
           ":period, :walk, :zones) RETURNING id",
        soci::use(premises, "premises"), plan.use("plan"), soci::use(result.occurrence, "occurrence"),
        soci::use(kind, "kind"), due.use("due"), soci::use(recorded, "recorded"), soci::use(outcome, "outcome"),
        soci::use(result.found, "found"), soci::use(result.byWhom, "whom"), soci::use(result.recordedBy, "recorder"),
        period.use("period"), walk.use("walk"), soci::use(zones, "zones"), soci::into(id);
    result.id = TestResultId{id};
    store::AuditEvent event;
    event.who = acting.username;
    event.workstation = acting.workstation;
    event.action = "test.recorded";
    event.object = "premises " + std::to_string(premises);
    event.details = {{"kind", kind}, {"outcome", outcome}};
    event.personal = result.byWhom + ": " + result.found;
    event.witnesses = {{&witness(), id}};
    transaction.audit(event);
    transaction.notify("test_results", std::to_string(id));
}

const store::AuditWitness& TestResults::witness() {
    static const store::AuditWitness witness{
        "alarm_test_result",
        "alarm_test_result",
        "id",
        "premises_id",
        {"premises_id", "planned_test_id", "occurrence", "kind", "due", "recorded", "outcome", "found", "by_whom",
         "recorded_by", "test_period_id", "walk_test_id", "zones"},
        store::AuditWitness::Rows::OnlyAdded};
    return witness;
}

}  // namespace leedswatch::response
