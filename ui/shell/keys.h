#pragma once

#include <QAction>
#include <QKeySequence>
#include <QList>
#include <QObject>
#include <QString>
#include <optional>
#include <unordered_map>

namespace leedswatch::ui {

/// What the operator can have done by a key from anywhere at the desk.
enum class Command {
    OneTile,
    FourTiles,
    NineTiles,
    SixteenTiles,
    Layouts,
    OpenView,
    SaveView,
    OpenSequence,
    MonitorOne,
    MonitorTwo,
    MonitorThree,
    MonitorFour,
    Spot,
    PauseSequence,
    NextOfSequence,
    PreviousOfSequence,
    Alarms,
    ServiceFigures,
    Incidents,
    AlarmTests,
    Review,
    RecordNow,
    CameraHealth,
    FindCamera,
    WriteEntry,
    SearchLog,
    ConvertRecordings,
    ActionPlans,
    MobileResponse,
    CallUp,
    PreviousCamera,
    ShowKeys,
    FullScreen,
    ToggleCameras,
    ToggleLog,
    Lock,
    SignOut,
};

/// Where a command's keys work: anywhere at the desk, or while a wall has the focus. A letter is for walls only: the
/// recordings have letters of their own.
enum class KeyScope { Desk, Wall };

/// One line of the key overview. Those without a command are handled where they are typed.
struct KeyBinding {
    std::optional<Command> command;
    QString group;  ///< of the overview; empty: the line before tells of this key too
    QString what;
    QList<QKeySequence> keys;
    QString keyWords;  ///< for what is not a key sequence: "0 to 9"
    QString icon;
    KeyScope scope = KeyScope::Desk;
};

/// The group of the overview that is about walls.
[[nodiscard]] QString wallKeysTitle();

/// Every key that works from anywhere at the desk, in the order of the overview. Those of a recording work on its page
/// alone: `reviewKeys`.
[[nodiscard]] const QList<KeyBinding>& keyBindings();

/// The commands as actions of a page: their keys work while the page is visible.
class Commands final : public QObject {
    Q_OBJECT

public:
    explicit Commands(QWidget* page);
    [[nodiscard]] QAction& action(Command command) const;
    /// The desk's keys work in this window too.
    void addToWindow(QWidget& page) const;
    /// The walls' keys work while this wall has the focus.
    void addToWall(QWidget& wall) const;

private:
    std::unordered_map<Command, QAction*> m_actions;
};

}  // namespace leedswatch::ui
