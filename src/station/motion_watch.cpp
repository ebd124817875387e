#include "station/motion_watch.h"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace leedswatch::station {
namespace {

constexpr std::chrono::seconds writtenEvery{5};
// Five minutes of a camera are written anew as a whole, so not as often as events are.
constexpr std::chrono::seconds activityEvery{20};
constexpr std::chrono::seconds watchedEvery{60};

}  // namespace

MotionWatch::MotionWatch(store::Database& database, const base::Clock& clock)
    : m_database{database},
      m_clock{clock},
      m_plans{database},
      m_journal{database},
      m_recording{database},
      m_quality{database},
      m_times{database},
      m_views{database},
      m_desk{database, clock},
      m_keeper{database, clock, m_desk} {}

MotionWatch::~MotionWatch() {
    m_subscription.reset();
    m_viewSubscription.reset();
    for (std::jthread& worker : m_workers) {
        worker.request_stop();
    }
    m_workers.clear();
    const bool hasStarted = m_writer.joinable();
    if (hasStarted) {
        m_writer.request_stop();
        m_writer.join();
    }
    // Only this thread is left.
    for (const auto& feed : std::exchange(m_feeds, {})) {
        feed->close();
        m_closed.push_back(feed);
    }
    if (hasStarted) {
        writeOnce(true);
    }
}

base::Result<void> MotionWatch::start(store::ChangeFeed& feed, unsigned threads) {
    TRY_ASSIGN(const int open, m_journal.closeAll());
    if (open > 0) {
        spdlog::warn("{} motion events went on when the last station stopped; they end with what it saw", open);
    }
    TRY(m_recording.endAll(video::TriggerKind::Motion, m_clock.now()));
    TRY_ASSIGN(m_known, m_plans.all());
    m_subscription = feed.subscribe({"motion_plans"}, [this] {
        const std::scoped_lock lock{m_mutex};
        m_plansChanged = true;
        m_written.notify_all();
    });
    TRY(m_desk.start());
    TRY_ASSIGN(m_knownViews, m_views.all());
    m_viewSubscription = feed.subscribe({"tamper_views", "cameras"}, [this] {
        const std::scoped_lock lock{m_mutex};
        m_viewsChanged = true;
        m_written.notify_all();
    });
    const unsigned count = threads > 0 ? threads : std::max(1U, std::thread::hardware_concurrency());
    for (unsigned i = 0; i < count; ++i) {
        m_workers.emplace_back([this](const std::stop_token& stop) { work(stop); });
    }
    m_writer = std::jthread{[this](const std::stop_token& stop) { write(stop); }};
    return {};
}

std::shared_ptr<MotionFeed> MotionWatch::add(estate::CameraId camera, int number) {
    // It is made ready by whoever pushes into it, so it has to know itself.
    auto self = std::make_shared<std::weak_ptr<MotionFeed>>();
    auto feed = std::make_shared<MotionFeed>(camera, number, [this, self] { makeReady(self->lock()); });
    *self = feed;
    // Should somebody accept the view meanwhile, the feed hears of it behind this.
    feed->startView(viewOf(camera));
    feed->resumeTamper(m_desk.lasting(camera));
    std::optional<analytics::MotionPlan> plan;
    {
        const std::scoped_lock lock{m_mutex};
        m_feeds.insert(feed);
        const auto known = m_known.find(camera);
        plan = known == m_known.end() ? std::nullopt : std::optional{known->second};
    }
    feed->setPlan(std::move(plan));
    feed->setView(viewOf(camera));
    return feed;
}

analytics::TamperView MotionWatch::viewOf(estate::CameraId camera) {
    const std::scoped_lock lock{m_mutex};
    const auto known = m_knownViews.find(camera);
    return known == m_knownViews.end() ? analytics::TamperView{} : known->second;
}

void MotionWatch::remove(const std::shared_ptr<MotionFeed>& feed) {
    std::unique_lock lock{m_mutex};
    m_feeds.erase(feed);
    std::erase(m_ready, feed);
    // Whoever works on it ends soon: its packets were its last.
    m_wake.wait(lock, [&] { return feed->claim(); });
    lock.unlock();
    feed->close();
    // Before the camera's next feed asks what lasts.
    m_desk.take(feed->camera(), feed->takeTamper());
    m_desk.write();
    lock.lock();
    m_closed.push_back(feed);
    m_isUrgent = true;
    m_written.notify_all();
}

