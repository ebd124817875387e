#include "ui/wall/hand_recordings.h"

#include "estate/station_lock.h"
#include "video/recording_plans.h"

#include <algorithm>
#include <utility>

namespace leedswatch::ui {

namespace {

using namespace std::chrono_literals;

constexpr auto lookEvery = 1s;

using All = std::unordered_map<estate::CameraId, HandRecordings::Recording>;

/// What people asked for and what is not over.
All askedFor(store::Database& database, base::UtcTime now) {
    All all;
    const auto events = video::RecordingPlans{database}.eventsSince(now);
    if (!events) {
        return all;
    }
    for (const auto& [camera, ofCamera] : *events) {
        for (const video::RecordingEvent& event : ofCamera) {
            if (event.manual && event.end && *event.end > now) {
                auto& until = all[camera].until;
                until = std::max(until, *event.end);
            }
        }
    }
    return all;
}

All readAll(const ConsoleContext& context) {
    All all = askedFor(context.database, context.clock.now());
    if (all.empty() || !estate::runningStation(context.dataFolder)) {
        return all;
    }
    for (auto& [camera, recording] : all) {
        const auto open = context.archive.openSegmentOf(camera);
        recording.isWritten = open && open->has_value();
    }
    return all;
}

}  // namespace

HandRecordings::HandRecordings(ConsoleContext& context, QObject* parent)
    : QObject{parent}, m_context{context}, m_feed{context.feed, {"recording_plans"}, nullptr}, m_worker{*this} {
    connect(&m_feed, &FeedListener::changed, this, &HandRecordings::read);
    connect(&m_timer, &QTimer::timeout, this, &HandRecordings::read);
    m_timer.setInterval(lookEvery);
    read();
}

std::optional<HandRecordings::Recording> HandRecordings::of(estate::CameraId camera) const {
    const auto found = m_all.find(camera);
    return found == m_all.end() ? std::nullopt : std::optional{found->second};
}

void HandRecordings::read() {
    m_worker.run([this] { return readAll(m_context); }, [this](All now) { take(std::move(now)); });
}

void HandRecordings::take(All now) {
    const All before = std::exchange(m_all, std::move(now));
    if (m_all.empty()) {
        m_timer.stop();
    } else if (!m_timer.isActive()) {
        m_timer.start();
    }
    if (m_all != before) {
        Q_EMIT changed();
    }
    for (const auto& [camera, recording] : m_all) {
        const auto old = before.find(camera);
        // Who has just signed in sees the mark, and is not told what others asked for.
        if (m_isLoaded && (old == before.end() || old->second.until < recording.until)) {
            Q_EMIT began(camera, recording.until);
        }
    }
    for (const auto& [camera, recording] : before) {
        if (!m_all.contains(camera)) {
            Q_EMIT ended(camera);
        }
    }
    m_isLoaded = true;
}

}  // namespace leedswatch::ui
