#pragma once

#include "ui/shell/library_desk.h"
#include "ui/shell/wall_windows.h"
#include "ui/wall/wall_hub.h"
#include "ui/wall/wall_page.h"

#include <QObject>
#include <QPointer>

namespace leedswatch::ui {

class CallUp;
class CallUpKeys;
class Commands;
class TopBar;

/// The walls of a desk as one: the commands that concern a wall go to the active one, the spots of all follow what is
/// picked anywhere, and the top bar says which layout and which wall that is.
class WallDesk final : public QObject {
    Q_OBJECT

public:
    /// What of the desk it works with; all outlive this but the wall of the main window, which `centre` may delete.
    struct Parts {
        ConsoleContext& context;
        CameraDirectory& directory;
        const Commands& commands;
        CallUp& callUp;
        CallUpKeys& keys;
        TopBar& topBar;
    };
    WallDesk(const Parts& parts, QWidget* centre, QWidget* desk);
    ~WallDesk() override;

    /// The wall of the main window.
    [[nodiscard]] WallPage& main() const { return *m_main; }
    [[nodiscard]] WallPage& active() const { return m_windows->active(); }
    [[nodiscard]] WallWindows& windows() const { return *m_windows; }
    [[nodiscard]] const HandRecordings& recordings() const { return m_hub.recordings(); }
    [[nodiscard]] WallHub& hub() { return m_hub; }
    [[nodiscard]] LibraryDesk& library() const { return *m_library; }
    /// In the selected tile of the active wall.
    void showCamera(int number);
    /// The keyboard goes to the active wall.
    void focusActive();
    void setTileCount(int tiles);
    /// For the spots.
    void pick(int number);

Q_SIGNALS:
    /// Of the active wall; 0: its selected tile shows none.
    void cameraSelected(int number);
    void playbackRequested(int number);
    void cameraMenuOpens(QMenu& menu);
    /// The main window's wall is needed in front.
    void mainWanted();

private:
    void connectCommands();
    void connectWall(WallPage& wall);
    void bringUp();
    void showTarget();

    const Parts m_parts;
    WallHub m_hub;
    QPointer<WallPage> m_main;
    WallWindows* m_windows;
    LibraryDesk* m_library;
};

}  // namespace leedswatch::ui
