#include "ui/wall/tile_commands.h"

#include "ui/motion/motion_dialog.h"
#include "ui/privacy/lift_toggle.h"
#include "ui/privacy/privacy_guard.h"
#include "ui/privacy/zone_dialog.h"
#include "ui/wall/tile_snapshot.h"

#include <QKeyEvent>
#include <array>

namespace leedswatch::ui {

namespace {

using namespace std::chrono_literals;

constexpr double zoomStep = 1.5;
constexpr double panStep = 0.25;

struct Binding {
    TileCommand command;
    const char* what;
    const char* keys;  // as QKeySequence reads them, separated by spaces
};

constexpr std::array bindings{
    Binding{TileCommand::ZoomIn, "Closer (or the wheel)", "+ = Ctrl++ Ctrl+="},
    Binding{TileCommand::ZoomOut, "Less close", "- Ctrl+-"},
    Binding{TileCommand::ZoomOff, "The whole picture", "Ctrl+0"},
    Binding{TileCommand::PanLeft, "Zoomed picture to the left", "Ctrl+Left"},
    Binding{TileCommand::PanRight, "To the right", "Ctrl+Right"},
    Binding{TileCommand::PanUp, "Up", "Ctrl+Up"},
    Binding{TileCommand::PanDown, "Down", "Ctrl+Down"},
    Binding{TileCommand::Snapshot, "Snapshot", "S"},
    Binding{TileCommand::Replay10, "Replay the last 10 s", "R"},
    Binding{TileCommand::Replay30, "Replay the last 30 s", "Shift+R"},
    Binding{TileCommand::Replay60, "Replay the last 60 s", "Ctrl+R"},
    Binding{TileCommand::PauseReplay, "Pause the replay, go on", "P"},
    Binding{TileCommand::StepBack, "One picture back in it", ","},
    Binding{TileCommand::StepForward, "One picture on", "."},
    Binding{TileCommand::EndReplay, "Back to live", "Backspace"},
    Binding{TileCommand::Inspector, "Inspector", "I"},
    Binding{TileCommand::LiftZones, "Lift the privacy zones, hide again", "U"},
    Binding{TileCommand::EditZones, "Privacy zones…", ""},
    Binding{TileCommand::EditMotion, "Watch for motion…", ""},
};

QList<QKeySequence> sequencesOf(const Binding& binding) {
    QList<QKeySequence> keys;
    for (const QString& key : QString::fromLatin1(binding.keys).split(QLatin1Char{' '}, Qt::SkipEmptyParts)) {
        keys.append(QKeySequence{key});
    }
    return keys;
}

}  // namespace

QList<TileKeys> tileKeys() {
    const auto words = [](std::initializer_list<const char*> keys) {
        QStringList all;
        for (const char* key : keys) {
            all.append(QString::fromUtf8(key));
        }
        return all;
    };
    return {
        {QStringLiteral("Closer, less close (or the wheel)"), words({"+", "-"})},
        {QStringLiteral("Move the zoomed picture (or drag)"), words({"Ctrl+← ↑ → ↓"})},
        {QStringLiteral("The whole picture"), words({"Ctrl+0"})},
        {QStringLiteral("Snapshot"), words({"S"})},
        {QStringLiteral("Replay 10 s, 30 s, 60 s"), words({"R", "Shift+R", "Ctrl+R"})},
        {QStringLiteral("Pause it, step, back to live"), words({"P", ",", ".", "Esc"})},
        {QStringLiteral("Inspector"), words({"I"})},
        {QStringLiteral("Lift privacy zones, hide again"), words({"U"})},
    };
}

QList<QKeySequence> tileKeySequences() {
    QList<QKeySequence> all;
    for (const Binding& binding : bindings) {
        all.append(sequencesOf(binding));
    }
    return all;
}

TileCommands::TileCommands(ConsoleContext& context, QWidget& wall, std::function<CameraTile&()> selected)
    : QObject{&wall}, m_context{context}, m_wall{wall}, m_selected{std::move(selected)}, m_snapshots{context, nullptr} {
    for (const Binding& binding : bindings) {
        auto* action = new QAction{QString::fromUtf8(binding.what), &wall};
        action->setShortcuts(sequencesOf(binding));
        action->setShortcutContext(Qt::WidgetShortcut);
        wall.addAction(action);
        m_actions.emplace(binding.command, action);
    }
    connectZoom();
    connectReplay();
    connectPrivacy();
    allowByRole();
    wall.installEventFilter(this);
}

void TileCommands::connectZoom() {
    const auto on = [this](TileCommand command, auto function) {
        connect(&action(command), &QAction::triggered, this, [this, function] { function(m_selected()); });
    };
    on(TileCommand::ZoomIn, [](CameraTile& tile) { tile.zoomBy(zoomStep); });
    on(TileCommand::ZoomOut, [](CameraTile& tile) { tile.zoomBy(1 / zoomStep); });
    on(TileCommand::ZoomOff, [](CameraTile& tile) { tile.resetZoom(); });
    on(TileCommand::PanLeft, [](CameraTile& tile) { tile.pan(-panStep, 0); });
    on(TileCommand::PanRight, [](CameraTile& tile) { tile.pan(panStep, 0); });
    on(TileCommand::PanUp, [](CameraTile& tile) { tile.pan(0, -panStep); });
    on(TileCommand::PanDown, [](CameraTile& tile) { tile.pan(0, panStep); });
    on(TileCommand::Inspector, [](CameraTile& tile) { tile.setInspected(!tile.isInspected()); });
}

void TileCommands::connectReplay() {
    const auto onFeed = [this](TileCommand command, auto function) {
        connect(&action(command), &QAction::triggered, this, [this, function] {
            if (TileFeed* feed = m_selected().feed()) {
                function(*feed);
            }
        });
    };
    onFeed(TileCommand::Replay10, [](TileFeed& feed) { feed.startReplay(10s); });
    onFeed(TileCommand::Replay30, [](TileFeed& feed) { feed.startReplay(30s); });
    onFeed(TileCommand::Replay60, [](TileFeed& feed) { feed.startReplay(60s); });
    onFeed(TileCommand::EndReplay, [](TileFeed& feed) { feed.endReplay(); });
    const auto inReplay = [onFeed](TileCommand command, auto function) {
        onFeed(command, [function](TileFeed& feed) {
            if (TileReplay* replay = feed.replay()) {
                function(*replay);
            }
        });
    };
    inReplay(TileCommand::PauseReplay, [](TileReplay& replay) { replay.togglePause(); });
    inReplay(TileCommand::StepBack, [](TileReplay& replay) { replay.step(-1); });
    inReplay(TileCommand::StepForward, [](TileReplay& replay) { replay.step(1); });
}

void TileCommands::connectPrivacy() {
    connect(&action(TileCommand::Snapshot), &QAction::triggered, this, &TileCommands::takeSnapshot);
    connect(&action(TileCommand::LiftZones), &QAction::triggered, this, &TileCommands::toggleLift);
    connect(&action(TileCommand::EditZones), &QAction::triggered, this, &TileCommands::editZones);
    connect(&action(TileCommand::EditMotion), &QAction::triggered, this, &TileCommands::editMotion);
}

void TileCommands::allowByRole() {
    const auto allow = [this](std::initializer_list<TileCommand> commands, access::Right right) {
        for (const TileCommand command : commands) {
            action(command).setEnabled(access::require(m_context.acting, right).has_value());
        }
    };
    allow({TileCommand::Snapshot}, access::Right::TakeSnapshots);
    allow({TileCommand::Replay10, TileCommand::Replay30, TileCommand::Replay60}, access::Right::PlayRecorded);
    allow({TileCommand::LiftZones}, access::Right::LiftPrivacyZones);
    allow({TileCommand::EditZones}, access::Right::ManagePrivacyZones);
    allow({TileCommand::EditMotion}, access::Right::ManageCameras);
}

void TileCommands::addTo(QMenu& menu) {
    if (m_selected().feed() == nullptr) {
        return;
    }
    menu.addSeparator();
    menu.addAction(&action(TileCommand::Snapshot));
    QMenu* replay = menu.addMenu(QStringLiteral("Replay"));
    replay->setEnabled(action(TileCommand::Replay10).isEnabled());
    for (const TileCommand command : {TileCommand::Replay10, TileCommand::Replay30, TileCommand::Replay60,
                                      TileCommand::PauseReplay, TileCommand::EndReplay}) {
        replay->addAction(&action(command));
    }
    menu.addAction(&action(TileCommand::ZoomOff));
    menu.addAction(&action(TileCommand::Inspector));
    menu.addAction(&action(TileCommand::LiftZones));
    for (const TileCommand command : {TileCommand::EditZones, TileCommand::EditMotion}) {
        if (action(command).isEnabled()) {
            menu.addAction(&action(command));
        }
    }
    menu.addSeparator();
}

bool TileCommands::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        TileFeed* feed = m_selected().feed();
        if (feed != nullptr && feed->replay() != nullptr) {
            feed->endReplay();
            return true;
        }
    }
    return QObject::eventFilter(watched, event);
}

