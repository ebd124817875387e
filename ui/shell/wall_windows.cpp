#include "ui/shell/wall_windows.h"

#include "ui/shell/call_up.h"
#include "ui/shell/keys.h"
#include "ui/shell/monitor_window.h"
#include "ui/wall/wall_page.h"

#include <QGuiApplication>
#include <QScreen>
#include <utility>

namespace leedswatch::ui {

WallWindows::WallWindows(const Parts& parts, WallPage& main, QObject* parent)
    : QObject{parent},
      m_parts{parts},
      m_main{main},
      m_active{&main},
      m_memory{parts.hub.context().dataFolder, parts.hub.context().acting.id},
      m_screens{screensNow()},
      m_arrangement{arrangementOf(m_screens)} {
    connect(&main, &WallPage::activated, this, [this] { setActive(m_main); });
    // Queued: Qt moves the windows of a screen that goes before it says so, and the place that counts is ours.
    for (const auto signal : {&QGuiApplication::screenAdded, &QGuiApplication::screenRemoved}) {
        connect(
            qGuiApp, signal, this, [this] { takeScreens(screensNow()); }, Qt::QueuedConnection);
    }
}

WallWindows::~WallWindows() = default;

QList<WallPage*> WallWindows::walls() const {
    QList<WallPage*> walls{&m_main};
    for (const auto& [monitor, window] : m_windows) {
        walls.append(&window->wall());
    }
    return walls;
}

MonitorWindow* WallWindows::window(int monitor) const {
    const auto found = m_windows.find(monitor);
    return found == m_windows.end() ? nullptr : found->second.get();
}

void WallWindows::turnTo(int monitor) {
    if (monitor < 1 || monitor > mostMonitors) {
        return;
    }
    WallPage& wall = monitor == 1 ? m_main : open(monitor).wall();
    wall.window()->activateWindow();
    wall.window()->raise();
    wall.setFocus();
    setActive(wall);
}

void WallWindows::recall() {
    const QList<int> monitors = m_memory.openMonitors(m_arrangement);
    for (const int monitor : monitors) {
        open(monitor);
    }
}

void WallWindows::setShown(bool shown) {
    m_isShown = shown;
    for (const auto& [monitor, window] : m_windows) {
        window->setVisible(shown);
    }
}

MonitorWindow& WallWindows::open(int monitor) {
    if (MonitorWindow* there = window(monitor)) {
        return *there;
    }
    const WindowPlace place = placeFor(monitor);
    auto made = std::make_unique<MonitorWindow>(m_parts.hub, m_parts.commands, m_parts.callUp, monitor);
    MonitorWindow& window = *made;
    m_windows.emplace(monitor, std::move(made));
    m_parts.keys.addPage(&window);
    // Windows that come back at sign-in leave the keyboard where it is.
    window.setAttribute(Qt::WA_ShowWithoutActivating);
    window.setPlace(place);
    connect(&window, &MonitorWindow::closed, this, &WallWindows::closeLater);
    connect(&window, &MonitorWindow::placeChanged, this, &WallWindows::keepPlace);
    connect(&window.wall(), &WallPage::activated, this, [this, &window] { setActive(window.wall()); });
    m_memory.setOpen(m_arrangement, monitor, true);
    m_memory.setPlace(m_arrangement, monitor, place);
    window.setVisible(m_isShown);
    Q_EMIT wallOpened(&window.wall());
    return window;
}

void WallWindows::setActive(WallPage& wall) {
    if (m_active == &wall) {
        return;
    }
    m_active = &wall;
    m_main.setActive(&m_main == m_active);
    for (const auto& [monitor, window] : m_windows) {
        window->setActiveWall(&window->wall() == m_active);
    }
    Q_EMIT activeChanged();
}

void WallWindows::closeLater(int monitor) {
    m_memory.setOpen(m_arrangement, monitor, false);
    if (MonitorWindow* closing = window(monitor); closing != nullptr && m_active == &closing->wall()) {
        setActive(m_main);
    }
    // It is in the middle of its own event.
    QMetaObject::invokeMethod(
        this,
        [this, monitor] {
            const MonitorWindow* closing = window(monitor);
            if (closing != nullptr && closing->isHidden() && m_isShown) {
                m_windows.erase(monitor);
            }
        },
        Qt::QueuedConnection);
}

void WallWindows::keepPlace(int monitor) {
    // While screens come and go, windows are moved by others than their person.
    const MonitorWindow* moved = window(monitor);
    if (moved != nullptr && moved->isVisible() && arrangementOf(screensNow()) == m_arrangement) {
        m_memory.setPlace(m_arrangement, monitor, moved->place());
    }
}

void WallWindows::takeScreens(const QList<ScreenInfo>& screens) {
    const QString before = std::exchange(m_arrangement, arrangementOf(screens));
    if (m_arrangement == before) {
        return;
    }
    m_screens = screens;
    int strays = 0;
    for (const auto& [monitor, window] : m_windows) {
        const auto kept = m_memory.place(m_arrangement, monitor);
        const WindowPlace wanted = kept ? *kept : m_memory.place(before, monitor).value_or(window->place());
        const WindowPlace place = placeOn(screens, wanted, strays);
        window->setPlace(place);
        m_memory.setOpen(m_arrangement, monitor, true);
        if (place != wanted) {
            ++strays;
            tellOfStray(*window);
        }
    }
    bringMainBack(screens);
    recall();
}

/// Said where the window is now, and at the main wall, where somebody looks for it.
void WallWindows::tellOfStray(const MonitorWindow& window) {
    const WallPage& wall = window.wall();
    wall.tile(wall.selectedTile())
        .showNotice(QStringLiteral("Monitor %1 is here now: its own screen is gone").arg(wall.number()));
    m_main.tile(m_main.selectedTile())
        .showNotice(QStringLiteral("The screen of monitor %1 is gone: its window came to this one").arg(wall.number()));
}

/// A window manager may leave the main window where no screen is any more.
void WallWindows::bringMainBack(const QList<ScreenInfo>& screens) {
    QWidget* const main = m_main.window();
    const WindowPlace now{main->geometry(), main->isFullScreen()};
    const WindowPlace place = placeOn(screens, now);
    if (main->isVisible() && place != now) {
        main->setWindowState(main->windowState() & ~(Qt::WindowFullScreen | Qt::WindowMaximized));
        main->setGeometry(place.geometry);
    }
}

WindowPlace WallWindows::placeFor(int monitor) const {
    if (const auto kept = m_memory.place(m_arrangement, monitor)) {
        return placeOn(m_screens, *kept);
    }
    QList<QPoint> taken{m_main.window()->geometry().center()};
    for (const auto& [number, window] : m_windows) {
        taken.append(window->geometry().center());
    }
    return firstPlace(m_screens, taken);
}

}  // namespace leedswatch::ui
