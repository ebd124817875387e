#include "response/test_supervisor.h"

#include <algorithm>
#include <utility>

namespace leedswatch::response {

using estate::PanelId;

std::chrono::minutes testGrace(std::chrono::hours interval) {
    return std::max(std::chrono::minutes{interval} / 10, std::chrono::minutes{60});
}

void TestSupervisor::remember(const TestStanding& standing, std::chrono::microseconds downtime, const Moment& now) {
    Test test;
    test.state = standing.state;
    test.since = standing.since;
    test.tested = standing.tested;
    test.waitingFrom = now.steady - standing.waited;
    test.downtime = downtime;
    m_tests[standing.panel] = test;
    if (test.state == TestState::Overdue) {
        m_overdue.insert(standing.panel);
    }
}

void TestSupervisor::supervise(const std::vector<SupervisedTest>& tests, const Moment& now) {
    std::set<PanelId> wanted;
    for (const SupervisedTest& one : tests) {
        wanted.insert(one.panel);
        const auto [found, isNew] = m_tests.try_emplace(one.panel);
        Test& test = found->second;
        if (isNew) {
            test.since = now.utc;
            test.waitingFrom = now.steady;
            tell(one.panel, test);
        }
        test.interval = one.interval;
        if (mayHaveMissed(test, now)) {
            test.waitingFrom = now.steady;
            tell(one.panel, test);
        }
        test.downtime = {};
        schedule(one.panel, test);
    }
    for (auto& [panel, test] : m_tests) {
        if (!wanted.contains(panel) && test.state == TestState::Overdue) {
            change(panel, test, TestState::Ok, now);
        }
    }
    std::erase_if(m_tests, [&](const auto& entry) { return !wanted.contains(entry.first); });
}

void TestSupervisor::tested(PanelId panel, const Moment& now) {
    const auto found = m_tests.find(panel);
    if (found == m_tests.end()) {
        return;
    }
    Test& test = found->second;
    test.tested = now.utc;
    test.waitingFrom = now.steady;
    tell(panel, test);
    if (test.state == TestState::Overdue) {
        change(panel, test, TestState::Ok, now);
    }
    schedule(panel, test);
}

// A test that was due while the station was down: its panel may have given up sending it.
bool TestSupervisor::mayHaveMissed(const Test& test, const Moment& now) {
    const auto grace = testGrace(*test.interval);
    const auto waited = now.steady - test.waitingFrom;
    return test.downtime.count() > 0 && waited < *test.interval + grace &&
           waited + test.downtime + grace >= *test.interval;
}

std::vector<TestChange> TestSupervisor::judge(const Moment& now) {
    while (const auto entry = m_due.takeDue(now.steady)) {
        const auto found = m_tests.find(entry->second);
        if (found == m_tests.end() || found->second.due != entry->first) {
            continue;
        }
        Test& test = found->second;
        test.due = base::SteadyTime::max();
        if (test.state == TestState::Ok && now.steady >= deadline(test)) {
            change(entry->second, test, TestState::Overdue, now);
        }
        schedule(entry->second, test);
    }
    return std::exchange(m_changes, {});
}

void TestSupervisor::change(PanelId panel, Test& test, TestState to, const Moment& now) {
    const TestState from = std::exchange(test.state, to);
    test.since = now.utc;
    m_changes.push_back({panel, from, to, now.utc});
    if (to == TestState::Overdue) {
        m_overdue.insert(panel);
    } else {
        m_overdue.erase(panel);
    }
}

void TestSupervisor::schedule(PanelId panel, Test& test) {
    if (test.state == TestState::Overdue) {
        return;
    }
    const base::SteadyTime due = deadline(test);
    if (due < test.due) {
        test.due = due;
        m_due.add(due, panel);
    }
}

base::SteadyTime TestSupervisor::deadline(const Test& test) {
    const std::chrono::hours interval = test.interval.value_or(std::chrono::hours{0});
    return test.waitingFrom + interval + testGrace(interval);
}

void TestSupervisor::tell(PanelId panel, Test& test) {
    if (!std::exchange(test.isToBeTold, true)) {
        m_told.push_back(panel);
    }
}

void TestSupervisor::tellAgain(PanelId panel) {
    if (const auto found = m_tests.find(panel); found != m_tests.end()) {
        tell(panel, found->second);
    }
}

std::optional<TestStanding> TestSupervisor::standing(PanelId panel, const Moment& now) const {
    const auto found = m_tests.find(panel);
    if (found == m_tests.end()) {
        return std::nullopt;
    }
    const Test& test = found->second;
    return TestStanding{panel, test.state, test.since, test.tested,
                        std::chrono::duration_cast<std::chrono::microseconds>(now.steady - test.waitingFrom)};
}

std::vector<TestStanding> TestSupervisor::takeTold(const Moment& now) {
    std::vector<TestStanding> told;
    for (const PanelId panel : std::exchange(m_told, {})) {
        if (const auto found = m_tests.find(panel); found != m_tests.end()) {
            found->second.isToBeTold = false;
            told.push_back(*standing(panel, now));
        }
    }
    return told;
}

}  // namespace leedswatch::response
