#include "ui/common/card_list.h"
#include "ui/common/icons.h"
#include "ui/common/page_parts.h"
#include "ui/common/theme.h"
#include "ui/dispatch/dispatch_board.h"
#include "ui/dispatch/dispatch_page.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QTextBrowser>
#include <QToolButton>
#include <QVBoxLayout>

// How the page is laid out and what its keys are; what it shows and does is in dispatch_page.cpp.

namespace leedswatch::ui {

namespace {

constexpr int leftWidth = 320;

}  // namespace

DispatchPage::DispatchPage(ConsoleContext& context, QWidget* parent)
    : QWidget{parent},
      m_context{context},
      m_board{new DispatchBoard{context, this}},
      m_units{new CardList{QStringLiteral("unitsListView"), QStringLiteral("Units"), true, this}},
      m_keys{new CardList{QStringLiteral("keysOutListView"), QStringLiteral("Keys that are out"), false, this}},
      m_jobs{new CardList{QStringLiteral("dispatchJobsListView"), QStringLiteral("Open jobs"), true, this}},
      m_unitsHead{new QLabel{this}},
      m_keysHead{new QLabel{this}},
      m_jobsHead{new QLabel{this}},
      m_noUnits{makeEmptyText("noUnitsLabel",
                              QStringLiteral("There are no units yet. A supervisor enters them:\n\n"
                                             "leedswatchctl dispatch units add M1"),
                              this)},
      m_noKeys{makeEmptyText("noKeysOutLabel", QStringLiteral("All keys are on their hooks."), this)},
      m_noJobs{
          makeEmptyText("noJobsLabel",
                        QStringLiteral("Nobody is sent anywhere.\n\nAn alarm's step \u201cSend somebody\u201d makes a "
                                       "job, and so does New job (Alt+J)."),
                        this)},
      m_message{theme::makeText(theme::LabelKind::Refusal, this)},
      m_sheet{new QTextBrowser{this}} {
    setObjectName(QStringLiteral("dispatchPage"));
    makeActions();
    layOut();
    connect(m_board, &DispatchBoard::changed, this, &DispatchPage::follow);
    connect(m_jobs, &CardList::chosenChanged, this, [this] {
        showActions();
        loadSheet();
    });
    connect(m_units, &CardList::chosenChanged, this, &DispatchPage::showActions);
    // By Enter and by a double click: neither is a shortcut, as while a number is typed Enter is call-up's.
    connect(m_jobs, &QListView::activated, this, &DispatchPage::goOnWithJob);
    connect(m_units, &QListView::activated, this, &DispatchPage::goOnWithUnit);
    connect(m_keys, &QListView::activated, this, &DispatchPage::takeBackKeys);
    m_second.setInterval(1'000);
    connect(&m_second, &QTimer::timeout, this, [this] {
        showCards();
        showCounts();
    });
    follow();
}

QAction* DispatchPage::makeAction(const char* name, const QString& text, const QString& tip, const char* keys,
                                  void (DispatchPage::*does)()) {
    auto* action = new QAction{text, this};
    action->setObjectName(QString::fromLatin1(name));
    const QKeySequence sequence{QString::fromLatin1(keys)};
    action->setShortcut(sequence);
    action->setToolTip(QStringLiteral("%1 (%2)").arg(tip, sequence.toString(QKeySequence::NativeText)));
    action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
    action->setAutoRepeat(false);
    connect(action, &QAction::triggered, this, does);
    addAction(action);
    return action;
}

void DispatchPage::makeActions() {
    m_newJob = makeAction("newJob", QStringLiteral("New job…"), QStringLiteral("Send somebody"), "Alt+J",
                          &DispatchPage::addJob);
    m_register =
        makeAction("keyRegister", QStringLiteral("Keys…"), QStringLiteral("The register: find, issue, take back"),
                   "Alt+K", &DispatchPage::showRegister);
    m_attendance =
        makeAction("attendance", QStringLiteral("Attendance…"),
                   QStringLiteral("How soon units were where they were sent"), "Alt+R", &DispatchPage::showAttendance);
    m_give = makeAction("giveJob", QStringLiteral("Give to…"), QStringLiteral("Give the job to a unit, or another one"),
                        "Alt+G", &DispatchPage::askForUnit);
    m_standDown =
        makeAction("standDown", QStringLiteral("Stand down…"),
                   QStringLiteral("The unit is wanted elsewhere; the job waits"), "Alt+S", &DispatchPage::standDown);
    m_cancel = makeAction("cancelJob", QStringLiteral("Cancel…"), QStringLiteral("Nobody is wanted any more"), "Alt+X",
                          &DispatchPage::cancelJob);
    m_note = makeAction("jobNote", QStringLiteral("Note…"), QStringLiteral("Write something into the job's record"),
                        "Alt+N", &DispatchPage::addNote);
    m_pdf = makeAction("jobPdf", QStringLiteral("Sheet as PDF…"), QStringLiteral("The sheet of the job, to be printed"),
                       "Alt+P", &DispatchPage::chooseSheetFile);
    m_find = makeAction("findJob", QStringLiteral("Find a job…"),
                        QStringLiteral("The sheet of a job by its number, also of one that is over"), "Alt+F",
                        &DispatchPage::findJob);
    m_duty = makeAction("unitDuty", QStringLiteral("On duty…"), QStringLiteral("On duty, off duty"), "Alt+D",
                        &DispatchPage::changeDuty);
    m_availability =
        makeAction("unitAvailability", QStringLiteral("Available"),
                   QStringLiteral("Available, or unavailable for a while"), "Alt+A", &DispatchPage::changeAvailability);
    m_checkIn = makeAction("unitCheckIn", QStringLiteral("Checked in"),
                           QStringLiteral("The unit was heard of on scene: its time begins anew"), "Alt+H",
                           &DispatchPage::checkIn);
}

QWidget* DispatchPage::makeLeft() {
    auto* left = new QWidget{this};
    left->setObjectName(QStringLiteral("dispatchLeft"));
    left->setAttribute(Qt::WA_StyledBackground);
    left->setMinimumWidth(280);
    auto* layout = new QVBoxLayout{left};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_unitsHead->setObjectName(QStringLiteral("unitCountsLabel"));
    m_keysHead->setObjectName(QStringLiteral("keyCountsLabel"));
    layout->addWidget(makeSectionHead(QStringLiteral("Units"), m_unitsHead, left));
    layout->addWidget(m_units, 3);
    layout->addWidget(m_noUnits, 3);
    layout->addWidget(makeBar({m_duty, m_availability, m_checkIn}, left));
    layout->addWidget(makeSectionHead(QStringLiteral("Keys"), m_keysHead, left));
    layout->addWidget(m_keys, 2);
    layout->addWidget(m_noKeys, 2);
    layout->addWidget(makeBar({m_register}, left));
    return left;
}

QWidget* DispatchPage::makeHead(QWidget* parent) {
    auto* head = new QWidget{parent};
    auto* title = new QLabel{QStringLiteral("Mobile response"), head};
    theme::setLabelKind(*title, theme::LabelKind::Title);
    theme::setLabelKind(*m_jobsHead, theme::LabelKind::Caption);
    m_jobsHead->setObjectName(QStringLiteral("jobCountsLabel"));
    auto* back = new QToolButton{head};
    back->setObjectName(QStringLiteral("closeDispatchToolButton"));
    back->setIcon(icons::line(QStringLiteral("close"), palette::textDim));
    back->setToolTip(QStringLiteral("Back to the wall (Esc)"));
    back->setFocusPolicy(Qt::TabFocus);
    theme::setButtonKind(*back, theme::ButtonKind::Quiet);
    connect(back, &QToolButton::clicked, this, &DispatchPage::closed);
    auto* layout = new QHBoxLayout{head};
    layout->setContentsMargins(pageMargins, 10, 8, 2);
    layout->setSpacing(8);
    layout->addWidget(title);
    layout->addWidget(m_jobsHead);
    layout->addStretch(1);
    layout->addWidget(makeBarButton(*m_newJob, head));
    layout->addWidget(makeBarButton(*m_find, head));
    layout->addWidget(makeBarButton(*m_attendance, head));
    layout->addWidget(back);
    return head;
}

QWidget* DispatchPage::makeFoot(QWidget* parent) {
    auto* foot = new QWidget{parent};
    m_next = new QPushButton{foot};
    m_next->setObjectName(QStringLiteral("nextOfJobPushButton"));
    m_next->setAutoDefault(false);
    theme::setButtonKind(*m_next, theme::ButtonKind::Primary);
    connect(m_next, &QPushButton::clicked, this, &DispatchPage::goOnWithJob);
    m_message->setObjectName(QStringLiteral("dispatchMessageLabel"));
    m_message->hide();
    auto* layout = new QVBoxLayout{foot};
    layout->setContentsMargins(pageMargins, 8, pageMargins, 0);
    layout->setSpacing(6);
    layout->addWidget(m_message);
    layout->addWidget(m_next, 0, Qt::AlignLeft);
    auto* bar = makeBar({m_give, m_standDown, m_cancel, m_note, m_pdf}, foot);
    bar->layout()->setContentsMargins(0, 0, 0, 8);
    layout->addWidget(bar);
    return foot;
}

QWidget* DispatchPage::makeRight() {
    auto* right = new QWidget{this};
    right->setMinimumWidth(420);
    m_sheet->setObjectName(QStringLiteral("jobSheetTextBrowser"));
    m_sheet->setAccessibleName(QStringLiteral("Sheet of the job"));
    m_sheet->setFrameShape(QFrame::NoFrame);
    m_sheet->setOpenLinks(false);
    m_sheet->setTabChangesFocus(true);
    m_sheet->document()->setDocumentMargin(pageMargins);
    auto* layout = new QVBoxLayout{right};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHead(right));
    layout->addWidget(m_jobs, 2);
    layout->addWidget(m_noJobs, 2);
    layout->addWidget(makeFoot(right));
    layout->addWidget(m_sheet, 3);
    return right;
}

void DispatchPage::layOut() {
    auto* splitter = new QSplitter{Qt::Horizontal, this};
    splitter->addWidget(makeLeft());
    splitter->addWidget(makeRight());
    splitter->setHandleWidth(1);
    splitter->setChildrenCollapsible(false);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({leftWidth, 600});
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);
}

}  // namespace leedswatch::ui
