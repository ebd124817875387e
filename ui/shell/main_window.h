#pragma once

#include "ui/common/console_context.h"
#include "ui/common/worker.h"
#include "ui/signin/sign_in_page.h"

#include <QMainWindow>
#include <vector>

class QStackedWidget;

namespace leedswatch::ui {

class AccessFlow;
class CameraDirectory;
class DeskPage;
class StationLink;
class StatusBar;

/// The console's window: the way in, or the desk of the person who is signed in, over the status bar.
class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    enum class Kind { Room, Demo };

    MainWindow(ConsoleContext& context, CameraDirectory& directory, StationLink& station, Kind kind,
               QWidget* parent = nullptr);

    /// Shows the page that comes first. Error: the store could not be read.
    [[nodiscard]] base::Result<void> begin();
    /// The desk of this person, who has been let in.
    void enter(const access::Acting& acting);
    /// Back to the sign-in page; the pictures are hidden, what was being written stays.
    void lock();
    void signOut();

    void setDemoPeople(const std::vector<DemoPerson>& people);
    /// A page of its own in place of the way in, until `begin` or `enter`: the demo being set up.
    void showPage(QWidget* page);
    /// Null while nobody is signed in.
    [[nodiscard]] DeskPage* desk() const { return m_desk; }

Q_SIGNALS:
    void entered();

protected:
    void closeEvent(QCloseEvent* event) override;

private:
    void admit(const access::Acting& acting);
    /// The desk goes, and its person is signed out.
    void endSession();

    ConsoleContext& m_context;
    CameraDirectory& m_directory;
    QStackedWidget* m_pages;
    AccessFlow* m_access;
    DeskPage* m_desk = nullptr;
    StatusBar* m_statusBar;
    Worker m_worker;
};

}  // namespace leedswatch::ui
