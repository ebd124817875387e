#pragma once

#include "ui/shell/window_places.h"

#include <QObject>
#include <map>
#include <memory>

namespace leedswatch::ui {

class CallUp;
class CallUpKeys;
class Commands;
class MonitorWindow;
class WallHub;
class WallPage;

/// The walls of one desk: the one in the main window, and those in windows of their own for further monitors. One of
/// them is active: call-ups go to its selected tile. Windows come back where they were for the same person and the same
/// screens; one whose screen has gone comes to a screen that is there. UI thread only.
class WallWindows final : public QObject {
    Q_OBJECT

public:
    static constexpr int mostMonitors = 4;

    /// What a monitor's window is made from; all outlive this.
    struct Parts {
        WallHub& hub;
        const Commands& commands;
        CallUp& callUp;
        CallUpKeys& keys;
    };
    /// `main` is the wall of the main window: monitor 1.
    WallWindows(const Parts& parts, WallPage& main, QObject* parent);
    ~WallWindows() override;

    [[nodiscard]] WallPage& active() const { return *m_active; }
    [[nodiscard]] QList<WallPage*> walls() const;
    /// Null if it is not open.
    [[nodiscard]] MonitorWindow* window(int monitor) const;
    /// Turns to the monitor's wall, opening its window if need be.
    void turnTo(int monitor);
    /// Opens what was open in this arrangement of screens.
    void recall();
    /// These are the screens from now on: every window goes to its place among them, and one whose screen has gone says
    /// where it is.
    void takeScreens(const QList<ScreenInfo>& screens);
    /// A locked desk shows no picture on any monitor.
    void setShown(bool shown);

Q_SIGNALS:
    void wallOpened(leedswatch::ui::WallPage* wall);
    void activeChanged();

private:
    MonitorWindow& open(int monitor);
    void setActive(WallPage& wall);
    void closeLater(int monitor);
    void keepPlace(int monitor);
    void tellOfStray(const MonitorWindow& window);
    void bringMainBack(const QList<ScreenInfo>& screens);
    [[nodiscard]] WindowPlace placeFor(int monitor) const;

    const Parts m_parts;
    WallPage& m_main;
    WallPage* m_active;
    WindowMemory m_memory;
    QList<ScreenInfo> m_screens;
    QString m_arrangement;
    bool m_isShown = false;  ///< the desk is there and not locked
    std::map<int, std::unique_ptr<MonitorWindow>> m_windows;
};

}  // namespace leedswatch::ui
