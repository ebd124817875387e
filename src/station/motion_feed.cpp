#include "station/motion_feed.h"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace leedswatch::station {
namespace {

// About four seconds of a main stream; what is behind by more is passed over.
constexpr std::size_t mostBytes = 4U << 20U;
constexpr std::size_t mostItems = 300;
constexpr std::size_t itemsTogether = 12;  // half a second
constexpr std::chrono::seconds toldEvery{10};
// A camera that sends a picture every few seconds is watched all the same.
constexpr std::chrono::seconds longestPause{10};

constexpr int readingsApart = 2;  // seconds between the first readings of two cameras
constexpr int readingsInAnHour = 3'600 / readingsApart;

/// Soon behind the start, one camera after the other.
double firstReading(int number) {
    return 60 + readingsApart * (number % readingsInAnHour);
}

double secondsOf(base::SteadyTime time) {
    return std::chrono::duration<double>(time.time_since_epoch()).count();
}

}  // namespace

MotionFeed::MotionFeed(estate::CameraId camera, int number, std::function<void()> ready)
    : m_camera{camera}, m_number{number}, m_ready{std::move(ready)}, m_probe{firstReading(number)} {}

void MotionFeed::push(const video::Packet& packet) {
    {
        const std::scoped_lock lock{m_mutex};
        if (m_isClosed || (!m_plan && !m_view.isWatched && !packet.isKey)) {
            return;  // of a camera that is not watched only key frames are of use
        }
        if (m_items.size() >= mostItems || m_bytes + packet.bytes->size() > mostBytes) {
            m_skipsToKey = true;
        } else if (packet.isKey) {
            m_skipsToKey = false;
        }
        if (m_skipsToKey) {
            if (m_skipped++ == 0) {
                spdlog::warn("camera {}: there is more to watch than this machine can; pictures are left out",
                             m_number);
            }
            return;
        }
        m_bytes += packet.bytes->size();
        m_items.push_back({packet});
        if (!m_isEager && !packet.isKey && m_items.size() % itemsTogether != 0) {
            return;  // hundreds of cameras at rest would wake a worker with each of their packets
        }
    }
    m_ready();
}

void MotionFeed::endSession() {
    {
        const std::scoped_lock lock{m_mutex};
        m_items.push_back({});
    }
    m_ready();
}

void MotionFeed::setPlan(std::optional<analytics::MotionPlan> plan) {
    {
        const std::scoped_lock lock{m_mutex};
        if (plan == m_plan) {
            return;
        }
        m_plan = std::move(plan);
        m_planChanged = true;
    }
    m_ready();
}

void MotionFeed::setView(const analytics::TamperView& view) {
    {
        const std::scoped_lock lock{m_mutex};
        if (view == m_view) {
            return;
        }
        m_view = view;
        m_viewChanged = true;
    }
    m_ready();
}

bool MotionFeed::claim() {
    const std::scoped_lock lock{m_mutex};
    return !std::exchange(m_isClaimed, true);
}

void MotionFeed::release() {
    const std::scoped_lock lock{m_mutex};
    m_isClaimed = false;
}

bool MotionFeed::hasWork() const {
    const std::scoped_lock lock{m_mutex};
    return !m_items.empty() || m_planChanged || m_viewChanged;
}

bool MotionFeed::isWatching() const {
    const std::scoped_lock lock{m_mutex};
    return m_plan && m_plan->isOn && !m_isClosed;
}

bool MotionFeed::hasNews() const {
    const std::scoped_lock lock{m_mutex};
    return m_hasNews;
}

MotionFeed::Findings MotionFeed::take() {
    const std::scoped_lock lock{m_mutex};
    m_hasNews = false;
    return std::exchange(m_findings, {});
}

std::vector<TamperChange> MotionFeed::takeTamper() {
    const std::scoped_lock lock{m_mutex};
    return std::exchange(m_findings.tamper, {});
}

void MotionFeed::close() {
    {
        const std::scoped_lock lock{m_mutex};
        m_isClosed = true;
        m_items.clear();
        m_bytes = 0;
    }
    endCurrent();
}