void MotionWatch::makeReady(std::shared_ptr<MotionFeed> feed) {
    const std::scoped_lock lock{m_mutex};
    if (feed && m_feeds.contains(feed) && std::ranges::find(m_ready, feed) == m_ready.end()) {
        m_ready.push_back(std::move(feed));
        m_wake.notify_one();
    }
}

void MotionWatch::work(const std::stop_token& stop) {
    while (true) {
        std::shared_ptr<MotionFeed> feed;
        {
            std::unique_lock lock{m_mutex};
            const auto isFree = [this] { return !m_ready.empty(); };
            if (!m_wake.wait(lock, stop, isFree)) {
                return;
            }
            feed = std::move(m_ready.front());
            m_ready.pop_front();
            if (!feed->claim()) {
                continue;  // whoever has it looks again before letting it go
            }
        }
        feed->work();
        const bool hasNews = feed->hasNews();
        const std::scoped_lock lock{m_mutex};
        feed->release();
        if (feed->hasWork() && m_feeds.contains(feed) && std::ranges::find(m_ready, feed) == m_ready.end()) {
            m_ready.push_back(feed);
        }
        m_wake.notify_all();
        if (hasNews) {
            m_isUrgent = true;
            m_written.notify_all();
        }
    }
}

void MotionWatch::followPlans() {
    auto plans = m_plans.all();
    if (!plans) {
        spdlog::error("how cameras are watched for motion cannot be read: {}", plans.error().message);
        return;
    }
    std::vector<std::shared_ptr<MotionFeed>> feeds;
    {
        const std::scoped_lock lock{m_mutex};
        m_known = std::move(*plans);
        feeds.assign(m_feeds.begin(), m_feeds.end());
    }
    for (const auto& feed : feeds) {
        std::optional<analytics::MotionPlan> plan;
        {
            const std::scoped_lock lock{m_mutex};
            const auto known = m_known.find(feed->camera());
            plan = known == m_known.end() ? std::nullopt : std::optional{known->second};
        }
        feed->setPlan(std::move(plan));
    }
}

void MotionWatch::followViews() {
    auto views = m_views.all();
    if (!views) {
        spdlog::error("which views people have accepted cannot be read: {}", views.error().message);
        return;
    }
    std::vector<std::pair<std::shared_ptr<MotionFeed>, analytics::TamperView>> changed;
    {
        const std::scoped_lock lock{m_mutex};
        m_knownViews = std::move(*views);
        for (const auto& feed : m_feeds) {
            const auto known = m_knownViews.find(feed->camera());
            if (known != m_knownViews.end()) {
                changed.emplace_back(feed, known->second);
            }
        }
    }
    for (const auto& [feed, view] : changed) {
        feed->setView(view);
    }
    m_desk.followEstate();
}

void MotionWatch::write(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        bool plansChanged = false;
        bool viewsChanged = false;
        {
            std::unique_lock lock{m_mutex};
            m_written.wait_for(lock, stop, writtenEvery,
                               [this] { return m_isUrgent || m_plansChanged || m_viewsChanged; });
            m_isUrgent = false;
            plansChanged = std::exchange(m_plansChanged, false);
            viewsChanged = std::exchange(m_viewsChanged, false);
        }
        if (plansChanged) {
            followPlans();
        }
        if (viewsChanged) {
            followViews();
        }
        writeOnce(false);
        m_keeper.step();
    }
}

void MotionWatch::gather() {
    std::vector<std::shared_ptr<MotionFeed>> feeds;
    {
        const std::scoped_lock lock{m_mutex};
        feeds.assign(m_feeds.begin(), m_feeds.end());
        std::ranges::move(std::exchange(m_closed, {}), std::back_inserter(feeds));
    }
    for (const auto& feed : feeds) {
        auto findings = feed->take();
        std::ranges::move(findings.quality, std::back_inserter(m_readings));
        m_desk.take(feed->camera(), std::move(findings.tamper));
        for (const video::TimeRange& range : findings.watched) {
            m_watched[{feed->camera(), range.begin}] = range.end;
        }
        for (MotionFeed::Change& change : findings.changes) {
            m_changes[{feed.get(), change.number}] = std::move(change);
        }
        for (const auto& [number, span] : findings.activity) {
            analytics::ActivitySpan& known = spanOf({feed->camera(), number});
            for (const auto& second : span.seconds()) {
                known.add(second.second, second.cells);
            }
            m_touched.insert({feed->camera(), number});
        }
    }
}

