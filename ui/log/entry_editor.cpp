#include "ui/log/entry_editor.h"

#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/incidents/incident_board.h"
#include "ui/incidents/incident_text.h"
#include "ui/log/fact_fields.h"
#include "ui/log/incident_type_list.h"
#include "ui/log/shorthand_completer.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QIntValidator>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <algorithm>
#include <chrono>

namespace leedswatch::ui {

namespace {

using namespace std::chrono_literals;

constexpr qsizetype mostCharacters = 8000;
constexpr auto draftDelay = 300ms;
constexpr int textHeight = 84;

}  // namespace

EntryEditor::EntryEditor(CameraDirectory& directory, IncidentTypeList& types, IncidentBoard& incidents, QWidget* parent)
    : QWidget{parent},
      m_directory{directory},
      m_types{types},
      m_incidents{incidents},
      m_book{new QComboBox{this}},
      m_category{new QComboBox{this}},
      m_incident{new QComboBox{this}},
      m_priority{new QComboBox{this}},
      m_facts{new FactFields{this}},
      m_camera{new QLineEdit{this}},
      m_cameraName{new QLabel{this}},
      m_text{new QPlainTextEdit{this}},
      m_message{new QLabel{this}},
      m_save{new QPushButton{QStringLiteral("Save entry"), this}},
      m_open{new QPushButton{QStringLiteral("As incident"), this}} {
    nameFields();
    layOut();
    connectAll();
    showCamera();
}

void EntryEditor::nameFields() {
    m_book->setObjectName(QStringLiteral("entryBookComboBox"));
    m_book->setAccessibleName(QStringLiteral("Book"));
    m_book->setToolTip(QStringLiteral("The book that the entry stands in (Alt+B)"));
    for (const incident::Book book : incident::allBooks()) {
        m_book->addItem(bookName(book), toQt(nameOf(book)));
    }
    m_incident->setObjectName(QStringLiteral("entryIncidentComboBox"));
    m_incident->setAccessibleName(QStringLiteral("Incident"));
    m_incident->setToolTip(QStringLiteral("The incident that the entry belongs to (Alt+I); it stays chosen"));
    m_incident->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_priority->setObjectName(QStringLiteral("entryPriorityComboBox"));
    m_priority->setAccessibleName(QStringLiteral("Priority"));
    m_priority->setToolTip(QStringLiteral("Priority (Alt+Y)"));
    for (int priority = incident::highestPriority; priority <= incident::lowestPriority; ++priority) {
        m_priority->addItem(priorityName(priority), priority);
    }
    m_priority->setCurrentIndex(m_priority->findData(incident::usualPriority));
    m_priority->setFixedWidth(120);
    m_open->setObjectName(QStringLiteral("openIncidentPushButton"));
    m_open->setToolTip(QStringLiteral("Open an incident with this as its first line (Ctrl+Shift+Enter)"));
    fillIncidents();
    m_category->setObjectName(QStringLiteral("entryCategoryComboBox"));
    m_camera->setObjectName(QStringLiteral("entryCameraLineEdit"));
    m_text->setObjectName(QStringLiteral("entryTextPlainTextEdit"));
    m_message->setObjectName(QStringLiteral("entryMessageLabel"));
    m_save->setObjectName(QStringLiteral("saveEntryPushButton"));
    fillTypes();
    m_category->setCurrentIndex(m_category->findData(QStringLiteral("occurrence")));
    m_category->setToolTip(QStringLiteral("Category (Alt+C): type its first letters"));
    m_category->setAccessibleName(QStringLiteral("Category"));
    m_category->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    m_category->setMaxVisibleItems(24);
    m_camera->setPlaceholderText(QStringLiteral("None"));
    m_camera->setToolTip(QStringLiteral("Camera number (Alt+M); filled in from the selected tile, empty for none"));
    m_camera->setAccessibleName(QStringLiteral("Camera number"));
    m_camera->setValidator(new QIntValidator{1, 99999, m_camera});
    m_camera->setFont(theme::numbers(13));
    m_camera->setFixedWidth(88);
    m_text->setPlaceholderText(QStringLiteral("What happened. @camera #type !priority"));
    m_text->setAccessibleName(QStringLiteral("Text of the entry"));
    m_text->setToolTip(QStringLiteral("New entry (F7); Ctrl+Enter saves it"));
    m_text->setTabChangesFocus(true);
    new ShorthandCompleter{*m_text, m_directory, m_types};
    m_text->setFixedHeight(textHeight);
    m_save->setToolTip(QStringLiteral("Save the entry (Ctrl+Enter)"));
    theme::setButtonKind(*m_save, theme::ButtonKind::Primary);
    theme::setLabelKind(*m_cameraName, theme::LabelKind::Hint);
    theme::setLabelKind(*m_message, theme::LabelKind::Hint);
    m_message->setWordWrap(true);
}

void EntryEditor::fillTypes() {
    const QSignalBlocker quiet{m_category};
    const QVariant chosen = m_category->currentData();
    m_category->clear();
    for (const incident::IncidentType& type : m_types.types()) {
        if (!type.isRetired) {
            const QString indent(4 * m_types.depthOf(type), QLatin1Char(' '));
            m_category->addItem(indent + toQt(type.name), toQt(type.code));
        }
    }
    m_category->setCurrentIndex(std::max(0, m_category->findData(chosen)));
}

void EntryEditor::fillIncidents() {
    const QSignalBlocker quiet{m_incident};
    const qint64 chosen = m_incident->currentData().toLongLong();
    const QString chosenText = m_incident->currentText();
    m_incident->clear();
    m_incident->addItem(QStringLiteral("None"), qint64{0});
    for (const incident::Incident& one : m_incidents.incidents()) {
        m_incident->addItem(
            QStringLiteral("%1  %2, %3").arg(toQt(one.reference), m_types.nameOf(one.said.type), toQt(one.said.place)),
            static_cast<qint64>(one.id.value()));
    }
    if (chosen != 0 && m_incident->findData(chosen) < 0) {
        // Closed meanwhile: what is being written still goes there unless somebody chooses another one.
        m_incident->addItem(chosenText, chosen);
    }
    m_incident->setCurrentIndex(std::max(0, m_incident->findData(chosen)));
}

void EntryEditor::chooseIncident(std::int64_t id, const QString& reference) {
    const qint64 data = id;
    if (id != 0 && m_incident->findData(data) < 0) {
        m_incident->addItem(reference, data);
    }
    m_incident->setCurrentIndex(std::max(0, m_incident->findData(data)));
}

void EntryEditor::showBook() {
    m_facts->setBook(incident::bookFrom(fromQt(m_book->currentData().toString())).value_or(incident::Book::Occurrence));
}

void EntryEditor::layOut() {
    const auto caption = [this](const QString& text, QWidget* field) {
        auto* label = new QLabel{text, this};
        label->setBuddy(field);
        theme::setLabelKind(*label, theme::LabelKind::Caption);
        return label;
    };
    auto* fields = new QGridLayout;
    fields->setHorizontalSpacing(8);
    fields->setVerticalSpacing(4);
    fields->addWidget(caption(QStringLiteral("&Category"), m_category), 0, 0);
    fields->addWidget(caption(QStringLiteral("Ca&mera"), m_camera), 0, 1);
    fields->addWidget(m_category, 1, 0);
    fields->addWidget(m_camera, 1, 1);
    auto* more = new QGridLayout;
    more->setHorizontalSpacing(8);
    more->setVerticalSpacing(4);
    more->addWidget(caption(QStringLiteral("&Incident"), m_incident), 0, 0);
    more->addWidget(caption(QStringLiteral("Priorit&y"), m_priority), 0, 1);
    more->addWidget(m_incident, 1, 0);
    more->addWidget(m_priority, 1, 1);
    more->setColumnStretch(0, 1);
    fields->setColumnStretch(0, 1);
    auto* foot = new QHBoxLayout;
    foot->setSpacing(12);
    foot->addWidget(m_message, 1);
    foot->addWidget(m_open, 0, Qt::AlignTop);
    foot->addWidget(m_save, 0, Qt::AlignTop);
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(8);
    layout->addLayout(fields);
    layout->addWidget(m_cameraName);
    layout->addLayout(more);
    layout->addWidget(m_facts);
    layout->addWidget(m_text);
    layout->addLayout(foot);
    setTabOrder(m_category, m_camera);
    setTabOrder(m_camera, m_incident);
    setTabOrder(m_incident, m_priority);
    setTabOrder(m_priority, m_facts);
    setTabOrder(m_facts, m_text);
    setTabOrder(m_text, m_save);
}

void EntryEditor::connectAll() {
    m_draftTimer.setSingleShot(true);
    m_draftTimer.setInterval(draftDelay);
    connect(&m_draftTimer, &QTimer::timeout, this, [this] { Q_EMIT draftChanged(draft()); });
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
        followShorthand();
        edited();
    });
    connect(&m_types, &IncidentTypeList::changed, this, &EntryEditor::fillTypes);
    connect(m_category, &QComboBox::currentIndexChanged, this, &EntryEditor::edited);
    connect(m_book, &QComboBox::currentIndexChanged, this, [this] {
        showBook();
        edited();
    });
    connect(m_incident, &QComboBox::currentIndexChanged, this, &EntryEditor::edited);
    connect(m_priority, &QComboBox::currentIndexChanged, this, &EntryEditor::edited);
    connect(m_facts, &FactFields::edited, this, &EntryEditor::edited);
    connect(&m_incidents, &IncidentBoard::changed, this, &EntryEditor::fillIncidents);
    connect(m_open, &QPushButton::clicked, this, &EntryEditor::openIncident);
    connect(m_camera, &QLineEdit::textChanged, this, [this] {
        showCamera();
        edited();
    });
    connect(m_camera, &QLineEdit::textEdited, this, [this] { m_cameraTyped = true; });
    connect(m_save, &QPushButton::clicked, this, &EntryEditor::save);
    connect(&m_directory, &CameraDirectory::camerasChanged, this, &EntryEditor::showCamera);
    for (QWidget* field :
         {static_cast<QWidget*>(m_category), static_cast<QWidget*>(m_camera), static_cast<QWidget*>(m_text)}) {
        field->installEventFilter(this);
    }
}

