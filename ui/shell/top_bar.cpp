#include "ui/shell/top_bar.h"

#include "ui/common/icons.h"
#include "ui/common/theme.h"
#include "ui/shell/call_up_display.h"
#include "ui/shell/clock_display.h"
#include "ui/shell/keys.h"
#include "ui/shell/layout_chooser.h"
#include "ui/shell/person_button.h"
#include "ui/wall/layout_icon.h"
#include "ui/wall/wall_layout.h"

#include <QAction>
#include <QActionGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QToolButton>

namespace leedswatch::ui {

namespace {

constexpr int topBarHeight = 56;
constexpr int iconSize = 20;

}  // namespace

TopBar::TopBar(const Commands& commands, CallUp& callUp, const base::Clock& clock, const access::Acting& acting,
               QWidget* parent)
    : QWidget{parent}, m_callUp{new CallUpDisplay{callUp, this}}, m_otherLayout{new QToolButton{this}} {
    setObjectName(QStringLiteral("topBar"));
    setAttribute(Qt::WA_StyledBackground);
    setFixedHeight(topBarHeight);
    auto* mark = new QLabel{this};
    mark->setPixmap(icons::application().pixmap(QSize{32, 32}, devicePixelRatioF()));
    m_callUp->setMaximumWidth(520);

    auto* layout = new QHBoxLayout{this};
    layout->setContentsMargins(16, 0, 12, 0);
    layout->setSpacing(8);
    layout->addWidget(mark);
    layout->addSpacing(4);
    layout->addWidget(makeButton(commands.action(Command::ToggleCameras)));
    layout->addWidget(makeLayoutButtons(commands));
    layout->addWidget(makeButton(commands.action(Command::Review)));
    layout->addWidget(makeButton(commands.action(Command::Alarms)));
    layout->addStretch(1);
    layout->addWidget(m_callUp, 4);
    layout->addStretch(1);
    layout->addWidget(new ClockDisplay{clock, this});
    layout->addWidget(makePerson(commands, acting));
    layout->addWidget(makeButton(commands.action(Command::ShowKeys)));
    layout->addWidget(makeButton(commands.action(Command::Lock)));
    layout->addWidget(makeButton(commands.action(Command::ToggleLog)));
}

void TopBar::focusCallUp() {
    m_callUp->setFocus(Qt::ShortcutFocusReason);
}

bool TopBar::callUpHasFocus() const {
    return m_callUp->hasFocus();
}

QWidget* TopBar::makeLayoutButtons(const Commands& commands) {
    auto* segments = new QWidget{this};
    segments->setObjectName(QStringLiteral("segments"));
    segments->setAttribute(Qt::WA_StyledBackground);
    segments->setFixedHeight(40);
    auto* layout = new QHBoxLayout{segments};
    layout->setContentsMargins(3, 3, 3, 3);
    layout->setSpacing(2);
    auto* group = new QActionGroup{segments};
    group->setExclusionPolicy(QActionGroup::ExclusionPolicy::ExclusiveOptional);
    const auto add = [&](QToolButton* button) {
        button->setIconSize({iconSize, iconSize});
        button->setFocusPolicy(Qt::TabFocus);
        button->setFixedSize(36, 32);
        layout->addWidget(button);
    };
    for (const auto& [command, tiles] : {std::pair{Command::OneTile, 1},
                                         {Command::FourTiles, 4},
                                         {Command::NineTiles, 9},
                                         {Command::SixteenTiles, 16}}) {
        QAction& action = commands.action(command);
        action.setIcon(layoutIcon(*WallLayout::find(tiles)));
        action.setCheckable(true);
        group->addAction(&action);
        m_layoutActions.emplace(tiles, &action);
        auto* button = new QToolButton{segments};
        button->setDefaultAction(&action);
        add(button);
    }
    QAction& other = commands.action(Command::Layouts);
    m_otherLayout->setParent(segments);
    m_otherLayout->setObjectName(QStringLiteral("otherLayoutToolButton"));
    m_otherLayout->setCheckable(true);
    m_otherLayout->setToolTip(other.toolTip());
    connect(m_otherLayout, &QToolButton::clicked, &other, &QAction::trigger);
    add(m_otherLayout);
    m_otherLayout->setFixedWidth(44);
    return segments;
}

void TopBar::setLayout(int tiles) {
    m_layout = tiles;
    for (const auto& [count, action] : m_layoutActions) {
        action->setChecked(count == tiles);
    }
    const bool hasOwnKey = m_layoutActions.contains(tiles);
    m_otherLayout->setChecked(!hasOwnKey);
    m_otherLayout->setIcon(hasOwnKey ? icons::line(QStringLiteral("chevron-down"))
                                     : layoutIcon(*WallLayout::find(tiles)));
}

void TopBar::setTarget(int monitor) {
    m_callUp->setTarget(monitor == 1 ? 0 : monitor);
}

void TopBar::chooseLayout() {
    auto* chooser = new LayoutChooser{m_layout, this};
    connect(chooser, &LayoutChooser::chosen, this, &TopBar::layoutChosen);
    chooser->showUnder(*m_otherLayout);
    setLayout(m_layout);
}

QWidget* TopBar::makePerson(const Commands& commands, const access::Acting& acting) {
    auto* button = new PersonButton{acting, this};
    auto* menu = new QMenu{button};
    for (const Command command : {Command::Incidents, Command::MobileResponse, Command::AlarmTests,
                                  Command::ServiceFigures, Command::ActionPlans, Command::ConvertRecordings}) {
        menu->addAction(&commands.action(command));
    }
    menu->addSeparator();
    menu->addAction(&commands.action(Command::ShowKeys));
    menu->addAction(&commands.action(Command::FullScreen));
    menu->addSeparator();
    menu->addAction(&commands.action(Command::Lock));
    menu->addAction(&commands.action(Command::SignOut));
    button->setMenu(menu);
    return button;
}

QWidget* TopBar::makeButton(QAction& action) {
    auto* button = new QToolButton{this};
    button->setDefaultAction(&action);
    button->setIconSize({iconSize, iconSize});
    button->setFocusPolicy(Qt::TabFocus);
    button->setFixedSize(36, 36);
    theme::setButtonKind(*button, theme::ButtonKind::Quiet);
    return button;
}

}  // namespace leedswatch::ui
