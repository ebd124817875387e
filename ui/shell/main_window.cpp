#include "ui/shell/main_window.h"

#include "response/alarm_queue.h"
#include "ui/common/text.h"
#include "ui/privacy/privacy_guard.h"
#include "ui/shell/desk_page.h"
#include "ui/shell/keyboard_return.h"
#include "ui/shell/status_bar.h"
#include "ui/signin/access_flow.h"

#include <QCloseEvent>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <utility>

namespace leedswatch::ui {

MainWindow::MainWindow(ConsoleContext& context, CameraDirectory& directory, StationLink& station, Kind kind,
                       QWidget* parent)
    : QMainWindow{parent},
      m_context{context},
      m_directory{directory},
      m_pages{new QStackedWidget{this}},
      m_access{new AccessFlow{context.people, m_pages}},
      m_statusBar{new StatusBar{directory, station, context.dataFolder, kind == Kind::Demo, this}},
      m_worker{*this} {
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(kind == Kind::Demo ? QStringLiteral("Leedswatch · DEMO") : QStringLiteral("Leedswatch"));
    setMinimumSize(1024, 680);
    m_pages->addWidget(m_access);
    auto* centre = new QWidget{this};
    auto* layout = new QVBoxLayout{centre};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_statusBar);
    setCentralWidget(centre);
    new KeyboardReturn{this};
    connect(m_access, &AccessFlow::signedIn, this, &MainWindow::admit);
    connect(m_pages, &QStackedWidget::currentChanged, this,
            [this] { m_statusBar->setKeysHint(m_desk != nullptr && m_pages->currentWidget() == m_desk); });
}

base::Result<void> MainWindow::begin() {
    m_pages->setCurrentWidget(m_access);
    return m_access->begin();
}

void MainWindow::enter(const access::Acting& acting) {
    endSession();
    m_context.acting = acting;
    m_desk = new DeskPage{m_context, m_directory, m_pages};
    connect(m_desk, &DeskPage::lockRequested, this, &MainWindow::lock);
    // Queued: the desk is deleted by it, and must not be while its own signal runs.
    connect(m_desk, &DeskPage::signOutRequested, this, &MainWindow::signOut, Qt::QueuedConnection);
    m_pages->addWidget(m_desk);
    m_pages->setCurrentWidget(m_desk);
    m_desk->setFocus();
    Q_EMIT entered();
}

void MainWindow::lock() {
    if (m_desk == nullptr) {
        return;
    }
    m_context.privacy.restoreAll(estate::LiftEnd::DeskLocked);
    m_pages->setCurrentWidget(m_access);
    m_access->showLocked(m_context.acting);
}

void MainWindow::signOut() {
    if (m_desk == nullptr) {
        return;
    }
    endSession();
    m_pages->setCurrentWidget(m_access);
    m_access->showSignIn();
}

void MainWindow::setDemoPeople(const std::vector<DemoPerson>& people) {
    m_access->setDemoPeople(people);
}

void MainWindow::showPage(QWidget* page) {
    if (m_pages->indexOf(page) < 0) {
        m_pages->addWidget(page);
    }
    m_pages->setCurrentWidget(page);
}

void MainWindow::closeEvent(QCloseEvent* event) {
    endSession();
    event->accept();
}

void MainWindow::admit(const access::Acting& acting) {
    // The person who locked the desk finds it as it was; anybody else gets a desk of their own.
    if (m_desk != nullptr && acting.id == m_context.acting.id) {
        m_context.acting = acting;
        m_pages->setCurrentWidget(m_desk);
        m_desk->setFocus();
        return;
    }
    enter(acting);
}

void MainWindow::endSession() {
    if (m_desk == nullptr) {
        return;
    }
    m_context.privacy.restoreAll(estate::LiftEnd::SignedOut);
    delete std::exchange(m_desk, nullptr);
    m_worker.run(
        [people = &m_context.people, database = &m_context.database, acting = std::exchange(m_context.acting, {})] {
            // What somebody had in hand waits for the others, who would see only that it is being dealt with.
            const auto released = response::AlarmQueue{*database}.releaseAll(acting);
            const auto signedOut = people->signOut(acting);
            return released ? signedOut : base::Result<void>{base::fail(released.error())};
        },
        [this](const base::Result<void>& result) {
            if (!result) {
                m_statusBar->showProblem(sentenceOf(result.error()));
            }
        });
}

}  // namespace leedswatch::ui