void EntryEditor::setDraft(const Draft& draft) {
    if (const int index = m_category->findData(toQt(draft.type)); index >= 0) {
        m_category->setCurrentIndex(index);
    }
    m_book->setCurrentIndex(std::max(0, m_book->findData(toQt(draft.book))));
    m_priority->setCurrentIndex(std::max(0, m_priority->findData(draft.priority)));
    chooseIncident(draft.incident, QStringLiteral("The incident of last time"));
    m_facts->setFacts(draft.facts);
    m_cameraTyped = draft.cameraNumber.has_value();
    m_camera->setText(draft.cameraNumber ? QString::number(*draft.cameraNumber) : QString{});
    m_text->setPlainText(toQt(draft.text));
    m_text->moveCursor(QTextCursor::End);
    showMessage(QStringLiteral("Not saved yet: kept from last time."), false);
}

Draft EntryEditor::draft() const {
    Draft draft;
    draft.type = fromQt(m_category->currentData().toString());
    bool isNumber = false;
    const int number = m_camera->text().toInt(&isNumber);
    if (isNumber) {
        draft.cameraNumber = number;
    }
    draft.book = fromQt(m_book->currentData().toString());
    draft.priority = m_priority->currentData().toInt();
    draft.incident = m_incident->currentData().toLongLong();
    draft.facts = m_facts->facts();
    draft.text = fromQt(m_text->toPlainText());
    return draft;
}

