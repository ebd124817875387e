#include "ui/common/icons.h"
#include "ui/common/palette.h"
#include "ui/common/theme.h"
#include "ui/convert/convert_page.h"
#include "ui/convert/job_model.h"
#include "ui/convert/job_row_delegate.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

// How the page looks and what its keys are; what it does is in convert_page.cpp.

namespace leedswatch::ui {

namespace {

constexpr int margin = 16;

/// A button that is enabled as its action is.
QPushButton* makeButton(QAction& action, QWidget* parent) {
    auto* button = new QPushButton{action.text(), parent};
    button->setObjectName(action.objectName() + QStringLiteral("PushButton"));
    button->setToolTip(action.toolTip());
    button->setAutoDefault(false);
    button->setEnabled(action.isEnabled());
    QObject::connect(button, &QPushButton::clicked, &action, &QAction::trigger);
    QObject::connect(&action, &QAction::changed, button, [button, &action] { button->setEnabled(action.isEnabled()); });
    return button;
}

}  // namespace

QAction* ConvertPage::makeAction(const QString& name, const QString& what, const QString& key, QWidget* scope,
                                 void (ConvertPage::*does)()) {
    auto* action = new QAction{what, this};
    action->setObjectName(name);
    action->setToolTip(what);
    if (!key.isEmpty()) {
        const QKeySequence keys{key};
        action->setShortcut(keys);
        action->setToolTip(QStringLiteral("%1 (%2)").arg(what, keys.toString(QKeySequence::NativeText)));
    }
    // The list's keys are those of what is chosen in it; in the field beside it they write.
    action->setShortcutContext(scope == m_list ? Qt::WidgetShortcut : Qt::WidgetWithChildrenShortcut);
    action->setAutoRepeat(false);
    connect(action, &QAction::triggered, this, does);
    scope->addAction(action);
    return action;
}

void ConvertPage::makeActions() {
    m_addFiles = makeAction(QStringLiteral("addFiles"), QStringLiteral("Add files…"), QStringLiteral("Ins"), this,
                            &ConvertPage::chooseFiles);
    m_addFolder = makeAction(QStringLiteral("addFolder"), QStringLiteral("Add a folder…"), QStringLiteral("Alt+Ins"),
                             this, &ConvertPage::chooseSourceFolder);
    makeAction(QStringLiteral("startOrStop"), QStringLiteral("Start or stop"), QStringLiteral("Space"), m_list,
               &ConvertPage::startOrStopChosen);
    m_start = makeAction(QStringLiteral("startChosen"), QStringLiteral("Start"), {}, m_list, &ConvertPage::startChosen);
    m_start->setToolTip(QStringLiteral("Start what is chosen, or go on with it (Space)"));
    m_stop = makeAction(QStringLiteral("stopChosen"), QStringLiteral("Stop"), {}, m_list, &ConvertPage::stopChosen);
    m_stop->setToolTip(QStringLiteral("Stop what is chosen; what is done is kept (Space)"));
    m_moveUp = makeAction(QStringLiteral("moveUp"), QStringLiteral("Move up"), QStringLiteral("Alt+Up"), m_list,
                          &ConvertPage::moveUp);
    m_remove = makeAction(QStringLiteral("remove"), QStringLiteral("Remove"), QStringLiteral("Del"), m_list,
                          &ConvertPage::removeChosen);
    m_remove->setToolTip(QStringLiteral("Take off the list (Del)"));
    m_report = makeAction(QStringLiteral("report"), QStringLiteral("Report…"), {}, m_list, &ConvertPage::showReport);
    m_report->setToolTip(QStringLiteral("What was found and done (Enter)"));
    m_play = makeAction(QStringLiteral("play"), QStringLiteral("Play"), {}, m_list, &ConvertPage::play);
    m_play->setToolTip(QStringLiteral("Play what was made of it, with the player of this machine"));
    m_openFolder =
        makeAction(QStringLiteral("openFolder"), QStringLiteral("Open folder"), {}, m_list, &ConvertPage::openFolder);
}

void ConvertPage::makeList() {
    m_list->setObjectName(QStringLiteral("jobsListView"));
    m_list->setAccessibleName(QStringLiteral("Recordings to convert"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new JobRowDelegate{m_list});
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_list, &QListView::customContextMenuRequested, this, &ConvertPage::showMenu);
    // By Enter and by a double click. Neither Enter nor Esc is a shortcut: while a number is typed they are call-up's.
    connect(m_list, &QListView::activated, this, &ConvertPage::showReport);
    m_empty->setObjectName(QStringLiteral("emptyState"));
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setText(
        QStringLiteral("Drop old recordings here, or a folder of them, or add them with the buttons above.\n\n"
                       "What is made is an MP4 that every player shows. The recordings are only read."));
    theme::setLabelKind(*m_empty, theme::LabelKind::Dim);
    m_middle->addWidget(m_list);
    m_middle->addWidget(m_empty);
}

QWidget* ConvertPage::makeHead() {
    auto* head = new QWidget{this};
    auto* close = new QToolButton{head};
    auto* back =
        makeAction(QStringLiteral("close"), QStringLiteral("Back to the wall"), {}, this, &ConvertPage::closed);
    back->setToolTip(QStringLiteral("Back to the wall (Esc)"));
    back->setIcon(icons::line(QStringLiteral("close"), palette::textDim));
    close->setDefaultAction(back);
    close->setToolButtonStyle(Qt::ToolButtonIconOnly);
    close->setFocusPolicy(Qt::TabFocus);
    theme::setButtonKind(*close, theme::ButtonKind::Quiet);
    auto* titles = new QVBoxLayout;
    titles->setSpacing(4);
    titles->addWidget(theme::makeText(theme::LabelKind::Title, head, QStringLiteral("Convert old recordings")));
    titles->addWidget(theme::makeText(theme::LabelKind::Hint, head,
                                      QStringLiteral("One after the other, while the console is open. When it is "
                                                     "closed they stop, and go on the next time.")));
    auto* layout = new QHBoxLayout{head};
    layout->setContentsMargins(margin, 12, 12, 0);
    layout->setSpacing(8);
    layout->addLayout(titles, 1);
    m_addFilesButton = makeButton(*m_addFiles, head);
    layout->addWidget(m_addFilesButton, 0, Qt::AlignTop);
    layout->addWidget(makeButton(*m_addFolder, head), 0, Qt::AlignTop);
    layout->addWidget(close, 0, Qt::AlignTop);
    return head;
}

QWidget* ConvertPage::makeChoiceBar() {
    auto* bar = new QWidget{this};
    auto* layout = new QHBoxLayout{bar};
    layout->setContentsMargins(margin, 0, margin, 0);
    layout->setSpacing(4);
    const auto add = [&](QAction* action) {
        auto* button = makeButton(*action, bar);
        theme::setStyleProperty(*button, "inBar", true);
        layout->addWidget(button);
    };
    for (QAction* action : {m_start, m_stop, m_moveUp, m_remove}) {
        add(action);
    }
    layout->addStretch();
    for (QAction* action : {m_report, m_play, m_openFolder}) {
        add(action);
    }
    return bar;
}

QWidget* ConvertPage::makeFolderRow() {
    auto* row = new QWidget{this};
    auto* label = new QLabel{QStringLiteral("Results go into"), row};
    label->setBuddy(m_folder);
    theme::setLabelKind(*label, theme::LabelKind::Dim);
    m_folder->setObjectName(QStringLiteral("resultsFolderLineEdit"));
    m_folder->setAccessibleName(QStringLiteral("Folder for results"));
    auto* browse = new QPushButton{QStringLiteral("Choose…"), row};
    browse->setObjectName(QStringLiteral("chooseResultsFolderPushButton"));
    browse->setAutoDefault(false);
    connect(browse, &QPushButton::clicked, this, &ConvertPage::chooseFolder);
    m_startAll->setObjectName(QStringLiteral("startAllPushButton"));
    m_startAll->setText(QStringLiteral("Start all"));
    m_startAll->setToolTip(QStringLiteral("Start what has not been started, and go on with what was stopped"));
    m_startAll->setAutoDefault(false);
    theme::setButtonKind(*m_startAll, theme::ButtonKind::Primary);
    auto* layout = new QHBoxLayout{row};
    layout->setContentsMargins(margin, 0, margin, 16);
    layout->setSpacing(8);
    layout->addWidget(label);
    layout->addWidget(m_folder, 1);
    layout->addWidget(browse);
    layout->addWidget(m_startAll);
    return row;
}

void ConvertPage::layOut() {
    m_detail->setObjectName(QStringLiteral("jobDetailLabel"));
    m_message->setObjectName(QStringLiteral("convertMessageLabel"));
    for (QLabel* label : {m_detail, m_message}) {
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setContentsMargins(margin, 0, margin, 0);
    }
    theme::setLabelKind(*m_detail, theme::LabelKind::Hint);
    m_message->hide();
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addWidget(makeHead());
    layout->addWidget(m_middle, 1);
    layout->addWidget(m_detail);
    layout->addWidget(makeChoiceBar());
    layout->addWidget(m_message);
    layout->addWidget(makeFolderRow());
}

void ConvertPage::showMenu(const QPoint& place) {
    auto* menu = new QMenu{this};
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions({m_start, m_stop, m_moveUp, m_remove});
    menu->addSeparator();
    menu->addActions({m_report, m_play, m_openFolder});
    menu->popup(m_list->viewport()->mapToGlobal(place));
}

void ConvertPage::showMessage(const QString& text, bool isProblem) {
    theme::setLabelKind(*m_message, isProblem ? theme::LabelKind::Refusal : theme::LabelKind::Body);
    m_message->setText(text);
    m_message->setVisible(!text.isEmpty());
}

}  // namespace leedswatch::ui