void MotionFeed::work() {
    usePlan();
    useView();
    while (true) {
        Item item;
        {
            const std::scoped_lock lock{m_mutex};
            if (m_items.empty() || m_planChanged || m_viewChanged || m_isClosed) {
                break;
            }
            item = std::move(m_items.front());
            m_items.pop_front();
            m_bytes -= item.packet ? item.packet->bytes->size() : 0;
        }
        if (item.packet) {
            readQuality(*item.packet);
            lookAt(*item.packet);
        } else {
            endCurrent();
            m_tamper.watch().noteBreak();
        }
    }
    noteReadiness();
}

void MotionFeed::noteReadiness() {
    const bool isEager = !m_watch || m_watch->isAwake() || m_looksForMotion;
    const std::scoped_lock lock{m_mutex};
    m_isEager = isEager;
}

void MotionFeed::usePlan() {
    std::optional<analytics::MotionPlan> plan;
    {
        const std::scoped_lock lock{m_mutex};
        if (!std::exchange(m_planChanged, false)) {
            return;
        }
        plan = m_plan;
    }
    endCurrent();
    m_used = std::move(plan);
    makeWatch();
}

void MotionFeed::useView() {
    bool isOther = false;
    {
        const std::scoped_lock lock{m_mutex};
        if (!std::exchange(m_viewChanged, false)) {
            return;
        }
        isOther = m_view.isWatched != m_usedView.isWatched;
        m_usedView = m_view;
    }
    if (isOther) {
        endCurrent();
        makeWatch();
    }
    const base::UtcTime until = m_last ? m_last->arrival : m_usedView.acceptedAt;
    auto changes = m_tamper.accept(
        m_lastSeconds, until, m_usedView.isWatched ? analytics::TamperEnd::Accepted : analytics::TamperEnd::NotWatched);
    const std::scoped_lock lock{m_mutex};
    std::ranges::move(changes, std::back_inserter(m_findings.tamper));
}

void MotionFeed::makeWatch() {
    m_watch.reset();
    m_looksForMotion = m_used && m_used->isOn;
    if (!m_looksForMotion && !m_usedView.isWatched) {
        return;
    }
    const analytics::MotionPlan plan = m_used.value_or(analytics::MotionPlan{});
    m_watch = std::make_unique<analytics::StreamWatch>(plan.ruleBy(plan.day), plan.ruleBy(plan.night),
                                                       analytics::WatchDepth::TwoStages,
                                                       m_usedView.isWatched ? &m_tamper.watch() : nullptr);
    static_cast<void>(m_watch->endSession());  // the first session settles like any other
    static_cast<void>(m_watch->lookForMotion(m_looksForMotion));
}

// What tamper is found does not depend on when motion is looked for.
void MotionFeed::lookForMotion(bool isOn) {
    if (std::exchange(m_looksForMotion, isOn) == isOn) {
        return;
    }
    for (const analytics::MotionEvent& event : m_watch->lookForMotion(isOn)) {
        tell(event, true);
    }
}

void MotionFeed::readQuality(const video::Packet& packet) {
    const double seconds = secondsOf(packet.arrivedAt);
    if (!m_probe.wants(packet, seconds)) {
        return;
    }
    const auto reading = m_probe.apply(packet, seconds);
    if (!reading) {
        spdlog::warn("how good the picture of camera {} is cannot be read: {}", m_number, reading.error().message);
    } else if (*reading) {
        const std::scoped_lock lock{m_mutex};
        m_findings.quality.push_back({m_camera, packet.arrival, **reading});
        m_hasNews = true;
    }
}

