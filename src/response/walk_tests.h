#pragma once

#include "response/test_results.h"
#include "response/zone_tally.h"

#include <optional>
#include <string>
#include <vector>

namespace leedswatch::response {

/// An engineer sets off one detector after the other, and the room ticks them off.
struct WalkTest {
    WalkTestId id = {};
    estate::PremisesId premises = {};
    std::string reference = {};  ///< of the premises
    std::string name = {};
    TestPeriodId period = {};  ///< under which it was begun
    std::optional<PlannedTestId> plan = {};
    TestScope scope = {};
    std::string engineer = {};
    base::UtcTime begun{};
    std::string begunBy = {};
    SignalId firstSignal = {};  ///< the newest that was in the store when it began
    std::optional<base::UtcTime> ended = {};
    std::string endedBy = {};
};

/// Something that came, in the order in which it did.
struct WalkLine {
    base::UtcTime received{};
    std::string words;
    std::string account = {};
    std::string zone = {};  ///< its number; empty: it is about none
    ZoneEvent what = ZoneEvent::None;
};

/// How a walk test stands. It can be read on from where it was: only what has come since is looked at.
struct WalkProgress {
    WalkTest walk;
    ZoneTally tally = {};
    std::vector<WalkLine> newest = {};  ///< the newest last, mostLines at most
    SignalId read = {};                 ///< the newest signal that was counted
    /// Of its premises: under it alarms are hidden. None: they are shown again, though the walk test lasts.
    std::optional<TestPeriod> onTest = {};

    static constexpr std::size_t mostLines = 50;
};

/// Walk tests. One is a row in the store with its beginning and its end; what came is read from the signals between
/// the two, so that neither a desk that is closed nor a station that is killed takes any of it along. At most one lasts
/// for premises. Thread-safe. Topics of the change feed: "walk_tests", and "signals" for what comes.
/// Errors of all: NotPermitted; NotFound.
class WalkTests {
public:
    explicit WalkTests(store::Database& database) : m_database{database} {}

    struct Beginning {
        TestPeriodId period = {};  ///< which lasts
        std::string engineer = {};
        std::optional<PlannedTestId> plan = {};
    };
    /// Within what is on test. Busy: one lasts for these premises; InvalidInput: the engineer's name is missing. By
    /// those who may answer alarms.
    [[nodiscard]] base::Result<WalkTest> begin(const access::Acting& acting, const Beginning& beginning);
    [[nodiscard]] static base::Result<WalkTest> beginIn(store::Transaction& transaction, const access::Acting& acting,
                                                        const Beginning& beginning);
    /// Those that last, the oldest first. By those who may see alarms, as all that only reads.
    [[nodiscard]] base::Result<std::vector<WalkTest>> lasting(const access::Acting& acting);
    /// Of premises, the newest first.
    [[nodiscard]] base::Result<std::vector<WalkTest>> history(const access::Acting& acting, estate::PremisesId premises,
                                                              int most = 50);
    /// How it stands, or how it ended. `before`: an earlier one of the same walk test, to read on from.
    [[nodiscard]] base::Result<WalkProgress> progress(const access::Acting& acting, WalkTestId id,
                                                      std::optional<WalkProgress> before = std::nullopt);
    /// Keeps every zone and what came of it, and the result; of a planned one it is the plan's result. `endsTest`: its
    /// system is no longer on test either. InvalidInput: words are missing, or it is over. By those who may answer.
    [[nodiscard]] base::Result<TestResult> finish(const access::Acting& acting, WalkTestId id,
                                                  const NewTestResult& result, bool endsTest);

    /// What the audit log vouches for; for AuditLog::verify.
    [[nodiscard]] static const store::AuditWitness& witness();

private:
    store::Database& m_database;
};

}  // namespace leedswatch::response
