#include "ui/log/log_panel.h"

#include "ui/common/search_field.h"
#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/incidents/incident_board.h"
#include "ui/log/entry_editor.h"
#include "ui/log/incident_type_list.h"
#include "ui/log/log_row_delegate.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QScrollBar>
#include <QShortcut>
#include <QVBoxLayout>
#include <chrono>

namespace leedswatch::ui {

namespace {

using namespace std::chrono_literals;
constexpr auto searchDelay = 150ms;

/// How the room came to know of what is written in that book.
incident::Source sourceOf(const std::string& book) {
    switch (incident::bookFrom(book).value_or(incident::Book::Occurrence)) {
        case incident::Book::Airwave: return incident::Source::PoliceRadio;
        case incident::Book::ShopRadio: return incident::Source::ShopRadio;
        case incident::Book::Occurrence: return incident::Source::Observation;
        case incident::Book::Visitor:
        case incident::Book::Viewing:
        case incident::Book::Briefing: return incident::Source::Partner;
    }
    return incident::Source::Observation;
}

QListView* makeList(QAbstractItemModel* model, QAbstractItemDelegate* delegate, QWidget* parent) {
    auto* list = new QListView{parent};
    list->setObjectName(QStringLiteral("logListView"));
    list->setModel(model);
    list->setItemDelegate(delegate);
    list->setResizeMode(QListView::Adjust);
    list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    list->setAccessibleName(QStringLiteral("Entries of the incident log, newest first"));
    return list;
}

}  // namespace

LogPanel::LogPanel(ConsoleContext& context, CameraDirectory& directory, QWidget* parent)
    : QWidget{parent},
      m_context{context},
      m_drafts{context.dataFolder, context.acting.id},
      m_types{new IncidentTypeList{context, this}},
      m_incidents{new IncidentBoard{context, IncidentBoard::Scope::OnlyOpen, this}},
      m_model{new LogModel{context.clock, *m_types, this}},
      m_delegate{new LogRowDelegate{this}},
      m_editor{new EntryEditor{directory, *m_types, *m_incidents, this}},
      m_readOnly{new QLabel{this}},
      m_search{new SearchField{QStringLiteral("Search the log"), this}},
      m_problem{new QLabel{this}},
      m_list{makeList(m_model, m_delegate, this)},
      m_empty{new QLabel{this}},
      m_feed{context.feed, {"incident_log"}, nullptr},
      m_worker{*this} {
    setObjectName(QStringLiteral("sidePanel"));
    setAttribute(Qt::WA_StyledBackground);
    const bool mayWrite = access::mayDo(context.acting.role, access::Right::WriteLog);
    m_editor->setVisible(mayWrite);
    m_readOnly->setVisible(!mayWrite);
    m_readOnly->setText(QStringLiteral("You may read the log. Your role, %1, does not write in it.")
                            .arg(roleName(context.acting.role).toLower()));
    layOut();
    connectAll();
    if (const auto draft = m_drafts.load(); draft && mayWrite) {
        m_editor->setDraft(*draft);
    }
    m_incidents->setLookedAt(mayWrite);
    load();
}

LogPanel::~LogPanel() {
    if (m_editor->hasUntoldDraft()) {
        keepDraft(m_editor->draft());
    }
}

void LogPanel::layOut() {
    auto* title = new QLabel{QStringLiteral("Incident log"), this};
    theme::setLabelKind(*title, theme::LabelKind::Title);
    m_readOnly->setWordWrap(true);
    theme::setLabelKind(*m_readOnly, theme::LabelKind::Dim);
    m_search->setObjectName(QStringLiteral("logSearchLineEdit"));
    m_search->setToolTip(QStringLiteral("Search the log by words (F8)"));
    m_problem->setWordWrap(true);
    m_problem->hide();
    theme::setLabelKind(*m_problem, theme::LabelKind::Refusal);
    m_empty->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    m_empty->setWordWrap(true);
    m_empty->setObjectName(QStringLiteral("emptyState"));
    theme::setLabelKind(*m_empty, theme::LabelKind::Dim);

    auto* separator = new QWidget{this};
    separator->setObjectName(QStringLiteral("separator"));
    separator->setAttribute(Qt::WA_StyledBackground);
    separator->setFixedHeight(1);
    auto* top = new QVBoxLayout;
    top->setContentsMargins(16, 12, 16, 12);
    top->setSpacing(12);
    auto* heading = new QHBoxLayout;
    heading->addWidget(title, 1);
    heading->addWidget(m_editor->bookField());
    m_editor->bookField()->setVisible(!m_editor->isHidden());
    top->addLayout(heading);
    top->addWidget(m_editor);
    top->addWidget(m_readOnly);
    auto* middle = new QVBoxLayout;
    middle->setContentsMargins(16, 12, 16, 4);
    middle->setSpacing(8);
    middle->addWidget(m_search);
    middle->addWidget(m_problem);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(top);
    layout->addWidget(separator);
    layout->addLayout(middle);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_empty, 1);
}

void LogPanel::connectAll() {
    m_searchTimer.setSingleShot(true);
    m_searchTimer.setInterval(searchDelay);
    connect(&m_searchTimer, &QTimer::timeout, this, &LogPanel::load);
    connect(m_search, &QLineEdit::textChanged, &m_searchTimer, qOverload<>(&QTimer::start));
    connect(m_editor, &EntryEditor::saveRequested, this, &LogPanel::save);
    auto* toBook = new QShortcut{QKeySequence{QStringLiteral("Alt+B")}, this};
    connect(toBook, &QShortcut::activated, m_editor->bookField(), [book = m_editor->bookField()] { book->setFocus(); });
    connect(m_editor, &EntryEditor::incidentRequested, this, &LogPanel::openIncident);
    connect(m_editor, &EntryEditor::draftChanged, this, &LogPanel::keepDraft);
    connect(&m_feed, &FeedListener::changed, this, &LogPanel::load);
}

