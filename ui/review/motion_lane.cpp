#include "ui/review/motion_lane.h"

#include "analytics/watched_times.h"
#include "ui/review/timeline_view.h"

#include <algorithm>
#include <utility>

namespace leedswatch::ui {
namespace {

using namespace std::chrono_literals;

/// The wheel turns several times before anybody looks, and every event of the estate wakes the listener.
constexpr auto readDelay = 120ms;
// An event is shown from just before it; going on from there must not find the same one again.
constexpr auto besideEvent = 2s;

}  // namespace

struct MotionLane::Read {
    base::Result<std::vector<analytics::MotionMark>> marks;
    base::Result<std::vector<video::TimeRange>> watched;
};

MotionLane::MotionLane(ConsoleContext& context, TimelineView& timeline, QWidget& page)
    : QObject{&page},
      m_context{context},
      m_timeline{timeline},
      m_page{page},
      m_feed{context.feed, {"motion_events"}, nullptr},
      m_worker{*this} {
    m_soon.setSingleShot(true);
    m_soon.setInterval(readDelay);
    connect(&m_soon, &QTimer::timeout, this, &MotionLane::read);
    connect(&m_feed, &FeedListener::changed, this, &MotionLane::readSoon);
    connect(&timeline, &TimelineView::visibleChanged, this, &MotionLane::readSoon);
}

void MotionLane::setCamera(const std::optional<estate::Camera>& camera) {
    ++m_generation;
    m_camera = camera ? std::optional{camera->id} : std::nullopt;
    m_timeline.setMotion({}, {});
    readSoon();
}

void MotionLane::readSoon() {
    if (m_camera && m_page.isVisible() && !m_soon.isActive()) {
        m_soon.start();
    }
}

void MotionLane::read() {
    if (m_isReading || !m_camera) {
        m_readAgain = m_isReading;
        return;
    }
    m_isReading = true;
    const video::TimeRange visible = m_timeline.scale().visible();
    const auto pixel = m_timeline.scale().length() / std::max(1, m_timeline.width());
    m_worker.run(
        [&context = m_context, camera = *m_camera, visible, pixel] {
            return Read{analytics::MotionJournal{context.database}.marks(camera, visible, pixel),
                        analytics::WatchedTimes{context.database}.of(camera, visible)};
        },
        [this, generation = m_generation](Read read) {
            m_isReading = false;
            // What was read before is still true if the store could not be asked just now.
            if (read.marks && read.watched && generation == m_generation) {
                m_timeline.setMotion(std::move(*read.marks), std::move(*read.watched));
            }
            if (std::exchange(m_readAgain, false) || generation != m_generation) {
                readSoon();
            }
        });
}

void MotionLane::findNext(base::UtcTime from) {
    find(from + besideEvent, Way::On);
}

void MotionLane::findPrevious(base::UtcTime from) {
    find(from - besideEvent, Way::Back);
}

void MotionLane::find(base::UtcTime from, Way way) {
    if (!m_camera) {
        return;
    }
    m_worker.run(
        [&context = m_context, camera = *m_camera, from, way] {
            analytics::MotionJournal journal{context.database};
            return way == Way::On ? journal.beginAfter(camera, from) : journal.beginBefore(camera, from);
        },
        [this, way, generation = m_generation](base::Result<std::optional<base::UtcTime>> begin) {
            if (generation != m_generation) {
                return;
            }
            if (!begin) {
                Q_EMIT foundNone(QStringLiteral("What moved cannot be read just now."));
            } else if (*begin) {
                Q_EMIT foundEvent(**begin);
            } else {
                Q_EMIT foundNone(way == Way::On ? QStringLiteral("Nothing is known to have moved after this.")
                                                : QStringLiteral("Nothing is known to have moved before this."));
            }
        });
}

}  // namespace leedswatch::ui
