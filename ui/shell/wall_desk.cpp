#include "ui/shell/wall_desk.h"

#include "ui/shell/keys.h"
#include "ui/shell/monitor_window.h"
#include "ui/shell/top_bar.h"

#include <utility>

namespace leedswatch::ui {

WallDesk::WallDesk(const Parts& parts, QWidget* centre, QWidget* desk)
    : QObject{desk},
      m_parts{parts},
      m_hub{parts.context},
      m_main{new WallPage{m_hub, 1, centre}},
      m_windows{new WallWindows{{m_hub, parts.commands, parts.callUp, parts.keys}, *m_main, this}},
      m_library{new LibraryDesk{m_hub.library(), parts.directory, [this]() -> WallPage& { return active(); }, desk}} {
    parts.commands.addToWall(*m_main);
    connectWall(*m_main);
    connect(m_windows, &WallWindows::wallOpened, this, [this](WallPage* wall) { connectWall(*wall); });
    connect(m_windows, &WallWindows::activeChanged, this, &WallDesk::showTarget);
    connect(m_library, &LibraryDesk::wallChanged, this, [this] {
        bringUp();
        focusActive();
    });
    connectCommands();
    showTarget();
}

WallDesk::~WallDesk() {
    // The walls go before what they share.
    delete m_windows;
    delete m_main;
}

void WallDesk::connectCommands() {
    const auto on = [this](Command command, auto function) {
        connect(&m_parts.commands.action(command), &QAction::triggered, this, function);
    };
    for (const auto& [command, tiles] : {std::pair{Command::OneTile, 1},
                                         {Command::FourTiles, 4},
                                         {Command::NineTiles, 9},
                                         {Command::SixteenTiles, 16}}) {
        on(command, [this, tiles = tiles] { setTileCount(tiles); });
    }
    on(Command::Layouts, [this] {
        if (MonitorWindow* window = m_windows->window(active().number())) {
            window->chooseLayout();
        } else {
            m_parts.topBar.chooseLayout();
        }
    });
    connect(&m_parts.topBar, &TopBar::layoutChosen, this, &WallDesk::setTileCount);
    on(Command::PreviousCamera, [this] {
        bringUp();
        active().showPrevious();
    });
    on(Command::Spot, [this] { active().toggleSpot(); });
    on(Command::PauseSequence, [this] { active().toggleSequencePause(); });
    on(Command::NextOfSequence, [this] { active().stepSequence(1); });
    on(Command::PreviousOfSequence, [this] { active().stepSequence(-1); });
    on(Command::SaveView, [this] { m_library->saveView(); });
    for (const auto& [command, monitor] : {std::pair{Command::MonitorOne, 1},
                                           {Command::MonitorTwo, 2},
                                           {Command::MonitorThree, 3},
                                           {Command::MonitorFour, 4}}) {
        on(command, [this, monitor = monitor] {
            m_windows->turnTo(monitor);
            bringUp();
        });
    }
}

void WallDesk::connectWall(WallPage& wall) {
    connect(&wall, &WallPage::cameraSelected, this, [this, &wall](int number) {
        if (&wall == &active()) {
            Q_EMIT cameraSelected(number);
        }
    });
    connect(&wall, &WallPage::cameraPicked, this, &WallDesk::pick);
    connect(&wall, &WallPage::playbackRequested, this, &WallDesk::playbackRequested);
    connect(&wall, &WallPage::cameraMenuOpens, this, &WallDesk::cameraMenuOpens);
    connect(&wall, &WallPage::layoutChanged, this, &WallDesk::showTarget);
}

void WallDesk::showCamera(int number) {
    bringUp();
    active().showCamera(number);
    Q_EMIT cameraSelected(active().cameraNumber(active().selectedTile()));
}

void WallDesk::focusActive() {
    active().window()->activateWindow();
    active().setFocus();
}

void WallDesk::setTileCount(int tiles) {
    bringUp();
    active().setTileCount(tiles);
    // A layout key that was pressed again has been unchecked by its action.
    showTarget();
}

void WallDesk::pick(int number) {
    const auto walls = m_windows->walls();
    for (WallPage* wall : walls) {
        wall->showInSpot(number);
    }
}

void WallDesk::bringUp() {
    if (&active() == m_main) {
        Q_EMIT mainWanted();
    }
}

void WallDesk::showTarget() {
    m_parts.topBar.setLayout(active().tileCount());
    m_parts.topBar.setTarget(active().number());
    Q_EMIT cameraSelected(active().cameraNumber(active().selectedTile()));
}

}  // namespace leedswatch::ui