void EntryEditor::setSelectedCamera(int number) {
    m_selectedCamera = number;
    const bool begun = !m_text->document()->isEmpty() && !m_camera->text().isEmpty();
    // A line that has been begun keeps the camera that it is about, even if the operator looks at another one
    // meanwhile.
    if (!m_cameraTyped && !begun && !m_saving) {
        m_camera->setText(number > 0 ? QString::number(number) : QString{});
    }
}

void EntryEditor::focusText() {
    m_text->setFocus(Qt::ShortcutFocusReason);
}

QWidget* EntryEditor::fieldBeingWritten() const {
    QWidget* field = focusWidget();
    const bool isHere = field != nullptr && field->hasFocus() && isAncestorOf(field);
    return isHere && !m_text->document()->isEmpty() ? field : nullptr;
}

void EntryEditor::showSaving() {
    m_saving = true;
    // Who saves keeps the draft too. Told now, it could be kept again after the entry has been stored.
    m_draftTimer.stop();
    m_text->setReadOnly(true);
    m_save->setEnabled(false);
    m_open->setEnabled(false);
    showMessage(QStringLiteral("Saving…"), false);
}

void EntryEditor::showSaved(const QString& as) {
    m_saving = false;
    m_cameraTyped = false;
    m_text->setReadOnly(false);
    m_save->setEnabled(true);
    m_open->setEnabled(true);
    m_text->clear();
    m_facts->setFacts({});
    m_priority->setCurrentIndex(m_priority->findData(incident::usualPriority));
    m_draftTimer.stop();
    setSelectedCamera(m_selectedCamera);
    showMessage(QStringLiteral("Saved as %1.").arg(as), false);
}

