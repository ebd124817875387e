#include "ui/shell/desk_page.h"

#include "ui/cameras/camera_directory.h"
#include "ui/cameras/camera_panel.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/log/log_panel.h"
#include "ui/review/review_page.h"
#include "ui/shell/call_up.h"
#include "ui/shell/keys_dialog.h"
#include "ui/shell/top_bar.h"
#include "ui/wall/wall_hub.h"
#include "ui/wall/wall_page.h"

#include <QApplication>
#include <QLabel>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace leedswatch::ui {

namespace {

/// What the side panels take at first: less on a small screen, so that the wall has the larger half.
struct PanelWidths {
    int cameras;
    int log;
};
constexpr PanelWidths usualWidths{280, 360};
constexpr PanelWidths narrowWidths{264, 328};
constexpr int narrowWindow = 1500;

QLabel* makeNotice(const QString& text, QWidget* parent) {
    auto* notice = new QLabel{text, parent};
    notice->setAlignment(Qt::AlignCenter);
    theme::setLabelKind(*notice, theme::LabelKind::Dim);
    return notice;
}

}  // namespace

DeskPage::DeskPage(ConsoleContext& context, CameraDirectory& directory, QWidget* parent)
    : QWidget{parent},
      m_context{context},
      m_directory{directory},
      m_memory{context.dataFolder, context.acting.id},
      m_commands{this},
      m_callUp{[this](int number) -> std::optional<QString> {
          const estate::Camera* camera = m_directory.find(number);
          return camera == nullptr ? std::nullopt : std::optional{toQt(camera->name)};
      }},
      m_topBar{new TopBar{m_commands, m_callUp, context.clock, context.acting, this}},
      m_splitter{new QSplitter{Qt::Horizontal, this}},
      m_cameras{new CameraPanel{directory, m_splitter}},
      m_centre{new QStackedWidget{m_splitter}} {
    setObjectName(QStringLiteral("deskPage"));
    makeCentre();
    if (access::mayDo(context.acting.role, access::Right::ReadLog)) {
        m_log = new LogPanel{context, directory, m_splitter};
    }
    layOut();
    connectCommands();
    connectWallCommands();
    connectPages();
    recall();
    new CallUpKeys{m_callUp, this};
}

DeskPage::~DeskPage() {
    remember();
    // The walls go before what they share.
    delete m_wall;
}

void DeskPage::makeCentre() {
    const access::Role role = m_context.acting.role;
    if (access::mayDo(role, access::Right::WatchLive)) {
        m_hub = new WallHub{m_context, this};
        m_wall = new WallPage{*m_hub, 1, m_centre};
        m_commands.addToWall(*m_wall);
        m_centre->addWidget(m_wall);
    } else {
        m_centre->addWidget(makeNotice(QStringLiteral("Your role does not watch live pictures."), m_centre));
    }
    if (access::mayDo(role, access::Right::PlayRecorded)) {
        m_review = new ReviewPage{m_context, m_centre};
        m_centre->addWidget(m_review);
    }
}

void DeskPage::layOut() {
    const PanelWidths widths = window()->width() < narrowWindow ? narrowWidths : usualWidths;
    m_cameras->setMinimumWidth(narrowWidths.cameras);
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setStretchFactor(1, 1);
    QList<int> sizes{widths.cameras, window()->width()};
    if (m_log != nullptr) {
        m_log->setMinimumWidth(narrowWidths.log);
        sizes.append(widths.log);
    }
    m_splitter->setSizes(sizes);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_topBar);
    layout->addWidget(m_splitter, 1);
}

