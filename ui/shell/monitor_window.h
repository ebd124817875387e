#pragma once

#include "ui/shell/window_places.h"
#include "ui/wall/wall_page.h"

#include <QWidget>

class QLabel;
class QMenu;
class QToolButton;

namespace leedswatch::ui {

class CallUp;
class CallUpDisplay;
class Commands;

/// A further window with a wall, for a monitor of its own. Its head says which monitor it is, whether call-ups go to
/// it, and what number is being typed.
class MonitorWindow final : public QWidget {
    Q_OBJECT

public:
    MonitorWindow(WallHub& hub, const Commands& commands, CallUp& callUp, int number);

    [[nodiscard]] int number() const { return m_wall->number(); }
    [[nodiscard]] WallPage& wall() const { return *m_wall; }
    void setActiveWall(bool active);
    [[nodiscard]] WindowPlace place() const;
    void setPlace(const WindowPlace& place);
    void toggleFullScreen();
    /// Drops the drawings of all layouts down.
    void chooseLayout();

Q_SIGNALS:
    void closed(int number);
    void placeChanged(int number);

protected:
    void closeEvent(QCloseEvent* event) override;
    void moveEvent(QMoveEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void layOut();
    void fillScreens(QMenu& menu);

    WallPage* m_wall;
    QWidget* m_head;
    QLabel* m_target;
    CallUpDisplay* m_callUp;
    QToolButton* m_layout;
    QToolButton* m_screens;
    QRect m_normal;  ///< where it stands when it is not full screen
};

}  // namespace leedswatch::ui