void MotionFeed::lookAt(const video::Packet& packet) {
    if (!m_watch && m_usedView.isWatched) {
        makeWatch();  // the first packet of a camera without a plan
    }
    if (!m_watch) {
        return;
    }
    const bool isScheduled =
        m_used && m_used->isOn && (m_used->schedule.isEmpty() || m_used->schedule.contains(packet.arrival));
    lookForMotion(isScheduled);
    if (!isScheduled && !m_usedView.isWatched) {
        return;
    }
    m_lastSeconds = secondsOf(packet.arrivedAt);
    const auto ended = m_watch->push(packet, secondsOf(packet.arrivedAt));
    m_last = packet;
    if (!ended) {
        if (!std::exchange(m_hasComplained, true)) {
            spdlog::warn("camera {} cannot be watched: {}", m_number, ended.error().message);
        }
        return;
    }
    m_hasComplained = false;
    for (const analytics::MotionEvent& event : *ended) {
        tell(event, true);
    }
    if (isScheduled) {
        noteWatched(packet.arrival);
    }
    noteCurrent(packet);
    noteActivity();
    noteTamper();
}

void MotionFeed::noteTamper() {
    auto changes = m_tamper.changes([this](double seconds) { return timeOf(seconds); });
    if (changes.empty()) {
        return;
    }
    const std::scoped_lock lock{m_mutex};
    std::ranges::move(changes, std::back_inserter(m_findings.tamper));
    m_hasNews = true;
}

// What goes on is written down when it begins and every ten seconds, so that a killed station loses no more of it.
void MotionFeed::noteCurrent(const video::Packet& packet) {
    const auto& current = m_watch->detector().current();
    if (current && (!m_isOn || packet.arrivedAt - m_toldAt >= toldEvery)) {
        tell(*current, false);
        m_toldAt = packet.arrivedAt;
    }
}

void MotionFeed::noteActivity() {
    const auto activity = m_watch->takeActivity();
    if (activity.empty()) {
        return;
    }
    const std::scoped_lock lock{m_mutex};
    for (const auto& [seconds, cells] : activity) {
        const base::UtcTime time = timeOf(seconds);
        m_findings.activity[analytics::ActivitySpan::spanOf(time)].add(analytics::ActivitySpan::secondOf(time), cells);
    }
}

// A clock that was set back begins a new time, and so does what was passed over.
void MotionFeed::noteWatched(base::UtcTime arrival) {
    const bool goesOn = m_watched && arrival >= m_watched->end && arrival - m_watched->end <= longestPause;
    if (!goesOn) {
        m_watched = video::TimeRange{arrival, arrival};
    }
    m_watched->end = arrival;
    const std::scoped_lock lock{m_mutex};
    if (goesOn && !m_findings.watched.empty()) {
        m_findings.watched.back() = *m_watched;
    } else {
        m_findings.watched.push_back(*m_watched);
    }
}

void MotionFeed::endCurrent() {
    if (m_watch) {
        for (const analytics::MotionEvent& event : m_watch->endSession()) {
            tell(event, true);
        }
        if (m_last) {
            noteTamper();
        }
    }
    m_last.reset();
    m_watched.reset();
}

base::UtcTime MotionFeed::timeOf(double seconds) const {
    const double ago = secondsOf(m_last->arrivedAt) - seconds;
    return m_last->arrival - std::chrono::round<base::Microseconds>(std::chrono::duration<double>{ago});
}

void MotionFeed::tell(const analytics::MotionEvent& event, bool isOver) {
    if (!m_last) {
        return;
    }
    const bool begins = !std::exchange(m_isOn, !isOver);
    if (begins) {
        ++m_events;
        m_isAlarm = m_used && m_used->armed.contains(timeOf(event.start));
    }
    Change change;
    change.number = m_events;
    change.startsRecording = m_used && m_used->startsRecording;
    change.event = {0,         m_camera,           timeOf(event.start), timeOf(event.end), isOver,
                    m_isAlarm, timeOf(event.peak), event.peakShare,     event.sightings};
    for (analytics::MotionSighting& seen : change.event.sightings) {
        seen.seconds -= event.start;
    }
    const std::scoped_lock lock{m_mutex};
    m_hasNews = m_hasNews || begins || isOver;
    // Only the newest of an event matters.
    std::erase_if(m_findings.changes, [&](const Change& known) { return known.number == change.number; });
    m_findings.changes.push_back(std::move(change));
}

}  // namespace leedswatch::station