// A span may have been begun by the station before this one.
analytics::ActivitySpan& MotionWatch::spanOf(const analytics::MotionJournal::ActivityKey& key) {
    auto known = m_activity.find(key);
    if (known == m_activity.end()) {
        known = m_activity.emplace(key, m_journal.activity(key.first, key.second).value_or(analytics::ActivitySpan{}))
                    .first;
    }
    return known->second;
}

// What could not be written stays and is tried again.
void MotionWatch::writeOnce(bool isLast) {
    gather();
    writeQuality();
    writeWatched(isLast);
    m_desk.write();
    const bool isActivityDue = isLast || m_clock.steadyNow() >= m_nextActivity;
    if (m_changes.empty() && (m_touched.empty() || !isActivityDue)) {
        return;
    }
    std::vector<analytics::RecordedMotion> events;
    for (auto& [key, change] : m_changes) {
        const auto open = m_open.find(key);
        change.event.id = open == m_open.end() ? 0 : open->second.row;
        events.push_back(change.event);
    }
    std::map<analytics::MotionJournal::ActivityKey, analytics::ActivitySpan> spans;
    for (const auto& key : m_touched) {
        if (isActivityDue) {
            spans[key] = m_activity[key];
        }
    }
    if (const auto written = m_journal.write(events, spans); !written) {
        if (!std::exchange(m_hasFailed, true)) {
            spdlog::error("what moved before the cameras is not written: {}", written.error().message);
        }
        return;
    }
    m_hasFailed = false;
    auto event = events.begin();
    for (const auto& [key, change] : std::exchange(m_changes, {})) {
        followUp(key, change, *event++);
    }
    if (!isActivityDue) {
        return;
    }
    m_nextActivity = m_clock.steadyNow() + activityEvery;
    m_touched.clear();
    const std::int64_t now = analytics::ActivitySpan::spanOf(m_clock.now());
    std::erase_if(m_activity, [now](const auto& known) { return known.first.second < now; });
}

void MotionWatch::writeWatched(bool isLast) {
    if (m_watched.empty() || (!isLast && m_clock.steadyNow() < m_nextWatched)) {
        return;
    }
    m_nextWatched = m_clock.steadyNow() + watchedEvery;
    std::vector<analytics::WatchedTime> times;
    for (const auto& [key, end] : m_watched) {
        times.push_back({key.first, {key.second, end}});
    }
    if (const auto written = m_times.note(times); !written) {
        spdlog::warn("when {} cameras were watched is not written: {}", times.size(), written.error().message);
        return;
    }
    m_watched.clear();
}

void MotionWatch::writeQuality() {
    if (m_readings.empty()) {
        return;
    }
    if (const auto written = m_quality.add(m_readings); !written) {
        spdlog::warn("how good {} pictures were is not written: {}", m_readings.size(), written.error().message);
        return;
    }
    m_readings.clear();
}

void MotionWatch::followUp(const EventKey& key, const MotionFeed::Change& change,
                           const analytics::RecordedMotion& event) {
    Open& open = m_open[key];
    const bool isNew = open.row == 0;
    open.row = event.id;
    if (isNew && event.isAlarm) {
        spdlog::warn("camera row {}: something moves while it is armed", event.camera.value());
    }
    if (isNew && change.startsRecording) {
        const auto trigger = m_recording.begin(video::TriggerKind::Motion, event.camera, event.from, "motion");
        if (trigger) {
            open.trigger = *trigger;
        } else {
            spdlog::error("motion starts no recording: {}", trigger.error().message);
        }
    }
    if (!event.isOver) {
        return;
    }
    if (open.trigger != 0) {
        if (const auto ended = m_recording.end(open.trigger, event.until); !ended) {
            spdlog::error("a recording that motion started does not end: {}", ended.error().message);
        }
    }
    m_open.erase(key);
}

}  // namespace leedswatch::station
