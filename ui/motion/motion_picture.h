#pragma once

#include "analytics/motion_plan.h"

#include <QWidget>
#include <vector>

class QLabel;
class QPushButton;

namespace leedswatch::ui {

class ZoneCanvas;

/// A still of the camera with what is watched of it: zones that count and zones that do not, and two people as tall as
/// the least thing that counts, one near the bottom and one far away.
class MotionPicture final : public QWidget {
    Q_OBJECT

public:
    explicit MotionPicture(QWidget* parent);

    [[nodiscard]] ZoneCanvas& canvas() const { return *m_canvas; }
    void setZones(const std::vector<analytics::MotionZone>& zones);
    [[nodiscard]] std::vector<analytics::MotionZone> zones() const;
    void setLeastHeight(const analytics::LeastHeight& leastHeight);
    /// No zone is half drawn, and those that there are keep the rule; what is wrong with them is shown.
    [[nodiscard]] bool isSound() const { return m_isSound; }

Q_SIGNALS:
    void changed();
    void leastHeightDragged(const leedswatch::analytics::LeastHeight& leastHeight);

private:
    void layOut();
    void showState();
    void takeDraggedFigure(int figure, int height);

    ZoneCanvas* m_canvas;
    QPushButton* m_count;
    QPushButton* m_ignore;
    QPushButton* m_remove;
    QLabel* m_state;
    QLabel* m_problem;
    analytics::LeastHeight m_leastHeight;
    bool m_isSound = true;
};

}  // namespace leedswatch::ui
