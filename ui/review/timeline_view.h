#pragma once

#include "analytics/motion_journal.h"
#include "ui/review/timeline_scale.h"
#include "video/timeline.h"

#include <QWidget>
#include <memory>
#include <optional>
#include <vector>

namespace leedswatch::ui {

/// What is marked for an export; each end may be missing.
struct Marks {
    std::optional<base::UtcTime> in;
    std::optional<base::UtcTime> out;
    [[nodiscard]] std::optional<video::TimeRange> range() const {
        return in && out && *in < *out ? std::optional{video::TimeRange{*in, *out}} : std::nullopt;
    }
    bool operator==(const Marks&) const = default;
};

/// The timeline of one camera: what is recorded, what moved in it, what a search found, gaps hatched in red, what is
/// held underlined, the picture that is shown, the marks. Wheel zooms at the pointer, drag scrubs, drag with the right
/// button or Shift moves, the marks have handles.
class TimelineView final : public QWidget {
    Q_OBJECT

public:
    explicit TimelineView(QWidget* parent);

    void setTimeline(std::shared_ptr<const video::RecordedTimeline> timeline);
    void setPosition(std::optional<base::UtcTime> position);
    void setMarks(const Marks& marks);
    void setHeld(std::vector<video::TimeRange> held);
    /// `watched`: when it was looked for at all.
    void setMotion(std::vector<analytics::MotionMark> motion, std::vector<video::TimeRange> watched);
    /// What a search found.
    void setFound(std::vector<video::TimeRange> found);
    void showRange(video::TimeRange range);
    /// Moves what is visible so that the time can be seen; does nothing if it can.
    void reveal(base::UtcTime time);
    void zoomBy(double factor);

    [[nodiscard]] const TimelineScale& scale() const { return m_scale; }
    [[nodiscard]] const Marks& marks() const { return m_marks; }
    [[nodiscard]] const std::vector<video::TimeRange>& held() const { return m_held; }
    [[nodiscard]] const std::vector<analytics::MotionMark>& motion() const { return m_motion; }
    [[nodiscard]] const std::vector<video::TimeRange>& found() const { return m_found; }
    [[nodiscard]] const std::vector<video::TimeRange>& watched() const { return m_watched; }
    [[nodiscard]] QString tipAt(double x) const;
    /// Where a held range is underlined: clear of the band and of the marks.
    [[nodiscard]] QRectF heldLineOf(video::TimeRange range) const;
    [[nodiscard]] QSize sizeHint() const override { return {600, 112}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {320, 112}; }

Q_SIGNALS:
    void scrubbed(leedswatch::base::UtcTime time);
    void marksMoved(const leedswatch::ui::Marks& marks);
    /// Another time can be seen, or more or less of it.
    void visibleChanged();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool event(QEvent* event) override;

private:
    enum class Drag { None, Scrub, Move, MarkIn, MarkOut };

    [[nodiscard]] Drag dragFor(const QMouseEvent& event) const;
    [[nodiscard]] bool isOnMark(const std::optional<base::UtcTime>& mark, double x) const;
    void moveMark(base::UtcTime time);
    void tellVisible();
    [[nodiscard]] QString motionTip(double x) const;
    void paintAxis(QPainter& painter) const;
    void paintRecorded(QPainter& painter) const;
    void paintGaps(QPainter& painter) const;
    void paintMotion(QPainter& painter) const;
    void paintFound(QPainter& painter) const;
    void paintHeld(QPainter& painter) const;
    void paintMarks(QPainter& painter) const;
    void paintHandle(QPainter& painter, base::UtcTime time, bool begins) const;
    void paintPosition(QPainter& painter) const;
    void paintPointer(QPainter& painter) const;
    [[nodiscard]] QRectF bandOf(video::TimeRange range) const;
    [[nodiscard]] QString positionText() const;
    [[nodiscard]] QRectF positionFlag() const;

    TimelineScale m_scale;
    std::shared_ptr<const video::RecordedTimeline> m_timeline;
    std::optional<base::UtcTime> m_position;
    Marks m_marks;
    std::vector<video::TimeRange> m_held;
    std::vector<analytics::MotionMark> m_motion;
    std::vector<video::TimeRange> m_watched;
    std::vector<video::TimeRange> m_found;
    Drag m_drag = Drag::None;
    double m_dragX = 0;
    bool m_focusByKey = false;
    std::optional<double> m_pointerX;
};

}  // namespace leedswatch::ui
