#pragma once

#include "analytics/motion_journal.h"
#include "analytics/motion_plans.h"
#include "analytics/watched_times.h"
#include "base/clock.h"
#include "estate/camera_registry.h"
#include "station/findings_keeper.h"
#include "station/motion_feed.h"
#include "station/tamper_desk.h"
#include "store/change_feed.h"
#include "video/recording_plans.h"

#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <thread>
#include <vector>

namespace leedswatch::station {

/// Watches the cameras' streams for motion, by their plans, and all of them for tamper, and reads once an hour how good
/// their pictures are: a few threads share the cameras, each camera's stream is worked on by one at a time; what they
/// find goes to the journal, starts recording, and raises alarms. Streams never wait for it: what a camera sends beyond
/// what can be looked at is passed over up to its next key frame, counted and logged. Thread-safe.
class MotionWatch {
public:
    MotionWatch(store::Database& database, const base::Clock& clock);
    /// Ends what goes on and writes it.
    ~MotionWatch();
    MotionWatch(const MotionWatch&) = delete;
    MotionWatch& operator=(const MotionWatch&) = delete;

    /// Ends what a station that died left going on, then follows the plans. `threads`: 0 for as many as there are
    /// cores.
    [[nodiscard]] base::Result<void> start(store::ChangeFeed& feed, unsigned threads = 0);

    /// A camera's stream that is to be watched while its plan says so. The watch keeps it until `remove`.
    [[nodiscard]] std::shared_ptr<MotionFeed> add(estate::CameraId camera, int number);
    /// Nothing more comes of it.
    void remove(const std::shared_ptr<MotionFeed>& feed);

private:
    /// A feed and its number of an event.
    using EventKey = std::pair<const MotionFeed*, std::int64_t>;
    struct Open {
        std::int64_t row = 0;
        std::int64_t trigger = 0;  ///< of the recording that it started; 0: none
    };

    void makeReady(std::shared_ptr<MotionFeed> feed);
    void work(const std::stop_token& stop);
    void followPlans();
    void followViews();
    [[nodiscard]] analytics::TamperView viewOf(estate::CameraId camera);
    void write(const std::stop_token& stop);
    void gather();
    void writeOnce(bool isLast);
    void writeWatched(bool isLast);
    void writeQuality();
    [[nodiscard]] analytics::ActivitySpan& spanOf(const analytics::MotionJournal::ActivityKey& key);
    void followUp(const EventKey& key, const MotionFeed::Change& change, const analytics::RecordedMotion& event);

    store::Database& m_database;
    const base::Clock& m_clock;
    analytics::MotionPlans m_plans;
    analytics::MotionJournal m_journal;
    video::RecordingPlans m_recording;
    analytics::QualityHistory m_quality;
    analytics::WatchedTimes m_times;
    analytics::TamperViews m_views;
    TamperDesk m_desk;
    FindingsKeeper m_keeper;  ///< the writer's thread

    std::mutex m_mutex;
    std::condition_variable_any m_wake;     ///< of the workers, and of who waits for one
    std::condition_variable_any m_written;  ///< of the writer
    // Guarded by m_mutex.
    std::set<std::shared_ptr<MotionFeed>> m_feeds;
    std::deque<std::shared_ptr<MotionFeed>> m_ready;
    std::vector<std::shared_ptr<MotionFeed>> m_closed;  ///< whose last findings are not written yet
    std::map<estate::CameraId, analytics::MotionPlan> m_known;
    bool m_plansChanged = false;
    std::map<estate::CameraId, analytics::TamperView> m_knownViews;
    bool m_viewsChanged = false;
    bool m_isUrgent = false;  ///< something began or ended
    // The writer's thread only, and the destructor's behind it.
    std::map<EventKey, MotionFeed::Change> m_changes;  ///< that are not written yet
    std::map<EventKey, Open> m_open;
    std::map<analytics::MotionJournal::ActivityKey, analytics::ActivitySpan> m_activity;
    std::set<analytics::MotionJournal::ActivityKey> m_touched;
    base::SteadyTime m_nextActivity{};
    std::map<std::pair<estate::CameraId, base::UtcTime>, base::UtcTime>
        m_watched;  ///< that is not written yet, by begin
    base::SteadyTime m_nextWatched{};
    std::vector<analytics::QualityReading> m_readings;  ///< that are not written yet
    bool m_hasFailed = false;

    base::Subscription m_subscription;
    base::Subscription m_viewSubscription;
    std::jthread m_writer;
    std::vector<std::jthread> m_workers;
};

}  // namespace leedswatch::station
