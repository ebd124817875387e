#include "ui/testing/test_forms.h"

#include "ui/common/text.h"
#include "ui/common/theme.h"
#include "ui/testing/premises_finder.h"
#include "ui/testing/testing_text.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>

namespace leedswatch::ui {

namespace {

QLineEdit* makeLine(const char* name, const char* label, const QString& hint, QWidget* parent, int longest = 200) {
    auto* line = new QLineEdit{parent};
    line->setObjectName(QString::fromLatin1(name));
    line->setAccessibleName(QString::fromLatin1(label));
    line->setPlaceholderText(hint);
    line->setMaxLength(longest);
    return line;
}

QComboBox* makeChoice(const char* name, const char* label, const QStringList& choices, bool isTyped, QWidget* parent) {
    auto* choice = new QComboBox{parent};
    choice->setObjectName(QString::fromLatin1(name));
    choice->setAccessibleName(QString::fromLatin1(label));
    choice->setEditable(isTyped);
    choice->setInsertPolicy(QComboBox::NoInsert);
    choice->addItems(choices);
    return choice;
}

QPlainTextEdit* makeTextField(const char* name, const char* label, QWidget* parent) {
    auto* field = new QPlainTextEdit{parent};
    field->setObjectName(QString::fromLatin1(name));
    field->setAccessibleName(QString::fromLatin1(label));
    field->setTabChangesFocus(true);
    field->setFixedHeight(72);
    return field;
}

QFormLayout* makeForm(QWidget* widget) {
    auto* form = new QFormLayout{widget};
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(8);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    return form;
}

QWidget* besideEachOther(QWidget* left, const QString& between, QWidget* right, QWidget* parent) {
    auto* both = new QWidget{parent};
    auto* row = new QHBoxLayout{both};
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(left, 1);
    auto* label = new QLabel{between, both};
    theme::setLabelKind(*label, theme::LabelKind::Dim);
    row->addWidget(label);
    row->addWidget(right, 1);
    both->setFocusProxy(left);
    return both;
}

std::string typed(const QLineEdit& line) {
    return fromQt(line.text().trimmed());
}

base::Result<estate::PremisesId> premisesIn(const PremisesFinder& finder) {
    if (!finder.chosen()) {
        return base::fail(base::ErrorCode::InvalidInput,
                          "choose the premises: type a part of their name, then Enter for the one that is meant");
    }
    return finder.chosen()->premises.id;
}

QStringList kindTitles() {
    QStringList titles;
    for (const response::TestKindInfo& info : response::testKinds()) {
        titles << toQt(info.title);
    }
    return titles;
}

}  // namespace

TestForm::TestForm(ConsoleContext& context, Purpose purpose, QWidget* parent)
    : QWidget{parent},
      m_purpose{purpose},
      m_premises{new PremisesFinder{context, this}},
      m_area{makeLine("areaLineEdit", "Area", QStringLiteral("all"), this, 16)},
      m_zone{makeLine("zoneLineEdit", "Zone", QStringLiteral("all"), this, 16)},
      m_until{makeChoice("untilComboBox", "Until",
                         {QStringLiteral("30 min"), QStringLiteral("1 h"), QStringLiteral("2 h"), QStringLiteral("4 h"),
                          QStringLiteral("8 h")},
                         true, this)},
      m_caller{
          makeLine("callerLineEdit", "Who asks", QStringLiteral("Name and firm of who is on the telephone"), this)},
      m_word{makeLine("wordLineEdit", "Password", QStringLiteral("What they said; it is only compared"), this, 100)},
      m_knownBy{makeLine("knownByLineEdit", "Or known by",
                         QStringLiteral("If no password: rang back, known by voice …"), this)},
      m_reason{makeLine("reasonLineEdit", "Why", QStringLiteral("Annual service, weekly bell test …"), this)},
      m_showsLifeSafety{new QCheckBox{QStringLiteral("Show hold-ups, fires and the like all the same"), this}},
      m_walks{new QCheckBox{QStringLiteral("A walk test: tick off the zones"), this}} {
    m_until->setCurrentIndex(1);
    m_word->setEchoMode(QLineEdit::Password);
    m_showsLifeSafety->setObjectName(QStringLiteral("lifeSafetyCheckBox"));
    m_showsLifeSafety->setChecked(true);
    m_walks->setObjectName(QStringLiteral("walksCheckBox"));
    auto* form = makeForm(this);
    form->addRow(QStringLiteral("Premises"), m_premises);
    auto* scope = besideEachOther(m_area, QStringLiteral("zone"), m_zone, this);
    form->addRow(QStringLiteral("Area"), scope);
    addAsking(*form);
    form->addRow(QString{}, m_showsLifeSafety);
    form->addRow(QString{}, m_walks);
    setFocusProxy(m_premises);
    if (purpose == Purpose::Prolong) {
        for (QWidget* widget : {scope, static_cast<QWidget*>(m_reason), static_cast<QWidget*>(m_showsLifeSafety),
                                static_cast<QWidget*>(m_walks)}) {
            if (auto* label = form->labelForField(widget)) {
                label->hide();
            }
            widget->hide();
        }
    }
}

void TestForm::addAsking(QFormLayout& layout) {
    layout.addRow(QStringLiteral("Until"), m_until);
    layout.addRow(QStringLiteral("Who asks"), m_caller);
    layout.addRow(QStringLiteral("Password"), m_word);
    layout.addRow(QStringLiteral("Or known by"), m_knownBy);
    layout.addRow(QStringLiteral("Why"), m_reason);
}

void TestForm::fix(const estate::FoundPremises& premises) {
    m_premises->fix(premises);
    setFocusProxy(m_purpose == Purpose::Begin ? m_area : static_cast<QWidget*>(m_until));
}

void TestForm::setPlan(const response::PlannedTest& plan) {
    m_plan = plan.id;
    m_area->setText(toQt(plan.area));
    m_zone->setText(toQt(plan.zone));
    m_area->setEnabled(false);
    m_zone->setEnabled(false);
    m_showsLifeSafety->setChecked(plan.showsLifeSafety);
    m_showsLifeSafety->setEnabled(false);
    m_until->setEditText(QStringLiteral("%1 min").arg(plan.lasts.count()));
    m_caller->setText(toQt(plan.who));
    m_reason->setText(toQt(response::titleOf(plan.kind)));
    m_walks->setChecked(plan.kind == response::TestKind::WalkTest || plan.kind == response::TestKind::AnnualService);
}

void TestForm::setWalks(bool walks) {
    m_walks->setChecked(walks);
}

base::Result<response::TestRequest> TestForm::request(base::UtcTime now) const {
    response::TestRequest request;
    TRY_ASSIGN(request.wanted.premises, premisesIn(*m_premises));
    TRY_ASSIGN(request.wanted.ends, endFrom(m_until->currentText(), now));
    request.wanted.area = typed(*m_area);
    request.wanted.zone = typed(*m_zone);
    request.wanted.byWhom = typed(*m_caller);
    request.wanted.reason = typed(*m_reason);
    request.wanted.showsLifeSafety = m_showsLifeSafety->isChecked();
    request.word = typed(*m_word);
    request.knownBy = typed(*m_knownBy);
    request.plan = m_plan;
    request.walks = m_walks->isChecked();
    return base::Result<response::TestRequest>{tl::in_place, std::move(request)};
}

PlanForm::PlanForm(ConsoleContext& context, QWidget* parent)
    : QWidget{parent},
      m_premises{new PremisesFinder{context, this}},
      m_kind{makeChoice("kindComboBox", "Test", kindTitles(), false, this)},
      m_day{makeLine("dayLineEdit", "First day", QStringLiteral("2026-03-31"), this, 10)},
      m_time{makeLine("timeLineEdit", "Time", QStringLiteral("10:00"), this, 5)},
      m_every{makeChoice("everyComboBox", "Every",
                         {QStringLiteral("Once"), QStringLiteral("Weekly"), QStringLiteral("Monthly"),
                          QStringLiteral("Quarterly"), QStringLiteral("Yearly")},
                         false, this)},
      m_lasts{makeChoice("lastsComboBox", "Takes",
                         {QStringLiteral("15 min"), QStringLiteral("30 min"), QStringLiteral("60 min"),
                          QStringLiteral("120 min"), QStringLiteral("240 min"), QStringLiteral("480 min")},
                         true, this)},
      m_area{makeLine("planAreaLineEdit", "Area", QStringLiteral("all"), this, 16)},
      m_zone{makeLine("planZoneLineEdit", "Zone", QStringLiteral("all"), this, 16)},
      m_who{makeLine("whoLineEdit", "Carried out by", QStringLiteral("Firm, caretaker …"), this)},
      m_instructions{makeTextField("instructionsPlainTextEdit", "Instructions", this)},
      m_hidesLifeSafety{new QCheckBox{QStringLiteral("Hold-ups, fires and the like are hidden, too"), this}} {
    m_hidesLifeSafety->setObjectName(QStringLiteral("hidesLifeSafetyCheckBox"));
    m_time->setText(QStringLiteral("10:00"));
    m_lasts->setCurrentIndex(2);
    auto* form = makeForm(this);
    form->addRow(QStringLiteral("Premises"), m_premises);
    form->addRow(QStringLiteral("Test"), m_kind);
    form->addRow(QStringLiteral("First day"), besideEachOther(m_day, QStringLiteral("at"), m_time, this));
    form->addRow(QStringLiteral("Every"), besideEachOther(m_every, QStringLiteral("takes"), m_lasts, this));
    form->addRow(QStringLiteral("Area"), besideEachOther(m_area, QStringLiteral("zone"), m_zone, this));
    form->addRow(QStringLiteral("By"), m_who);
    form->addRow(QStringLiteral("Instructions"), m_instructions);
    form->addRow(QString{}, m_hidesLifeSafety);
    setFocusProxy(m_premises);
}

void PlanForm::setDay(const base::LocalDate& day) {
    m_day->setText(toQt(base::textOf(day)));
}

void PlanForm::setPlan(const response::PlannedTest& plan) {
    m_before = plan;
    estate::FoundPremises premises;
    premises.premises.id = plan.premises;
    premises.premises.reference = plan.reference;
    premises.premises.name = plan.name;
    m_premises->fix(premises);
    m_kind->setCurrentIndex(static_cast<int>(plan.kind));
    setDay(plan.first);
    m_time->setText(QStringLiteral("%1:%2")
                        .arg(plan.ofDay.count() / 60, 2, 10, QLatin1Char{'0'})
                        .arg(plan.ofDay.count() % 60, 2, 10, QLatin1Char{'0'}));
    m_every->setCurrentIndex(static_cast<int>(plan.every));
    m_lasts->setEditText(QStringLiteral("%1 min").arg(plan.lasts.count()));
    m_area->setText(toQt(plan.area));
    m_zone->setText(toQt(plan.zone));
    m_who->setText(toQt(plan.who));
    m_instructions->setPlainText(toQt(plan.instructions));
    m_hidesLifeSafety->setChecked(!plan.showsLifeSafety);
    setFocusProxy(m_kind);
}

base::Result<response::PlannedTest> PlanForm::plan() const {
    response::PlannedTest plan = m_before.value_or(response::PlannedTest{});
    TRY_ASSIGN(plan.premises, premisesIn(*m_premises));
    plan.kind = static_cast<response::TestKind>(m_kind->currentIndex());
    const auto day = base::localDateFrom(typed(*m_day));
    if (!day) {
        return base::fail(base::ErrorCode::InvalidInput, "write the first day as 2026-03-31");
    }
    plan.first = *day;
    const QStringList time = m_time->text().trimmed().split(QLatin1Char{':'});
    bool isHour = false;
    bool isMinute = false;
    const int hour = time.value(0).toInt(&isHour);
    const int minute = time.value(1).toInt(&isMinute);
    if (time.size() != 2 || !isHour || !isMinute || hour < 0 || hour > 23 || minute < 0 || minute > 59) {
        return base::fail(base::ErrorCode::InvalidInput, "write the time as 09:30, by the clock on the wall");
    }
    plan.ofDay = std::chrono::minutes{hour * 60 + minute};
    plan.every = static_cast<response::Recurrence>(m_every->currentIndex());
    bool isLength = false;
    plan.lasts = std::chrono::minutes{m_lasts->currentText().split(QLatin1Char{' '}).value(0).toInt(&isLength)};
    if (!isLength) {
        return base::fail(base::ErrorCode::InvalidInput, "write how long it takes in minutes, as 90 min");
    }
    plan.area = typed(*m_area);
    plan.zone = typed(*m_zone);
    plan.who = typed(*m_who);
    plan.instructions = fromQt(m_instructions->toPlainText().trimmed());
    plan.showsLifeSafety = !m_hidesLifeSafety->isChecked();
    return base::Result<response::PlannedTest>{tl::in_place, std::move(plan)};
}

ResultForm::ResultForm(const QString& facts, bool asksForEnd, QWidget* parent)
    : QWidget{parent},
      m_outcome{makeChoice("testOutcomeComboBox", "Result",
                           {QStringLiteral("Passed"), QStringLiteral("Failed"), QStringLiteral("Partly"),
                            QStringLiteral("Not carried out")},
                           false, this)},
      m_found{makeTextField("foundPlainTextEdit", "Found", this)},
      m_byWhom{makeLine("byWhomLineEdit", "Carried out by", QStringLiteral("As planned, if it is left empty"), this)},
      m_endsTest{new QCheckBox{QStringLiteral("The system is no longer on test"), this}} {
    m_endsTest->setObjectName(QStringLiteral("endsTestCheckBox"));
    m_endsTest->setChecked(true);
    m_endsTest->setVisible(asksForEnd);
    auto* form = makeForm(this);
    if (!facts.isEmpty()) {
        auto* label = theme::makeText(theme::LabelKind::Body, this, facts);
        label->setObjectName(QStringLiteral("resultFactsLabel"));
        label->setTextFormat(Qt::PlainText);
        form->addRow(label);
    }
    form->addRow(QStringLiteral("Result"), m_outcome);
    form->addRow(QStringLiteral("Found"), m_found);
    form->addRow(QStringLiteral("By"), m_byWhom);
    if (asksForEnd) {
        form->addRow(QString{}, m_endsTest);
    }
    setFocusProxy(m_outcome);
}

void ResultForm::setOutcome(response::TestOutcome outcome) {
    m_outcome->setCurrentIndex(static_cast<int>(outcome));
}

response::NewTestResult ResultForm::result() const {
    return {static_cast<response::TestOutcome>(m_outcome->currentIndex()), fromQt(m_found->toPlainText().trimmed()),
            fromQt(m_byWhom->text().trimmed())};
}

bool ResultForm::endsTest() const {
    return m_endsTest->isChecked();
}

AskDialog* askWithForm(const AskDialog::Words& words, QWidget* form, AskDialog::Prepare prepare, QWidget* parent,
                       std::function<void()> done) {
    auto* dialog = new AskDialog{words, form, std::move(prepare), parent};
    dialog->setMinimumWidth(560);
    QObject::connect(dialog, &AskDialog::answered, dialog, [dialog, done = std::move(done)](bool isDone) {
        if (!isDone) {
            return;
        }
        // What must be read stays until somebody has read it.
        const auto* answer = dialog->findChild<QLabel*>(QStringLiteral("answerLabel"));
        if (answer == nullptr || answer->text() != threatText()) {
            dialog->accept();
        }
        if (done) {
            done();
        }
    });
    dialog->open();
    form->setFocus();
    return dialog;
}

QString threatText() {
    return QStringLiteral(
        "They are under threat: a hold-up alarm is raised. NOTHING is on test. Let them hear that it is.");
}

}  // namespace leedswatch::ui
