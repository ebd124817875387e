#pragma once

#include "analytics/activity_grid.h"

#include <QWidget>
#include <optional>

namespace leedswatch::ui {

/// Lies over a recorded picture while motion is searched for, and is where a part of it is chosen: fields of the grid
/// in which motion is saved. The pointer draws a rectangle of them; with Ctrl it is added to what is chosen already. By
/// keyboard: the arrows move a field, with Shift they draw, Space takes the field or leaves it, Backspace chooses the
/// whole picture. What is not chosen is dimmed while it is drawn.
class RegionPicker final : public QWidget {
    Q_OBJECT

public:
    explicit RegionPicker(QWidget* parent);

    void setRegion(const analytics::ActivityGrid& region);
    [[nodiscard]] const analytics::ActivityGrid& region() const { return m_region; }
    /// The picture matters now, and no longer the part: what is not chosen is hardly dimmed until it is drawn on again.
    void rest();
    /// Where a field is painted.
    [[nodiscard]] QRectF rectOf(int column, int row) const;

Q_SIGNALS:
    /// While it is drawn, too.
    void regionChanged(const leedswatch::analytics::ActivityGrid& region);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;

private:
    [[nodiscard]] QPoint fieldAt(const QPointF& place) const;
    void drawTo(QPoint field);
    void moveField(Qt::Key key, bool draws);
    void change(const analytics::ActivityGrid& region);
    [[nodiscard]] QPainterPath outline() const;

    analytics::ActivityGrid m_region;
    analytics::ActivityGrid m_kept;  ///< what a rectangle that is being drawn is added to
    std::optional<QPoint> m_anchor;  ///< where the rectangle began
    QPoint m_field;                  ///< of the keyboard
    bool m_isDragging = false;
    bool m_isResting = false;
};

}  // namespace leedswatch::ui
