#include "ui/review/motion_finder.h"

#include "ui/review/motion_lane.h"
#include "ui/review/motion_search_panel.h"
#include "ui/review/playback_notice.h"
#include "ui/review/recorded_view.h"
#include "ui/review/recording_navigator.h"
#include "ui/review/region_picker.h"
#include "ui/review/timeline_view.h"

#include <utility>

namespace leedswatch::ui {
namespace {

// A picture that has not come by then does not come from there: the archive has a gap.
constexpr std::chrono::seconds longestWay{1};

}  // namespace

MotionFinder::MotionFinder(ConsoleContext& context, RecordedView& view, TimelineView& timeline,
                           RecordingNavigator& navigator, PlaybackNotice& notice, QWidget& page)
    : QObject{&page},
      m_clock{context.clock},
      m_view{view},
      m_timeline{timeline},
      m_navigator{navigator},
      m_notice{notice},
      m_lane{new MotionLane{context, timeline, page}},
      m_panel{new MotionSearchPanel{context, &page}},
      m_picker{new RegionPicker{&view}} {
    m_panel->hide();
    m_view.setOverlay(m_picker);
    connectParts();
}

void MotionFinder::connectParts() {
    connect(m_lane, &MotionLane::foundEvent, this, &MotionFinder::goTo);
    connect(m_lane, &MotionLane::foundNone, this, [this](const QString& refusal) { m_notice.say(refusal); });
    connect(m_picker, &RegionPicker::regionChanged, m_panel, &MotionSearchPanel::setRegion);
    connect(m_panel, &MotionSearchPanel::wholePictureRequested, this, [this] {
        m_picker->setRegion(analytics::ActivityGrid{}.set());
        m_panel->setRegion(m_picker->region());
    });
    connect(m_panel, &MotionSearchPanel::foundChanged, this, &MotionFinder::showFound);
    connect(m_panel, &MotionSearchPanel::momentChosen, this, &MotionFinder::goTo);
    connect(m_panel, &MotionSearchPanel::playRequested, this, &MotionFinder::playRequested);
    connect(m_panel, &MotionSearchPanel::closeRequested, this, &MotionFinder::closeRequested);
    connect(&m_timeline, &TimelineView::visibleChanged, this, &MotionFinder::tellPeriods);
}

QWidget* MotionFinder::panel() const {
    return m_panel;
}

void MotionFinder::setCamera(const std::optional<estate::Camera>& camera) {
    m_lane->setCamera(camera);
    m_picker->setRegion(analytics::ActivityGrid{}.set());
    m_panel->setCamera(camera);
}

void MotionFinder::setRecorded(const std::optional<video::TimeRange>& recorded) {
    m_recorded = recorded;
    tellPeriods();
}

void MotionFinder::setPosition(const std::optional<base::UtcTime>& position) {
    m_position = position;
    tellPeriods();
}

void MotionFinder::noteSought() {
    m_target.reset();
}

void MotionFinder::goTo(base::UtcTime time) {
    m_picker->rest();
    m_navigator.goTo(time);
    m_target = time;
    m_wentAt = m_clock.steadyNow();
}

// Whoever presses the key three times goes three events on, however long the pictures take.
std::optional<base::UtcTime> MotionFinder::from(const std::optional<base::UtcTime>& position) const {
    const bool isOnTheWay = m_target && m_clock.steadyNow() - m_wentAt < longestWay;
    return isOnTheWay ? m_target : position;
}

void MotionFinder::noteMarks() {
    tellPeriods();
}

void MotionFinder::tellPeriods() {
    m_panel->setPeriods({m_timeline.scale().visible(), m_timeline.marks().range(), m_position, m_recorded});
}

void MotionFinder::showSearch(bool shown) {
    m_panel->setVisible(shown);
    m_panel->setActive(shown);
    m_view.showOverlay(shown);
    if (shown) {
        m_picker->setFocus();
    }
}

bool MotionFinder::isSearching() const {
    return !m_panel->isHidden();
}

void MotionFinder::showFound() {
    std::vector<video::TimeRange> found;
    for (const analytics::MotionMoment& moment : m_panel->moments()) {
        found.push_back({moment.from, moment.until});
    }
    m_timeline.setFound(std::move(found));
}

void MotionFinder::goToNext(const std::optional<base::UtcTime>& position) {
    const auto time = from(position);
    if (!time) {
        return;
    }
    if (!isSearching()) {
        m_lane->findNext(*time);
    } else if (!m_panel->chooseAfter(*time)) {
        m_notice.say(QStringLiteral("The search found nothing after this."));
    }
}

void MotionFinder::goToPrevious(const std::optional<base::UtcTime>& position) {
    const auto time = from(position);
    if (!time) {
        return;
    }
    if (!isSearching()) {
        m_lane->findPrevious(*time);
    } else if (!m_panel->chooseBefore(*time)) {
        m_notice.say(QStringLiteral("The search found nothing before this."));
    }
}

}  // namespace leedswatch::ui
