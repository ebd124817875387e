#pragma once

#include "response/due_times.h"
#include "response/supervision.h"

#include <set>
#include <unordered_map>

namespace leedswatch::response {

/// A panel that must send a test within each interval.
struct SupervisedTest {
    estate::PanelId panel;
    std::chrono::hours interval{24};
};

/// How one panel's tests stand.
struct TestStanding {
    estate::PanelId panel;
    TestState state = TestState::Ok;
    base::UtcTime since{};
    std::optional<base::UtcTime> tested = {};  ///< none: never
    std::chrono::microseconds waited{};        ///< since then, or since one was expected first, while somebody watched
};

/// By how much a test may be late: a tenth of its interval, and an hour at least.
[[nodiscard]] std::chrono::minutes testGrace(std::chrono::hours interval);

/// Watches whether all panels send their tests. Elapsed time is that of the steady clock. No I/O; one thread.
class TestSupervisor {
public:
    /// How a panel's tests stood when the last run ended, `downtime` before this one. Before the first supervise().
    /// What a panel was to send while nobody watched is not held against it: it has a whole interval again.
    void remember(const TestStanding& test, std::chrono::microseconds downtime, const Moment& now);
    /// The panels from now on. One that is there stays as it is; one that is not is forgotten.
    void supervise(const std::vector<SupervisedTest>& tests, const Moment& now);

    /// Nothing if no test is expected of it.
    void tested(estate::PanelId panel, const Moment& now);
    /// All changes since the last call.
    [[nodiscard]] std::vector<TestChange> judge(const Moment& now);

    [[nodiscard]] std::optional<TestStanding> standing(estate::PanelId panel, const Moment& now) const;
    /// Those that were tested, or are new, since the last call.
    [[nodiscard]] std::vector<TestStanding> takeTold(const Moment& now);
    /// It could not be written: it is told once more.
    void tellAgain(estate::PanelId panel);
    [[nodiscard]] const std::set<estate::PanelId>& overdue() const { return m_overdue; }

private:
    struct Test {
        TestState state = TestState::Ok;
        base::UtcTime since{};
        std::optional<base::UtcTime> tested = {};
        base::SteadyTime waitingFrom{};
        std::chrono::microseconds downtime{};  ///< before the run, if it is remembered
        std::optional<std::chrono::hours> interval = {};
        base::SteadyTime due = base::SteadyTime::max();  ///< its entry among the due times that counts
        bool isToBeTold = false;
    };

    void change(estate::PanelId panel, Test& test, TestState to, const Moment& now);
    void schedule(estate::PanelId panel, Test& test);
    void tell(estate::PanelId panel, Test& test);
    [[nodiscard]] static base::SteadyTime deadline(const Test& test);
    [[nodiscard]] static bool mayHaveMissed(const Test& test, const Moment& now);

    std::unordered_map<estate::PanelId, Test> m_tests;
    DueTimes<estate::PanelId> m_due;
    std::vector<TestChange> m_changes;
    std::vector<estate::PanelId> m_told;
    std::set<estate::PanelId> m_overdue;
};

}  // namespace leedswatch::response