void DeskPage::connectCommands() {
    const auto on = [this](Command command, auto function) {
        connect(&m_commands.action(command), &QAction::triggered, this, function);
    };
    on(Command::Review, [this] {
        if (m_review != nullptr && m_centre->currentWidget() == m_review) {
            showWall();
        } else {
            review(m_selectedCamera);
        }
    });
    on(Command::FindCamera, [this] {
        m_commands.action(Command::ToggleCameras).setChecked(true);
        m_cameras->focusSearch();
    });
    on(Command::WriteEntry, [this] {
        m_commands.action(Command::ToggleLog).setChecked(true);
        m_log->focusEntry();
    });
    on(Command::SearchLog, [this] {
        m_commands.action(Command::ToggleLog).setChecked(true);
        m_log->focusSearch();
    });
    on(Command::CallUp, [this] { goToCallUp(); });
    on(Command::ShowKeys, [this] { showKeys(); });
    on(Command::FullScreen, [this] { window()->setWindowState(window()->windowState() ^ Qt::WindowFullScreen); });
    on(Command::Lock, [this] { Q_EMIT lockRequested(); });
    on(Command::SignOut, [this] { Q_EMIT signOutRequested(); });
}

void DeskPage::connectWallCommands() {
    const auto on = [this](Command command, auto function) {
        connect(&m_commands.action(command), &QAction::triggered, this, function);
        m_commands.action(command).setEnabled(m_wall != nullptr);
    };
    on(Command::OneTile, [this] { setTileCount(1); });
    on(Command::FourTiles, [this] { setTileCount(4); });
    on(Command::NineTiles, [this] { setTileCount(9); });
    on(Command::SixteenTiles, [this] { setTileCount(16); });
    on(Command::Layouts, [this] { m_topBar->chooseLayout(); });
    on(Command::PreviousCamera, [this] {
        showWall();
        m_wall->showPrevious();
    });
    on(Command::Spot, [this] { m_wall->toggleSpot(); });
    on(Command::PauseSequence, [this] { m_wall->toggleSequencePause(); });
    on(Command::NextOfSequence, [this] { m_wall->stepSequence(1); });
    on(Command::PreviousOfSequence, [this] { m_wall->stepSequence(-1); });
    connect(m_topBar, &TopBar::layoutChosen, this, &DeskPage::setTileCount);
}

void DeskPage::connectPages() {
    for (const Command command : {Command::ToggleCameras, Command::ToggleLog}) {
        m_commands.action(command).setCheckable(true);
        m_commands.action(command).setChecked(true);
    }
    connect(&m_commands.action(Command::ToggleCameras), &QAction::toggled, this,
            [this](bool shown) { togglePanel(*m_cameras, shown); });
    connect(m_cameras, &CameraPanel::cameraChosen, this, &DeskPage::showCamera);
    connect(&m_callUp, &CallUp::confirmed, this, &DeskPage::showCalledUp);
    m_commands.action(Command::Review).setEnabled(m_review != nullptr);
    for (const Command command : {Command::ToggleLog, Command::WriteEntry, Command::SearchLog}) {
        m_commands.action(command).setEnabled(m_log != nullptr);
    }
    if (m_log != nullptr) {
        connect(&m_commands.action(Command::ToggleLog), &QAction::toggled, this,
                [this](bool shown) { togglePanel(*m_log, shown); });
    }
    if (m_wall != nullptr) {
        connect(m_wall, &WallPage::cameraSelected, this, &DeskPage::takeSelected);
        connect(m_wall, &WallPage::cameraPicked, this, &DeskPage::takePicked);
        connect(m_wall, &WallPage::layoutChanged, this, [this] { m_topBar->setLayout(m_wall->tileCount()); });
        connect(m_cameras, &CameraPanel::cameraPicked, this, &DeskPage::takePicked);
        connect(m_wall, &WallPage::playbackRequested, this, &DeskPage::review);
    }
    if (m_review != nullptr) {
        connect(m_review, &ReviewPage::closed, this, &DeskPage::showWall);
    }
}

void DeskPage::showCamera(int number) {
    if (m_wall == nullptr) {
        return;
    }
    showWall();
    m_wall->setFocus();
    m_wall->showCamera(number);
    takeSelected(m_wall->cameraNumber(m_wall->selectedTile()));
}

