#include "ui/shell/desk_page.h"

#include "ui/alarms/alarm_band.h"
#include "ui/alarms/alarm_board.h"
#include "ui/alarms/alarm_page.h"
#include "ui/alarms/alarm_sound.h"
#include "ui/cameras/camera_directory.h"
#include "ui/cameras/camera_panel.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/convert/convert_page.h"
#include "ui/dispatch/dispatch_page.h"
#include "ui/figures/figures_page.h"
#include "ui/incidents/incident_page.h"
#include "ui/log/log_panel.h"
#include "ui/plans/plans_page.h"
#include "ui/review/review_page.h"
#include "ui/shell/call_up.h"
#include "ui/shell/fault_band.h"
#include "ui/shell/side_panel.h"
#include "ui/shell/top_bar.h"
#include "ui/shell/wall_desk.h"
#include "ui/testing/testing_band.h"
#include "ui/testing/testing_board.h"
#include "ui/testing/testing_page.h"
#include "ui/wall/wall_page.h"

#include <QApplication>
#include <QLabel>
#include <QShowEvent>
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
      m_callUpKeys{new CallUpKeys{m_callUp, this}},
      m_topBar{new TopBar{m_commands, m_callUp, context.clock, context.acting, this}},
      m_splitter{new QSplitter{Qt::Horizontal, this}},
      m_faults{new FaultBand{context, this}},
      m_alarms{new AlarmBoard{context, this}},
      m_alarmBand{new AlarmBand{context, *m_alarms, this}},
      m_tests{new TestingBoard{context, this}},
      m_testingBand{new TestingBand{*m_tests, this}},
      m_side{new SidePanel{m_splitter}},
      m_cameras{new CameraPanel{directory, m_side}},
      m_centre{new QStackedWidget{m_splitter}} {
    setObjectName(QStringLiteral("deskPage"));
    makeCentre();
    fillSide();
    if (access::mayDo(context.acting.role, access::Right::ReadLog)) {
        m_log = new LogPanel{context, directory, m_splitter};
    }
    layOut();
    connectCommands();
    connectWalls();
    connectPages();
    recall();
}

DeskPage::~DeskPage() {
    remember();
    // The walls work with parts of this.
    delete m_walls;
}

WallPage* DeskPage::wall() const {
    return m_walls == nullptr ? nullptr : &m_walls->main();
}

void DeskPage::makeCentre() {
    const access::Role role = m_context.acting.role;
    if (access::mayDo(role, access::Right::WatchLive)) {
        m_walls =
            new WallDesk{{m_context, m_directory, m_commands, m_callUp, *m_callUpKeys, *m_topBar}, m_centre, this};
        m_centre->addWidget(wall());
    } else {
        m_centre->addWidget(makeNotice(QStringLiteral("Your role does not watch live pictures."), m_centre));
    }
    if (access::mayDo(role, access::Right::PlayRecorded)) {
        m_review = new ReviewPage{m_context, m_centre};
        m_centre->addWidget(m_review);
    }
    if (access::mayDo(role, access::Right::SeeAlarms)) {
        m_alarmPage = new AlarmPage{m_context, *m_alarms, m_walls == nullptr ? nullptr : &m_walls->hub(), m_centre};
        m_centre->addWidget(m_alarmPage);
        new AlarmSound{*m_alarms, this};
        addPage(Command::MobileResponse, new DispatchPage{m_context, m_centre});
        m_testingPage = addPage(Command::AlarmTests, new TestingPage{m_context, *m_tests, m_centre});
    }
    if (access::mayDo(role, access::Right::ReadLog)) {
        m_incidents = addPage(Command::Incidents, new IncidentPage{m_context, m_centre});
    }
    if (access::mayDo(role, access::Right::SeeServiceFigures)) {
        addPage(Command::ServiceFigures, new FiguresPage{m_context, m_centre});
    }
    if (access::mayDo(role, access::Right::ExportFootage)) {
        addPage(Command::ConvertRecordings, new ConvertPage{m_context, m_centre}, false);
    }
    if (access::mayDo(role, access::Right::EditActionPlans)) {
        addPage(Command::ActionPlans, new PlansPage{m_context, m_centre});
    }
}

template <typename Page>
Page* DeskPage::addPage(Command command, Page* page, bool needsWidth) {
    m_centre->addWidget(page);
    connect(page, &Page::closed, this, &DeskPage::showWall);
    m_pages.emplace(command, CentrePage{page, [page] { page->takeFocus(); }, needsWidth});
    return page;
}

void DeskPage::fillSide() {
    m_side->addList(m_cameras, QStringLiteral("Cameras"), QStringLiteral("Search the camera list (F6)"));
    if (m_walls != nullptr) {
        m_side->addList(&m_walls->library().views(), QStringLiteral("Views"), QStringLiteral("Saved views (Ctrl+O)"));
        m_side->addList(&m_walls->library().sequences(), QStringLiteral("Sequences"),
                        QStringLiteral("Sequences (Ctrl+T)"));
    }
}

void DeskPage::layOut() {
    const PanelWidths widths = window()->width() < narrowWindow ? narrowWidths : usualWidths;
    m_side->setMinimumWidth(narrowWidths.cameras);
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
    layout->addWidget(m_faults);
    layout->addWidget(m_alarmBand);
    layout->addWidget(m_testingBand);
    layout->addWidget(m_splitter, 1);
}

