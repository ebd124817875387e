#include "ui/common/elided_label.h"
#include "ui/common/icons.h"
#include "ui/common/palette.h"
#include "ui/common/theme.h"
#include "ui/testing/walk_screen.h"
#include "ui/testing/zone_grid.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

// How the screen is laid out; what it shows is in walk_screen.cpp, what it asks in walk_questions.cpp.

namespace leedswatch::ui {

namespace {

constexpr int walkMargin = 16;
constexpr int leastLinesWidth = 220;
/// Numerals that are read from two metres away.
constexpr int countSize = 64;
constexpr int newestSize = 34;

QPushButton* makeFootButton(const char* name, const char* text, const char* tip, QWidget* parent) {
    auto* button = new QPushButton{QString::fromUtf8(text), parent};
    button->setObjectName(QString::fromLatin1(name));
    button->setToolTip(QString::fromUtf8(tip));
    button->setAutoDefault(false);
    return button;
}

}  // namespace

WalkScreen::WalkScreen(ConsoleContext& context, TestingBoard& board, QWidget* parent)
    : QWidget{parent},
      m_context{context},
      m_board{board},
      m_place{new ElidedLabel{this}},
      m_until{new QLabel{this}},
      m_warning{theme::makeText(theme::LabelKind::Refusal, this)},
      m_count{new QLabel{this}},
      m_newest{new QLabel{this}},
      m_newestTime{new QLabel{this}},
      m_lines{new QListWidget{this}},
      m_grid{new ZoneGrid{this}},
      m_detail{new ElidedLabel{this}},
      m_feed{context.feed, {"signals", "walk_tests", "test_periods", "alarm_zones"}, this},
      m_worker{*this} {
    setObjectName(QStringLiteral("walkScreen"));
    auto* middle = new QHBoxLayout;
    middle->setSpacing(0);
    middle->addWidget(m_grid, 4);
    middle->addWidget(m_lines, 1);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addWidget(makeHead());
    layout->addWidget(m_warning);
    layout->addWidget(makeHero());
    layout->addLayout(middle, 1);
    layout->addWidget(m_detail);
    layout->addWidget(makeFoot());
    m_soon.setSingleShot(true);
    m_soon.setInterval(150);
    m_second.setInterval(1'000);
    connect(&m_soon, &QTimer::timeout, this, &WalkScreen::read);
    connect(&m_second, &QTimer::timeout, this, &WalkScreen::showTime);
    connect(&m_feed, &FeedListener::changed, this, [this] {
        if (isVisible() && !m_soon.isActive()) {
            m_soon.start();
        }
    });
    connect(m_grid, &ZoneGrid::currentChanged, this, [this] { m_detail->setWholeText(m_grid->currentText()); });
}

QWidget* WalkScreen::makeHead() {
    auto* head = new QWidget{this};
    m_place->setObjectName(QStringLiteral("walkPlaceLabel"));
    m_place->setFont(theme::font(theme::TextSize::Heading, QFont::DemiBold));
    m_until->setObjectName(QStringLiteral("walkUntilLabel"));
    m_until->setFont(theme::font(theme::TextSize::Title));
    m_warning->setObjectName(QStringLiteral("walkWarningLabel"));
    m_warning->setFont(theme::font(theme::TextSize::Title, QFont::DemiBold));
    m_warning->setContentsMargins(walkMargin, 0, walkMargin, 0);
    m_warning->hide();
    auto* back = new QToolButton{head};
    back->setObjectName(QStringLiteral("closeWalkToolButton"));
    back->setIcon(icons::line(QStringLiteral("close"), palette::textDim));
    back->setToolTip(QStringLiteral("Back to the tests; the walk test goes on (Esc)"));
    back->setFocusPolicy(Qt::TabFocus);
    theme::setButtonKind(*back, theme::ButtonKind::Quiet);
    connect(back, &QToolButton::clicked, this, &WalkScreen::closed);
    auto* layout = new QHBoxLayout{head};
    layout->setContentsMargins(walkMargin, 10, 8, 0);
    layout->addWidget(m_place, 1);
    layout->addWidget(m_until);
    layout->addWidget(back);
    return head;
}

QWidget* WalkScreen::makeHero() {
    auto* hero = new QWidget{this};
    m_count->setObjectName(QStringLiteral("walkCountLabel"));
    m_count->setFont(theme::numbers(countSize, QFont::Bold));
    m_newest->setObjectName(QStringLiteral("walkNewestLabel"));
    m_newest->setFont(theme::font(theme::TextSize::Display, QFont::Bold));
    QFont large = m_newest->font();
    large.setPixelSize(newestSize);
    m_newest->setFont(large);
    m_newest->setWordWrap(true);
    // Names come from panels and files: none of them is markup.
    m_newest->setTextFormat(Qt::PlainText);
    m_newestTime->setTextFormat(Qt::PlainText);
    m_newestTime->setWordWrap(true);
    m_newestTime->setObjectName(QStringLiteral("walkNewestTimeLabel"));
    m_newestTime->setFont(theme::font(theme::TextSize::Heading));
    theme::setLabelKind(*m_newestTime, theme::LabelKind::Dim);
    auto* words = new QVBoxLayout;
    words->setSpacing(0);
    words->addStretch();
    words->addWidget(m_newest);
    words->addWidget(m_newestTime);
    words->addStretch();
    auto* layout = new QHBoxLayout{hero};
    layout->setContentsMargins(walkMargin, 0, walkMargin, 0);
    layout->setSpacing(32);
    layout->addWidget(m_count);
    layout->addLayout(words, 1);
    m_lines->setObjectName(QStringLiteral("walkLinesListWidget"));
    m_lines->setAccessibleName(QStringLiteral("What came, the newest first"));
    m_lines->setMinimumWidth(leastLinesWidth);
    m_lines->setFocusPolicy(Qt::NoFocus);
    m_lines->setSelectionMode(QAbstractItemView::NoSelection);
    m_lines->setWordWrap(true);
    m_lines->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    return hero;
}

void WalkScreen::addKey(const char* keys, void (WalkScreen::*does)()) {
    auto* action = new QAction{this};
    action->setShortcut(QKeySequence{QString::fromLatin1(keys)});
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    connect(action, &QAction::triggered, this, does);
    addAction(action);
}

QWidget* WalkScreen::makeFoot() {
    auto* foot = new QWidget{this};
    m_detail->setObjectName(QStringLiteral("walkDetailLabel"));
    m_detail->setContentsMargins(walkMargin, 0, walkMargin, 0);
    m_detail->setFont(theme::font(theme::TextSize::Title));
    m_outstanding = makeFootButton("walkOutstandingPushButton", "Outstanding only  (Alt+O)",
                                   "Show only what has not come, and what nobody expected", foot);
    m_outstanding->setCheckable(true);
    m_zones = makeFootButton("walkZonesPushButton", "Zones…  (Alt+Z)", "The zones that are expected", foot);
    m_learn = makeFootButton("walkLearnPushButton", "Learn zones  (Alt+L)",
                             "Take what came unexpected, and what reported in the last year, into the zones", foot);
    m_prolong =
        makeFootButton("walkProlongPushButton", "Prolong…  (Alt+P)", "Keep the system on test for longer", foot);
    m_finish = makeFootButton("walkFinishPushButton", "Finish…  (Alt+F)", "Keep what came, and the result", foot);
    theme::setButtonKind(*m_finish, theme::ButtonKind::Primary);
    connect(m_outstanding, &QPushButton::clicked, this,
            [this] { m_grid->showOutstandingOnly(m_outstanding->isChecked()); });
    connect(m_zones, &QPushButton::clicked, this, &WalkScreen::editZones);
    connect(m_learn, &QPushButton::clicked, this, &WalkScreen::learnZones);
    connect(m_prolong, &QPushButton::clicked, this, &WalkScreen::prolong);
    connect(m_finish, &QPushButton::clicked, this, &WalkScreen::finish);
    addKey("Alt+O", &WalkScreen::toggleOutstanding);
    addKey("Alt+Z", &WalkScreen::editZones);
    addKey("Alt+L", &WalkScreen::learnZones);
    addKey("Alt+P", &WalkScreen::prolong);
    addKey("Alt+F", &WalkScreen::finish);
    auto* layout = new QHBoxLayout{foot};
    layout->setContentsMargins(walkMargin, 0, walkMargin, 12);
    layout->setSpacing(8);
    for (QPushButton* button : {m_outstanding, m_zones, m_learn}) {
        layout->addWidget(button);
    }
    layout->addStretch();
    layout->addWidget(m_prolong);
    layout->addWidget(m_finish);
    return foot;
}

}  // namespace leedswatch::ui
