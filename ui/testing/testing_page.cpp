#include "ui/testing/testing_page.h"

#include "ui/common/icons.h"
#include "ui/common/palette.h"
#include "ui/common/theme.h"
#include "ui/testing/calendar_pane.h"
#include "ui/testing/results_pane.h"
#include "ui/testing/running_pane.h"
#include "ui/testing/testing_board.h"
#include "ui/testing/walk_screen.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

namespace leedswatch::ui {

namespace {

enum Tab { OnTest, Calendar, Results };

}  // namespace

TestingPage::TestingPage(ConsoleContext& context, TestingBoard& board, QWidget* parent)
    : QWidget{parent},
      m_board{board},
      m_stack{new QStackedWidget{this}},
      m_tabs{new QTabWidget{this}},
      m_running{new RunningPane{context, board, m_tabs}},
      m_calendar{new CalendarPane{context, board, m_tabs}},
      m_results{new ResultsPane{context, board, m_tabs}},
      m_walk{new WalkScreen{context, board, m_stack}} {
    setObjectName(QStringLiteral("testingPage"));
    m_tabs->setObjectName(QStringLiteral("testingTabWidget"));
    m_tabs->addTab(m_running, QStringLiteral("On test  (Alt+T)"));
    m_tabs->addTab(m_calendar, QStringLiteral("Calendar  (Alt+A)"));
    m_tabs->addTab(m_results, QStringLiteral("Results  (Alt+E)"));
    m_tabs->setTabToolTip(OnTest, QStringLiteral("What is on test now, and the notices of what was"));
    m_tabs->setTabToolTip(Calendar, QStringLiteral("Planned tests: what is due, overdue and to come"));
    m_tabs->setTabToolTip(Results, QStringLiteral("What came of tests, and the zones of premises"));
    auto* front = new QWidget{m_stack};
    auto* layout = new QVBoxLayout{front};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(makeHead(front));
    auto* tabs = new QHBoxLayout;
    tabs->setContentsMargins(8, 0, 8, 8);
    tabs->addWidget(m_tabs);
    layout->addLayout(tabs, 1);
    m_stack->addWidget(front);
    m_stack->addWidget(m_walk);
    auto* all = new QVBoxLayout{this};
    all->setContentsMargins(0, 0, 0, 0);
    all->addWidget(m_stack);
    addKey("Alt+T", OnTest);
    addKey("Alt+A", Calendar);
    addKey("Alt+E", Results);
    connect(m_running, &RunningPane::walkWanted, this, &TestingPage::openWalk);
    connect(m_calendar, &CalendarPane::walkBegun, this, &TestingPage::openWalk);
    connect(m_results, &ResultsPane::walkWanted, this, &TestingPage::openWalk);
    connect(m_walk, &WalkScreen::closed, this, &TestingPage::leaveWalk);
}

QWidget* TestingPage::makeHead(QWidget* parent) {
    auto* head = new QWidget{parent};
    auto* back = new QToolButton{head};
    back->setObjectName(QStringLiteral("closeTestingToolButton"));
    back->setIcon(icons::line(QStringLiteral("close"), palette::textDim));
    back->setToolTip(QStringLiteral("Back to the wall (Esc)"));
    back->setFocusPolicy(Qt::TabFocus);
    theme::setButtonKind(*back, theme::ButtonKind::Quiet);
    connect(back, &QToolButton::clicked, this, &TestingPage::closed);
    auto* layout = new QHBoxLayout{head};
    layout->setContentsMargins(16, 10, 8, 0);
    layout->addWidget(theme::makeText(theme::LabelKind::Title, head, QStringLiteral("Tests of alarm systems")), 1);
    layout->addWidget(back);
    return head;
}

void TestingPage::addKey(const char* keys, int tab) {
    auto* action = new QAction{this};
    action->setShortcut(QKeySequence{QString::fromLatin1(keys)});
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, [this, tab] { goTo(tab); });
    addAction(action);
}

void TestingPage::goTo(int tab) {
    m_stack->setCurrentIndex(0);
    m_tabs->setCurrentIndex(tab);
    takeFocus();
}

void TestingPage::takeFocus() {
    if (m_stack->currentWidget() == m_walk) {
        m_walk->takeFocus();
        return;
    }
    switch (m_tabs->currentIndex()) {
        case Calendar: m_calendar->takeFocus(); break;
        case Results: m_results->takeFocus(); break;
        default: m_running->takeFocus();
    }
}

void TestingPage::openWalk(response::WalkTestId walk) {
    m_walk->open(walk);
    m_stack->setCurrentWidget(m_walk);
    m_walk->takeFocus();
}

void TestingPage::showCalendar() {
    goTo(Calendar);
}

void TestingPage::leaveWalk() {
    m_stack->setCurrentIndex(0);
    takeFocus();
}

void TestingPage::showEvent(QShowEvent* /*event*/) {
    m_board.markSeen();
}

void TestingPage::keyPressEvent(QKeyEvent* event) {
    if (event->key() != Qt::Key_Escape) {
        QWidget::keyPressEvent(event);
    } else if (m_stack->currentWidget() == m_walk) {
        leaveWalk();
    } else {
        Q_EMIT closed();
    }
}

}  // namespace leedswatch::ui
