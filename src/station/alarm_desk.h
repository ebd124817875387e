#pragma once

#include "base/deadline_clock.h"
#include "base/subscription.h"
#include "dispatch/units.h"
#include "response/alarm_queue.h"
#include "response/alarm_rules.h"
#include "response/service_sums.h"
#include "store/change_feed.h"

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace leedswatch::station {

/// Where signals become alarms and time does its work: one thread judges what came, shows what was held or put off long
/// enough, raises responders who do not check in, and adds closed alarms to the sums of the service
/// figures. What cannot be done now is tried again a second later. No step of the wall clock keeps an alarm back: of
/// the clock's time and the time that has passed since the start, the later one counts.
class AlarmDesk {
public:
    /// What is held by it outlives it.
    AlarmDesk(store::Database& database, const base::Clock& clock);
    ~AlarmDesk();
    AlarmDesk(const AlarmDesk&) = delete;
    AlarmDesk& operator=(const AlarmDesk&) = delete;

    void start(store::ChangeFeed& feed);
    /// Ends after what is in hand.
    void stop();

private:
    void run(const std::stop_token& stop);
    /// Whether all went well.
    [[nodiscard]] bool judge(const std::stop_token& stop);
    void keepTime();
    [[nodiscard]] bool tell(const char* what, const base::Result<int>& done);

    store::Database& m_database;
    const base::Clock& m_clock;
    const base::DeadlineClock m_deadlines;
    response::AlarmRules m_rules;
    response::AlarmQueue m_queue;
    dispatch::Units m_units;
    response::ServiceSums m_sums;

    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    bool m_hasWork = true;  ///< guarded by m_mutex; at the start there may be what an earlier station left
    // Its thread only.
    base::SteadyTime m_lastForgetting;
    base::SteadyTime m_lastOpeningLook;
    std::string m_toldWhy;  ///< in the log once, not every second
    base::Subscription m_subscription;
    std::jthread m_thread;
};

}  // namespace leedswatch::station
