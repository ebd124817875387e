#include "ui/common/icons.h"
#include "ui/common/palette.h"
#include "ui/common/plain_table.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/figures/figures_page.h"
#include "ui/figures/figures_table.h"

#include <QAction>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTabBar>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

// How the page looks and what its keys are; what it does is in figures_page.cpp.

namespace leedswatch::ui {

namespace {

constexpr int pageMargin = 16;
constexpr int behindHeight = 148;  // a header and four rows

QPushButton* makeActionButton(QAction& action, QWidget* parent) {
    auto* button = new QPushButton{action.text(), parent};
    button->setObjectName(action.objectName() + QStringLiteral("PushButton"));
    button->setToolTip(action.toolTip());
    button->setAutoDefault(false);
    button->setEnabled(action.isEnabled());
    QObject::connect(button, &QPushButton::clicked, &action, &QAction::trigger);
    QObject::connect(&action, &QAction::changed, button, [button, &action] { button->setEnabled(action.isEnabled()); });
    return button;
}

QLabel* makeNameLabel(const QString& text, QWidget* buddy, QWidget* parent) {
    auto* label = new QLabel{text, parent};
    label->setBuddy(buddy);
    theme::setLabelKind(*label, theme::LabelKind::Dim);
    return label;
}

}  // namespace

QAction* FiguresPage::makeAction(const char* name, const QString& what, const char* key, void (FiguresPage::*does)()) {
    auto* action = new QAction{what, this};
    action->setObjectName(QString::fromLatin1(name));
    const QKeySequence keys{QString::fromLatin1(key)};
    action->setShortcut(keys);
    action->setToolTip(QStringLiteral("%1 (%2)").arg(what, keys.toString(QKeySequence::NativeText)));
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    action->setAutoRepeat(false);
    connect(action, &QAction::triggered, this, does);
    addAction(action);
    return action;
}

void FiguresPage::makeActions() {
    m_again = makeAction("readAgain", QStringLiteral("Read again"), "Alt+R", &FiguresPage::reload);
    m_export = makeAction("exportFigures", QStringLiteral("Export CSV…"), "Alt+X", &FiguresPage::askForFile);
    m_showRules = makeAction("showRules", QStringLiteral("How it is counted"), "Alt+H", &FiguresPage::toggleRules);
    m_setTargets = makeAction("setTargets", QStringLiteral("Targets…"), "Alt+T", &FiguresPage::editTargets);
    m_setShifts = makeAction("setShifts", QStringLiteral("Shifts…"), "Alt+S", &FiguresPage::editShifts);
    m_export->setEnabled(false);
    if (!access::require(m_context.acting, access::Right::SetServiceTargets)) {
        for (QAction* action : {m_setTargets, m_setShifts}) {
            action->setEnabled(false);
            action->setToolTip(QStringLiteral("Supervisors set them."));
        }
    }
}

void FiguresPage::makeTables() {
    m_table->setObjectName(QStringLiteral("figuresTableView"));
    m_table->setAccessibleName(QStringLiteral("Service figures"));
    m_table->setModel(m_figures);
    m_behind->setObjectName(QStringLiteral("measuresTableView"));
    m_behind->setAccessibleName(QStringLiteral("Times of the chosen class"));
    m_behind->setModel(m_measures);
    m_behind->setFixedHeight(behindHeight);
    for (QTableView* table : {m_table, m_behind}) {
        makePlainTable(*table);
        table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
        table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    }
    m_behind->setSelectionMode(QAbstractItemView::NoSelection);
    m_behind->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_empty->setObjectName(QStringLiteral("emptyState"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    theme::setLabelKind(*m_empty, theme::LabelKind::Dim);
    m_empty->hide();
}

QWidget* FiguresPage::makeHead() {
    auto* head = new QWidget{this};
    auto* close = new QToolButton{head};
    close->setObjectName(QStringLiteral("closeFiguresToolButton"));
    close->setIcon(icons::line(QStringLiteral("close"), palette::textDim));
    close->setToolTip(QStringLiteral("Back to the wall (Esc)"));
    close->setAccessibleName(QStringLiteral("Back to the wall"));
    close->setFocusPolicy(Qt::TabFocus);
    theme::setButtonKind(*close, theme::ButtonKind::Quiet);
    connect(close, &QToolButton::clicked, this, &FiguresPage::closed);
    auto* titles = new QVBoxLayout;
    titles->setSpacing(4);
    titles->addWidget(theme::makeText(theme::LabelKind::Title, head, QStringLiteral("Service figures")));
    titles->addWidget(theme::makeText(theme::LabelKind::Hint, head,
                                      QStringLiteral("Time runs from when the station received an alarm; of one that "
                                                     "the rules held, from the end of its hold. Tests do not count.")));
    auto* layout = new QHBoxLayout{head};
    layout->setContentsMargins(pageMargin, 12, 12, 0);
    layout->setSpacing(8);
    layout->addLayout(titles, 1);
    layout->addWidget(close, 0, Qt::AlignTop);
    return head;
}

QWidget* FiguresPage::makeChoice() {
    auto* choice = new QWidget{this};
    m_period->setObjectName(QStringLiteral("periodComboBox"));
    m_period->setAccessibleName(QStringLiteral("Period"));
    for (const auto& info : response::namedPeriods()) {
        m_period->addItem(toQt(info.title));
    }
    m_period->addItem(QStringLiteral("From … until …"));
    m_from->setObjectName(QStringLiteral("fromLineEdit"));
    m_from->setPlaceholderText(QStringLiteral("2026-11-01 07:00"));
    m_from->setAccessibleName(QStringLiteral("From"));
    m_until->setObjectName(QStringLiteral("untilLineEdit"));
    m_until->setPlaceholderText(QStringLiteral("now"));
    m_until->setAccessibleName(QStringLiteral("Until"));
    for (QLineEdit* field : {m_from, m_until}) {
        field->setMaximumWidth(184);
        field->setToolTip(QStringLiteral("A day and time in Europe/London; Enter shows the figures"));
    }
    m_views->setObjectName(QStringLiteral("viewsTabBar"));
    m_views->setAccessibleName(QStringLiteral("What is shown"));
    m_views->setDrawBase(false);
    m_views->setExpanding(false);
    for (const auto& info : response::serviceViews()) {
        m_views->addTab(toQt(info.title));
    }
    auto* layout = new QHBoxLayout{choice};
    layout->setContentsMargins(pageMargin, 0, pageMargin, 0);
    layout->setSpacing(8);
    layout->addWidget(makeNameLabel(QStringLiteral("&Period"), m_period, choice));
    layout->addWidget(m_period);
    layout->addWidget(m_from);
    layout->addWidget(m_until);
    layout->addStretch();
    layout->addWidget(makeActionButton(*m_again, choice));
    return choice;
}

QWidget* FiguresPage::makeFoot() {
    auto* foot = new QWidget{this};
    m_message->setObjectName(QStringLiteral("figuresMessageLabel"));
    m_message->setWordWrap(true);
    auto* layout = new QHBoxLayout{foot};
    layout->setContentsMargins(pageMargin, 0, pageMargin, pageMargin);
    layout->setSpacing(8);
    layout->addWidget(m_message, 1);
    for (QAction* action : {m_showRules, m_setTargets, m_setShifts, m_export}) {
        layout->addWidget(makeActionButton(*action, foot));
    }
    return foot;
}

void FiguresPage::layOut() {
    m_heading->setObjectName(QStringLiteral("figuresHeadingLabel"));
    m_heading->setWordWrap(true);
    m_behindText->setObjectName(QStringLiteral("behindLabel"));
    m_behindText->setWordWrap(true);
    m_rules->setObjectName(QStringLiteral("rulesLabel"));
    m_rules->setWordWrap(true);
    QStringList rules;
    for (const std::string_view rule : response::serviceRules()) {
        rules.append(QStringLiteral("• ") + toQt(rule));
    }
    m_rules->setText(rules.join(QLatin1Char{'\n'}));
    m_rules->hide();
    for (QLabel* label : {m_heading, m_rules}) {
        theme::setLabelKind(*label, theme::LabelKind::Hint);
    }
    auto* body = new QVBoxLayout;
    body->setContentsMargins(pageMargin, 0, pageMargin, 0);
    body->setSpacing(8);
    body->addWidget(m_views);
    body->addWidget(m_heading);
    body->addWidget(m_table, 1);
    body->addWidget(m_empty, 1);
    body->addWidget(m_behindText);
    body->addWidget(m_behind);
    body->addWidget(m_rules);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addWidget(makeHead());
    layout->addWidget(makeChoice());
    layout->addLayout(body, 1);
    layout->addWidget(makeFoot());
    setTabOrder(m_period, m_from);
    setTabOrder(m_from, m_until);
}

}  // namespace leedswatch::ui
