#include "ui/shell/monitor_window.h"

#include "ui/common/icons.h"
#include "ui/common/theme.h"
#include "ui/shell/call_up_display.h"
#include "ui/shell/keys.h"
#include "ui/shell/layout_chooser.h"
#include "ui/wall/layout_icon.h"

#include <QCloseEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>

namespace leedswatch::ui {

namespace {

constexpr int headHeight = 48;

}  // namespace

MonitorWindow::MonitorWindow(WallHub& hub, const Commands& commands, CallUp& callUp, int number)
    : m_wall{new WallPage{hub, number, this}},
      m_head{new QWidget{this}},
      m_target{new QLabel{this}},
      m_callUp{new CallUpDisplay{callUp, this}},
      m_layout{new QToolButton{this}},
      m_screens{new QToolButton{this}} {
    setObjectName(QStringLiteral("monitorWindow"));
    setWindowTitle(QStringLiteral("Leedswatch · monitor %1").arg(number));
    setMinimumSize(640, 400);
    commands.addToWindow(*this);
    commands.addToWall(*m_wall);
    layOut();
    connect(m_layout, &QToolButton::clicked, this, &MonitorWindow::chooseLayout);
    connect(m_wall, &WallPage::layoutChanged, this,
            [this] { m_layout->setIcon(layoutIcon(*WallLayout::find(m_wall->tileCount()))); });
    setActiveWall(false);
    setFocusProxy(m_wall);
}

void MonitorWindow::layOut() {
    m_head->setObjectName(QStringLiteral("topBar"));
    m_head->setAttribute(Qt::WA_StyledBackground);
    m_head->setFixedHeight(headHeight);
    auto* name = new QLabel{QStringLiteral("Monitor %1").arg(number()), m_head};
    theme::setLabelKind(*name, theme::LabelKind::Title);
    m_target->setObjectName(QStringLiteral("callUpTarget"));
    m_callUp->setMaximumWidth(460);
    const auto prepare = [](QToolButton& button, const QString& toolTip) {
        button.setToolTip(toolTip);
        button.setAccessibleName(toolTip);
        button.setIconSize({20, 20});
        button.setFocusPolicy(Qt::TabFocus);
        button.setFixedSize(36, 36);
        theme::setButtonKind(button, theme::ButtonKind::Quiet);
    };
    prepare(*m_layout, QStringLiteral("Any layout: then its number (F12)"));
    m_layout->setIcon(layoutIcon(*WallLayout::find(m_wall->tileCount())));
    prepare(*m_screens, QStringLiteral("Full screen (F11)"));
    m_screens->setIcon(icons::line(QStringLiteral("full-screen")));
    m_screens->setPopupMode(QToolButton::InstantPopup);
    auto* menu = new QMenu{m_screens};
    connect(menu, &QMenu::aboutToShow, this, [this, menu] { fillScreens(*menu); });
    m_screens->setMenu(menu);
    auto* close = new QToolButton{m_head};
    prepare(*close, QStringLiteral("Close this window; its cameras are kept"));
    close->setIcon(icons::line(QStringLiteral("close")));
    connect(close, &QToolButton::clicked, this, &QWidget::close);

    auto* head = new QHBoxLayout{m_head};
    head->setContentsMargins(16, 0, 12, 0);
    head->setSpacing(8);
    head->addWidget(name);
    head->addWidget(m_layout);
    head->addWidget(m_target, 0, Qt::AlignVCenter);
    head->addStretch(1);
    head->addWidget(m_callUp, 4);
    head->addStretch(1);
    head->addWidget(m_screens);
    head->addWidget(close);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_head);
    layout->addWidget(m_wall, 1);
}

void MonitorWindow::setActiveWall(bool active) {
    m_wall->setActive(active);
    theme::setStyleProperty(*m_target, "active", active);
    m_target->setText(active ? QStringLiteral("CALL-UPS COME HERE")
                             : QStringLiteral("Alt+%1 or a click").arg(number()));
    m_callUp->setVisible(active);
}

WindowPlace MonitorWindow::place() const {
    return {isFullScreen() ? geometry() : m_normal, isFullScreen()};
}

void MonitorWindow::setPlace(const WindowPlace& place) {
    if (!place.isFullScreen) {
        setWindowState(windowState() & ~Qt::WindowFullScreen);
    }
    setGeometry(place.geometry);
    if (place.isFullScreen) {
        setWindowState(windowState() | Qt::WindowFullScreen);
    }
}

void MonitorWindow::toggleFullScreen() {
    setWindowState(windowState() ^ Qt::WindowFullScreen);
}

void MonitorWindow::chooseLayout() {
    auto* chooser = new LayoutChooser{m_wall->tileCount(), this};
    connect(chooser, &LayoutChooser::chosen, m_wall, &WallPage::setTileCount);
    chooser->showUnder(*m_layout);
}

void MonitorWindow::fillScreens(QMenu& menu) {
    menu.clear();
    int number = 0;
    for (const ScreenInfo& screen : screensNow()) {
        ++number;
        menu.addAction(QStringLiteral("Full screen on screen %1 (%2, %3 × %4)")
                           .arg(number)
                           .arg(screen.name)
                           .arg(screen.geometry.width())
                           .arg(screen.geometry.height()),
                       this, [this, screen] {
                           setWindowState(windowState() & ~Qt::WindowFullScreen);
                           setPlace({screen.geometry, true});
                       });
    }
    menu.addAction(isFullScreen() ? QStringLiteral("No longer full screen") : QStringLiteral("Full screen here"), this,
                   &MonitorWindow::toggleFullScreen);
}

void MonitorWindow::closeEvent(QCloseEvent* event) {
    event->accept();
    Q_EMIT closed(number());
}

void MonitorWindow::moveEvent(QMoveEvent* /*event*/) {
    if (!isFullScreen()) {
        m_normal = geometry();
    }
    Q_EMIT placeChanged(number());
}

void MonitorWindow::resizeEvent(QResizeEvent* /*event*/) {
    if (!isFullScreen()) {
        m_normal = geometry();
    }
    Q_EMIT placeChanged(number());
}

void MonitorWindow::changeEvent(QEvent* event) {
    if (event->type() == QEvent::WindowStateChange) {
        Q_EMIT placeChanged(number());
    }
    QWidget::changeEvent(event);
}

}  // namespace leedswatch::ui
