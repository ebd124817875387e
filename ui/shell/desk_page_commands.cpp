#include "analytics/tamper_stills.h"
#include "ui/alarms/alarm_band.h"
#include "ui/alarms/alarm_page.h"
#include "ui/cameras/camera_directory.h"
#include "ui/cameras/camera_panel.h"
#include "ui/common/text.h"
#include "ui/health/camera_health_dialog.h"
#include "ui/incidents/incident_page.h"
#include "ui/log/log_panel.h"
#include "ui/review/review_page.h"
#include "ui/shell/desk_page.h"
#include "ui/shell/fault_band.h"
#include "ui/shell/keys_dialog.h"
#include "ui/shell/record_now.h"
#include "ui/shell/side_panel.h"
#include "ui/shell/wall_desk.h"
#include "ui/testing/testing_band.h"
#include "ui/testing/testing_page.h"
#include "ui/wall/wall_page.h"

#include <QApplication>
#include <QMenu>
#include <QStackedWidget>
#include <array>

// What the keys of a desk do, and what its parts tell each other.

namespace leedswatch::ui {

namespace {

/// Each opens a page in the middle of the desk, and closes it again.
constexpr std::array pageCommands{Command::ConvertRecordings, Command::ActionPlans, Command::MobileResponse,
                                  Command::ServiceFigures,    Command::AlarmTests,  Command::Incidents};

/// Those that somebody who may not watch has no use for.
bool isOfWalls(Command command) {
    return command <= Command::PreviousOfSequence || command == Command::PreviousCamera;
}

}  // namespace

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
    for (const Command command : pageCommands) {
        on(command, [this, command] { togglePage(command); });
    }
    on(Command::Alarms, [this] { goOnWithAlarms(); });
    on(Command::RecordNow, [this] { recordNow(); });
    on(Command::CameraHealth, [this] { showHealth(m_selectedCamera); });
    on(Command::FindCamera, [this] {
        showList(*m_cameras);
        m_cameras->focusSearch();
    });
    on(Command::WriteEntry, [this] {
        window()->activateWindow();
        m_commands.action(Command::ToggleLog).setChecked(true);
        m_log->focusEntry();
    });
    on(Command::SearchLog, [this] {
        window()->activateWindow();
        m_commands.action(Command::ToggleLog).setChecked(true);
        m_log->focusSearch();
    });
    on(Command::CallUp, [this] { goToCallUp(); });
    on(Command::ShowKeys, [this] { showKeys(); });
    on(Command::FullScreen, [this] {
        QWidget* const active = QApplication::activeWindow() == nullptr ? window() : QApplication::activeWindow();
        active->setWindowState(active->windowState() ^ Qt::WindowFullScreen);
    });
    on(Command::Lock, [this] { Q_EMIT lockRequested(); });
    on(Command::SignOut, [this] { Q_EMIT signOutRequested(); });
}

void DeskPage::connectWalls() {
    for (const KeyBinding& binding : keyBindings()) {
        if (m_walls == nullptr && binding.command && isOfWalls(*binding.command)) {
            m_commands.action(*binding.command).setEnabled(false);
        }
    }
    if (m_walls == nullptr) {
        return;
    }
    connect(m_walls, &WallDesk::cameraSelected, this, &DeskPage::takeSelected);
    connect(m_walls, &WallDesk::playbackRequested, this, [this](int number) { review(number); });
    connect(m_walls, &WallDesk::cameraMenuOpens, this, [this](QMenu& menu) {
        menu.addAction(&m_commands.action(Command::RecordNow));
        menu.addAction(&m_commands.action(Command::CameraHealth));
    });
    connect(m_walls, &WallDesk::mainWanted, this, &DeskPage::showWall);
    connect(m_cameras, &CameraPanel::cameraPicked, m_walls, &WallDesk::pick);
    connect(&m_commands.action(Command::OpenView), &QAction::triggered, this, [this] {
        showList(m_walls->library().views());
        m_walls->library().views().focusSearch();
    });
    connect(&m_commands.action(Command::OpenSequence), &QAction::triggered, this, [this] {
        showList(m_walls->library().sequences());
        m_walls->library().sequences().focusSearch();
    });
}

