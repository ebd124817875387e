#include "ui/common/card_list.h"
#include "ui/common/icons.h"
#include "ui/common/page_parts.h"
#include "ui/common/palette.h"
#include "ui/common/search_field.h"
#include "ui/common/theme.h"
#include "ui/incidents/incident_board.h"
#include "ui/incidents/incident_page.h"
#include "ui/log/incident_type_list.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QTextBrowser>
#include <QToolButton>
#include <QVBoxLayout>
#include <chrono>

// How the page is laid out and what its keys are; what it shows and does is in incident_page.cpp.

namespace leedswatch::ui {

namespace {

using namespace std::chrono_literals;

constexpr int leftWidth = 340;
constexpr auto searchDelay = 150ms;

}  // namespace

IncidentPage::IncidentPage(ConsoleContext& context, QWidget* parent)
    : QWidget{parent},
      m_context{context},
      m_board{new IncidentBoard{context, IncidentBoard::Scope::All, this}},
      m_types{new IncidentTypeList{context, this}},
      m_list{new CardList{QStringLiteral("incidentsListView"), QStringLiteral("Incidents"), true, this}},
      m_search{new SearchField{QStringLiteral("Search incidents"), this}},
      m_counts{new QLabel{this}},
      m_empty{makeEmptyText("noIncidentsLabel", {}, this)},
      m_problem{theme::makeText(theme::LabelKind::Refusal, this)},
      m_sheet{new QTextBrowser{this}},
      m_lines{context.feed, {"incident_log"}, nullptr} {
    setObjectName(QStringLiteral("incidentPage"));
    m_new = makeAction("newIncident", QStringLiteral("New incident…"), QStringLiteral("Open an incident"), "Alt+N",
                       &IncidentPage::openNew);
    m_find = makeAction("findIncident", QStringLiteral("Search"), QStringLiteral("Search incidents by words"), "Alt+F",
                        &IncidentPage::findIncident);
    m_line = makeAction("lineOfIncident", QStringLiteral("Write a line"),
                        QStringLiteral("Write a line to it; Enter in the list does the same"), "Alt+L",
                        &IncidentPage::writeLine);
    m_change = makeAction("changeIncident", QStringLiteral("Change…"),
                          QStringLiteral("Type, priority, place, police log"), "Alt+G", &IncidentPage::change);
    m_person = makeAction("personOfIncident", QStringLiteral("Person…"), QStringLiteral("Describe a person"), "Alt+P",
                          &IncidentPage::describe);
    m_close = makeAction("closeIncident", QStringLiteral("Close…"), QStringLiteral("Close it with its outcome"),
                         "Alt+X", &IncidentPage::closeIncident);
    m_reopen = makeAction("reopenIncident", QStringLiteral("Open again…"), QStringLiteral("Open it again"), "Alt+O",
                          &IncidentPage::reopen);
    layOut();
    connect(m_board, &IncidentBoard::changed, this, &IncidentPage::follow);
    connect(m_types, &IncidentTypeList::changed, this, &IncidentPage::follow);
    connect(&m_lines, &FeedListener::changed, this, [this] {
        if (isVisible()) {
            loadSheet();
        }
    });
    connect(m_list, &CardList::chosenChanged, this, [this] {
        showActions();
        loadSheet();
    });
    connect(m_list, &QListView::activated, this, &IncidentPage::writeLine);
    m_searchTimer.setSingleShot(true);
    m_searchTimer.setInterval(searchDelay);
    connect(m_search, &QLineEdit::textChanged, &m_searchTimer, qOverload<>(&QTimer::start));
    connect(&m_searchTimer, &QTimer::timeout, this, [this] { m_board->setWords(m_search->text()); });
    m_minute.setInterval(10'000);
    connect(&m_minute, &QTimer::timeout, this, &IncidentPage::showCards);
    follow();
}

QAction* IncidentPage::makeAction(const char* name, const QString& text, const QString& tip, const char* keys,
                                  void (IncidentPage::*does)()) {
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

QWidget* IncidentPage::makeLeft() {
    auto* left = new QWidget{this};
    left->setObjectName(QStringLiteral("incidentLeft"));
    left->setAttribute(Qt::WA_StyledBackground);
    left->setMinimumWidth(300);
    m_counts->setObjectName(QStringLiteral("incidentCountsLabel"));
    m_search->setObjectName(QStringLiteral("incidentSearchLineEdit"));
    m_search->setToolTip(QStringLiteral("Words that stand in a line of it (Alt+F)"));
    auto* field = new QHBoxLayout;
    field->setContentsMargins(pageMargins, 4, pageMargins, 8);
    field->addWidget(m_search);
    auto* layout = new QVBoxLayout{left};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeSectionHead(QStringLiteral("Incidents"), m_counts, left));
    layout->addLayout(field);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_empty, 1);
    return left;
}

QWidget* IncidentPage::makeRight() {
    auto* right = new QWidget{this};
    right->setMinimumWidth(380);
    auto* back = new QToolButton{right};
    back->setObjectName(QStringLiteral("closeIncidentsToolButton"));
    back->setIcon(icons::line(QStringLiteral("close"), palette::textDim));
    back->setToolTip(QStringLiteral("Back to the wall (Esc)"));
    back->setFocusPolicy(Qt::TabFocus);
    theme::setButtonKind(*back, theme::ButtonKind::Quiet);
    connect(back, &QToolButton::clicked, this, &IncidentPage::closed);
    m_sheet->setObjectName(QStringLiteral("incidentTextBrowser"));
    m_sheet->setAccessibleName(QStringLiteral("The incident and its lines"));
    m_sheet->setFrameShape(QFrame::NoFrame);
    m_sheet->setOpenLinks(false);
    m_sheet->setTabChangesFocus(true);
    m_sheet->document()->setDocumentMargin(pageMargins);
    m_problem->setObjectName(QStringLiteral("incidentProblemLabel"));
    m_problem->setContentsMargins(pageMargins, 4, pageMargins, 4);
    m_problem->hide();
    auto* head = new QHBoxLayout;
    head->setContentsMargins(pageMargins, 10, 8, 2);
    head->addWidget(makeBarButton(*m_new, right));
    head->addStretch(1);
    head->addWidget(back);
    auto* layout = new QVBoxLayout{right};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(head);
    layout->addWidget(m_problem);
    layout->addWidget(m_sheet, 1);
    layout->addWidget(makeBar({m_line, m_change, m_person, m_close, m_reopen}, right));
    return right;
}

void IncidentPage::layOut() {
    auto* splitter = new QSplitter{Qt::Horizontal, this};
    splitter->addWidget(makeLeft());
    splitter->addWidget(makeRight());
    splitter->setHandleWidth(1);
    splitter->setChildrenCollapsible(false);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({leftWidth, width()});
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(splitter);
}

}  // namespace leedswatch::ui