void DeskPage::goToCallUp() {
    if (!m_topBar->callUpHasFocus()) {
        m_wroteIn = m_log != nullptr ? m_log->fieldBeingWritten() : nullptr;
    }
    m_topBar->focusCallUp();
}

void DeskPage::showCalledUp(int number) {
    // Whoever looked a camera up for the line that he writes goes on writing; who has gone elsewhere since, stays
    // there.
    QWidget* const wroteIn = m_topBar->callUpHasFocus() ? m_wroteIn.data() : nullptr;
    m_wroteIn.clear();
    showCamera(number);
    if (wroteIn != nullptr && wroteIn->isVisible()) {
        wroteIn->setFocus();
    }
}

void DeskPage::setTileCount(int tiles) {
    if (m_wall != nullptr) {
        showWall();
        m_wall->setTileCount(tiles);
        // A layout key that was pressed again has been unchecked by its action.
        m_topBar->setLayout(m_wall->tileCount());
    }
}

void DeskPage::fillWall(int tiles, const std::vector<int>& numbers) {
    setTileCount(tiles);
    if (m_wall == nullptr) {
        return;
    }
    for (int tile = 0; tile < tiles && static_cast<std::size_t>(tile) < numbers.size(); ++tile) {
        m_wall->selectTile(tile);
        m_wall->showCamera(numbers[static_cast<std::size_t>(tile)]);
    }
    m_wall->selectTile(0);
}

std::pair<int, int> DeskPage::liveTiles() const {
    int shown = 0;
    int live = 0;
    for (int index = 0; m_wall != nullptr && index < m_wall->tileCount(); ++index) {
        if (const TileFeed* feed = m_wall->tile(index).feed()) {
            ++shown;
            live += feed->picture() && feed->status().verdict.state == video::LiveState::Live ? 1 : 0;
        }
    }
    return {shown, live};
}

void DeskPage::review(int number) {
    if (m_review == nullptr || number == 0) {
        return;
    }
    m_review->open(number);
    m_centre->setCurrentWidget(m_review);
    m_review->setFocus();
}

void DeskPage::takeSelected(int number) {
    m_selectedCamera = number;
    m_cameras->setCurrentCamera(number);
    if (m_log != nullptr) {
        m_log->setSelectedCamera(number);
    }
}

void DeskPage::takePicked(int number) {
    if (m_wall != nullptr) {
        m_wall->showInSpot(number);
    }
}

void DeskPage::showWall() {
    if (m_wall == nullptr) {
        return;
    }
    m_centre->setCurrentWidget(m_wall);
    // The arrow keys are the wall's next, but a line that somebody is writing keeps the keyboard.
    if (!isWritingField(QApplication::focusWidget())) {
        m_wall->setFocus();
    }
}

void DeskPage::togglePanel(QWidget& panel, bool shown) {
    // A hidden panel must not keep the keyboard: digits would go nowhere.
    if (!shown && panel.isAncestorOf(focusWidget())) {
        m_centre->currentWidget()->setFocus();
    }
    panel.setVisible(shown);
}

void DeskPage::showKeys() {
    auto* dialog = new KeysDialog{window()};
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void DeskPage::recall() {
    m_splitter->restoreState(m_memory.splitter());
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    m_commands.action(Command::ToggleCameras).setChecked(m_memory.showsCameras());
    if (m_log != nullptr) {
        m_commands.action(Command::ToggleLog).setChecked(m_memory.showsLog());
    } else {
        m_commands.action(Command::ToggleLog).setChecked(false);
    }
    if (m_wall != nullptr) {
        m_topBar->setLayout(m_wall->tileCount());
        setFocusProxy(m_wall);
        takeSelected(m_wall->cameraNumber(m_wall->selectedTile()));
    }
}

void DeskPage::remember() {
    m_memory.setSplitter(m_splitter->saveState());
    m_memory.setShowsCameras(m_commands.action(Command::ToggleCameras).isChecked());
    if (m_log != nullptr) {
        m_memory.setShowsLog(m_commands.action(Command::ToggleLog).isChecked());
    }
}

}  // namespace leedswatch::ui
