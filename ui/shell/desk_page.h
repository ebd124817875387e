#pragma once

#include "ui/common/console_context.h"
#include "ui/shell/call_up.h"
#include "ui/shell/desk_memory.h"
#include "ui/shell/keys.h"

#include <QPointer>
#include <QWidget>
#include <functional>
#include <map>
#include <optional>
#include <utility>
#include <vector>

class QSplitter;
class QStackedWidget;

namespace leedswatch::ui {

class AlarmBand;
class AlarmBoard;
class AlarmPage;
class CameraDirectory;
class CameraPanel;
class FaultBand;
class IncidentPage;
class LogPanel;
class ReviewPage;
class SidePanel;
class TestingBand;
class TestingBoard;
class TestingPage;
class TopBar;
class WallDesk;
class WallPage;

/// Where one person works: cameras at the left, the wall, a recording or the alarms in the middle, the incident log at
/// the right.
/// Made at sign-in for that person's rights, gone at sign-out.
class DeskPage final : public QWidget {
    Q_OBJECT

public:
    DeskPage(ConsoleContext& context, CameraDirectory& directory, QWidget* parent = nullptr);
    ~DeskPage() override;

    /// The wall of this window; null if the person may not watch.
    [[nodiscard]] WallPage* wall() const;
    /// All walls; null likewise.
    [[nodiscard]] WallDesk* walls() const { return m_walls; }
    void showCamera(int number);
    void setTileCount(int tiles);
    /// Puts these cameras into the tiles of a layout, in order.
    void fillWall(int tiles, const std::vector<int>& numbers);
    /// How many tiles show a camera, and how many of these are live.
    [[nodiscard]] std::pair<int, int> liveTiles() const;
    /// Opens the recordings of a camera, at that time or the newest; nothing happens if the person may not play them.
    void review(int number, std::optional<base::UtcTime> at = std::nullopt);

Q_SIGNALS:
    void lockRequested();
    void signOutRequested();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void makeCentre();
    void fillSide();
    void showList(QWidget& list);
    void layOut();
    void connectCommands();
    void connectWalls();
    void connectPages();
    /// A page in the middle that a key opens, and closes again.
    struct CentrePage {
        QWidget* widget;
        std::function<void()> takeFocus;
        bool needsWidth = true;  ///< the list of cameras gives its room to it
    };
    template <typename Page>
    Page* addPage(Command command, Page* page, bool needsWidth = true);
    void showPage(Command command);
    void togglePage(Command command);
    void goOnWithAlarms();
    void makeRoomForPage();
    void goToCallUp();
    void showCalledUp(int number);
    void takeSelected(int number);
    void recordNow();
    /// Of that camera; a notice where there is none.
    void showHealth(int number);
    void showWall();
    void togglePanel(QWidget& panel, bool shown);
    void showKeys();
    void recall();
    void remember();

    ConsoleContext& m_context;
    CameraDirectory& m_directory;
    DeskMemory m_memory;
    Commands m_commands;
    CallUp m_callUp;
    CallUpKeys* m_callUpKeys;
    TopBar* m_topBar;
    QSplitter* m_splitter;
    FaultBand* m_faults;
    AlarmBoard* m_alarms;
    AlarmBand* m_alarmBand;
    TestingBoard* m_tests;
    TestingBand* m_testingBand;
    SidePanel* m_side;
    CameraPanel* m_cameras;
    QStackedWidget* m_centre;
    WallDesk* m_walls = nullptr;
    ReviewPage* m_review = nullptr;
    AlarmPage* m_alarmPage = nullptr;       ///< null if the person may not see alarms
    TestingPage* m_testingPage = nullptr;   ///< likewise
    IncidentPage* m_incidents = nullptr;    ///< null if the person may not read the log
    LogPanel* m_log = nullptr;              ///< null if the person may not read the log
    std::map<Command, CentrePage> m_pages;  ///< those that this person's rights give
    int m_selectedCamera = 0;
    QPointer<QWidget> m_wroteIn;  ///< where the keyboard was when it went to the call-up
};

}  // namespace leedswatch::ui