void LogPanel::setSelectedCamera(int number) {
    m_editor->setSelectedCamera(number);
}

void LogPanel::focusEntry() {
    m_editor->focusText();
}

QWidget* LogPanel::fieldBeingWritten() const {
    return m_editor->fieldBeingWritten();
}

void LogPanel::focusSearch() {
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

incident::NewLine LogPanel::lineOf(const Draft& draft) {
    incident::NewLine line;
    line.book = incident::bookFrom(draft.book).value_or(incident::Book::Occurrence);
    line.type = draft.type;
    line.priority = draft.priority;
    line.incident = draft.incident == 0 ? std::nullopt : std::optional{incident::IncidentId{draft.incident}};
    line.cameraNumber = draft.cameraNumber;
    line.facts.assign(draft.facts.begin(), draft.facts.end());
    line.text = draft.text;
    return line;
}

void LogPanel::save(const Draft& draft) {
    m_editor->showSaving();
    const bool taken = m_worker.run(
        [log = &m_context.incidentLog, drafts = m_drafts, acting = m_context.acting, draft] {
            // The words are on the disk before the store is asked, and are let go of only when it has them.
            const auto kept = drafts.save(draft);
            auto entry = log->add(acting, lineOf(draft));
            if (entry && kept) {
                static_cast<void>(drafts.save(Draft{}));
            }
            return entry;
        },
        [this](const base::Result<incident::LogLine>& entry) { takeSaved(entry); });
    if (!taken) {
        m_editor->showRefusal(QStringLiteral("The store is not answering."));
    }
}

void LogPanel::openIncident(const Draft& draft) {
    m_editor->showSaving();
    const bool taken = m_worker.run(
        [database = &m_context.database, drafts = m_drafts, acting = m_context.acting, draft] {
            const auto kept = drafts.save(draft);
            incident::Said said;
            said.type = draft.type;
            said.priority = draft.priority;
            said.cameraNumber = draft.cameraNumber;
            said.source = sourceOf(draft.book);
            said.isProactive = said.source == incident::Source::Observation;
            auto opened = incident::Incidents{*database}.open(acting, said, draft.text);
            if (opened && kept) {
                static_cast<void>(drafts.save(Draft{}));
            }
            return opened;
        },
        [this](const base::Result<incident::Incident>& opened) { takeOpened(opened); });
    if (!taken) {
        m_editor->showRefusal(QStringLiteral("The store is not answering."));
    }
}

void LogPanel::takeOpened(const base::Result<incident::Incident>& opened) {
    if (!opened) {
        m_editor->showRefusal(sentenceOf(opened.error()));
        return;
    }
    m_editor->chooseIncident(opened->id.value(), toQt(opened->reference));
    m_editor->showSaved(QStringLiteral("incident %1; what you write now goes there").arg(toQt(opened->reference)));
    load();
}

void LogPanel::writeTo(std::int64_t incident, const QString& reference) {
    m_editor->chooseIncident(incident, reference);
    m_editor->focusText();
}

void LogPanel::takeSaved(const base::Result<incident::LogLine>& entry) {
    if (!entry) {
        m_editor->showRefusal(sentenceOf(entry.error()));
        return;
    }
    m_editor->showSaved(QStringLiteral("line %1").arg(entry->id.value()));
    if (m_search->text().isEmpty()) {
        m_model->addNewest(*entry);
        showEmptiness();
    } else {
        m_search->clear();
    }
    m_list->scrollToTop();
}

void LogPanel::keepDraft(const Draft& draft) {
    m_worker.run(
        [drafts = m_drafts, draft] { return drafts.save(draft); },
        [this](const base::Result<void>& kept) {
            if (!kept) {
                showProblem(
                    QStringLiteral("What you are writing could not be kept aside: %1").arg(sentenceOf(kept.error())));
            }
        });
}

void LogPanel::load() {
    incident::Search search;
    search.words = fromQt(m_search->text().simplified());
    m_worker.run(
        [log = &m_context.incidentLog, acting = m_context.acting, search] { return log->search(acting, search); },
        [this, question = ++m_question](const base::Result<std::vector<incident::LogLine>>& entries) {
            takeEntries(question, entries);
        });
}

void LogPanel::takeEntries(int question, const base::Result<std::vector<incident::LogLine>>& entries) {
    if (question != m_question) {
        return;
    }
    m_loaded = true;
    m_problem->setVisible(!entries.has_value());
    if (!entries) {
        showProblem(sentenceOf(entries.error()));
        showEmptiness();
        return;
    }
    m_delegate->setWords(m_search->text());
    const bool wasAtTop = m_list->verticalScrollBar()->value() == 0;
    m_model->setEntries(*entries);
    m_list->viewport()->update();
    if (wasAtTop) {
        m_list->scrollToTop();
    }
    showEmptiness();
}

void LogPanel::showEmptiness() {
    const bool isEmpty = m_model->rowCount() == 0;
    m_list->setVisible(!isEmpty);
    m_empty->setVisible(isEmpty);
    if (!m_loaded) {
        m_empty->setText(QStringLiteral("Reading the log…"));
    } else if (!m_search->text().trimmed().isEmpty()) {
        m_empty->setText(QStringLiteral("No entry has all of these words."));
    } else {
        m_empty->setText(QStringLiteral("No entries yet.\n\nF7 begins one, Ctrl+Enter saves it."));
    }
}

void LogPanel::showProblem(const QString& sentence) {
    m_problem->setText(sentence);
    m_problem->show();
}

}  // namespace leedswatch::ui
