#pragma once

#include "video/segment.h"

#include <QString>
#include <vector>

namespace leedswatch::ui {

/// A mark on the time axis.
struct AxisTick {
    base::UtcTime time;
    QString label;
    bool dayBegins = false;
};

/// Which time lies at which pixel. Time runs evenly in UTC, so the hour that the clocks pass twice is there twice, and
/// its labels say BST and GMT. A value.
class TimelineScale {
public:
    static constexpr base::Microseconds shortest{2'000'000};
    static constexpr base::Microseconds longest{std::int64_t{60} * 24 * 3600 * 1'000'000};

    TimelineScale(video::TimeRange visible, double width) : m_visible{visible}, m_width{width} {}

    [[nodiscard]] video::TimeRange visible() const { return m_visible; }
    [[nodiscard]] base::Microseconds length() const { return m_visible.end - m_visible.begin; }
    [[nodiscard]] double width() const { return m_width; }
    [[nodiscard]] double xOf(base::UtcTime time) const;
    [[nodiscard]] base::UtcTime timeAt(double x) const;

    void setWidth(double width) { m_width = width; }
    void show(video::TimeRange range);
    /// Shows `factor` times as much; what is under `anchor` stays there.
    void zoom(double factor, double anchor);
    void moveBy(double pixels);
    void centreOn(base::UtcTime time);

    /// Europe/London. So far apart that labels do not touch.
    [[nodiscard]] std::vector<AxisTick> ticks(double pixelsForALabel) const;
    /// Whether the clocks change within what is visible.
    [[nodiscard]] bool crossesClockChange() const;

private:
    [[nodiscard]] QString labelOf(base::UtcTime time, base::Microseconds step, bool dayBegins) const;

    video::TimeRange m_visible;
    double m_width;
};

}  // namespace leedswatch::ui