void EntryEditor::showRefusal(const QString& sentence) {
    m_saving = false;
    m_text->setReadOnly(false);
    m_save->setEnabled(true);
    m_open->setEnabled(true);
    m_draftTimer.start();
    showMessage(sentence + QStringLiteral(" Your text is kept."), true);
}

bool EntryEditor::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress) {
        const auto* press = static_cast<QKeyEvent*>(event);
        const bool isEnter = press->key() == Qt::Key_Return || press->key() == Qt::Key_Enter;
        if (isEnter && press->modifiers().testFlag(Qt::ControlModifier)) {
            press->modifiers().testFlag(Qt::ShiftModifier) ? openIncident() : save();
            return true;
        }
        if (isEnter && watched == m_camera) {
            m_text->setFocus();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void EntryEditor::edited() {
    if (m_saving) {
        return;
    }
    m_draftTimer.start();
    const qsizetype length = m_text->document()->characterCount() - 1;
    if (length > mostCharacters) {
        showMessage(QStringLiteral("%1 characters too many.").arg(withThousands(length - mostCharacters)), true);
    } else {
        showMessage({}, false);
    }
}

incident::Shorthand EntryEditor::shorthand() const {
    return incident::readShorthand(
        fromQt(m_text->toPlainText()), [this](int number) { return m_directory.find(number) != nullptr; },
        m_types.types());
}

void EntryEditor::followShorthand() {
    incident::Shorthand marks = shorthand();
    // A field follows a mark when the mark comes or changes, and not again: who chooses otherwise later has his way.
    if (marks.camera && marks.camera != m_marks.camera) {
        m_camera->setText(QString::number(*marks.camera));
        m_cameraTyped = true;
    } else if (!marks.cameras.empty() && m_camera->text().isEmpty()) {
        // One further on is where somebody goes, or the only one that is named.
        m_camera->setText(QString::number(marks.cameras.front()));
    }
    if (marks.type && marks.type != m_marks.type) {
        m_category->setCurrentIndex(std::max(0, m_category->findData(toQt(*marks.type))));
    }
    if (marks.priority && marks.priority != m_marks.priority) {
        m_priority->setCurrentIndex(m_priority->findData(*marks.priority));
    }
    m_marks = std::move(marks);
}

Draft EntryEditor::draftToSave() const {
    Draft saved = draft();
    saved.text = shorthand().text;
    return saved;
}

bool EntryEditor::hasText() {
    if (toQt(shorthand().text).trimmed().isEmpty()) {
        showMessage(QStringLiteral("Write what happened first."), true);
        m_text->setFocus();
        return false;
    }
    return true;
}

void EntryEditor::save() {
    if (!m_saving && hasText()) {
        Q_EMIT saveRequested(draftToSave());
    }
}

void EntryEditor::openIncident() {
    if (!m_saving && hasText()) {
        Q_EMIT incidentRequested(draftToSave());
    }
}

void EntryEditor::showCamera() {
    bool isNumber = false;
    const int number = m_camera->text().toInt(&isNumber);
    m_cameraName->setVisible(isNumber);
    if (!isNumber) {
        return;
    }
    const estate::Camera* camera = m_directory.find(number);
    m_cameraName->setText(camera != nullptr ? toQt(camera->name)
                                            : QStringLiteral("There is no camera %1.").arg(number));
    theme::setLabelKind(*m_cameraName, camera != nullptr ? theme::LabelKind::Hint : theme::LabelKind::Refusal);
}

void EntryEditor::showMessage(const QString& text, bool isRefusal) {
    theme::setLabelKind(*m_message, isRefusal ? theme::LabelKind::Refusal : theme::LabelKind::Hint);
    m_message->setText(text);
}

}  // namespace leedswatch::ui
