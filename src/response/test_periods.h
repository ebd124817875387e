#pragma once

#include "access/person.h"
#include "base/id.h"
#include "base/result.h"
#include "estate/premises.h"
#include "response/alarm_class.h"
#include "response/signal_journal.h"
#include "response/test_kinds.h"
#include "store/database.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace leedswatch::response {

using TestPeriodId = base::Id<struct TestPeriodTag>;

/// Premises on test, or an area or a zone of them: what is sent is written down and not shown.
struct TestPeriod {
    TestPeriodId id;
    estate::PremisesId premises;
    std::string area = {};  ///< empty: all
    std::string zone = {};  ///< empty: all
    base::UtcTime begins{};
    base::UtcTime ends{};
    std::string byWhom = {};  ///< who asked, and how it was known that they may
    std::string reason = {};
    bool showsLifeSafety = true;  ///< hold-ups, fires and the like are shown all the same
    std::string placedBy = {};    ///< user name
    std::optional<base::UtcTime> ended = {};
    std::string endedBy = {};
    std::optional<TestKind> kind = {};  ///< what is tested; none: it is only on test
    SignalId firstSignal = {};          ///< the newest that was in the store when it began
};

/// One that lasts, as a desk shows it.
struct RunningTest {
    TestPeriod period;
    std::string reference;  ///< of the premises
    std::string name;
    std::string address;
    int received = 0;                     ///< events within its area and zone since it began
    std::optional<base::UtcTime> latest;  ///< the newest of them
};

/// What happened to a test.
struct TestPeriodEvent {
    enum class Kind { Begun, Prolonged, Ended };
    Kind kind = Kind::Begun;
    base::UtcTime at{};
    base::UtcTime ends{};  ///< when it ends from then on
    std::string who = {};  ///< user name, or "station"
    std::string words = {};
};

[[nodiscard]] std::string_view nameOf(TestPeriodEvent::Kind kind);  ///< "begun", ...
[[nodiscard]] std::optional<TestPeriodEvent::Kind> testPeriodEventFrom(std::string_view name);

/// Systems on test. Each has an end, which comes by itself; what happens to one is in its own record, and when it ends
/// a notice of what was received is written with it (TestReports). Thread-safe. Topic of the change feed:
/// "test_periods".
class TestPeriods {
public:
    static constexpr std::chrono::hours longest{8};

    explicit TestPeriods(store::Database& database) : m_database{database} {}

    /// From now until `ends`. Errors: NotPermitted; InvalidInput (who asked, or why, is missing; it ends in the past or
    /// after more than eight hours); NotFound (the premises).
    [[nodiscard]] base::Result<TestPeriod> begin(const access::Acting& acting, const TestPeriod& wanted);
    /// The same, in a transaction that does more.
    [[nodiscard]] static base::Result<TestPeriod> beginIn(store::Transaction& transaction, const access::Acting& acting,
                                                          const TestPeriod& wanted);
    /// To end at `ends`, which is at most eight hours from now. Errors: as of begin; NotFound: it is over.
    [[nodiscard]] base::Result<TestPeriod> prolong(const access::Acting& acting, TestPeriodId id, base::UtcTime ends,
                                                   const std::string& byWhom);
    /// Errors: NotPermitted; NotFound: it is over.
    [[nodiscard]] base::Result<void> end(const access::Acting& acting, TestPeriodId id);
    /// The same, in a transaction that does more.
    [[nodiscard]] static base::Result<void> endIn(store::Transaction& transaction, const access::Acting& acting,
                                                  TestPeriodId id);
    /// Those that last, by their end.
    [[nodiscard]] base::Result<std::vector<TestPeriod>> lasting();
    /// The same with their premises and what has come meanwhile. Error: NotPermitted (the right to see alarms).
    [[nodiscard]] base::Result<std::vector<RunningTest>> running(const access::Acting& acting);
    /// Whether it lasts or not. Errors: NotPermitted, NotFound.
    [[nodiscard]] base::Result<TestPeriod> find(const access::Acting& acting, TestPeriodId id);
    /// What happened to it, in its order. Error: NotPermitted.
    [[nodiscard]] base::Result<std::vector<TestPeriodEvent>> record(const access::Acting& acting, TestPeriodId id);

    /// By the station: ends those whose time has come; how many.
    [[nodiscard]] base::Result<int> endDue(base::UtcTime now);

    /// Lasting or not. Throws soci::soci_error.
    [[nodiscard]] static std::optional<TestPeriod> select(soci::session& sql, TestPeriodId id);
    /// One that covers what happens at `now`; one that hides more comes first. Throws soci::soci_error.
    [[nodiscard]] static std::optional<TestPeriod> covering(soci::session& sql, estate::PremisesId premises,
                                                            const std::string& area, const std::string& zone,
                                                            base::UtcTime now);

    /// What the audit log vouches for; for AuditLog::verify.
    [[nodiscard]] static const store::AuditWitness& witness();

private:
    store::Database& m_database;
};

}  // namespace leedswatch::response
