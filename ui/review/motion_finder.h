#pragma once

#include "estate/camera.h"
#include "ui/common/console_context.h"
#include "video/segment.h"

#include <QObject>
#include <QWidget>
#include <optional>

namespace leedswatch::ui {

class MotionLane;
class MotionSearchPanel;
class PlaybackNotice;
class RecordedView;
class RecordingNavigator;
class RegionPicker;
class TimelineView;

/// What moved in a recording, for the page: the events on its timeline, the way from one to the next, and the search in
/// a part of the picture, whose moments take the events' place while it is open.
class MotionFinder final : public QObject {
    Q_OBJECT

public:
    MotionFinder(ConsoleContext& context, RecordedView& view, TimelineView& timeline, RecordingNavigator& navigator,
                 PlaybackNotice& notice, QWidget& page);

    /// Stands beside the picture; hidden until the search is opened.
    [[nodiscard]] QWidget* panel() const;
    void setCamera(const std::optional<estate::Camera>& camera);
    void setRecorded(const std::optional<video::TimeRange>& recorded);
    void setPosition(const std::optional<base::UtcTime>& position);
    /// The player was sent elsewhere, by whomever.
    void noteSought();
    /// What is marked on the timeline may have changed.
    void noteMarks();
    void showSearch(bool shown);
    [[nodiscard]] bool isSearching() const;
    /// From the picture that the player shows.
    void goToNext(const std::optional<base::UtcTime>& position);
    void goToPrevious(const std::optional<base::UtcTime>& position);

Q_SIGNALS:
    void closeRequested();
    void playRequested();

private:
    void connectParts();
    void tellPeriods();
    void showFound();
    void goTo(base::UtcTime time);
    [[nodiscard]] std::optional<base::UtcTime> from(const std::optional<base::UtcTime>& position) const;

    const base::Clock& m_clock;
    RecordedView& m_view;
    TimelineView& m_timeline;
    RecordingNavigator& m_navigator;
    PlaybackNotice& m_notice;
    MotionLane* m_lane;
    MotionSearchPanel* m_panel;
    RegionPicker* m_picker;
    std::optional<video::TimeRange> m_recorded;
    std::optional<base::UtcTime> m_position;
    std::optional<base::UtcTime> m_target;  ///< where it was gone to last
    base::SteadyTime m_wentAt{};
};

}  // namespace leedswatch::ui