void TileCommands::takeSnapshot() {
    CameraTile& tile = m_selected();
    if (tile.feed() == nullptr || !tile.feed()->picture()) {
        tile.showNotice(tile.feed() == nullptr ? QStringLiteral("No snapshot: there is no camera here")
                                               : QStringLiteral("No snapshot: there is no picture"));
        return;
    }
    auto order = snapshotOf(*tile.feed(), tile.stateText());
    m_snapshots.take(order.subject, std::move(order.picture),
                     [this, place = QPointer{&tile}, camera = tile.feed()->camera().id](const auto& outcome) {
                         // Said where it was taken, unless another camera is there by now.
                         const bool isThere = place && place->feed() != nullptr && place->feed()->camera().id == camera;
                         (isThere ? *place : m_selected()).showNotice(outcome.words);
                     });
}

void TileCommands::toggleLift() {
    CameraTile& tile = m_selected();
    if (tile.feed() == nullptr) {
        return;
    }
    if (const QString notice = ui::toggleLift(m_context, tile.feed()->camera(), m_wall.window()); !notice.isEmpty()) {
        tile.showNotice(notice);
    }
}

void TileCommands::editZones() {
    const TileFeed* feed = m_selected().feed();
    if (feed == nullptr || !feed->view()) {
        return;
    }
    auto* dialog = new ZoneDialog{m_context, feed->camera(),
                                  [view = feed->view()](const SharedMask& mask) { return view->fullPicture(mask); },
                                  m_wall.window()};
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

/// A camera that has no picture now can be set up all the same.
void TileCommands::editMotion() {
    const TileFeed* feed = m_selected().feed();
    if (feed == nullptr) {
        return;
    }
    const auto still = [view = feed->view()](const SharedMask& mask) -> base::Result<video::FullPicture> {
        if (view == nullptr) {
            return base::fail(base::ErrorCode::NotFound, "there is no picture of this camera yet");
        }
        return view->fullPicture(mask);
    };
    auto* dialog = new MotionDialog{m_context, feed->camera(), still, m_wall.window()};
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

}  // namespace leedswatch::ui
