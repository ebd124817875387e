#include "ui/shell/keys.h"

#include "ui/common/icons.h"

#include <QWidget>

namespace leedswatch::ui {

namespace {

QKeySequence key(const char* text) {
    return QKeySequence{QString::fromLatin1(text)};
}

QList<KeyBinding> makeBindings() {
    const QString call = QStringLiteral("Call up a camera");
    const QString wall = wallKeysTitle();
    const QString log = QStringLiteral("Incident log");
    const QString desk = QStringLiteral("Desk");
    return {
        {{}, call, QStringLiteral("Camera number"), {}, QStringLiteral("0 … 9"), {}},
        {{}, call, QStringLiteral("Show it in the selected tile"), {}, QStringLiteral("Enter"), {}},
        {{}, call, QStringLiteral("Clear the number"), {}, QStringLiteral("Esc"), {}},
        {Command::PreviousCamera, call, QStringLiteral("Previous camera of the tile"), {key("/")}, {}, {}},
        {Command::CallUp, call, QStringLiteral("Call-up, from a text field"), {key("F9"), key("Ctrl+K")}, {}, {}},
        {Command::FindCamera, call, QStringLiteral("Search the camera list"), {key("F6"), key("Ctrl+F")}, {}, {}},
        {Command::Alarms,
         QStringLiteral("Alarms"),
         QStringLiteral("Take the next alarm, go on with yours"),
         {key("#"), key("Ctrl+E")},
         {},
         QStringLiteral("bell")},
        {{},
         QStringLiteral("Alarms"),
         QStringLiteral("Do the step, choose what came of it"),
         {},
         QStringLiteral("Enter, ↓"),
         {}},
        {{},
         QStringLiteral("Alarms"),
         QStringLiteral("Note, put off, forward"),
         {},
         QStringLiteral("Alt+N, Alt+P, Alt+F"),
         {}},
        {Command::MobileResponse,
         QStringLiteral("Alarms"),
         QStringLiteral("Mobile response and keys"),
         {key("Ctrl+Shift+D")},
         {},
         {}},
        {Command::ServiceFigures,
         QStringLiteral("Alarms"),
         QStringLiteral("Service figures"),
         {key("Ctrl+Shift+S")},
         {},
         {}},
        {Command::AlarmTests,
         QStringLiteral("Alarms"),
         QStringLiteral("Tests: on test, calendar, walk test"),
         {key("Ctrl+Shift+T")},
         {},
         {}},
        {{}, wall, QStringLiteral("1, 4, 9, 16 tiles"), {}, QStringLiteral("F1 … F4"), {}},
        {Command::OneTile, {}, QStringLiteral("1 tile"), {key("F1")}, {}, {}},
        {Command::FourTiles, {}, QStringLiteral("4 tiles"), {key("F2")}, {}, {}},
        {Command::NineTiles, {}, QStringLiteral("9 tiles"), {key("F3")}, {}, {}},
        {Command::SixteenTiles, {}, QStringLiteral("16 tiles"), {key("F4")}, {}, {}},
        {Command::Layouts, wall, QStringLiteral("Any layout: then its number"), {key("F12")}, {}, {}},
        {Command::OpenView, wall, QStringLiteral("Saved views"), {key("Ctrl+O")}, {}, {}},
        {Command::SaveView, wall, QStringLiteral("Save the wall as a view"), {key("Ctrl+S")}, {}, {}},
        {Command::OpenSequence, wall, QStringLiteral("Sequences"), {key("Ctrl+T")}, {}, {}},
        {Command::MonitorOne,
         wall,
         QStringLiteral("Go to a monitor, open it"),
         {key("Alt+1")},
         QStringLiteral("Alt+1 … Alt+4"),
         {}},
        {Command::MonitorTwo, {}, QStringLiteral("Monitor 2"), {key("Alt+2")}, {}, {}},
        {Command::MonitorThree, {}, QStringLiteral("Monitor 3"), {key("Alt+3")}, {}, {}},
        {Command::MonitorFour, {}, QStringLiteral("Monitor 4"), {key("Alt+4")}, {}, {}},
        {Command::PauseSequence, wall, QStringLiteral("Pause the sequence"), {key("Space")}, {}, {}, KeyScope::Wall},
        {Command::NextOfSequence, wall, QStringLiteral("Its next camera"), {key("PgDown")}, {}, {}, KeyScope::Wall},
        {Command::PreviousOfSequence, wall, QStringLiteral("The one before"), {key("PgUp")}, {}, {}, KeyScope::Wall},
        {Command::Spot, wall, QStringLiteral("Spot on and off"), {key("*")}, {}, {}},
        {Command::Review, wall, QStringLiteral("Recordings of the camera"), {key("F5")}, {}, QStringLiteral("review")},
        {Command::RecordNow, wall, QStringLiteral("Record the camera now"), {key("Ctrl+Shift+R")}, {}, {}},
        {Command::CameraHealth, wall, QStringLiteral("How well the camera sees"), {key("Ctrl+Shift+V")}, {}, {}},
        {Command::WriteEntry, log, QStringLiteral("New entry"), {key("F7")}, {}, {}},
        {{}, log, QStringLiteral("Save the entry"), {key("Ctrl+Return")}, {}, {}},
        {{}, log, QStringLiteral("Category, camera, incident, book"), {}, QStringLiteral("Alt+C, M, I, B"), {}},
        {{}, log, QStringLiteral("Open an incident with it"), {}, QStringLiteral("Ctrl+Shift+Enter"), {}},
        {Command::Incidents, log, QStringLiteral("Incidents"), {key("Ctrl+Shift+I")}, {}, {}},
        {Command::SearchLog, log, QStringLiteral("Search the log"), {key("F8")}, {}, {}},
        {Command::ConvertRecordings, desk, QStringLiteral("Convert old recordings"), {key("Ctrl+Shift+C")}, {}, {}},
        {Command::ActionPlans, desk, QStringLiteral("Action plans and rules"), {key("Ctrl+Shift+P")}, {}, {}},
        {Command::ToggleCameras,
         desk,
         QStringLiteral("Camera list"),
         {key("Ctrl+B")},
         {},
         QStringLiteral("panel-left")},
        {Command::ToggleLog, desk, QStringLiteral("Incident log"), {key("Ctrl+J")}, {}, QStringLiteral("panel-right")},
        {Command::ShowKeys, desk, QStringLiteral("All keys"), {key("F10"), key("?")}, {}, QStringLiteral("keyboard")},
        {Command::FullScreen, desk, QStringLiteral("Full screen"), {key("F11")}, {}, QStringLiteral("full-screen")},
        {Command::Lock, desk, QStringLiteral("Lock the desk"), {key("Ctrl+L")}, {}, QStringLiteral("lock")},
        {Command::SignOut, desk, QStringLiteral("Sign out"), {key("Ctrl+Shift+Q")}, {}, QStringLiteral("sign-out")},
    };
}

}  // namespace

QString wallKeysTitle() {
    return QStringLiteral("Wall");
}

const QList<KeyBinding>& keyBindings() {
    static const QList<KeyBinding> bindings = makeBindings();
    return bindings;
}

Commands::Commands(QWidget* page) : QObject{page} {
    for (const KeyBinding& binding : keyBindings()) {
        if (!binding.command) {
            continue;
        }
        auto* action = new QAction{binding.what, page};
        action->setShortcuts(binding.keys);
        action->setShortcutContext(binding.scope == KeyScope::Wall ? Qt::WidgetShortcut : Qt::WindowShortcut);
        action->setAutoRepeat(false);
        action->setToolTip(
            QStringLiteral("%1 (%2)").arg(binding.what, binding.keys.first().toString(QKeySequence::NativeText)));
        if (!binding.icon.isEmpty()) {
            action->setIcon(icons::line(binding.icon));
        }
        m_actions.emplace(*binding.command, action);
    }
    addToWindow(*page);
}

QAction& Commands::action(Command command) const {
    return *m_actions.at(command);
}

void Commands::addToWindow(QWidget& page) const {
    for (const auto& [command, action] : m_actions) {
        if (action->shortcutContext() == Qt::WindowShortcut) {
            page.addAction(action);
        }
    }
}

void Commands::addToWall(QWidget& wall) const {
    for (const auto& [command, action] : m_actions) {
        if (action->shortcutContext() == Qt::WidgetShortcut) {
            wall.addAction(action);
        }
    }
}

}  // namespace leedswatch::ui
