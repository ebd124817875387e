#include "station/alarm_desk.h"

#include "response/activations.h"
#include "response/job_notes.h"
#include "response/opening_rules.h"
#include "response/posted_alarms.h"
#include "response/supervision_alarms.h"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace leedswatch::station {

namespace {

constexpr std::chrono::seconds betweenLooks{1};
constexpr std::chrono::minutes betweenForgetting{10};
constexpr std::chrono::seconds betweenOpeningLooks{30};
constexpr int judgedAtOnce = 200;
constexpr int summedAtOnce = 200;
/// Longer than the longest window of the rules, a hold-up's of 20 hours.
constexpr std::chrono::hours activationsAreKept{25};

}  // namespace

AlarmDesk::AlarmDesk(store::Database& database, const base::Clock& clock)
    : m_database{database},
      m_clock{clock},
      m_deadlines{clock},
      m_rules{database},
      m_queue{database},
      m_units{database, response::noteJobInAlarm},
      m_sums{database},
      m_lastForgetting{clock.steadyNow() - betweenForgetting},
      m_lastOpeningLook{clock.steadyNow() - betweenOpeningLooks} {}

AlarmDesk::~AlarmDesk() {
    stop();
}

void AlarmDesk::start(store::ChangeFeed& feed) {
    m_subscription = feed.subscribe({"signals", "answer_requests", "supervision"}, [this] {
        const std::scoped_lock lock{m_mutex};
        m_hasWork = true;
        m_wake.notify_all();
    });
    m_thread = std::jthread{[this](const std::stop_token& stop) { run(stop); }};
}

void AlarmDesk::stop() {
    m_subscription.reset();
    m_thread.request_stop();
    if (m_thread.joinable()) {
        m_thread.join();
    }
}

void AlarmDesk::run(const std::stop_token& stop) {
    base::SteadyTime lastLook = m_clock.steadyNow() - betweenLooks;
    bool retries = false;
    while (!stop.stop_requested()) {
        bool hasWork = false;
        {
            std::unique_lock lock{m_mutex};
            m_wake.wait_for(lock, stop, betweenLooks, [this] { return m_hasWork; });
            hasWork = std::exchange(m_hasWork, false);
        }
        if (hasWork || retries) {
            retries = !judge(stop);
        }
        if (m_clock.steadyNow() - lastLook >= betweenLooks) {
            lastLook = m_clock.steadyNow();
            keepTime();
        }
    }
}

bool AlarmDesk::judge(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        const auto judged = m_rules.judgeWaiting(judgedAtOnce);
        const auto raised = response::raisePosted(m_database, judgedAtOnce);
        const auto supervised = response::raiseSupervised(m_database, judgedAtOnce);
        if (!tell("signals are not judged", judged) || !tell("alarms are not raised", raised) ||
            !tell("failed paths are not raised", supervised)) {
            return false;
        }
        if (*judged < judgedAtOnce && *raised < judgedAtOnce && *supervised < judgedAtOnce) {
            break;
        }
    }
    return true;
}

void AlarmDesk::keepTime() {
    const base::UtcTime now = m_deadlines.now();
    std::ignore = tell("alarms that are due are not shown", m_queue.wakeDue(now));
    std::ignore = tell("responders who do not check in are not raised", m_units.raiseLate(now));
    std::ignore = tell("closed alarms are not in the service figures' sums", m_sums.addPending(summedAtOnce));
    if (m_clock.steadyNow() - m_lastOpeningLook >= betweenOpeningLooks) {
        m_lastOpeningLook = m_clock.steadyNow();
        // Hours are by the clock on the wall.
        std::ignore = tell("opening hours are not watched", response::watchOpening(m_database, m_clock.now()));
    }
    if (m_clock.steadyNow() - m_lastForgetting < betweenForgetting) {
        return;
    }
    m_lastForgetting = m_clock.steadyNow();
    const auto forgotten = m_database.write([&](store::Transaction& transaction) -> base::Result<int> {
        response::forgetActivations(transaction.sql(), now - activationsAreKept);
        return 0;
    });
    std::ignore = tell("old activations are not forgotten", forgotten);
}

bool AlarmDesk::tell(const char* what, const base::Result<int>& done) {
    if (done) {
        return true;
    }
    if (m_toldWhy != done.error().message) {
        m_toldWhy = done.error().message;
        spdlog::error("{}: {}", what, m_toldWhy);
    }
    return false;
}

}  // namespace leedswatch::station