void DeskPage::connectPages() {
    for (const Command command : {Command::ToggleCameras, Command::ToggleLog}) {
        m_commands.action(command).setCheckable(true);
        m_commands.action(command).setChecked(true);
    }
    connect(&m_commands.action(Command::ToggleCameras), &QAction::toggled, this,
            [this](bool shown) { togglePanel(*m_side, shown); });
    connect(m_cameras, &CameraPanel::cameraChosen, this, &DeskPage::showCamera);
    connect(m_alarmBand, &AlarmBand::takeRequested, this, &DeskPage::goOnWithAlarms);
    connect(m_centre, &QStackedWidget::currentChanged, this, &DeskPage::makeRoomForPage);
    m_commands.action(Command::Alarms).setEnabled(m_alarmPage != nullptr);
    if (m_alarmPage != nullptr) {
        connect(m_alarmPage, &AlarmPage::closed, this, &DeskPage::showWall);
    }
    for (const Command command : pageCommands) {
        const bool isThere = m_pages.contains(command);
        m_commands.action(command).setEnabled(isThere);
        m_commands.action(command).setVisible(isThere);
    }
    if (m_incidents != nullptr && m_log != nullptr) {
        connect(m_incidents, &IncidentPage::lineWanted, this, [this](qint64 id, const QString& reference) {
            m_commands.action(Command::ToggleLog).setChecked(true);
            m_log->writeTo(id, reference);
        });
    }
    if (m_testingPage != nullptr) {
        connect(m_testingBand, &TestingBand::noticesWanted, this, [this] { showPage(Command::AlarmTests); });
        connect(m_testingBand, &TestingBand::calendarWanted, this, [this] {
            showPage(Command::AlarmTests);
            m_testingPage->showCalendar();
        });
    }
    connect(m_faults, &FaultBand::cameraHealthRequested, this, &DeskPage::showHealth);
    m_commands.action(Command::CameraHealth).setEnabled(analytics::maySeeTamperStills(m_context.acting));
    connect(&m_callUp, &CallUp::confirmed, this, &DeskPage::showCalledUp);
    m_commands.action(Command::Review).setEnabled(m_review != nullptr);
    for (const Command command : {Command::ToggleLog, Command::WriteEntry, Command::SearchLog}) {
        m_commands.action(command).setEnabled(m_log != nullptr);
    }
    if (m_log != nullptr) {
        connect(&m_commands.action(Command::ToggleLog), &QAction::toggled, this,
                [this](bool shown) { togglePanel(*m_log, shown); });
    }
    if (m_review != nullptr) {
        connect(m_review, &ReviewPage::closed, this, &DeskPage::showWall);
    }
}

void DeskPage::recordNow() {
    if (m_walls == nullptr) {
        return;
    }
    WallPage& active = m_walls->active();
    CameraTile& tile = active.tile(active.selectedTile());
    const auto allowed = access::require(m_context.acting, access::Right::RecordNow);
    const estate::Camera* camera = m_directory.find(m_selectedCamera);
    if (!allowed) {
        tile.showNotice(sentenceOf(allowed.error()));
    } else if (camera == nullptr) {
        tile.showNotice(QStringLiteral("Record now: there is no camera here"));
    } else {
        const auto recording = m_walls->recordings().of(camera->id);
        askToRecordNow(m_context, *camera, recording ? std::optional{recording->until} : std::nullopt, &tile, this);
    }
}

void DeskPage::showHealth(int number) {
    const estate::Camera* camera = m_directory.find(number);
    if (camera == nullptr) {
        if (m_walls != nullptr) {
            WallPage& active = m_walls->active();
            active.tile(active.selectedTile()).showNotice(QStringLiteral("How well it sees: there is no camera here"));
        }
        return;
    }
    auto* dialog = new CameraHealthDialog{m_context, *camera, window()};
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CameraHealthDialog::recordingRequested, this, &DeskPage::review);
    dialog->open();
}

void DeskPage::showKeys() {
    auto* dialog = new KeysDialog{window()};
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

}  // namespace leedswatch::ui
