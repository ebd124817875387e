#pragma once

#include "response/test_periods.h"
#include "response/zone_tally.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace leedswatch::response {

using TestReportId = base::Id<struct TestReportTag>;

/// What came during a test besides zones: "Periodic test", how often.
struct ReportedEvent {
    std::string words;
    int count = 0;
    base::UtcTime first{};
    base::UtcTime latest{};
};

/// The notice of a test that is over.
struct TestReport {
    TestReportId id;
    TestPeriod period;
    std::string reference;  ///< of the premises
    std::string name;
    base::UtcTime made{};
    int received = 0;  ///< events within the test's area and zone
    int hidden = 0;    ///< of those: would have been alarms
    std::vector<TalliedZone> zones = {};
    std::vector<ReportedEvent> events = {};
    /// What was expected and did not come: "zone 12 Hall", "a test signal"; for people.
    std::vector<std::string> missing = {};
};

/// What a notice is made of, as far as it has been read. A panel that ran away for hours has sent tens of thousands of
/// signals: they are read before the transaction that ends the test, and only what came since is read in it, so that no
/// panel waits for its answer meanwhile.
struct TestReportDraft {
    TestPeriodId period = {};
    ZoneTally tally = {};
    std::map<std::string, ReportedEvent> events = {};  ///< by their words
    int hidden = 0;
    SignalId read = {};  ///< the newest signal that is in it
};

/// One line of a list of notices.
struct TestReportLine {
    TestReportId id;
    TestPeriodId period;
    estate::PremisesId premises;
    std::string reference;
    std::string name;
    base::UtcTime begins{};
    base::UtcTime made{};
    std::string endedBy;
    std::string reason;
    int received = 0;
    int hidden = 0;
    int missing = 0;
};

/// The notices of tests that are over: written in the transaction that ends a test, and never changed. Thread-safe.
/// Topic of the change feed: "test_periods". Errors of all: NotPermitted (the right to see alarms), NotFound.
class TestReports {
public:
    explicit TestReports(store::Database& database) : m_database{database} {}

    struct Query {
        std::optional<estate::PremisesId> premises = {};
        int most = 100;
    };
    /// The newest first.
    [[nodiscard]] base::Result<std::vector<TestReportLine>> list(const access::Acting& acting, const Query& query);
    [[nodiscard]] base::Result<TestReport> find(const access::Acting& acting, TestReportId id);
    [[nodiscard]] base::Result<TestReport> ofPeriod(const access::Acting& acting, TestPeriodId period);

    /// Throws soci::soci_error.
    [[nodiscard]] static std::optional<TestReport> select(soci::session& sql, TestPeriodId period);
    /// What came so far of one that lasts. Throws soci::soci_error.
    [[nodiscard]] static TestReportDraft draft(soci::session& sql, const TestPeriod& period);
    /// In the transaction that ends the test. `draft`: one of this test, or none. Throws soci::soci_error.
    static void write(store::Transaction& transaction, const access::Acting& acting, const TestPeriod& period,
                      TestReportDraft draft);

    /// What the audit log vouches for; for AuditLog::verify.
    [[nodiscard]] static const store::AuditWitness& witness();

private:
    store::Database& m_database;
};

/// TestPeriods::endIn with what has been read already.
[[nodiscard]] base::Result<void> endTestIn(store::Transaction& transaction, const access::Acting& acting,
                                           TestPeriodId id, TestReportDraft draft);

}  // namespace leedswatch::response