void DeskPage::showCamera(int number) {
    if (m_walls != nullptr) {
        m_walls->showCamera(number);
        m_walls->focusActive();
    }
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
    const QPointer<QWidget> wroteIn = m_topBar->callUpHasFocus() ? m_wroteIn : nullptr;
    m_wroteIn.clear();
    if (wroteIn == nullptr || m_walls == nullptr || !wroteIn->isVisible()) {
        showCamera(number);
        return;
    }
    m_walls->showCamera(number);
    wroteIn->setFocus();
}

void DeskPage::setTileCount(int tiles) {
    if (m_walls != nullptr) {
        m_walls->setTileCount(tiles);
    }
}

void DeskPage::fillWall(int tiles, const std::vector<int>& numbers) {
    setTileCount(tiles);
    WallPage* wall = DeskPage::wall();
    if (wall == nullptr) {
        return;
    }
    for (int tile = 0; tile < tiles && static_cast<std::size_t>(tile) < numbers.size(); ++tile) {
        wall->selectTile(tile);
        wall->showCamera(numbers[static_cast<std::size_t>(tile)]);
    }
    wall->selectTile(0);
}

std::pair<int, int> DeskPage::liveTiles() const {
    int shown = 0;
    int live = 0;
    const WallPage* wall = DeskPage::wall();
    for (int index = 0; wall != nullptr && index < wall->tileCount(); ++index) {
        if (const TileFeed* feed = wall->tile(index).feed()) {
            ++shown;
            live += feed->picture() && feed->status().verdict.state == video::LiveState::Live ? 1 : 0;
        }
    }
    return {shown, live};
}

void DeskPage::review(int number, std::optional<base::UtcTime> at) {
    if (m_review == nullptr || number == 0) {
        return;
    }
    window()->activateWindow();
    m_review->open(number, at);
    m_centre->setCurrentWidget(m_review);
    m_review->setFocus();
}

void DeskPage::showPage(Command command) {
    const auto found = m_pages.find(command);
    if (found == m_pages.end()) {
        return;
    }
    window()->activateWindow();
    m_centre->setCurrentWidget(found->second.widget);
    found->second.takeFocus();
}

void DeskPage::togglePage(Command command) {
    const auto found = m_pages.find(command);
    const bool isShown = found != m_pages.end() && m_centre->currentWidget() == found->second.widget;
    isShown ? showWall() : showPage(command);
}

void DeskPage::goOnWithAlarms() {
    if (m_alarmPage == nullptr) {
        return;
    }
    window()->activateWindow();
    m_centre->setCurrentWidget(m_alarmPage);
    m_alarmPage->goOn();
}

void DeskPage::makeRoomForPage() {
    // The queue, the units and tables stand where the cameras do, and what is beside them needs the width.
    const bool wanted = m_commands.action(Command::ToggleCameras).isChecked();
    const QWidget* shown = m_centre->currentWidget();
    const bool isWide = std::ranges::any_of(
        m_pages, [&](const auto& entry) { return entry.second.widget == shown && entry.second.needsWidth; });
    m_side->setVisible(wanted && !isWide && (m_alarmPage == nullptr || shown != m_alarmPage));
}

void DeskPage::takeSelected(int number) {
    m_selectedCamera = number;
    m_cameras->setCurrentCamera(number);
    if (m_log != nullptr) {
        m_log->setSelectedCamera(number);
    }
    if (m_incidents != nullptr) {
        m_incidents->setSelectedCamera(number);
    }
}

void DeskPage::showWall() {
    if (m_walls == nullptr) {
        m_centre->setCurrentIndex(0);  // the notice that stands there instead
        return;
    }
    m_centre->setCurrentWidget(wall());
    // The arrow keys are the wall's next, but a line that somebody is writing keeps the keyboard.
    if (!isWritingField(QApplication::focusWidget())) {
        wall()->setFocus();
    }
}

void DeskPage::showList(QWidget& list) {
    window()->activateWindow();
    m_commands.action(Command::ToggleCameras).setChecked(true);
    m_side->showList(&list);
}

void DeskPage::showEvent(QShowEvent* event) {
    m_alarms->setSeen(true);
    if (m_walls != nullptr && !event->spontaneous()) {
        m_walls->windows().setShown(true);
    }
}

void DeskPage::hideEvent(QHideEvent* event) {
    m_alarms->setSeen(false);
    // Locked: no monitor shows a picture. A main window that is only minimised leaves the others as they are.
    if (m_walls != nullptr && !event->spontaneous()) {
        m_walls->windows().setShown(false);
    }
}

void DeskPage::togglePanel(QWidget& panel, bool shown) {
    // A hidden panel must not keep the keyboard: digits would go nowhere.
    if (!shown && panel.isAncestorOf(focusWidget())) {
        m_centre->currentWidget()->setFocus();
    }
    panel.setVisible(shown);
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
    if (m_walls != nullptr) {
        setFocusProxy(wall());
        m_walls->windows().recall();
        takeSelected(wall()->cameraNumber(wall()->selectedTile()));
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
