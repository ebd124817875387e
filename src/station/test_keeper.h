#pragma once

#include "base/deadline_clock.h"
#include "response/engineer_visits.h"
#include "response/test_periods.h"

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace leedswatch::station {

/// Ends tests, with the notice of what came, and visits of engineers when their time is up. On a thread of its own: the
/// notice of a test in which a panel ran away takes seconds to read, and no alarm may wait for that. Alarms do not wait
/// for it either way, for what comes after a test's end is no longer on test whether or not the end is written.
class TestKeeper {
public:
    /// What is held by it outlives it.
    TestKeeper(store::Database& database, const base::Clock& clock);
    ~TestKeeper();
    TestKeeper(const TestKeeper&) = delete;
    TestKeeper& operator=(const TestKeeper&) = delete;

    void start();
    /// Ends after what is in hand.
    void stop();

private:
    void run(const std::stop_token& stop);
    void tell(const char* what, const base::Result<int>& done);

    const base::DeadlineClock m_clock;
    response::TestPeriods m_tests;
    response::EngineerVisits m_visits;
    std::string m_toldWhy;  ///< in the log once, not every second
    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    std::jthread m_thread;
};

}  // namespace leedswatch::station
