#include "ui/incidents/incident_forms.h"

#include "ui/common/ask_dialog.h"
#include "ui/common/form_fields.h"
#include "ui/common/text.h"
#include "ui/incidents/incident_text.h"
#include "ui/log/incident_type_list.h"

#include <QIntValidator>
#include <QVBoxLayout>
#include <algorithm>

namespace leedswatch::ui {

namespace {

constexpr int textHeight = 84;
constexpr int longestPlace = 180;
constexpr int longestPolice = 50;
constexpr int longestWords = 100;

QComboBox* makeChoice(const char* name) {
    auto* choice = new QComboBox;
    choice->setObjectName(QString::fromLatin1(name));
    choice->setMaxVisibleItems(20);
    return choice;
}

void choose(QComboBox& choice, const QVariant& data) {
    choice.setCurrentIndex(std::max(0, choice.findData(data)));
}

}  // namespace

void fillTypeChoice(QComboBox& choice, const IncidentTypeList& types) {
    choice.clear();
    for (const incident::IncidentType& type : types.types()) {
        if (!type.isRetired) {
            const QString indent(4 * types.depthOf(type), QLatin1Char(' '));
            choice.addItem(indent + toQt(type.name), toQt(type.code));
        }
    }
}

SaidForm::SaidForm(const IncidentTypeList& types, const std::vector<estate::Ward>& wards, const incident::Said& said,
                   bool isNew, QWidget* parent)
    : QWidget{parent},
      m_before{said},
      m_type{makeChoice("incidentTypeComboBox")},
      m_priority{makeChoice("incidentPriorityComboBox")},
      m_source{makeChoice("incidentSourceComboBox")},
      m_isProactive{new QCheckBox{QStringLiteral("The room saw it before it was told")}},
      m_camera{makeLine("incidentCameraLineEdit", QStringLiteral("None"))},
      m_place{makeLine("incidentPlaceLineEdit", QStringLiteral("The camera's"), longestPlace)},
      m_ward{makeChoice("incidentWardComboBox")},
      m_police{makeLine("incidentPoliceLineEdit", QStringLiteral("Number of the police log"), longestPolice)},
      m_text{new QPlainTextEdit} {
    fillTypeChoice(*m_type, types);
    choose(*m_type, toQt(said.type));
    for (int priority = incident::highestPriority; priority <= incident::lowestPriority; ++priority) {
        m_priority->addItem(priorityName(priority), priority);
    }
    choose(*m_priority, said.priority);
    for (const incident::Source source : incident::allSources()) {
        m_source->addItem(sourceName(source), static_cast<int>(source));
    }
    choose(*m_source, static_cast<int>(said.source));
    m_isProactive->setObjectName(QStringLiteral("incidentProactiveCheckBox"));
    m_isProactive->setChecked(said.isProactive);
    m_camera->setValidator(new QIntValidator{1, 99999, m_camera});
    m_camera->setText(said.cameraNumber ? QString::number(*said.cameraNumber) : QString{});
    m_place->setText(toQt(said.place));
    m_ward->addItem(QStringLiteral("The camera's"), qint64{0});
    for (const estate::Ward& ward : wards) {
        m_ward->addItem(QStringLiteral("%1 (%2)").arg(toQt(ward.name), toQt(ward.committee)),
                        static_cast<qint64>(ward.id.value()));
    }
    choose(*m_ward, static_cast<qint64>(said.ward.value_or(estate::WardId{}).value()));
    m_police->setText(toQt(said.policeReference));
    m_text->setObjectName(QStringLiteral("incidentTextPlainTextEdit"));
    m_text->setPlaceholderText(QStringLiteral("What happened, where, who was told"));
    m_text->setTabChangesFocus(true);
    m_text->setFixedHeight(textHeight);
    std::vector<std::pair<QString, QWidget*>> fields{
        {QStringLiteral("Type"), m_type},     {QStringLiteral("Priority"), m_priority},
        {QStringLiteral("Source"), m_source}, {QStringLiteral("Proactive"), m_isProactive},
        {QStringLiteral("Camera"), m_camera}, {QStringLiteral("Place"), m_place},
        {QStringLiteral("Ward"), m_ward},     {QStringLiteral("Police log"), m_police}};
    if (isNew) {
        // Who is told of something did not see it first.
        connect(m_source, &QComboBox::currentIndexChanged, this, [this] {
            m_isProactive->setChecked(m_source->currentData().toInt() ==
                                      static_cast<int>(incident::Source::Observation));
        });
        fields.emplace_back(QStringLiteral("What happened"), m_text);
    } else {
        m_text->setParent(this);
        m_text->hide();
    }
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(makeForm(fields));
    setFocusProxy(m_type);
}

incident::Said SaidForm::said() const {
    incident::Said said = m_before;
    said.type = fromQt(m_type->currentData().toString());
    said.priority = m_priority->currentData().toInt();
    said.source = static_cast<incident::Source>(m_source->currentData().toInt());
    said.isProactive = m_isProactive->isChecked();
    bool isNumber = false;
    const int camera = m_camera->text().toInt(&isNumber);
    said.cameraNumber = isNumber ? std::optional{camera} : std::nullopt;
    said.place = fromQt(m_place->text().simplified());
    const qint64 ward = m_ward->currentData().toLongLong();
    said.ward = ward == 0 ? std::nullopt : std::optional{estate::WardId{ward}};
    said.policeReference = fromQt(m_police->text().simplified());
    return said;
}

std::string SaidForm::text() const {
    return fromQt(m_text->toPlainText());
}

PersonForm::PersonForm(std::vector<incident::Person> persons, QWidget* parent)
    : QWidget{parent}, m_persons{std::move(persons)}, m_who{makeChoice("personComboBox")} {
    m_who->addItem(QStringLiteral("Another person"), 0);
    for (const incident::Person& person : m_persons) {
        m_who->addItem(toQt(incident::textOf(person)), person.number);
    }
    m_who->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    std::vector<std::pair<QString, QWidget*>> fields{{QStringLiteral("Who"), m_who}};
    for (const incident::CodeName& field : incident::descriptionFields()) {
        auto* line = makeLine("descriptionLineEdit", {}, longestWords);
        line->setObjectName(toQt(field.code) + QStringLiteral("DescriptionLineEdit"));
        m_fields.emplace(field.code, line);
        fields.emplace_back(toQt(field.name), line);
    }
    m_fields.at("part")->setPlaceholderText(QStringLiteral("suspect, victim, witness, missing"));
    m_fields.at("age")->setPlaceholderText(QStringLiteral("20 to 25"));
    auto* layout = new QVBoxLayout{this};
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(makeForm(fields));
    setFocusProxy(m_persons.empty() ? static_cast<QWidget*>(m_fields.at("part")) : m_who);
    connect(m_who, &QComboBox::currentIndexChanged, this, &PersonForm::showChosen);
}

void PersonForm::showChosen() {
    const auto chosen = std::ranges::find(m_persons, number(), &incident::Person::number);
    for (const auto& [code, line] : m_fields) {
        const bool isSaid = chosen != m_persons.end() && chosen->description.contains(code);
        line->setText(isSaid ? toQt(chosen->description.at(code)) : QString{});
    }
}

int PersonForm::number() const {
    return m_who->currentData().toInt();
}

incident::Description PersonForm::description() const {
    incident::Description description;
    for (const auto& [code, line] : m_fields) {
        if (const QString words = line->text().simplified(); !words.isEmpty()) {
            description[code] = fromQt(words);
        }
    }
    return description;
}

void openIncidentForm(ConsoleContext& context, const QString& title, const QString& explanation, const QString& action,
                      QWidget* form, std::function<IncidentWork()> prepare, QWidget* parent) {
    auto* dialog = new AskDialog{{title, explanation, {}, action},
                                 form,
                                 [&context, prepare = std::move(prepare)]() -> std::function<base::Result<QString>()> {
                                     return [&context, work = prepare()]() -> base::Result<QString> {
                                         incident::Incidents incidents{context.database};
                                         TRY(work(incidents, context.acting));
                                         return QStringLiteral("Done.");
                                     };
                                 },
                                 parent};
    QObject::connect(dialog, &AskDialog::answered, dialog, [dialog](bool done) {
        if (done) {
            dialog->accept();
        }
    });
    dialog->open();
    form->setFocus();
}

}  // namespace leedswatch::ui
